-- An order that is filled, cancelled or expired has nothing open and holds nothing.
select sequence, order_id, state, leaves, hold
from venue.events where kind in (1, 3, 4, 5, 6, 19, 21, 33, 34) and state <> 1 and (leaves <> 0 or hold <> 0);
