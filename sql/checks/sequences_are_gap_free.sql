-- Sequence numbers run from 1, or from the end of what is archived, to the fence's last one without a gap.
with neighbour as (
    select coalesce(lag(sequence) over (order by sequence), venue.archived_until()) + 1 as expected, sequence as found
    from venue.events
)
select expected, found from neighbour where expected <> found
union all
select last, last_sequence
from venue.fence, (select coalesce(max(sequence), venue.archived_until()) as last from venue.events) journal
where last_sequence <> last;
