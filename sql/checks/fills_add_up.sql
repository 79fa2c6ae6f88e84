-- An order's filled quantity, value and fee change by its fills and by what is revised of them, and by nothing else.
with step as (
    select sequence, order_id, kind, cum - lag(cum, 1, 0::bigint) over earlier as quantity,
           cum_value - lag(cum_value, 1, 0::numeric) over earlier as value,
           fee_charged - lag(fee_charged, 1, 0::numeric) over earlier as charged,
           case when kind in (3, 33, 34) then last_quantity else 0 end as last_quantity,
           case when kind in (3, 33, 34) then last_quote else 0 end as last_quote, case when kind in (3, 33, 34) then fee else 0 end as fee,
           lag(sequence) over earlier as previous
    from venue.known_events where kind in (1, 3, 4, 5, 6, 19, 21, 33, 34)
    window earlier as (partition by order_id order by sequence)
)
select sequence, order_id, quantity, last_quantity, value, last_quote, charged, fee
from step
where sequence > venue.archived_until()
  and (quantity <> last_quantity or value <> last_quote or charged <> fee or (kind = 1) <> (previous is null));
