-- A transfer takes from one account of a participant what it gives to another of the same, and is more than nothing.
select t.sequence, t.id, t.from_account, t.to_account, t.amount, sum(p.amount) as sum
from venue.transfers t
left join venue.accounts giver on giver.account = t.from_account
left join venue.accounts taker on taker.account = t.to_account
left join venue.postings p on p.sequence = t.sequence
group by t.sequence, t.id, t.from_account, t.to_account, t.amount, giver.participant, taker.participant
having sum(p.amount) is distinct from 0 or count(p.amount) <> 2 or t.amount <= 0 or t.from_account = t.to_account
    or giver.participant is distinct from taker.participant;
