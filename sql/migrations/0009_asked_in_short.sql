-- From version 2 of its rows on, the journal stores what was asked in short: what the row's own columns say stands there
-- as one capital letter. Rows of version 1 stay as they are. Whoever reads a view sees the full text of both.

-- Letters: s session, i incarnation, n number, c cl_ord_id, o orig_cl_ord_id, r order, a account, y symbol, d side, t type,
-- f time_in_force, q quantity, p price. A small one is followed by its value and a blank.
create function venue.asked_in_full(asked text, version smallint, kind smallint, session integer, order_id bigint, side smallint,
                                    type smallint, time_in_force smallint, cl_ord_id text, other_cl_ord_id text)
returns text language sql immutable parallel safe as $$
select case when version < 2 then asked else
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

-- The views that show what was asked show it in full from here on.
do $$
declare
    name text;
begin
    -- The server leaves out the schema's name where it isn't needed.
    perform set_config('search_path', 'pg_catalog', true);
    foreach name in array array['journal', 'known_journal', 'executions'] loop
        execute format('create or replace view venue.%I as %s', name,
            regexp_replace(pg_get_viewdef(('venue.' || name)::regclass), '\y(\w+)\.asked,',
                           'venue.asked_in_full(\1.asked, \1.version, \1.kind, \1.session, \1.order_id, \1.side, \1.type,'
                           ' \1.time_in_force, \1.cl_ord_id, \1.other_cl_ord_id) as asked,'));
    end loop;
end $$;
