-- Within an incarnation later numbers carry later events, and no number was used twice.
select session, incarnation, number, event, previous_number, previous_event
from (select *, lag(number) over in_order as previous_number, lag(event) over in_order as previous_event
      from venue.outbound_messages window in_order as (partition by session, incarnation order by number, event)) m
where number <= previous_number or event <= previous_event;
