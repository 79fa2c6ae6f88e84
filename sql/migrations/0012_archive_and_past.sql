-- What was found when ranges were archived: whoever asks about a moment that is archived is told so, the journal behind
-- an archive stays within reach of a snapshot, and an archive waits for readers without holding anything up.

-- -- Snapshots --------------------------------------------------------------------------------------------------------

-- Removes all snapshots but those of the newest `keep_count` sequences; two at least are kept, because the newest one
-- may turn out to be damaged. Once a range is archived the two oldest behind it are kept too: without them no fold
-- could begin there, and the events between them and the newest ones would be out of reach.
create or replace function venue.prune_snapshots(keep_count integer) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    archived constant bigint := venue.archived_until();
    kept constant bigint[] := array(
        (select distinct s.sequence from venue.snapshots s order by s.sequence desc limit greatest(keep_count, 2))
        union
        (select distinct s.sequence from venue.snapshots s where archived > 0 and s.sequence >= archived
         order by s.sequence limit 2));
    removed bigint;
begin
    perform set_config('venue.pruning', 'on', true);
    delete from venue.snapshot_pieces p using venue.snapshots s where s.id = p.snapshot and s.sequence <> all (kept);
    delete from venue.snapshots where sequence <> all (kept);
    get diagnostics removed = row_count;
    perform set_config('venue.pruning', '', true);
    return removed;
end $$;

-- Removes a snapshot whose bytes aren't those that were stored, which is found out here once more: nobody can have a
-- good one removed. False when it is good, gone, or larger than one value of the database may be.
create function venue.remove_damaged_snapshot(id bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    largest_value constant bigint := 1000000000;
    stored venue.snapshots;
begin
    select * into stored from venue.snapshots s where s.id = remove_damaged_snapshot.id;
    if not found or stored.size > largest_value
       or stored.sha256 = (select encode(sha256(string_agg(p.bytes, ''::bytea order by p.number)), 'hex')
                           from venue.snapshot_pieces p where p.snapshot = stored.id) then
        return false;
    end if;
    perform set_config('venue.pruning', 'on', true);
    delete from venue.snapshot_pieces p where p.snapshot = stored.id;
    delete from venue.snapshots s where s.id = stored.id;
    perform set_config('venue.pruning', '', true);
    return true;
end $$;

-- A snapshot of what the journal doesn't have yet would be taken for the newest, and true ones pruned for it.
create function venue.refuse_snapshot_of_future() returns trigger language plpgsql as $$
begin
    if new.sequence > (select f.last_sequence from venue.fence f) then
        raise exception 'a snapshot of event % is ahead of the journal', new.sequence using errcode = 'V0003';
    end if;
    return new;
end $$;
create trigger of_stored_events before insert on venue.snapshots
    for each row execute function venue.refuse_snapshot_of_future();

-- -- Archiving --------------------------------------------------------------------------------------------------------

-- The stamp of the range's last event; null for ranges that an earlier release archived.
alter table venue.archived_ranges add column last_time bigint;

-- As before, but that one archive is at work at a time, and that it gives up (lock_not_available) when readers stay in
-- the way for ten seconds: a transaction that waits holds up the vacuum of the fence, which every append moves. The
-- caller waits between two calls.
create or replace function venue.put_away(first bigint, events_sha256 text, postings_sha256 text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '200ms' as $$
declare
    tries_max constant integer := 10;
    next bigint := (select r.next from venue.sequence_ranges r where r.first = put_away.first);
begin
    if not pg_try_advisory_xact_lock(27428844020004453) then  -- "archive"
        raise exception 'another archive is at work' using errcode = 'V0005';
    end if;
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
    where e.sequence >= put_away.first and e.sequence < next and e.kind in (1, 3, 4, 5, 6, 19, 21)
    order by e.order_id, e.sequence desc;
    create temporary table written on commit drop as
    select n.session, max(n.last_written) as last_written from venue.session_numbers n group by n.session;
    create temporary table needed on commit drop as
    select k.sequence from venue.kept_events k
    where k.kind between 10 and 14
       or k.state = 1 and k.kind in (1, 3, 6, 19, 21)
          and not exists (select from newest_of_order o where o.order_id = k.order_id)
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
    insert into venue.archived_ranges (first, next, events_sha256, postings_sha256, last_time)
    values (put_away.first, next, events_sha256, postings_sha256,
            (select e.time from venue.events e where e.sequence = next - 1));

    for attempt in 1 .. tries_max loop
        begin
            execute format('alter table venue.events detach partition venue.%I',
                           venue.partition_name('events', put_away.first));
            execute format('alter table venue.postings detach partition venue.%I',
                           venue.partition_name('postings', put_away.first));
            exit;
        exception when lock_not_available then
            if attempt = tries_max then
                raise exception 'somebody reads the journal' using errcode = 'lock_not_available';
            end if;
            perform pg_sleep(1);
        end;
    end loop;
    execute format('drop table venue.%I, venue.%I', venue.partition_name('events', put_away.first),
                   venue.partition_name('postings', put_away.first));
end $$;

-- -- Moments that are archived ----------------------------------------------------------------------------------------

-- True where the state right after an event can be told; otherwise says so.
create function venue.require_present(sequence bigint) returns boolean language plpgsql stable parallel safe as $$
begin
    if sequence < venue.archived_until() then
        raise exception 'event % is archived; the oldest state here is after event %', sequence, venue.archived_until()
            using errcode = 'V0004';
    end if;
    return true;
end $$;

-- The last event before a moment; one less than the first event that is here when there is none. Time never goes back
-- in the journal, so a few steps of a binary search find it without an index on time, which every order would have to
-- pay for.
create or replace function venue.last_before(at timestamptz) returns bigint language plpgsql stable as $$
declare
    moment constant bigint := venue.nanoseconds(at);
    archived constant bigint := venue.archived_until();
    low bigint;
    high bigint;
    middle bigint;
begin
    select coalesce(min(sequence) - 1, archived), coalesce(max(sequence), archived) into low, high from venue.journal;
    while low < high loop
        middle := (low + high + 1) / 2;
        if (select time < moment from venue.journal where sequence = middle) then
            low := middle;
        else
            high := middle - 1;
        end if;
    end loop;
    return low;
end $$;

-- True where the state at a moment can be told: nothing is archived, or everything that is archived came before it.
create function venue.require_present(at timestamptz) returns boolean language plpgsql stable parallel safe as $$
declare
    archived constant bigint := venue.archived_until();
begin
    if archived > 0 and venue.last_before(at) = archived
       and not coalesce((select r.last_time < venue.nanoseconds(at) from venue.archived_ranges r
                         where r.next = archived + 1), false) then
        raise exception 'what was at % is archived; the oldest state here is after event %', at, archived
            using errcode = 'V0004';
    end if;
    return true;
end $$;

create or replace function venue.orders_at(sequence bigint) returns table (
    order_id bigint, participant integer, account integer, instrument integer, cl_ord_id text, side smallint,
    type smallint, state smallint, price bigint, quantity bigint, cum bigint, leaves bigint, cum_value numeric,
    hold numeric, expires bigint, last_event bigint, changed bigint) language sql stable as $$
    select distinct on (e.order_id) e.order_id, e.participant, e.account, e.instrument, e.cl_ord_id, e.side, e.type,
           e.state, e.price, e.quantity, e.cum, e.leaves, e.cum_value, e.hold, e.expires, e.sequence, e.time
    from venue.known_journal e
    where venue.require_present(orders_at.sequence) and e.kind in (1, 3, 4, 5, 6, 19, 21)
      and e.sequence <= orders_at.sequence
    order by e.order_id, e.sequence desc $$;

-- Sorts few columns of each event: whole rows would fill the disk with sorting.
create or replace function venue.holds_at(sequence bigint) returns table (account integer, asset integer, held numeric)
language sql stable as $$
    select o.account, case o.side when 1 then i.quote else i.base end, sum(o.hold)
    from (select distinct on (e.order_id) e.account, e.side, e.instrument, e.state, e.hold from venue.known_journal e
          where e.kind in (1, 3, 4, 5, 6, 19, 21) and e.sequence <= holds_at.sequence
          order by e.order_id, e.sequence desc) o
    join venue.instruments i on i.instrument = o.instrument
    where venue.require_present(holds_at.sequence) and o.state = 1 group by 1, 2 $$;

create or replace function venue.balances_at(sequence bigint) returns table (
    account integer, account_name text, asset integer, code text, ledger numeric, held numeric, available numeric,
    ledger_decimal numeric, held_decimal numeric, available_decimal numeric) language sql stable as $$
    select b.account, a.name, b.asset, t.code, b.ledger, coalesce(h.held, 0), b.ledger - coalesce(h.held, 0),
           venue.decimal(b.ledger, t.ledger_digits), venue.decimal(coalesce(h.held, 0), t.ledger_digits),
           venue.decimal(b.ledger - coalesce(h.held, 0), t.ledger_digits)
    from (select p.account, p.asset, sum(p.amount) as ledger from venue.balance_lines p
          where p.sequence <= balances_at.sequence group by p.account, p.asset) b
    left join venue.holds_at(balances_at.sequence) h on h.account = b.account and h.asset = b.asset
    left join venue.accounts a on a.account = b.account
    left join venue.assets t on t.asset = b.asset
    where venue.require_present(balances_at.sequence) $$;

create or replace function venue.trial_balance(sequence bigint default 9223372036854775807) returns table (
    asset text, account integer, account_name text, amount numeric, debit numeric, credit numeric)
language sql stable as $$
    with line as (
        select p.account, p.asset, p.amount from venue.balance_lines p where p.sequence <= trial_balance.sequence
        union all
        select a.account, t.asset, 0 from venue.accounts a cross join venue.assets t where a.participant is null
    ), balance as (
        select l.account, l.asset, sum(l.amount) as amount from line l group by l.account, l.asset
    )
    select t.code, b.account, a.name, b.amount, venue.decimal(greatest(-b.amount, 0), t.ledger_digits),
           venue.decimal(greatest(b.amount, 0), t.ledger_digits)
    from balance b
    left join venue.accounts a on a.account = b.account
    left join venue.assets t on t.asset = b.asset
    where venue.require_present(trial_balance.sequence)
    order by b.asset, b.account $$;

-- As before; a period that begins in an archived range has no opening balance here, and is declined.
create or replace function venue.statement(account integer, since timestamptz, until timestamptz) returns table (
    at timestamptz, event bigint, what text, reference text, asset text, amount numeric, balance numeric)
language sql stable as $$
    with period as materialized (
        select venue.last_before(since) as opening, venue.last_before(until) as closing
        where venue.require_present(least(since, until))
    ), own as materialized (
        select p.sequence, p.line, p.asset, p.amount, p.sequence <= period.opening as is_earlier
        from venue.balance_lines p cross join period
        where p.account = statement.account and p.sequence <= period.closing
    ), line as (
        select 0 as part, null::timestamptz as at, null::bigint as sequence, 0 as line, 'opening balance' as what,
               null as reference, o.asset, coalesce(sum(o.amount) filter (where o.is_earlier), 0) as amount
        from own o group by o.asset
        union all
        select 1, venue.instant(e.time), o.sequence, o.line,
               case e.kind when 3 then case when o.line > 4 then 'fee' when e.side = 1 then 'buy' else 'sell' end
                           when 15 then 'deposit' when 17 then 'transfer' end,
               case e.kind when 3 then e.match_id::text when 17 then e.body ->> 'id' end, o.asset, o.amount
        from own o join venue.journal e on e.sequence = o.sequence
        where not o.is_earlier
        union all
        select 2, null, null, 0, 'closing balance', null, o.asset, 0 from own o group by o.asset
    ), running as (
        select l.*, sum(l.amount) over (partition by l.asset order by l.part, l.sequence, l.line) as balance from line l
    )
    select r.at, r.sequence, r.what, r.reference, t.code,
           case r.part when 1 then venue.decimal(r.amount, t.ledger_digits) end,
           venue.decimal(r.balance, t.ledger_digits)
    from running r left join venue.assets t on t.asset = r.asset
    order by r.asset, r.part, r.sequence, r.line $$;

-- -- Times and indexes ------------------------------------------------------------------------------------------------

-- Moments that nanoseconds since 1970 can't tell are as far as these go.
create or replace function venue.nanoseconds(at timestamptz) returns bigint
language sql immutable parallel safe as
$$ select case when isfinite(at) then
                    greatest(0, least(9223372036854775807, trunc(extract(epoch from at) * 1000000) * 1000))::bigint
               when at > timestamptz 'epoch' then 9223372036854775807 else 0 end $$;

-- As before; both ends of the period are now of the type that the index of trades has, and single values, so that it
-- finds both whatever the planner knows.
create or replace function venue.candles(symbol text, width interval, since timestamptz, until timestamptz) returns table (
    starts timestamptz, open numeric, high numeric, low numeric, close numeric, volume numeric, quote_volume numeric,
    trade_count bigint) language sql stable as $$
    with asked as materialized (
        select w.width, venue.nanoseconds(since) / w.width * w.width as first,
               least(ceil(venue.nanoseconds(until)::numeric / w.width) * w.width, 9223372036854775807)::bigint
                   as after_last
        from venue.candle_width(candles.width) w (width)
    ), trade as (
        select e.instrument, e.time / a.width * a.width as starts, e.sequence, e.last_price, e.last_quantity,
               e.last_quote
        from asked a
        join venue.journal e on e.kind = 3 and e.incoming and e.time >= (select first from asked)
                            and e.time < (select after_last from asked)
        where e.instrument = (select i.instrument from venue.instruments i where i.symbol = candles.symbol)
    ), candle as (
        select instrument, starts, min(array[sequence, last_price]) as opens, max(last_price) as high,
               min(last_price) as low, max(array[sequence, last_price]) as closes, sum(last_quantity) as volume,
               sum(last_quote) as quote_volume, count(*) as trade_count
        from trade group by instrument, starts
    )
    select venue.instant(c.starts), c.opens[2] * i.tick, c.high * i.tick, c.low * i.tick, c.closes[2] * i.tick,
           c.volume * i.lot, venue.decimal(c.quote_volume, q.ledger_digits), c.trade_count
    from candle c
    join venue.instruments i using (instrument)
    join venue.assets q on q.asset = i.quote
    order by c.starts $$;

-- Every report of one order. An order's number is the sequence of its first event, so what came before isn't read.
create function venue.order_history(order_id bigint) returns setof venue.executions language sql stable as $$
    select * from venue.executions e
    where e.exec_id >= order_history.order_id and e.order_id = order_history.order_id order by e.exec_id $$;

-- An instrument's latest trades, newest first, along the index of trades.
create function venue.latest_trades(symbol text, trade_count integer) returns setof venue.trades
language sql stable as $$
    select e.match_id, venue.instant(e.time), i.symbol, case e.side when 1 then 'buy' when 2 then 'sell' end,
           e.last_price * i.tick, e.last_quantity * i.lot, venue.decimal(e.last_quote, q.ledger_digits)
    from (select * from venue.journal t
          where t.kind = 3 and t.incoming
            and t.instrument = (select i.instrument from venue.instruments i where i.symbol = latest_trades.symbol)
          order by t.time desc, t.sequence desc limit trade_count) e
    join venue.instruments i on i.instrument = e.instrument
    left join venue.assets q on q.asset = i.quote
    order by e.time desc, e.sequence desc $$;
