-- What is carried at the end of a range is what was carried before it and every posting since.
with ends as (
    select c.sequence, coalesce(lag(c.sequence) over (order by c.sequence), 0) as before
    from (select distinct sequence from venue.carried_balances) c
), expected as (
    select e.sequence, l.account, l.asset, sum(l.amount) as amount
    from ends e
    cross join lateral (
        select p.account, p.asset, p.amount from venue.postings p where p.sequence > e.before and p.sequence <= e.sequence
        union all
        select c.account, c.asset, c.amount from venue.carried_balances c where c.sequence = e.before) l
    where e.sequence > venue.archived_until()
    group by e.sequence, l.account, l.asset
)
select sequence, account, asset, c.amount as carried, x.amount as expected
from expected x
full join (select * from venue.carried_balances where sequence > venue.archived_until()) c using (sequence, account, asset)
where c.amount is distinct from x.amount;
