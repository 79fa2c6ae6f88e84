-- Rows of version 3 tell of an order with special terms: these stand in the body, and what was asked is in full again.
create or replace function venue.asked_in_full(asked text, version smallint, kind smallint, session integer, order_id bigint,
                                               side smallint, type smallint, time_in_force smallint, cl_ord_id text,
                                               other_cl_ord_id text)
returns text language sql immutable parallel safe as $$
select case when version <> 2 then asked else
    (array['PlaceOrder', 'CancelOrder', 'ReplaceOrder'])[strpos('pcr', left(asked, 1))] ||
    coalesce((select string_agg(' ' || k.key || '=' || case when w.word[1] is null then w.word[3] else k.told end, ''
                                order by w.place)
              from regexp_matches(substr(asked, 2), '([A-Z])|([a-z])([^ ]*) ', 'g') with ordinality w (word, place)
              join (values ('s', 'session', session::text), ('i', 'incarnation', null), ('n', 'number', null),
                           ('c', 'cl_ord_id', case kind when 4 then other_cl_ord_id else cl_ord_id end),
                           ('o', 'orig_cl_ord_id', case kind when 4 then cl_ord_id else other_cl_ord_id end),
                           ('r', 'order', order_id::text), ('a', 'account', null), ('y', 'symbol', null),
                           ('d', 'side', (array['buy', 'sell'])[side]),
                           ('t', 'type', (array['market', 'limit'])[type]),
                           ('f', 'time_in_force', (array['day', 'gtc', '', 'ioc', 'fok'])[time_in_force + 1]),
                           ('q', 'quantity', null), ('p', 'price', null)) k (letter, key, told)
                on k.letter = lower(coalesce(w.word[1], w.word[2]))), '')
end $$;

insert into venue.event_kinds values (19, 'OrderRestated'), (20, 'SweepMarked'), (21, 'OrderTriggered');

-- An order's latest event may be one by which the venue changed it.
do $$
declare
    function regprocedure;
    changed text;
begin
    for function in
        select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname = 'venue' and p.prosrc ~ '\(1, 3, (4, 5, )?6\)'
    loop
        changed := replace(pg_get_functiondef(function), '(1, 3, 4, 5, 6)', '(1, 3, 4, 5, 6, 19, 21)');
        execute replace(changed, '(1, 3, 6)', '(1, 3, 6, 19, 21)');
    end loop;
    -- The server leaves out the schema's name where it isn't needed.
    perform set_config('search_path', 'pg_catalog', true);
    changed := pg_get_viewdef('venue.executions'::regclass);
    execute 'create or replace view venue.executions as ' ||
        replace(changed, '((e.kind >= 1) AND (e.kind <= 7))', '(e.kind = any (array[1, 2, 3, 4, 5, 6, 7, 19, 21]))');
    changed := pg_get_viewdef('venue.orders'::regclass);
    execute 'create or replace view venue.orders as ' ||
        replace(changed, 'WHEN 2 THEN ''limit''::text', 'WHEN 2 THEN ''limit''::text WHEN 3 THEN ''stop''::text '
                'WHEN 4 THEN ''stop_limit''::text WHEN 26 THEN ''market_if_touched''::text WHEN 32 THEN ''trailing_stop''::text');
end $$;
