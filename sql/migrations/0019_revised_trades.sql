-- Trades that are taken back or corrected. Such an event has the columns of a fill, with what comes to that one: below
-- zero where it is taken back. So sums over fills are right when they go over these events, too.
insert into venue.event_kinds values (33, 'TradeBusted'), (34, 'TradeCorrected'), (35, 'ReceivableSettled');

do $$
declare
    function regprocedure;
    changed text;
begin
    for function in
        select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname = 'venue' and (p.prosrc ~ '6, 19, 21' or p.proname in ('volumes', 'fees'))
    loop
        changed := replace(pg_get_functiondef(function), '6, 19, 21', '6, 19, 21, 33, 34');
        changed := replace(changed, 'where e.kind = 3 and', 'where e.kind in (3, 33, 34) and');
        changed := replace(changed, 'count(*) as fill_count', 'count(*) filter (where e.kind = 3) as fill_count');
        execute replace(changed, 'filter (where e.incoming)', 'filter (where e.incoming and e.kind = 3)');
    end loop;
    -- The server leaves out the schema's name where it isn't needed.
    perform set_config('search_path', 'pg_catalog', true);
    changed := pg_get_viewdef('venue.executions'::regclass);
    if strpos(changed, '19, 21') = 0 then raise exception 'executions are others'; end if;
    execute 'create or replace view venue.executions as ' || replace(changed, '19, 21', '19, 21, 33, 34');
end $$;
