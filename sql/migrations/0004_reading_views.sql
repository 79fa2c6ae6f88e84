-- The journal in words, for people and reports. Nothing here is read by the venue.

create table venue.event_kinds (kind smallint primary key, name text not null);
insert into venue.event_kinds values
    (1, 'OrderAccepted'), (2, 'OrderRejected'), (3, 'OrderTraded'), (4, 'OrderCancelled'), (5, 'OrderExpired'),
    (6, 'OrderReplaced'), (7, 'ChangeRejected'), (8, 'SessionLoggedOn'), (9, 'SessionDisconnected'),
    (10, 'AssetAdded'), (11, 'InstrumentListed'), (12, 'ParticipantAdded'), (13, 'AccountOpened'),
    (14, 'SessionAdded'), (15, 'FundsDeposited'), (16, 'ConfigurationRejected');
create table venue.order_states (state smallint primary key, name text not null);
insert into venue.order_states values (1, 'open'), (2, 'filled'), (3, 'cancelled'), (4, 'expired');

create function venue.instant(nanoseconds bigint) returns timestamptz language sql immutable as
$$ select timestamptz 'epoch' + (nanoseconds / 1000) * interval '1 microsecond' $$;

create view venue.assets as
select (body ->> 'id')::integer as asset, body ->> 'code' as code, (body ->> 'ledger_digits')::integer as ledger_digits
from venue.events where kind = 10;

create view venue.instruments as
select (body ->> 'id')::integer as instrument, body ->> 'symbol' as symbol, (body ->> 'base')::integer as base,
       (body ->> 'quote')::integer as quote, (body ->> 'tick')::numeric as tick, (body ->> 'lot')::numeric as lot
from venue.events where kind = 11;

create view venue.participants as
select (body ->> 'id')::integer as participant, body ->> 'name' as name from venue.events where kind = 12;

create view venue.accounts as
select 1 as account, null::integer as participant, 'the outside world' as name
union all select 2, null, 'fees'
union all select 3, null, 'clearing'
union all
select (body ->> 'id')::integer, (body ->> 'participant')::integer, body ->> 'name' from venue.events where kind = 13;

create view venue.sessions as
select (body ->> 'id')::integer as session, (body ->> 'participant')::integer as participant,
       (body ->> 'account')::integer as account, body ->> 'comp_id' as comp_id
from venue.events where kind = 14;

-- Every report of an order, in order: what was asked of it, what happened, and how it stood afterwards.
create view venue.executions as
select e.sequence as exec_id, venue.instant(e.time) as at, k.name as what, e.order_id, p.name as participant,
       a.name as account, i.symbol, e.cl_ord_id, case e.side when 1 then 'buy' when 2 then 'sell' end as side,
       s.name as state, e.price * i.tick as price, e.quantity * i.lot as quantity, e.cum * i.lot as cum,
       e.leaves * i.lot as leaves, e.last_price * i.tick as last_price, e.last_quantity * i.lot as last_quantity,
       e.match_id, e.incoming, e.fee * ('1e-' || f.ledger_digits)::numeric as fee, f.code as fee_asset, e.reason,
       e.asked
from venue.events e
join venue.event_kinds k using (kind)
left join venue.participants p on p.participant = e.participant
left join venue.accounts a on a.account = e.account
left join venue.instruments i on i.instrument = e.instrument
left join venue.order_states s on s.state = e.state
left join venue.assets f on f.asset = e.fee_asset
where e.kind between 1 and 7;

-- Each order as its latest event left it. The columns are the events' own: ticks, lots, ledger units.
create view venue.latest_order_events as
select distinct on (order_id) * from venue.events where kind in (1, 3, 4, 5, 6) order by order_id, sequence desc;

create view venue.orders as
select e.order_id, p.name as participant, a.name as account, i.symbol, e.cl_ord_id,
       case e.side when 1 then 'buy' when 2 then 'sell' end as side,
       case e.type when 1 then 'market' when 2 then 'limit' end as type, s.name as state, e.price * i.tick as price,
       e.quantity * i.lot as quantity, e.cum * i.lot as cum, e.leaves * i.lot as leaves, e.hold,
       venue.instant(e.expires) as expires, e.sequence as last_event
from venue.latest_order_events e
left join venue.participants p on p.participant = e.participant
left join venue.accounts a on a.account = e.account
left join venue.instruments i on i.instrument = e.instrument
join venue.order_states s on s.state = e.state;

create view venue.trades as
select incoming.match_id, venue.instant(incoming.time) as at, i.symbol,
       case incoming.side when 1 then 'buy' when 2 then 'sell' end as incoming_side,
       incoming.last_price * i.tick as price, incoming.last_quantity * i.lot as quantity,
       incoming.order_id as incoming_order, resting.order_id as resting_order
from venue.events incoming
join venue.events resting
  on resting.command = incoming.command and resting.match_id = incoming.match_id and not resting.incoming
join venue.instruments i on i.instrument = incoming.instrument
where incoming.kind = 3 and incoming.incoming;

-- What open orders hold, per account and asset: quote for a buy, base for a sell.
create view venue.holds as
select e.account, case e.side when 1 then i.quote else i.base end as asset, sum(e.hold) as held
from venue.latest_order_events e join venue.instruments i on i.instrument = e.instrument
where e.state = 1 group by 1, 2;

-- available + held = ledger, in ledger units.
create view venue.balances as
select b.account, a.name as account_name, b.asset, t.code, b.ledger, coalesce(h.held, 0) as held,
       b.ledger - coalesce(h.held, 0) as available
from (select account, asset, sum(amount) as ledger from venue.postings group by account, asset) b
left join venue.holds h on h.account = b.account and h.asset = b.asset
left join venue.accounts a on a.account = b.account
left join venue.assets t on t.asset = b.asset;
