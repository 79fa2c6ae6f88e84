-- The ledger lines of every command sum to zero for each asset: value only changes its owner.
select e.command, p.asset, sum(p.amount) as sum
from venue.postings p join venue.events e on e.sequence = p.sequence
where e.command > venue.archived_until()
group by e.command, p.asset
having sum(p.amount) <> 0;
