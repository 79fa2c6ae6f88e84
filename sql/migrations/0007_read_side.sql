-- What the console, reports and auditors read. Nothing here is read by the venue, and nothing here costs a new order
-- anything: the only indexes are for trades and for kinds that are rare.
--
-- Whole numbers of ledger units stand beside exact decimals in the asset itself; nothing is ever a float. Functions
-- that take a sequence number tell how things stood right after that event; those that take days know only UTC.

insert into venue.event_kinds values (17, 'FundsTransferred'), (18, 'TransferRejected');

-- One entry for each trade, so that a candle of last month doesn't read the orders of last month.
create index public_trades on venue.events (instrument, time) where kind = 3 and incoming;
create index rare_events on venue.events (kind, sequence) where kind >= 15;

-- The journal without secrets. Readers are given this view and never the table.
create view venue.journal as
select e.sequence, e.command, e.time, e.order_id, e.price, e.quantity, e.cum, e.leaves, e.expires, e.match_id,
       e.last_price, e.last_quantity, e.session, e.other_session, e.participant, e.account, e.owner, e.instrument,
       e.maker_rate, e.taker_rate, e.fee_asset, e.tag, e.kind, e.version, e.side, e.type, e.time_in_force, e.state,
       e.reason, e.last, e.rests, e.incoming, e.sweep_goes_on, e.kept_place, e.is_replace, e.cum_value, e.hold,
       e.fee_exact, e.fee_charged, e.last_base, e.last_quote, e.fee, e.cl_ord_id, e.other_cl_ord_id, e.asked,
       e.body - '{salt,secret_hash}'::text[] as body
from venue.events e;

create or replace view venue.accounts as
select 1 as account, null::integer as participant, 'the outside world' as name
union all select 2, null, 'fees'
union all select 3, null, 'clearing'
union all select 4, null, 'suspense'
union all select 5, null, 'receivables'
union all
select (body ->> 'id')::integer, (body ->> 'participant')::integer, body ->> 'name' from venue.events where kind = 13;

create view venue.transfers as
select t.sequence, venue.instant(t.time) as at, t.body ->> 'id' as id,
       (t.body ->> 'participant')::integer as participant, (t.body ->> 'from')::integer as from_account,
       (t.body ->> 'to')::integer as to_account, (t.body ->> 'asset')::integer as asset,
       (t.body ->> 'amount')::numeric as amount
from venue.events t where t.kind = 17;

-- -- Numbers and times ------------------------------------------------------------------------------------------------

-- Ledger units as the asset itself: exact, with all of the asset's digits.
create function venue.decimal(units numeric, ledger_digits integer) returns numeric
language sql immutable parallel safe as
$$ select units * ('1e-' || ledger_digits)::numeric $$;

create function venue.nanoseconds(at timestamptz) returns bigint language sql immutable parallel safe as
$$ select case when isfinite(at) then (extract(epoch from at) * 1000000)::bigint * 1000
               when at > timestamptz 'epoch' then 9223372036854775807 else 0 end $$;

create function venue.utc_midnight(day date) returns timestamptz language sql immutable parallel safe as
$$ select day::timestamp at time zone 'UTC' $$;

create function venue.utc_day(nanoseconds bigint) returns date language sql immutable parallel safe as
$$ select date '1970-01-01' + (nanoseconds / 86400000000000)::integer $$;

-- The last event before a moment; one less than the first event when there is none. Time never goes back in the
-- journal, so a few steps of a binary search find it without an index on time, which every order would have to pay for.
create function venue.last_before(at timestamptz) returns bigint language plpgsql stable as $$
declare
    moment constant bigint := venue.nanoseconds(at);
    low bigint;
    high bigint;
    middle bigint;
begin
    select coalesce(min(sequence) - 1, 0), coalesce(max(sequence), 0) into low, high from venue.journal;
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

-- -- Orders and trades ------------------------------------------------------------------------------------------------

drop view venue.balances, venue.holds, venue.orders, venue.latest_order_events, venue.trades;

create or replace view venue.executions as
select e.sequence as exec_id, venue.instant(e.time) as at, k.name as what, e.order_id, p.name as participant,
       a.name as account, i.symbol, e.cl_ord_id, case e.side when 1 then 'buy' when 2 then 'sell' end as side,
       s.name as state, e.price * i.tick as price, e.quantity * i.lot as quantity, e.cum * i.lot as cum,
       e.leaves * i.lot as leaves, e.last_price * i.tick as last_price, e.last_quantity * i.lot as last_quantity,
       e.match_id, e.incoming, venue.decimal(e.fee, f.ledger_digits) as fee, f.code as fee_asset, e.reason, e.asked,
       venue.decimal(e.last_quote, q.ledger_digits) as last_value
from venue.events e
join venue.event_kinds k using (kind)
left join venue.participants p on p.participant = e.participant
left join venue.accounts a on a.account = e.account
left join venue.instruments i on i.instrument = e.instrument
left join venue.order_states s on s.state = e.state
left join venue.assets f on f.asset = e.fee_asset
left join venue.assets q on q.asset = i.quote
where e.kind between 1 and 7;

-- Each order that was accepted up to an event, as its latest event until then left it: the events' own columns, in
-- ticks, lots and ledger units.
create function venue.orders_at(sequence bigint) returns table (
    order_id bigint, participant integer, account integer, instrument integer, cl_ord_id text, side smallint,
    type smallint, state smallint, price bigint, quantity bigint, cum bigint, leaves bigint, cum_value numeric,
    hold numeric, expires bigint, last_event bigint, changed bigint) language sql stable as $$
    select distinct on (e.order_id) e.order_id, e.participant, e.account, e.instrument, e.cl_ord_id, e.side, e.type,
           e.state, e.price, e.quantity, e.cum, e.leaves, e.cum_value, e.hold, e.expires, e.sequence, e.time
    from venue.journal e
    where e.kind in (1, 3, 4, 5, 6) and e.sequence <= orders_at.sequence
    order by e.order_id, e.sequence desc $$;

create view venue.orders as
select e.order_id, p.name as participant, a.name as account, i.symbol, e.cl_ord_id,
       case e.side when 1 then 'buy' when 2 then 'sell' end as side,
       case e.type when 1 then 'market' when 2 then 'limit' end as type, s.name as state, e.price * i.tick as price,
       e.quantity * i.lot as quantity, e.cum * i.lot as cum, e.leaves * i.lot as leaves, e.hold,
       venue.instant(e.expires) as expires, e.last_event, venue.instant(e.changed) as changed_at,
       venue.decimal(e.hold, h.ledger_digits) as hold_decimal, h.code as hold_asset,
       venue.decimal(e.cum_value, q.ledger_digits) as cum_value
from venue.orders_at(9223372036854775807) e
left join venue.participants p on p.participant = e.participant
left join venue.accounts a on a.account = e.account
left join venue.instruments i on i.instrument = e.instrument
left join venue.assets q on q.asset = i.quote
left join venue.assets h on h.asset = case e.side when 1 then i.quote else i.base end
join venue.order_states s on s.state = e.state;

-- What the public hears of a trade, taken from the incoming side's half: nobody's name, nobody's order.
create view venue.trades as
select e.match_id, venue.instant(e.time) as at, i.symbol,
       case e.side when 1 then 'buy' when 2 then 'sell' end as incoming_side, e.last_price * i.tick as price,
       e.last_quantity * i.lot as quantity, venue.decimal(e.last_quote, q.ledger_digits) as value
from venue.events e
join venue.instruments i on i.instrument = e.instrument
left join venue.assets q on q.asset = i.quote
where e.kind = 3 and e.incoming;

-- A width of whole seconds that a day is a multiple of, in nanoseconds: such intervals always begin at the same times
-- of the day.
create function venue.candle_width(width interval) returns bigint language plpgsql immutable as $$
declare
    seconds constant numeric := extract(epoch from width);
begin
    if seconds < 1 or seconds > 86400 or seconds <> trunc(seconds) or 86400 % seconds <> 0 then
        raise exception 'a candle can''t be % wide', width
            using hint = 'Whole seconds, from 1 second to 1 day, that a day is a multiple of.', errcode = 'V0004';
    end if;
    return seconds::bigint * 1000000000;
end $$;

-- The candles of [from, to), both rounded outwards to whole intervals. An interval without a trade has none.
create function venue.candles(symbol text, width interval, since timestamptz, until timestamptz) returns table (
    starts timestamptz, open numeric, high numeric, low numeric, close numeric, volume numeric, quote_volume numeric,
    trade_count bigint) language sql stable as $$
    with asked as materialized (
        select w.width, venue.nanoseconds(since) / w.width * w.width as first,
               ceil(venue.nanoseconds(until)::numeric / w.width) * w.width as after_last
        from venue.candle_width(candles.width) w (width)
    ), trade as (
        select e.instrument, e.time / a.width * a.width as starts, e.sequence, e.last_price, e.last_quantity,
               e.last_quote
        from asked a
        join venue.journal e on e.kind = 3 and e.incoming and e.time >= a.first and e.time < a.after_last
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

-- -- Volumes and fees -------------------------------------------------------------------------------------------------

-- What each participant bought and sold from the first to the last day, both included.
create function venue.volumes(first_day date, last_day date) returns table (
    day date, participant text, symbol text, bought numeric, sold numeric, bought_value numeric, sold_value numeric,
    fill_count bigint, incoming_fill_count bigint) language sql stable as $$
    with total as (
        select venue.utc_day(e.time) as day, e.participant, e.instrument,
               coalesce(sum(e.last_quantity) filter (where e.side = 1), 0) as bought,
               coalesce(sum(e.last_quantity) filter (where e.side = 2), 0) as sold,
               coalesce(sum(e.last_quote) filter (where e.side = 1), 0) as bought_value,
               coalesce(sum(e.last_quote) filter (where e.side = 2), 0) as sold_value,
               count(*) as fill_count, count(*) filter (where e.incoming) as incoming_fill_count
        from venue.journal e
        where e.kind = 3 and e.sequence > venue.last_before(venue.utc_midnight(first_day))
          and e.sequence <= venue.last_before(venue.utc_midnight(last_day + 1))
        group by 1, 2, 3
    )
    select t.day, p.name, i.symbol, t.bought * i.lot, t.sold * i.lot, venue.decimal(t.bought_value, q.ledger_digits),
           venue.decimal(t.sold_value, q.ledger_digits), t.fill_count, t.incoming_fill_count
    from total t
    left join venue.participants p on p.participant = t.participant
    left join venue.instruments i on i.instrument = t.instrument
    left join venue.assets q on q.asset = i.quote
    order by t.day, t.participant, t.instrument $$;
create view venue.daily_volumes as select * from venue.volumes('-infinity', 'infinity');

-- What each account was charged from the first to the last day; below zero where rebates were more.
create function venue.fees(first_day date, last_day date) returns table (
    day date, participant text, account text, asset text, fee numeric, fill_count bigint) language sql stable as $$
    with total as (
        select venue.utc_day(e.time) as day, e.participant, e.account, e.fee_asset, sum(e.fee) as fee,
               count(*) as fill_count
        from venue.journal e
        where e.kind = 3 and e.sequence > venue.last_before(venue.utc_midnight(first_day))
          and e.sequence <= venue.last_before(venue.utc_midnight(last_day + 1))
        group by 1, 2, 3, 4
    )
    select t.day, p.name, a.name, f.code, venue.decimal(t.fee, f.ledger_digits), t.fill_count
    from total t
    left join venue.participants p on p.participant = t.participant
    left join venue.accounts a on a.account = t.account
    left join venue.assets f on f.asset = t.fee_asset
    order by t.day, t.account, t.fee_asset $$;
create view venue.daily_fees as select * from venue.fees('-infinity', 'infinity');

-- -- The ledger -------------------------------------------------------------------------------------------------------

-- What open orders held, per account and asset: quote for a buy, base for a sell.
create function venue.holds_at(sequence bigint) returns table (account integer, asset integer, held numeric)
language sql stable as $$
    select o.account, case o.side when 1 then i.quote else i.base end, sum(o.hold)
    from venue.orders_at(holds_at.sequence) o join venue.instruments i on i.instrument = o.instrument
    where o.state = 1 group by 1, 2 $$;
create view venue.holds as select * from venue.holds_at(9223372036854775807);

-- Every account and asset that ever had a posting. available + held = ledger.
create function venue.balances_at(sequence bigint) returns table (
    account integer, account_name text, asset integer, code text, ledger numeric, held numeric, available numeric,
    ledger_decimal numeric, held_decimal numeric, available_decimal numeric) language sql stable as $$
    select b.account, a.name, b.asset, t.code, b.ledger, coalesce(h.held, 0), b.ledger - coalesce(h.held, 0),
           venue.decimal(b.ledger, t.ledger_digits), venue.decimal(coalesce(h.held, 0), t.ledger_digits),
           venue.decimal(b.ledger - coalesce(h.held, 0), t.ledger_digits)
    from (select p.account, p.asset, sum(p.amount) as ledger from venue.postings p
          where p.sequence <= balances_at.sequence group by p.account, p.asset) b
    left join venue.holds_at(balances_at.sequence) h on h.account = b.account and h.asset = b.asset
    left join venue.accounts a on a.account = b.account
    left join venue.assets t on t.asset = b.asset $$;
create view venue.balances as select * from venue.balances_at(9223372036854775807);

-- Every account of the venue, zero or not, and every participant's that ever had a posting. For each asset debits are
-- credits.
create function venue.trial_balance(sequence bigint default 9223372036854775807) returns table (
    asset text, account integer, account_name text, amount numeric, debit numeric, credit numeric)
language sql stable as $$
    with line as (
        select p.account, p.asset, p.amount from venue.postings p where p.sequence <= trial_balance.sequence
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
    order by b.asset, b.account $$;

-- An account's movements in [since, until), between an opening and a closing balance for each asset that it had then.
create function venue.statement(account integer, since timestamptz, until timestamptz) returns table (
    at timestamptz, event bigint, what text, reference text, asset text, amount numeric, balance numeric)
language sql stable as $$
    with period as materialized (
        select venue.last_before(since) as opening, venue.last_before(until) as closing
    ), own as materialized (
        select p.sequence, p.line, p.asset, p.amount, p.sequence <= period.opening as is_earlier
        from venue.postings p cross join period
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

-- The same for a participant's account by its name.
create function venue.statement(account text, since timestamptz, until timestamptz) returns table (
    at timestamptz, event bigint, what text, reference text, asset text, amount numeric, balance numeric)
language plpgsql stable as $$
declare
    number constant integer := (select a.account from venue.accounts a
                                where a.name = statement.account and a.participant is not null);
begin
    if number is null then
        raise exception 'no participant has an account %', statement.account using errcode = 'V0004';
    end if;
    return query select * from venue.statement(number, since, until);
end $$;
