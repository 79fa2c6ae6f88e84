-- While an order is open, its quantity is what was filled plus what is open (38 = 14 + 151).
select sequence, order_id, quantity, cum, leaves
from venue.events where kind in (1, 3, 4, 5, 6, 19, 21, 33, 34) and state = 1 and (quantity <> cum + leaves or leaves <= 0 or hold < 0);
