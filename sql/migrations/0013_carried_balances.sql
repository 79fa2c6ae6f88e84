-- What every account held is carried at the end of each full range of the journal, not only where one is archived: a
-- balance is then the newest sum before a moment and the postings since, however long the journal is. New orders pay
-- nothing for it: the venue has it done once for each range, beside the appends.

-- The last event at or before which everything is carried; zero where nothing is.
create function venue.carried_until(sequence bigint) returns bigint language sql stable as
$$ select coalesce(max(c.sequence), 0) from venue.carried_balances c where c.sequence <= carried_until.sequence $$;

-- What every account held after an event.
create function venue.ledger_at(sequence bigint) returns table (account integer, asset integer, ledger numeric)
language sql stable as $$
    with base as materialized (
        select venue.carried_until(ledger_at.sequence) as sequence where venue.require_present(ledger_at.sequence)
    )
    select l.account, l.asset, sum(l.amount)
    from (select c.account, c.asset, c.amount from venue.carried_balances c
          where c.sequence = (select b.sequence from base b)
          union all
          select p.account, p.asset, p.amount from venue.postings p
          where p.sequence > (select b.sequence from base b) and p.sequence <= ledger_at.sequence) l
    group by l.account, l.asset $$;

-- Ends of full ranges that come after the newest that is carried.
create function venue.ends_to_carry() returns setof bigint language sql stable as $$
    select r.next - 1 from venue.sequence_ranges r cross join venue.fence f
    where r.next - 1 <= f.last_sequence and r.next - 1 > venue.carried_until(9223372036854775807)
    order by r.next $$;

-- Carries the oldest of them, in a transaction of its own, because one for many would hold up the vacuum of the fence.
-- False when none is left.
create function venue.carry_balances() returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    last bigint;
begin
    for last in select venue.ends_to_carry() loop
        insert into venue.carried_balances
        select last, l.account, l.asset, l.ledger from venue.ledger_at(last) l
        on conflict do nothing;
        -- A range before the first deposit has no sums.
        if found then
            return true;
        end if;
    end loop;
    return false;
end $$;

-- What `venue archive` carries may be there already.
do $$
declare
    before constant text := pg_get_functiondef('venue.put_away(bigint, text, text)'::regprocedure);
    after constant text := replace(before, 'where l.sequence < next group by l.account, l.asset;',
                                   'where l.sequence < next group by l.account, l.asset on conflict do nothing;');
begin
    if after = before then
        raise exception 'venue.put_away is not the one that this migration knows';
    end if;
    execute after;
end $$;

-- As before, from what is carried.
create or replace function venue.balances_at(sequence bigint) returns table (
    account integer, account_name text, asset integer, code text, ledger numeric, held numeric, available numeric,
    ledger_decimal numeric, held_decimal numeric, available_decimal numeric) language sql stable as $$
    select b.account, a.name, b.asset, t.code, b.ledger, coalesce(h.held, 0), b.ledger - coalesce(h.held, 0),
           venue.decimal(b.ledger, t.ledger_digits), venue.decimal(coalesce(h.held, 0), t.ledger_digits),
           venue.decimal(b.ledger - coalesce(h.held, 0), t.ledger_digits)
    from venue.ledger_at(balances_at.sequence) b
    left join venue.holds_at(balances_at.sequence) h on h.account = b.account and h.asset = b.asset
    left join venue.accounts a on a.account = b.account
    left join venue.assets t on t.asset = b.asset $$;

create or replace function venue.trial_balance(sequence bigint default 9223372036854775807) returns table (
    asset text, account integer, account_name text, amount numeric, debit numeric, credit numeric)
language sql stable as $$
    with line as (
        select l.account, l.asset, l.ledger as amount from venue.ledger_at(trial_balance.sequence) l
        union all
        select a.account, t.asset, 0 from venue.accounts a cross join venue.assets t
        where a.participant is null and venue.require_present(trial_balance.sequence)
    ), balance as (
        select l.account, l.asset, sum(l.amount) as amount from line l group by l.account, l.asset
    )
    select t.code, b.account, a.name, b.amount, venue.decimal(greatest(-b.amount, 0), t.ledger_digits),
           venue.decimal(greatest(b.amount, 0), t.ledger_digits)
    from balance b
    left join venue.accounts a on a.account = b.account
    left join venue.assets t on t.asset = b.asset
    order by b.asset, b.account $$;

create or replace function venue.statement(account integer, since timestamptz, until timestamptz) returns table (
    at timestamptz, event bigint, what text, reference text, asset text, amount numeric, balance numeric)
language sql stable as $$
    with period as materialized (
        select venue.last_before(since) as opening, venue.last_before(until) as closing
        where venue.require_present(least(since, until))
    ), base as materialized (
        select venue.carried_until(least(p.opening, p.closing)) as sequence from period p
    ), own as materialized (
        select c.sequence, 0 as line, c.asset, c.amount, true as is_earlier from venue.carried_balances c
        where c.account = statement.account and c.sequence = (select b.sequence from base b)
        union all
        select p.sequence, p.line, p.asset, p.amount, p.sequence <= (select q.opening from period q)
        from venue.postings p
        where p.account = statement.account and p.sequence > (select b.sequence from base b)
          and p.sequence <= (select q.closing from period q)
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
