-- Nothing happens to an order after it was filled, cancelled or expired.
select sequence, order_id, kind
from (select sequence, order_id, kind, lag(state) over (partition by order_id order by sequence) as state_before
      from venue.known_events where kind in (1, 3, 4, 5, 6, 19, 21)) e
where state_before <> 1;
