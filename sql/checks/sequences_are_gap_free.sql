-- Sequence numbers run from 1 to the fence's last one without a gap.
with neighbour as (
    select coalesce(lag(sequence) over (order by sequence), 0) + 1 as expected, sequence as found from venue.events
)
select expected, found from neighbour where expected <> found
union all
select (select coalesce(max(sequence), 0) from venue.events), last_sequence from venue.fence
where last_sequence <> (select coalesce(max(sequence), 0) from venue.events);
