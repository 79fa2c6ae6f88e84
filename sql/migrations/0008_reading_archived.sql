-- What tells of the present goes on telling it when ranges of the journal are archived.

-- The journal without secrets, with what was kept of archived ranges.
do $$
begin
    -- The server leaves out the schema's name where it isn't needed.
    perform set_config('search_path', 'pg_catalog', true);
    execute 'create view venue.known_journal as '
        || regexp_replace(pg_get_viewdef('venue.journal'::regclass), '\yvenue\.events\y', 'venue.known_events', 'g');
end $$;

-- What tells of the present reads what was kept and carried over too. What tells of the past (executions, trades, candles,
-- volumes) tells of what is in the database; the rest is in the archive's files.
do $$
declare
    name text;
    query text;
    present regprocedure;
begin
    perform set_config('search_path', 'pg_catalog', true);
    foreach name in array array['assets', 'instruments', 'participants', 'accounts', 'sessions'] loop
        query := pg_get_viewdef(('venue.' || name)::regclass);
        -- A small letter behind the table begins the name that the view gave it: the server writes keywords in capitals.
        query := regexp_replace(query, '\yvenue\.events\y(?=\s+[a-z])', 'venue.known_events', 'g');
        query := regexp_replace(query, '\yvenue\.events\y', 'venue.known_events events', 'g');
        execute format('create or replace view venue.%I as %s', name, query);
    end loop;
    foreach present in array array['venue.orders_at(bigint)', 'venue.balances_at(bigint)', 'venue.trial_balance(bigint)',
                                   'venue.statement(integer, timestamptz, timestamptz)']::regprocedure[] loop
        query := pg_get_functiondef(present);
        if present = 'venue.orders_at(bigint)'::regprocedure then
            query := regexp_replace(query, '\yvenue\.journal\y', 'venue.known_journal', 'g');
        end if;
        execute regexp_replace(query, '\yvenue\.postings\y', 'venue.balance_lines', 'g');
    end loop;
end $$;
