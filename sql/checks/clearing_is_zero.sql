-- The clearing account stands at zero for each asset after every command: both halves of each trade were posted.
select e.command, p.asset, sum(p.amount) as clearing
from venue.postings p join venue.events e on e.sequence = p.sequence
where p.account = 3 and e.command > venue.archived_until()
group by e.command, p.asset
having sum(p.amount) <> 0;
