-- An order that was open when its first event was archived is told as any other: what is carried knows it.

-- An order as it stands now, or as it ended. None where no order began with that event.
create function venue.order_known(wanted bigint) returns setof venue.carried_orders language plpgsql stable as $$
begin
    if wanted <= venue.archived_until() then
        return query
            select distinct on (o.order_id) o.*
            from ((select c.* from venue.carried_orders c where c.order_id = wanted order by c.sequence desc limit 1)
                  union all
                  select e.sequence, e.order_id, e.price, e.quantity, e.cum, e.leaves, e.expires, e.sequence, e.time,
                         e.participant, e.account, e.instrument, e.side, e.type, e.state, e.cum_value, e.hold, e.cl_ord_id
                  from venue.last_events(array[wanted], venue.order_mark_at(9223372036854775807), 9223372036854775807) l (last)
                  join venue.known_journal e on e.sequence = l.last) o
            order by o.order_id, o.last_event desc;
        if found then
            return;
        end if;
    end if;
    return query select * from venue.orders_accepted(wanted - 1, wanted);  -- Says so, where it is archived.
end $$;

do $$
declare
    before constant text := pg_get_functiondef('venue.order_now(bigint)'::regprocedure);
    after constant text := replace(before, 'venue.orders_accepted(order_now.order_id - 1, order_now.order_id)',
                                   'venue.order_known(order_now.order_id)');
begin
    if after = before then
        raise exception 'venue.order_now is not the one that this migration knows';
    end if;
    execute after;
end $$;
