-- Events and postings in partitions by ranges of sequence numbers, so that a range of the past can be detached, exported
-- and put away. A database that has a journal keeps it as it lies: its tables become the first range.
--
-- Nobody writes into a partition by its own name, attached or detached, and nothing in one can be changed: each carries
-- triggers of its own, because those of the partitioned table don't speak for it, and because they stay when it is
-- detached. To detach without holding up the appends:
--     alter table venue.events detach partition venue.events_from_000000000001 concurrently;
-- (a plain detach waits for every reader of the journal, and every append waits behind it).

-- Every range there ever was, attached or not. Ranges follow each other without a gap; each holds first <= sequence < next.
create table venue.sequence_ranges (
    first bigint primary key,
    next  bigint not null unique,
    check (first < next)
);
create trigger append_only before update or delete or truncate on venue.sequence_ranges
    for each statement execute function venue.refuse_change();

create function venue.partition_name(of_table text, first bigint) returns text language sql immutable as
$$ select of_table || '_from_' || lpad(first::text, greatest(12, length(first::text)), '0') $$;

create function venue.refuse_direct_insert() returns trigger language plpgsql as $$
begin
    raise exception '%.% takes rows only through the table that it is a partition of', tg_table_schema, tg_table_name
        using errcode = 'V0003';
end $$;

-- A trigger of a statement fires only for the table that the statement names, so the second one costs an append nothing.
create function venue.guard_partition(partition text) returns void language plpgsql as $$
begin
    execute format('create trigger append_only before update or delete or truncate on venue.%I'
                   ' for each statement execute function venue.refuse_change()', partition);
    execute format('create trigger no_direct_insert before insert on venue.%I'
                   ' for each statement execute function venue.refuse_direct_insert()', partition);
end $$;

-- Rows are never changed, so one early visit by autovacuum can freeze them for good while their pages are still in
-- memory. By default it would wait until a fifth of the table is new, and come again much later to freeze.
create function venue.settle_partition(partition text) returns void language plpgsql as $$
begin
    execute format('alter table venue.%I set (autovacuum_vacuum_insert_scale_factor = 0,'
                   ' autovacuum_vacuum_insert_threshold = 1000000, autovacuum_freeze_min_age = 0)', partition);
end $$;

-- Attaching a table that was made beforehand keeps out neither readers nor appends; `create table … partition of` would.
create function venue.add_partition(of_table text, first bigint, next bigint) returns void language plpgsql as $$
declare
    partition text := venue.partition_name(of_table, first);
begin
    execute format('create table venue.%I (like venue.%I including all)', partition, of_table);
    perform venue.guard_partition(partition);
    perform venue.settle_partition(partition);
    execute format('alter table venue.%I attach partition venue.%I for values from (%s) to (%s)', of_table, partition,
                   first, next);
end $$;

-- Adds ranges of `size` until there is one for `sequence`. Whoever appends calls it long before the last range is full.
-- Returns the first sequence that has no range yet.
create function venue.add_ranges(sequence bigint, size bigint) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    first bigint;
begin
    perform pg_advisory_xact_lock(126879296580961);  -- the schema's lock, which `venue migrate` takes too
    loop
        select max(r.next) into first from venue.sequence_ranges r;
        exit when first > add_ranges.sequence;
        perform venue.add_partition('events', first, first + size);
        perform venue.add_partition('postings', first, first + size);
        insert into venue.sequence_ranges values (first, first + size);
    end loop;
    return first;
end $$;

drop function venue.append_group(bigint, bigint, bigint, venue.events[], venue.postings[], venue.session_numbers[],
                                 venue.outbound[]);

-- The tables that are there step back and become the first range: up to the next full ten million, which takes nothing
-- but a look at each row.
alter table venue.events rename to events_from_000000000001;
alter table venue.postings rename to postings_from_000000000001;
alter index venue.events_pkey rename to events_from_000000000001_pkey;
alter index venue.events_of_session rename to events_from_000000000001_session_sequence_idx;
alter index venue.events_of_other_session rename to events_from_000000000001_other_session_sequence_idx;
alter index venue.reference_events rename to events_from_000000000001_kind_idx;
alter index venue.postings_of_event rename to postings_from_000000000001_sequence_idx;
drop trigger append_only on venue.events_from_000000000001;
drop trigger append_only on venue.postings_from_000000000001;
select venue.guard_partition('events_from_000000000001'), venue.guard_partition('postings_from_000000000001'),
       venue.settle_partition('events_from_000000000001'), venue.settle_partition('postings_from_000000000001');

create table venue.events (like venue.events_from_000000000001 including defaults including storage,
                           primary key (sequence)) partition by range (sequence);
create index events_of_session on venue.events (session, sequence) where session <> 0;
create index events_of_other_session on venue.events (other_session, sequence) where other_session is not null;
create index reference_events on venue.events (kind) where kind >= 10 and kind <= 14;
create table venue.postings (like venue.postings_from_000000000001 including defaults including storage)
    partition by range (sequence);
create index postings_of_event on venue.postings using brin (sequence) with (pages_per_range = 16);
create trigger append_only before update or delete or truncate on venue.events
    for each statement execute function venue.refuse_change();
create trigger append_only before update or delete or truncate on venue.postings
    for each statement execute function venue.refuse_change();

do $$
declare
    ten_million constant bigint := 10000000;
    next bigint := ((select last_sequence from venue.fence) / ten_million + 1) * ten_million + 1;
begin
    execute format('alter table venue.events attach partition venue.events_from_000000000001'
                   ' for values from (1) to (%s)', next);
    execute format('alter table venue.postings attach partition venue.postings_from_000000000001'
                   ' for values from (1) to (%s)', next);
    insert into venue.sequence_ranges values (1, next);
end $$;

-- A view remembers which table it read, not its name: each one goes over to the table that has all ranges.
do $$
declare
    definition record;
begin
    for definition in
        select distinct v.oid::regclass as view, pg_get_viewdef(v.oid) as query
        from pg_class v join pg_rewrite r on r.ev_class = v.oid join pg_depend d on d.objid = r.oid
        where v.relkind = 'v' and d.refclassid = 'pg_class'::regclass
          and d.refobjid in ('venue.events_from_000000000001'::regclass, 'venue.postings_from_000000000001'::regclass)
    loop
        execute format('create or replace view %s as %s', definition.view,
                       regexp_replace(definition.query, '\y(events|postings)_from_000000000001\y', '\1', 'g'));
    end loop;
end $$;

-- As before; the rows now go to the range of their sequence.
create function venue.append_group(my_epoch bigint, first bigint, last bigint, new_events venue.events[],
                                   new_postings venue.postings[], new_numbers venue.session_numbers[],
                                   new_outbound venue.outbound[]) returns void language plpgsql as $$
declare
    inserted bigint;
begin
    update venue.fence set last_sequence = append_group.last
    where epoch = my_epoch and last_sequence = append_group.first - 1;
    if not found then
        perform from venue.fence where epoch = my_epoch;
        if found then
            raise exception 'events from % on do not follow the last one that is stored', append_group.first
                using errcode = 'V0002';
        end if;
        raise exception 'the fence was taken by %', (select owner from venue.fence) using errcode = 'V0001';
    end if;

    insert into venue.events select * from unnest(new_events);
    get diagnostics inserted = row_count;
    if inserted <> append_group.last - append_group.first + 1 then
        raise exception '% events came for the sequences % to %', inserted, append_group.first, append_group.last
            using errcode = 'V0002';
    end if;
    if cardinality(new_postings) > 0 then
        insert into venue.postings select * from unnest(new_postings);
    end if;
    if cardinality(new_outbound) > 0 then
        insert into venue.outbound select * from unnest(new_outbound);
    end if;
    if cardinality(new_numbers) > 0 then
        insert into venue.session_numbers as stored
        select session, incarnation, max(inbound_judged), max(outbound_reserved), max(last_written)
        from unnest(new_numbers) group by session, incarnation
        on conflict (session, incarnation) do update
        set inbound_judged = greatest(stored.inbound_judged, excluded.inbound_judged),
            outbound_reserved = greatest(stored.outbound_reserved, excluded.outbound_reserved),
            last_written = greatest(stored.last_written, excluded.last_written);
    end if;
end $$;

-- What a person or `venue archive` asks first: which ranges there are, which tables hold them, and how large they are.
create view venue.partitions as
select r.first, r.next, t.name as partition_of, p.partition,
       exists (select from pg_inherits i where i.inhrelid = p.partition) as attached,
       pg_total_relation_size(p.partition) as bytes
from venue.sequence_ranges r
cross join (values ('events'), ('postings')) t (name)
cross join lateral (select to_regclass('venue.' || venue.partition_name(t.name, r.first)) as partition) p
where p.partition is not null;
