-- In an uncross nobody came in: one half of each trade is marked as the incoming one, the buyer's, so that every trade has
-- one public half (reason 41 says that it was an uncross). People are told no incoming side of it, and it counts as none.
create or replace view venue.trades as
select e.match_id, venue.instant(e.time) as at, i.symbol,
       case when e.reason = 41 then null when e.side = 1 then 'buy' when e.side = 2 then 'sell' end as incoming_side,
       e.last_price * i.tick as price, e.last_quantity * i.lot as quantity,
       venue.decimal(e.last_quote, q.ledger_digits) as value
from venue.events e
join venue.instruments i on i.instrument = e.instrument
left join venue.assets q on q.asset = i.quote
where e.kind = 3 and e.incoming;

do $$
declare
    function regprocedure;
    before text;
    after text;
begin
    foreach function in array array['venue.latest_trades(text, integer)', 'venue.volumes(date, date)']::regprocedure[] loop
        before := pg_get_functiondef(function);
        after := replace(before, 'case e.side when 1 then ''buy'' when 2 then ''sell'' end',
                         'case when e.reason = 41 then null when e.side = 1 then ''buy'' when e.side = 2 then ''sell'' end');
        after := replace(after, 'filter (where e.incoming and e.kind = 3)',
                         'filter (where e.incoming and e.kind = 3 and e.reason is distinct from 41)');
        if after = before then raise exception '% is another', function; end if;
        execute after;
    end loop;
    -- The server leaves out the schema's name where it isn't needed.
    perform set_config('search_path', 'pg_catalog', true);
    before := pg_get_viewdef('venue.executions'::regclass);
    after := replace(before, 'e.incoming,', 'case when e.kind = 3 and e.reason = 41 then null else e.incoming end as incoming,');
    if after = before then raise exception 'executions are others'; end if;
    execute 'create or replace view venue.executions as ' || after;
end $$;
