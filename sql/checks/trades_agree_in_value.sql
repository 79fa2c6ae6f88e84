-- Both halves of a trade move what its price and quantity come to, in base and in quote.
with listing as (
    select (body ->> 'id')::integer as instrument, (body ->> 'base_per_lot')::numeric as base_per_lot,
           (body ->> 'quote_per_tick_lot')::numeric as quote_per_tick_lot
    from venue.known_events where kind = 11
)
select e.sequence, e.match_id, e.last_base, e.last_quote
from venue.events e join listing l using (instrument)
where e.kind = 3 and (e.last_base <> e.last_quantity * l.base_per_lot
                      or e.last_quote <> e.last_quantity * e.last_price * l.quote_per_tick_lot);
