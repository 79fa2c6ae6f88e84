-- A command's events follow each other from the first, and exactly one, the last of them, is marked as last.
select command, count(*) as events, count(*) filter (where last) as last_marks, max(sequence) as last_sequence
from venue.events where command > venue.archived_until()
group by command
having count(*) filter (where last) <> 1 or max(sequence) filter (where last) <> max(sequence)
    or min(sequence) <> command or max(sequence) - command + 1 <> count(*);
