-- The open orders that are told from what is carried are those that every event there is leaves open.
select order_id, c.last_event as carried, a.last_event as found
from venue.open_orders_at(9223372036854775807) c
full join (select o.order_id, o.last_event, o.hold from venue.orders_at(9223372036854775807) o where o.state = 1) a
    using (order_id)
where c.last_event is distinct from a.last_event or c.hold is distinct from a.hold;
