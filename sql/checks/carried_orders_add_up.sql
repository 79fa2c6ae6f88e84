-- What is carried of orders at a mark is what was carried before it and every event since.
with mark as (
    select m.sequence, m.since, coalesce(lag(m.sequence) over (order by m.sequence), 0) as before
    from venue.order_marks m
), step as (
    select m.* from mark m where m.sequence > venue.archived_until()
), touched as materialized (
    select distinct on (s.sequence, e.order_id) s.sequence, s.before, e.order_id, e.state, e.sequence as last_event
    from step s join venue.events e on e.sequence > s.before and e.sequence <= s.sequence
    where e.kind in (1, 3, 4, 5, 6, 19, 21, 33, 34)
    order by s.sequence, e.order_id, e.sequence desc
), expected as (
    select t.sequence, t.order_id, t.last_event from touched t where t.state = 1 or t.order_id <= t.before
    union all
    select s.sequence, o.order_id, o.last_event
    from step s cross join lateral venue.open_orders_at(s.before) o
    where s.since = 0 and s.before >= greatest(1, venue.archived_until())
      and not exists (select from touched t where t.sequence = s.sequence and t.order_id = o.order_id)
)
select coalesce(x.sequence, c.sequence) as sequence, coalesce(x.order_id, c.order_id) as order_id,
       x.last_event as expected, c.last_event as carried
from expected x
-- What is carried of the next mark, which is none yet, is nobody's answer.
full join (select * from venue.carried_orders
           where sequence > (select venue.archived_until())
             and sequence <= (select max(m.sequence) from venue.order_marks m)) c
    on c.sequence = x.sequence and c.order_id = x.order_id
left join venue.known_events e on e.sequence = c.last_event
where x.last_event is distinct from c.last_event
   or (e.order_id, e.state, e.leaves, e.cum, e.hold) is distinct from (c.order_id, c.state, c.leaves, c.cum, c.hold);
