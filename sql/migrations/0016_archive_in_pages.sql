-- What stays behind of a range that is archived is found page by page, so that no transaction is long while the venue
-- trades; pruning never takes what somebody else stored meanwhile, nor a snapshot at a range's end; a page that the disk
-- damaged is in nobody's way.

-- -- Snapshots --------------------------------------------------------------------------------------------------------

-- Of pieces whose pages can't be read nothing can be deleted; they stay, and nobody looks for them any more.
create function venue.remove_pieces(of_snapshot bigint) returns void language plpgsql set enable_seqscan = off as $$
begin
    delete from venue.snapshot_pieces p where p.snapshot = of_snapshot;
exception when data_corrupted or index_corrupted or internal_error or io_error then
    null;
end $$;

-- Removes all snapshots but those of the newest `keep_count` sequences; two at least are kept, because the newest one
-- may turn out to be damaged. Kept too are those at the end of a range, where every fold of what comes after the
-- archive begins, and once a range is archived the two oldest behind it. What others store meanwhile is newer than all
-- that was looked at, and stays.
create or replace function venue.prune_snapshots(keep_count integer) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    archived constant bigint := venue.archived_until();
    kept constant bigint[] := array(
        (select distinct s.sequence from venue.snapshots s order by s.sequence desc limit greatest(keep_count, 2))
        union
        (select distinct s.sequence from venue.snapshots s where archived > 0 and s.sequence >= archived
         order by s.sequence limit 2)
        union
        select r.next - 1 from venue.sequence_ranges r where r.next - 1 > archived);
    newest constant bigint := (select max(s.sequence) from venue.snapshots s where s.sequence = any (kept));
    removed bigint[];
begin
    perform set_config('venue.pruning', 'on', true);
    with gone as (
        delete from venue.snapshots s where s.sequence < newest and s.sequence <> all (kept) returning s.id
    )
    select coalesce(array_agg(g.id), '{}') into removed from gone g;
    perform venue.remove_pieces(id) from unnest(removed) id;
    perform set_config('venue.pruning', '', true);
    return cardinality(removed);
end $$;

-- Removes a snapshot whose bytes aren't those that were stored or can't be read, which is found out here once more:
-- nobody can have a good one removed. False when it is good, gone, or larger than one value of the database may be.
create or replace function venue.remove_damaged_snapshot(id bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
    largest_value constant bigint := 1000000000;
    stored venue.snapshots;
begin
    select * into stored from venue.snapshots s where s.id = remove_damaged_snapshot.id;
    if not found or stored.size > largest_value then
        return false;
    end if;
    begin
        if stored.sha256 = (select encode(sha256(string_agg(p.bytes, ''::bytea order by p.number)), 'hex')
                            from venue.snapshot_pieces p where p.snapshot = stored.id) then
            return false;
        end if;
    exception when data_corrupted or index_corrupted or internal_error or io_error then
        null;
    end;
    perform set_config('venue.pruning', 'on', true);
    delete from venue.snapshots s where s.id = stored.id;
    perform venue.remove_pieces(stored.id);
    perform set_config('venue.pruning', '', true);
    return true;
end $$;

-- -- Archiving --------------------------------------------------------------------------------------------------------

-- What stays behind of the range that is archived next, as far as it was looked through. After a crash of the server it
-- is empty and found again.
create unlogged table venue.staged_ranges (first bigint not null primary key, staged_until bigint not null);
-- The newest event of each order that is open, or that still has a report to be written.
create unlogged table venue.staged_orders (order_id bigint not null primary key, sequence bigint not null,
                                           state smallint);
-- Reports that weren't written to all of their sessions when they were looked at.
create unlogged table venue.staged_reports (sequence bigint not null primary key, order_id bigint, session integer,
                                            other_session integer);
create index staged_reports_of_order on venue.staged_reports (order_id);

-- The end of the range that begins there, if it is full and the next to be archived; otherwise says what it isn't.
create function venue.archivable_until(first bigint) returns bigint language plpgsql as $$
declare
    ends constant bigint := (select r.next from venue.sequence_ranges r where r.first = archivable_until.first);
begin
    if not pg_try_advisory_xact_lock(27428844020004453) then  -- "archive"
        raise exception 'another archive is at work' using errcode = 'V0005';
    end if;
    if ends is null or archivable_until.first <> venue.archived_until() + 1 then
        raise exception 'ranges are archived one after the other from %, not from %', venue.archived_until() + 1,
            archivable_until.first using errcode = 'V0004';
    end if;
    if ends > (select last_sequence from venue.fence) + 1 then
        raise exception 'the range from % is not full', archivable_until.first using errcode = 'V0004';
    end if;
    return ends;
end $$;

-- Which of these events were not written yet to a session that they are addressed to.
create function venue.is_unwritten(session integer, event bigint) returns boolean language sql stable as
$$ select session <> 0 and event > coalesce((select max(n.last_written) from venue.session_numbers n
                                             where n.session = is_unwritten.session), 0) $$;

-- Begins with what is kept of the ranges before.
create function venue.begin_staging(first bigint) returns void language plpgsql as $$
begin
    truncate venue.staged_ranges, venue.staged_orders, venue.staged_reports;
    insert into venue.staged_ranges values (first, first);
    insert into venue.staged_reports
    select k.sequence, k.order_id, k.session, k.other_session from venue.kept_events k
    where venue.is_unwritten(k.session, k.sequence) or venue.is_unwritten(k.other_session, k.sequence);
    insert into venue.staged_orders
    select n.order_id, n.sequence, n.state
    from (select distinct on (k.order_id) k.order_id, k.sequence, k.state from venue.kept_events k
          where k.kind in (1, 3, 4, 5, 6, 19, 21) order by k.order_id, k.sequence desc) n
    where n.state = 1 or exists (select from venue.staged_reports r where r.order_id = n.order_id);
end $$;

-- Looks the range's next events through, before `until`. A range that is full never changes, so each page is a
-- transaction of its own: a long one would keep the vacuum away from the fence, which every append moves.
create function venue.stage_events(first bigint, until bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    ends constant bigint := least(until, venue.archivable_until(first));
    begins bigint;
begin
    if not exists (select from venue.staged_ranges s where s.first = stage_events.first) then
        perform venue.begin_staging(first);
    end if;
    select s.staged_until into begins from venue.staged_ranges s;
    if begins >= ends then
        return;
    end if;
    if (select count(*) from venue.events e where e.sequence >= begins and e.sequence < ends) <> ends - begins then
        raise exception 'events between % and % are missing', begins, ends - 1 using errcode = 'V0004';
    end if;
    insert into venue.staged_reports
    select e.sequence, e.order_id, e.session, e.other_session
    from venue.events e
    left join (select n.session, max(n.last_written) as until from venue.session_numbers n group by 1) own
        on own.session = e.session
    left join (select n.session, max(n.last_written) as until from venue.session_numbers n group by 1) other
        on other.session = e.other_session
    where e.sequence >= begins and e.sequence < ends
      and (e.session <> 0 and e.sequence > coalesce(own.until, 0)
           or e.other_session is not null and e.sequence > coalesce(other.until, 0));
    with newest as materialized (
        select distinct on (e.order_id) e.order_id, e.sequence, e.state from venue.events e
        where e.sequence >= begins and e.sequence < ends and e.kind in (1, 3, 4, 5, 6, 19, 21)
        order by e.order_id, e.sequence desc
    ), known as materialized (
        select n.*, n.state = 1 or exists (select from venue.staged_reports r where r.order_id = n.order_id) as stays
        from newest n
    ), closed as (
        delete from venue.staged_orders s using known k where s.order_id = k.order_id and not k.stays
    )
    insert into venue.staged_orders select k.order_id, k.sequence, k.state from known k where k.stays
    on conflict (order_id) do update set sequence = excluded.sequence, state = excluded.state;
    update venue.staged_ranges set staged_until = ends;
end $$;

-- Takes the oldest range out of the database, in one transaction: whoever reads sees all of it or none. The caller has
-- it in files, complete and on disk, and has looked it through with stage_events; what is missing of that is done here.
-- Only the detaching at the end needs the journal for itself: where readers are in the way, appends wait behind it for
-- a hundredth of a second at a time, and it gives up (lock_not_available) after a while. The caller waits between two
-- calls.
create or replace function venue.put_away(first bigint, events_sha256 text, postings_sha256 text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    tries_max constant integer := 100;
    next constant bigint := venue.archivable_until(first);
begin
    if (select count(distinct s.sequence) from venue.snapshots s where s.sequence >= next - 1) < 2 then
        raise exception 'fewer than two snapshots cover the range from %', put_away.first using errcode = 'V0004';
    end if;
    perform venue.stage_events(first, next);

    create temporary table unwritten on commit drop as
    select r.sequence, r.order_id from venue.staged_reports r
    where venue.is_unwritten(r.session, r.sequence) or venue.is_unwritten(r.other_session, r.sequence);
    create temporary table needed on commit drop as
    select u.sequence from unwritten u
    union
    select o.sequence from venue.staged_orders o
    where o.state = 1 or exists (select from unwritten u where u.order_id = o.order_id)
    union
    select k.sequence from venue.kept_events k where k.kind between 10 and 14
    union
    select e.sequence from venue.events e where e.sequence < next and e.kind between 10 and 14;

    if not exists (select from venue.carried_balances c where c.sequence = next - 1) then
        insert into venue.carried_balances
        select next - 1, l.account, l.asset, l.ledger from venue.ledger_at(next - 1) l;
    end if;
    perform set_config('venue.pruning', 'on', true);
    delete from venue.kept_events k where not exists (select from needed n where n.sequence = k.sequence);
    perform set_config('venue.pruning', '', true);
    insert into venue.kept_events
    select e.* from venue.events e join needed n on n.sequence = e.sequence where e.sequence < next;
    insert into venue.archived_ranges (first, next, events_sha256, postings_sha256, last_time)
    values (put_away.first, next, events_sha256, postings_sha256,
            (select e.time from venue.events e where e.sequence = next - 1));

    perform set_config('lock_timeout', '10ms', true);
    for attempt in 1 .. tries_max loop
        begin
            lock table only venue.events, only venue.postings;
            execute format('alter table venue.events detach partition venue.%I',
                           venue.partition_name('events', put_away.first));
            execute format('alter table venue.postings detach partition venue.%I',
                           venue.partition_name('postings', put_away.first));
            exit;
        exception when lock_not_available then
            if attempt = tries_max then
                raise exception 'somebody reads the journal' using errcode = 'lock_not_available';
            end if;
            perform pg_sleep(0.04);
        end;
    end loop;
    execute format('drop table venue.%I, venue.%I', venue.partition_name('events', put_away.first),
                   venue.partition_name('postings', put_away.first));
end $$;

-- -- Moments that are archived ----------------------------------------------------------------------------------------

-- As before; of an order whose first event is archived there is no whole history here.
create or replace function venue.order_history(order_id bigint) returns setof venue.executions language sql stable as $$
    select * from venue.executions e
    where venue.require_present(order_history.order_id - 1)
      and e.exec_id >= order_history.order_id and e.order_id = order_history.order_id order by e.exec_id $$;
