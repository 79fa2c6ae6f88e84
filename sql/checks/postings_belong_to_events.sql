-- Every ledger line belongs to an event that is in the journal, and an event's lines are told apart by their number.
select p.sequence, p.line, count(*) as lines
from venue.postings p left join venue.events e on e.sequence = p.sequence
group by p.sequence, p.line
having count(*) > 1 or count(e.sequence) = 0;
