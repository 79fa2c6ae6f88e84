-- No participant's balance was below zero after any command.
with change as (
    select p.account, p.asset, e.command, sum(p.amount) as amount
    from venue.postings p join venue.events e on e.sequence = p.sequence
    where p.account > 100
    group by p.account, p.asset, e.command
), balance as (
    select account, asset, command, sum(amount) over (partition by account, asset order by command) as ledger
    from change
)
select * from balance where ledger < 0;
