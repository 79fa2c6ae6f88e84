-- The ledger has exactly the lines that fills, what is revised of them, deposits and transfers cause, and no other.
with fill as (
    select e.sequence, e.account, i.base, i.quote, e.fee_asset, e.fee,
           case e.side when 1 then e.last_base else -e.last_base end as gets_base,
           case e.side when 1 then -e.last_quote else e.last_quote end as gets_quote
    from venue.events e join venue.instruments i using (instrument) where e.kind in (3, 33, 34)
), owing as (
    select e.sequence, e.account, (e.body ->> 'owed')::numeric as amount,
           case when e.last_base <> 0 and (e.side = 1) = (e.last_base < 0) then i.base else i.quote end as asset
    from venue.events e join venue.instruments i using (instrument)
    where e.kind in (33, 34) and e.body ? 'owed'
    union all
    select sequence, (body ->> 'account')::integer, -(body ->> 'amount')::numeric, (body ->> 'asset')::integer
    from venue.events where kind = 35
), transfer as (
    select sequence, case kind when 15 then 1 else (body ->> 'from')::integer end as giver,
           case kind when 15 then body ->> 'account' else body ->> 'to' end::integer as taker,
           (body ->> 'asset')::integer as asset, (body ->> 'amount')::numeric as amount
    from venue.events where kind in (15, 17)
), line as (
    select sequence, account, base as asset, gets_base as amount from fill
    union all select sequence, 3, base, -gets_base from fill
    union all select sequence, account, quote, gets_quote from fill
    union all select sequence, 3, quote, -gets_quote from fill
    union all select sequence, account, fee_asset, -fee from fill
    union all select sequence, 2, fee_asset, fee from fill
    union all select sequence, account, asset, amount from owing
    union all select sequence, 5, asset, -amount from owing
    union all select sequence, giver, asset, -amount from transfer
    union all select sequence, taker, asset, amount from transfer
    union all select sequence, account, asset, -amount from venue.postings
)
select sequence, account, asset, sum(amount) as missing
from line group by sequence, account, asset having sum(amount) <> 0;
