-- How the open orders stand is carried as well as balances are, so that whoever asks for them, for what they hold, or for
-- one order reads what was carried and the events since, however long the journal is. New orders pay nothing for it: no
-- index is added to events, and the venue has it done beside the appends.
--
-- Each million events is a mark. There, of every order that one of these events changed, its newest state is carried if
-- it is open, or if it was open at the mark before; at the end of a range all orders that are open. So the open orders at
-- any event are those of the last whole mark, as a few marks and at most a million events changed them.

create table venue.carried_orders (
    sequence    bigint   not null,  -- told as it stood right after this event
    order_id    bigint   not null,
    price       bigint,
    quantity    bigint,
    cum         bigint,
    leaves      bigint,
    expires     bigint,
    last_event  bigint   not null,  -- the event that left it so
    changed     bigint   not null,  -- and its time
    participant integer,
    account     integer,
    instrument  integer,
    side        smallint,
    type        smallint,
    state       smallint,
    cum_value   numeric(39, 0),
    hold        numeric(39, 0),
    cl_ord_id   text,
    primary key (order_id, sequence)
);
create index carried_orders_of_mark on venue.carried_orders using brin (sequence) with (pages_per_range = 16);
create trigger append_only before update or delete or truncate on venue.carried_orders
    for each statement execute function venue.refuse_change_but_pruning();

-- Written in the transaction of its orders: what has a mark is complete.
create table venue.order_marks (
    sequence bigint not null primary key,
    since    bigint not null,  -- the mark before; zero where all open orders are carried
    check (since < sequence)
);
create trigger append_only before update or delete or truncate on venue.order_marks
    for each statement execute function venue.refuse_change_but_pruning();

-- -- The present from what is carried ---------------------------------------------------------------------------------

-- Each order that the events behind `after` changed, as the newest of them until `until` left it. Those that both began
-- and ended there are left out, which are nearly all. The planner knows next to nothing about what was appended last: so
-- that it never joins row by row what are a million rows, here as in the other functions that say so.
create function venue.changed_orders(after bigint, until bigint) returns setof venue.carried_orders
language sql stable rows 100000 set enable_nestloop = off set work_mem = '32MB' as $$
    select changed_orders.until, e.order_id, e.price, e.quantity, e.cum, e.leaves, e.expires, e.sequence, e.time,
           e.participant, e.account, e.instrument, e.side, e.type, e.state, e.cum_value, e.hold, e.cl_ord_id
    from (select max(t.sequence) as sequence from venue.known_journal t
          where t.kind in (1, 3, 4, 5, 6, 19, 21, 33, 34)
            and t.sequence > changed_orders.after and t.sequence <= changed_orders.until
          group by t.order_id
          having t.order_id <= changed_orders.after
              or max(t.sequence) = max(t.sequence) filter (where t.state = 1)) newest
    join venue.known_journal e on e.sequence = newest.sequence
                              and e.sequence > changed_orders.after and e.sequence <= changed_orders.until $$;

-- The last mark at or before an event; zero where there is none.
create function venue.order_mark_at(sequence bigint) returns bigint language sql stable as
$$ select coalesce(max(m.sequence), 0) from venue.order_marks m where m.sequence <= order_mark_at.sequence $$;

-- The last one of them where all open orders are carried.
create function venue.whole_order_mark_at(sequence bigint) returns bigint language sql stable as
$$ select coalesce(max(m.sequence), 0) from venue.order_marks m
   where m.sequence <= whole_order_mark_at.sequence and m.since = 0 $$;

-- The orders that were open right after an event.
create function venue.open_orders_at(sequence bigint) returns setof venue.carried_orders
language sql stable rows 100000 set enable_nestloop = off set work_mem = '32MB' as $$
    with mark as materialized (
        select venue.order_mark_at(open_orders_at.sequence) as last,
               venue.whole_order_mark_at(open_orders_at.sequence) as whole
        where venue.require_present(open_orders_at.sequence)
    ), since as materialized (
        select distinct on (s.order_id) s.*
        from (select * from venue.carried_orders c
              where c.sequence > (select m.whole from mark m) and c.sequence <= (select m.last from mark m)
              union all
              select * from venue.changed_orders((select m.last from mark m), open_orders_at.sequence)) s
        order by s.order_id, s.last_event desc
    )
    select * from since s where s.state = 1
    union all
    select * from venue.carried_orders c
    where c.sequence = (select m.whole from mark m) and c.state = 1
      and not exists (select from since s where s.order_id = c.order_id) $$;

create or replace function venue.holds_at(sequence bigint) returns table (account integer, asset integer, held numeric)
language sql stable as $$
    select o.account, case o.side when 1 then i.quote else i.base end, sum(o.hold)
    from venue.open_orders_at(holds_at.sequence) o join venue.instruments i on i.instrument = o.instrument
    group by 1, 2 $$;

-- -- Carrying ---------------------------------------------------------------------------------------------------------

-- Where open orders are carried next: each million events, and where a range ends. What an earlier release archived is
-- begun with as it was kept.
create function venue.next_order_mark() returns bigint language sql stable as $$
    select case when last < archived then archived
                else least(last + 1000000, (select min(r.next) - 1 from venue.sequence_ranges r where r.next - 1 > last))
           end
    from venue.order_mark_at(9223372036854775807) last, venue.archived_until() archived $$;

-- Carries the oldest mark that isn't yet, in a transaction of its own. False when none is left.
create function venue.carry_orders() returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp
set enable_sort = on set enable_nestloop = off set plan_cache_mode = force_custom_plan set work_mem = '32MB' as $$
declare
    mark bigint;
    before bigint;
    is_whole boolean;
begin
    perform pg_advisory_xact_lock(27973166868030835);  -- "carries": the second of two who carry finds it done
    mark := venue.next_order_mark();
    if mark > (select f.last_sequence from venue.fence f) then
        return false;
    end if;
    before := venue.order_mark_at(9223372036854775807);
    if before < venue.archived_until() then
        before := 0;
    end if;
    is_whole := before = 0 or exists (select from venue.sequence_ranges r where r.next - 1 = mark);
    insert into venue.carried_orders select * from venue.changed_orders(before, mark);
    if is_whole and before > 0 then
        insert into venue.carried_orders
        select mark, o.order_id, o.price, o.quantity, o.cum, o.leaves, o.expires, o.last_event, o.changed,
               o.participant, o.account, o.instrument, o.side, o.type, o.state, o.cum_value, o.hold, o.cl_ord_id
        from venue.open_orders_at(before) o
        on conflict do nothing;
    end if;
    insert into venue.order_marks values (mark, case when is_whole then 0 else before end);
    perform brin_summarize_new_values('venue.carried_orders_of_mark');
    return true;
end $$;

-- Removes a page of what was carried before the end of what is archived. False when none is left.
create function venue.forget_carried_orders() returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    page_size constant integer := 100000;
    was_full boolean;
begin
    perform set_config('venue.pruning', 'on', true);
    delete from venue.order_marks m where m.sequence < venue.archived_until();
    delete from venue.carried_orders c
    where c.ctid = any (array(select old.ctid from venue.carried_orders old
                              where old.sequence < (select venue.archived_until()) limit page_size));
    was_full := found;
    perform set_config('venue.pruning', '', true);
    return was_full;
end $$;

-- An archive takes no range away before how it ended is carried.
do $$
declare
    before constant text := pg_get_functiondef('venue.put_away(bigint, text, text)'::regprocedure);
    staged constant text := 'perform venue.stage_events(first, next);';
    after constant text := replace(before, staged, staged || '
    while venue.order_mark_at(9223372036854775807) < next - 1 loop
        exit when not venue.carry_orders();
    end loop;');
begin
    if after = before then
        raise exception 'venue.put_away is not the one that this migration knows';
    end if;
    execute after;
end $$;

-- -- What people read -------------------------------------------------------------------------------------------------

-- The last event in (after, until] of each of these orders that has one there.
create function venue.last_events(orders bigint[], after bigint, until bigint) returns setof bigint
language sql stable set enable_nestloop = off set work_mem = '32MB' as $$
    select max(e.sequence) from venue.known_journal e join unnest(orders) o (order_id) on o.order_id = e.order_id
    where e.kind in (1, 3, 4, 5, 6, 19, 21, 33, 34)
      and e.sequence > last_events.after and e.sequence <= last_events.until
    group by e.order_id $$;

-- Orders whose first event lies in (after, until], of one participant or of all, as they stand now. Behind that period
-- no event is read but up to the next mark and from the last one on: whatever was open at a mark is carried there.
create function venue.orders_accepted(after bigint, until bigint, participant integer default null)
returns setof venue.carried_orders language sql stable as $$
    with accepted as materialized (
        select array_agg(e.order_id) as orders from venue.known_journal e
        where venue.require_present(orders_accepted.after) and e.kind = 1
          and e.sequence > orders_accepted.after and e.sequence <= orders_accepted.until
          and (orders_accepted.participant is null or e.participant = orders_accepted.participant)
    ), mark as materialized (
        select venue.order_mark_at(9223372036854775807) as last,
               (select coalesce(min(m.sequence), orders_accepted.until) from venue.order_marks m
                where m.sequence >= orders_accepted.until) as next
    ), told as (
        select last_event
        from accepted a cross join mark m
        cross join lateral (select * from venue.last_events(a.orders, orders_accepted.after, m.next)
                            union all
                            select * from venue.last_events(a.orders, greatest(m.last, m.next), 9223372036854775807)
                           ) e (last_event)
    )
    select distinct on (o.order_id) o.*
    from (select c.* from accepted a cross join lateral unnest(a.orders) o (order_id)
          cross join lateral (select * from venue.carried_orders c where c.order_id = o.order_id
                              order by c.sequence desc limit 1) c
          union all
          select e.sequence, e.order_id, e.price, e.quantity, e.cum, e.leaves, e.expires, e.sequence, e.time,
                 e.participant, e.account, e.instrument, e.side, e.type, e.state, e.cum_value, e.hold, e.cl_ord_id
          from told t join venue.known_journal e on e.sequence = t.last_event) o
    order by o.order_id, o.last_event desc $$;

-- `orders` tells of all orders; whoever asks for the open ones alone (state = 'open') reads what is carried and no more.
-- The others are looked for only where somebody asks for them.
do $$
declare
    kept constant text := 'e.order_id, p.name as participant, a.name as account, i.symbol, e.cl_ord_id,'
        ' case e.side when 1 then ''buy'' when 2 then ''sell'' end as side,'
        ' case e.type when 1 then ''market'' when 2 then ''limit'' when 3 then ''stop'' when 4 then ''stop_limit'''
        ' when 26 then ''market_if_touched'' when 32 then ''trailing_stop'' when 64 then ''pegged'' end as type,'
        ' e.told as state, e.price * i.tick as price, e.quantity * i.lot as quantity, e.cum * i.lot as cum,'
        ' e.leaves * i.lot as leaves, e.hold, venue.instant(e.expires) as expires, e.last_event,'
        ' venue.instant(e.changed) as changed_at, venue.decimal(e.hold, h.ledger_digits) as hold_decimal,'
        ' h.code as hold_asset, venue.decimal(e.cum_value, q.ledger_digits) as cum_value';
    named constant text := ' left join venue.participants p on p.participant = e.participant'
        ' left join venue.accounts a on a.account = e.account'
        ' left join venue.instruments i on i.instrument = e.instrument'
        ' left join venue.assets q on q.asset = i.quote'
        ' left join venue.assets h on h.asset = case e.side when 1 then i.quote else i.base end';
    columns constant text := 'o.order_id, o.participant, o.account, o.instrument, o.cl_ord_id, o.side, o.type, o.price,'
        ' o.quantity, o.cum, o.leaves, o.hold, o.expires, o.last_event, o.changed, o.cum_value';
    as_one constant text := 'create function venue.%s returns setof venue.orders language sql stable as'
        ' $query$ select ' || kept || ' from (select ' || columns || ', s.name as told from %s o'
        ' join venue.order_states s on s.state = o.state) e' || named || ' order by e.order_id $query$';
begin
    execute 'create or replace view venue.orders as'
        ' with closed as (select * from venue.orders_at(9223372036854775807) o where o.state <> 1)'
        ' select ' || kept || ' from ('
        ' select ' || columns || ', ''open'' as told from venue.open_orders_at(9223372036854775807) o'
        ' union all select ' || columns || ', ''filled'' from closed o where o.state = 2'
        ' union all select ' || columns || ', ''cancelled'' from closed o where o.state = 3'
        ' union all select ' || columns || ', ''expired'' from closed o where o.state = 4) e' || named;
    execute format(as_one, 'order_now(order_id bigint)',
                   'venue.orders_accepted(order_now.order_id - 1, order_now.order_id)');
    execute format(as_one, 'orders_of(participant text, since timestamptz, until timestamptz)',
                   'venue.orders_accepted(venue.last_before(orders_of.since), venue.last_before(orders_of.until),'
                   ' case when orders_of.participant is not null then'
                   ' coalesce((select p.participant from venue.participants p where p.name = orders_of.participant), 0) end)');
end $$;
