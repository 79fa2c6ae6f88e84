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
