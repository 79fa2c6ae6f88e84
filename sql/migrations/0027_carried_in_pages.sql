-- Orders are carried in pages, each a transaction of its own, so that whoever has it done can pause between two of them and
-- appends never wait for long. The rows lie under a mark's number before it is one: readers look no further than the last
-- mark, which comes with the last page.
--
-- The events are looked through from the mark backwards. What is met first of an order is how it stands there, so each row
-- is written once.

-- How far the next mark has come. After a crash of the server it is empty, and the mark is begun again.
create unlogged table venue.begun_marks (
    sequence      bigint  not null primary key,
    before        bigint  not null,  -- the mark before; zero for none
    is_whole      boolean not null,
    events_until  bigint  not null,  -- from here back to the mark before they are still to be looked through
    orders_behind bigint  not null   -- and of those that were open there, the ones behind this, where all are carried
);
-- Of a mark that has begun: orders that began before the events that were looked through, and were met in them.
create unlogged table venue.met_orders (order_id bigint not null primary key);

-- Without what a crash left of it.
create function venue.begin_mark(mark bigint) returns venue.begun_marks
language plpgsql set enable_seqscan = off as $$
declare
    last constant bigint := venue.order_mark_at(9223372036854775807);
    before constant bigint := case when last < venue.archived_until() then 0 else last end;
    begun venue.begun_marks;
begin
    perform set_config('venue.pruning', 'on', true);
    delete from venue.carried_orders c where c.sequence = mark;
    perform set_config('venue.pruning', '', true);
    truncate venue.begun_marks, venue.met_orders;
    insert into venue.begun_marks
    values (mark, before, before = 0 or exists (select from venue.sequence_ranges r where r.next - 1 = mark), mark, 0)
    returning * into begun;
    return begun;
end $$;

-- Carries what the page of events up to `events_until` left of each order of which no later one told. Rows of the journal are
-- sorted whole, because a page is small, and to look for them a second time costs more.
create function venue.carry_changed_orders(mark venue.begun_marks, page_size integer) returns void
language plpgsql set plan_cache_mode = force_custom_plan as $$
declare
    -- What is kept of archived events is one page.
    after constant bigint := case when mark.events_until <= venue.archived_until() then mark.before
                                  else greatest(mark.before, mark.events_until - page_size) end;
begin
    with changed as materialized (
        select distinct on (e.order_id)
               e.order_id, e.price, e.quantity, e.cum, e.leaves, e.expires, e.sequence, e.time, e.participant, e.account,
               e.instrument, e.side, e.type, e.state, e.cum_value, e.hold, e.cl_ord_id
        from venue.known_journal e
        where e.kind in (1, 3, 4, 5, 6, 19, 21, 33, 34) and e.sequence > after and e.sequence <= mark.events_until
        order by e.order_id, e.sequence desc
    ), news as materialized (
        select * from changed c
        where (c.state = 1 or c.order_id <= after)
          -- One by one along its index, for it may be much longer than the page.
          and (select m.order_id from venue.met_orders m where m.order_id = c.order_id) is null
    ), met as (
        insert into venue.met_orders select n.order_id from news n where n.order_id <= after
    )
    insert into venue.carried_orders
    select mark.sequence, n.order_id, n.price, n.quantity, n.cum, n.leaves, n.expires, n.sequence, n.time, n.participant,
           n.account, n.instrument, n.side, n.type, n.state, n.cum_value, n.hold, n.cl_ord_id
    from news n
    where n.state = 1 or n.order_id <= mark.before;
    update venue.begun_marks set events_until = after;
end $$;

-- Carries a page of those that were open at the mark before and stayed as they were. False when none is left.
create function venue.carry_unchanged_orders(mark venue.begun_marks, page_size integer) returns boolean
language plpgsql set plan_cache_mode = force_custom_plan set enable_bitmapscan = off set enable_seqscan = off as $$
declare
    whole constant bigint := venue.whole_order_mark_at(mark.before);
    until bigint;
begin
    with page as materialized (
        select * from venue.carried_orders c
        where c.order_id > mark.orders_behind and c.sequence >= whole and c.sequence <= mark.sequence
        order by c.order_id, c.sequence desc limit page_size
    ), carried as (
        insert into venue.carried_orders
        select mark.sequence, o.order_id, o.price, o.quantity, o.cum, o.leaves, o.expires, o.last_event, o.changed,
               o.participant, o.account, o.instrument, o.side, o.type, o.state, o.cum_value, o.hold, o.cl_ord_id
        from (select distinct on (p.order_id) * from page p order by p.order_id, p.sequence desc) o
        where o.state = 1 and o.sequence < mark.sequence
    )
    select max(p.order_id) into until from page p;
    update venue.begun_marks set orders_behind = until where until is not null;
    return until is not null;
end $$;

-- Carries a page of the oldest mark that isn't yet. False when none is left.
create or replace function venue.carry_orders() returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp
set enable_sort = on set enable_nestloop = off set max_parallel_workers_per_gather = 0 set work_mem = '32MB' as $$
declare
    page_size constant integer := 10000;
    next bigint;
    mark venue.begun_marks;
begin
    perform pg_advisory_xact_lock(27973166868030835);  -- "carries": the second of two who carry finds it done
    next := venue.next_order_mark();
    if next > (select f.last_sequence from venue.fence f) then
        return false;
    end if;
    select * into mark from venue.begun_marks b where b.sequence = next;
    if not found then
        mark := venue.begin_mark(next);
    end if;
    if mark.events_until > mark.before then
        perform venue.carry_changed_orders(mark, page_size);
        return true;
    end if;
    if mark.is_whole and mark.before > 0 and venue.carry_unchanged_orders(mark, page_size) then
        return true;
    end if;
    insert into venue.order_marks values (next, case when mark.is_whole then 0 else mark.before end);
    truncate venue.begun_marks, venue.met_orders;
    perform brin_summarize_new_values('venue.carried_orders_of_mark');
    return true;
end $$;
