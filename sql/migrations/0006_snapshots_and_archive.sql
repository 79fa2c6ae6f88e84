-- Snapshots of the engine's state, so that a start need not fold the journal from its first event. They are derived: an
-- event is never given up because there is a snapshot, unless `venue archive` has put it into a file.

create sequence venue.snapshot_ids;

-- A snapshot's row is written last, in the transaction of its pieces: what has a row is complete.
create table venue.snapshots (
    id           bigint      not null primary key,
    sequence     bigint      not null,  -- the last event that it covers
    format       integer     not null,  -- of the bytes; docs/snapshot-format.md
    hash_version smallint    not null,  -- of the way of hashing
    state_hash   bigint      not null,  -- the engine's state that the bytes give
    sha256       text        not null,  -- of all of the bytes, hexadecimal
    size         bigint      not null,
    piece_count  integer     not null,
    made_at      timestamptz not null default now(),
    unique (sequence, format)
);

-- At most a mebibyte each, so that neither writing nor reading needs the whole in memory. They don't shrink by
-- compression, and trying would cost most of the time that a start has.
create table venue.snapshot_pieces (
    snapshot bigint  not null,
    number   integer not null,
    bytes    bytea   not null check (octet_length(bytes) <= 1048576),
    primary key (snapshot, number)
);
alter table venue.snapshot_pieces alter column bytes set storage external;

-- Nothing is changed, and nothing is removed but by venue.prune_snapshots.
create function venue.refuse_change_but_pruning() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and current_setting('venue.pruning', true) = 'on' then
        return null;
    end if;
    raise exception '%.% is append-only', tg_table_schema, tg_table_name using errcode = 'V0003';
end $$;
create trigger append_only before update or delete or truncate on venue.snapshots
    for each statement execute function venue.refuse_change_but_pruning();
create trigger append_only before update or delete or truncate on venue.snapshot_pieces
    for each statement execute function venue.refuse_change_but_pruning();

-- Removes all snapshots but those of the newest `keep_count` sequences; two at least are kept, because the newest one
-- may turn out to be damaged.
create function venue.prune_snapshots(keep_count integer) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    removed bigint;
    oldest_kept bigint;
begin
    select min(kept.sequence) into oldest_kept
    from (select distinct s.sequence from venue.snapshots s order by s.sequence desc limit greatest(keep_count, 2)) kept;
    perform set_config('venue.pruning', 'on', true);
    delete from venue.snapshot_pieces p using venue.snapshots s where s.id = p.snapshot and s.sequence < oldest_kept;
    delete from venue.snapshots where sequence < oldest_kept;
    get diagnostics removed = row_count;
    perform set_config('venue.pruning', '', true);
    return removed;
end $$;

-- -- Archived ranges ---------------------------------------------------------------------------------------------------
--
-- What is left in the database of a range of sequence numbers that `venue archive` put into files: the sums, and the few
-- events that the present still needs.

-- Ranges that were put away, from the first on and without a gap. Their files carry these checksums.
create table venue.archived_ranges (
    first           bigint      not null primary key,
    next            bigint      not null unique,
    events_sha256   text        not null,
    postings_sha256 text        not null,
    archived_at     timestamptz not null default now(),
    check (first < next)
);
create trigger append_only before update or delete or truncate on venue.archived_ranges
    for each statement execute function venue.refuse_change();

-- What every account held after a sequence number. Of the postings up to there nothing else is left.
create table venue.carried_balances (
    sequence bigint         not null,
    account  integer        not null,
    asset    integer        not null,
    amount   numeric(39, 0) not null,
    primary key (sequence, account, asset)
);
create trigger append_only before update or delete or truncate on venue.carried_balances
    for each statement execute function venue.refuse_change();

-- Events of archived ranges that are still needed: reference data, reports that were not yet written to their sessions,
-- and of each order that was open at the range's end the event that says how it stood.
create table venue.kept_events (like venue.events including defaults, primary key (sequence));
create index kept_events_of_session on venue.kept_events (session, sequence) where session <> 0;
create index kept_events_of_other_session on venue.kept_events (other_session, sequence) where other_session is not null;
create trigger append_only before update or delete or truncate on venue.kept_events
    for each statement execute function venue.refuse_change_but_pruning();

-- The last sequence number that is archived; zero for none.
create function venue.archived_until() returns bigint language sql stable as
$$ select coalesce(max(next), 1) - 1 from venue.archived_ranges $$;

-- Every event that the database still has.
create view venue.known_events as
select * from venue.events union all select * from venue.kept_events;

-- Lines that sum to each account's balance: what was carried over, and every posting after it.
create view venue.balance_lines as
select sequence, line, account, asset, amount from venue.postings
union all
select sequence, 0, account, asset, amount from venue.carried_balances where sequence = venue.archived_until();

-- Takes the oldest range out of the database, in one transaction: whoever reads sees all of it or none. The caller has
-- it in files, complete and on disk. A range that is full never changes, so what stays is found beside readers and
-- appends. Only the detaching at the end needs the journal for itself: where a reader is in the way, appends wait behind
-- it for a fifth of a second at most, and it tries again after a while.
create function venue.put_away(first bigint, events_sha256 text, postings_sha256 text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '200ms' as $$
declare
    tries_max constant integer := 1800;
    next bigint := (select r.next from venue.sequence_ranges r where r.first = put_away.first);
begin
    if next is null or put_away.first <> venue.archived_until() + 1 then
        raise exception 'ranges are archived one after the other from %, not from %', venue.archived_until() + 1,
            put_away.first using errcode = 'V0004';
    end if;
    if next > (select last_sequence from venue.fence) + 1 then
        raise exception 'the range from % is not full', put_away.first using errcode = 'V0004';
    end if;
    if (select count(*) from venue.events e where e.sequence >= put_away.first and e.sequence < next)
        <> next - put_away.first then
        raise exception 'events of the range from % are missing', put_away.first using errcode = 'V0004';
    end if;
    if (select count(*) from venue.snapshots s where s.sequence >= next - 1) < 2 then
        raise exception 'fewer than two snapshots cover the range from %', put_away.first using errcode = 'V0004';
    end if;

    create temporary table newest_of_order on commit drop as
    select distinct on (e.order_id) e.order_id, e.sequence, e.state
    from venue.events e
    where e.sequence >= put_away.first and e.sequence < next and e.kind in (1, 3, 4, 5, 6)
    order by e.order_id, e.sequence desc;
    create temporary table written on commit drop as
    select n.session, max(n.last_written) as last_written from venue.session_numbers n group by n.session;
    create temporary table needed on commit drop as
    select k.sequence from venue.kept_events k
    where k.kind between 10 and 14
       or k.state = 1 and k.kind in (1, 3, 6) and not exists (select from newest_of_order o where o.order_id = k.order_id)
    union
    select e.sequence from venue.events e where e.sequence < next and e.kind between 10 and 14
    union
    select o.sequence from newest_of_order o where o.state = 1
    union
    select e.sequence from venue.known_events e left join written w on w.session = e.session
    where e.sequence < next and e.session <> 0 and e.sequence > coalesce(w.last_written, 0)
    union
    select e.sequence from venue.known_events e left join written w on w.session = e.other_session
    where e.sequence < next and e.other_session is not null and e.sequence > coalesce(w.last_written, 0);

    insert into venue.carried_balances
    select next - 1, l.account, l.asset, sum(l.amount) from venue.balance_lines l
    where l.sequence < next group by l.account, l.asset;
    perform set_config('venue.pruning', 'on', true);
    delete from venue.kept_events k where not exists (select from needed n where n.sequence = k.sequence);
    perform set_config('venue.pruning', '', true);
    insert into venue.kept_events
    select e.* from venue.events e join needed n on n.sequence = e.sequence where e.sequence < next;
    insert into venue.archived_ranges values (put_away.first, next, events_sha256, postings_sha256);

    for attempt in 1 .. tries_max loop
        begin
            execute format('alter table venue.events detach partition venue.%I',
                           venue.partition_name('events', put_away.first));
            execute format('alter table venue.postings detach partition venue.%I',
                           venue.partition_name('postings', put_away.first));
            exit;
        exception when lock_not_available then
            if attempt = tries_max then
                raise exception 'somebody reads the journal without end' using errcode = 'V0004';
            end if;
            perform pg_sleep(1);
        end;
    end loop;
    execute format('drop table venue.%I, venue.%I', venue.partition_name('events', put_away.first),
                   venue.partition_name('postings', put_away.first));
end $$;
