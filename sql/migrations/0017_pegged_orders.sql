-- Pegged orders: the mark up to which they followed the best prices, and the name of their type.
insert into venue.event_kinds values (28, 'PegsMoved');

do $$
begin
    -- The server leaves out the schema's name where it isn't needed.
    perform set_config('search_path', 'pg_catalog', true);
    execute 'create or replace view venue.orders as ' ||
        replace(pg_get_viewdef('venue.orders'::regclass), 'WHEN 32 THEN ''trailing_stop''::text',
                'WHEN 32 THEN ''trailing_stop''::text WHEN 64 THEN ''pegged''::text');
end $$;
