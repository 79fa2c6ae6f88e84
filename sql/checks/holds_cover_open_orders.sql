-- An open order holds exactly what its leaves cost, fee in quote included: by cash, in a peg; in a list one holds for its side.
with listing as (
    select (body ->> 'id')::integer as instrument, (body ->> 'base_per_lot')::numeric as base_per_lot,
           (body ->> 'quote_per_tick_lot')::numeric as quote_per_tick_lot,
           (body ->> 'fee_source')::integer as fee_source
    from venue.known_events where kind = 11
), standing as (
    select e.*, l.fee_source, e.leaves * l.base_per_lot as base_value,
           e.leaves * coalesce((e.body ->> 'peg_limit')::numeric, e.price) * l.quote_per_tick_lot as value
    from venue.known_events e join listing l using (instrument)
    where e.kind in (1, 3, 4, 5, 6, 19, 21, 33, 34) and e.state = 1
), expected as (
    select sequence, order_id, hold,
           case when (body ->> 'role')::integer = 3 or ((body ->> 'role')::integer = 1 and hold = 0) then 0
                when type = 1 and price = 0 and side = 2 and body ? 'cash' then base_value
                when type = 1 and price = 0 then coalesce((body ->> 'cash')::numeric, 0)
                when side = 2 then base_value
                when fee_source = 1 then value
                else value - fee_charged
                     + ceil((fee_exact + value * greatest(maker_rate, taker_rate, 0)) * 0.0000001) end as costs
    from standing
)
select * from expected where hold <> costs;
