-- Events are stamped in the order of their sequence numbers: time never goes back.
select sequence, time, time_before
from (select sequence, time, lag(time) over (order by sequence) as time_before from venue.events) e
where time < time_before;
