-- The database's roles, each with no more than it needs. A superuser runs this once in the venue's database, and again
-- whenever he likes: what is right already stays as it is.
--     psql -X -v ON_ERROR_STOP=1 -f sql/roles.sql postgresql://postgres@/venue
--     venue --set journal.url=postgresql://venue_owner@/venue migrate
-- `venue migrate`, as venue_owner, then gives them their rights on what the schema has (sql/grants.sql). How they
-- authenticate is pg_hba.conf's business; none has a password here.
--
-- venue_owner    owns the schema and all in it; only `venue migrate` and `venue archive` are this role
-- venue          the trading program: reads everything, adds to the journal, changes nothing that is written
-- venue_admin    the admin program: reads views, never the journal itself
-- venue_auditor  reads everything but secrets; may write nothing, not even a temporary table

begin;
do $$
declare
    name text;
begin
    -- Roles belong to the whole cluster; who else prepares a database of it waits here.
    perform pg_advisory_xact_lock(126879296580961);
    foreach name in array array['venue_owner', 'venue', 'venue_admin', 'venue_auditor'] loop
        if not exists (select from pg_roles where rolname = name) then
            execute format('create role %I login nosuperuser nocreatedb nocreaterole', name);
        end if;
    end loop;
    if (select rolsuper from pg_roles where rolname = 'venue') then
        raise exception 'the role venue is a superuser, whom no right can be taken from';
    end if;
    -- Everybody may make temporary tables in a new database; `venue archive` alone needs them.
    execute format('revoke temporary on database %I from public', current_database());
    execute format('grant create, temporary on database %I to venue_owner', current_database());
end $$;

-- A reader who asks for too much is stopped before his snapshot holds up the vacuum of everything else. These are
-- defaults of his sessions, against mistakes: he may set them otherwise. What he has no right to he can't do either way.
alter role venue_admin set statement_timeout = '10s';
alter role venue_admin set lock_timeout = '1s';
alter role venue_admin set idle_in_transaction_session_timeout = '10s';
alter role venue_auditor set default_transaction_read_only = on;
alter role venue_auditor set statement_timeout = '1min';
alter role venue_auditor set lock_timeout = '1s';
alter role venue_auditor set idle_in_transaction_session_timeout = '10s';

-- What another role made before there were these becomes the owner's.
do $$
declare
    object record;
begin
    if to_regnamespace('venue') is null then
        return;
    end if;
    alter schema venue owner to venue_owner;
    for object in
        select format('alter %s %s owner to venue_owner',
                      case c.relkind when 'v' then 'view' when 'S' then 'sequence' else 'table' end,
                      c.oid::regclass) as statement
        from pg_class c
        where c.relnamespace = 'venue'::regnamespace and c.relkind in ('r', 'p', 'v', 'S')
          and c.relowner <> 'venue_owner'::regrole
        union all
        select format('alter function %s owner to venue_owner', p.oid::regprocedure)
        from pg_proc p
        where p.pronamespace = 'venue'::regnamespace and p.proowner <> 'venue_owner'::regrole
    loop
        execute object.statement;
    end loop;
end $$;
commit;
