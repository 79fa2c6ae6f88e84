-- No participant's balance was below zero after any command.
with change as (
    select p.account, p.asset, greatest(e.command, venue.archived_until() + 1) as command, sum(p.amount) as amount
    from venue.postings p join venue.events e on e.sequence = p.sequence
    where p.account > 100
    group by 1, 2, 3
    union all
    select account, asset, sequence, amount from venue.carried_balances
    where account > 100 and sequence = venue.archived_until()
), balance as (
    select account, asset, command, sum(amount) over (partition by account, asset order by command) as ledger
    from change
)
select * from balance where ledger < 0;
