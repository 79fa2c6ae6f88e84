-- Every role's rights on everything in the schema, as of this release. `venue migrate` runs it after the migrations,
-- in one transaction: a running venue never sees a moment without its rights. Where the roles of sql/roles.sql don't
-- exist, everything belongs to the one who migrates, and there is nothing to give.
do $$
declare
    readable constant text[] := array[
        'accounts', 'archived_ranges', 'assets', 'balance_lines', 'balances', 'carried_balances', 'carried_orders', 'daily_fees',
        'daily_volumes', 'event_kinds', 'executions', 'holds', 'instruments', 'journal', 'known_journal', 'order_marks', 'order_states', 'orders',
        'outbound_messages', 'participants', 'partitions', 'postings', 'sequence_ranges', 'sessions', 'trades',
        'transfers'];
    audited constant text[] := array[
        'fence', 'outbound', 'schema_version', 'session_numbers', 'state_hashes'];
    appended constant text[] := array[
        'events', 'postings', 'outbound', 'session_numbers', 'state_hashes', 'snapshots', 'snapshot_pieces'];
    thing record;
begin
    if (select count(*) from pg_roles
        where rolname in ('venue_owner', 'venue', 'venue_admin', 'venue_auditor')) < 4 then
        return;
    end if;

    -- What an earlier release gave and this one doesn't is taken back. PostgreSQL lets everybody call a new function.
    revoke all on schema venue from public, venue, venue_admin, venue_auditor;
    revoke all on all tables in schema venue from public, venue, venue_admin, venue_auditor;
    revoke all on all sequences in schema venue from public, venue, venue_admin, venue_auditor;
    revoke all on all functions in schema venue from public, venue, venue_admin, venue_auditor;
    grant usage on schema venue to venue, venue_admin, venue_auditor;

    grant select on all tables in schema venue to venue;
    grant usage on all sequences in schema venue to venue;
    grant update (epoch, last_sequence, owner) on venue.fence to venue;
    grant update (inbound_judged, outbound_reserved, last_written) on venue.session_numbers to venue;
    alter default privileges for role venue_owner in schema venue grant select on tables to venue;

    for thing in
        select c.relname as name from pg_class c
        where c.relnamespace = 'venue'::regnamespace and c.relkind in ('r', 'p', 'v')
    loop
        if thing.name = any (appended) then
            execute format('grant insert on venue.%I to venue', thing.name);
        end if;
        if thing.name = any (readable) then
            execute format('grant select on venue.%I to venue_admin, venue_auditor', thing.name);
        end if;
        if thing.name = any (audited) then
            execute format('grant select on venue.%I to venue_auditor', thing.name);
        end if;
    end loop;

    -- Readers may call what is declared to change nothing. Of what changes something in its owner's name, the venue
    -- needs to make room for more events, to carry balances and orders and to drop old snapshots; archiving, which takes
    -- events out, is left to the owner.
    for thing in
        select p.oid::regprocedure as signature, p.provolatile <> 'v' and not p.prosecdef as only_reads,
               not p.prosecdef or p.proname in ('add_ranges', 'carry_balances', 'carry_orders',
                                                   'prune_snapshots', 'remove_damaged_snapshot') as for_venue
        from pg_proc p where p.pronamespace = 'venue'::regnamespace
    loop
        if thing.only_reads then
            execute format('grant execute on function %s to venue_admin, venue_auditor', thing.signature);
        end if;
        if thing.for_venue then
            execute format('grant execute on function %s to venue', thing.signature);
        end if;
    end loop;
end $$;
