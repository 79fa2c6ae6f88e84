-- One call is one group commit: a single round trip, and a single transaction, however much or little it carries.
-- V0001: another venue raised the epoch. V0002: the group does not follow the last event that is stored.
create function venue.append_group(my_epoch bigint, first bigint, last bigint, new_events venue.events[],
                                   new_postings venue.postings[], new_numbers venue.session_numbers[],
                                   new_outbound venue.outbound[]) returns void language plpgsql as $$
declare
    inserted bigint;
begin
    update venue.fence set last_sequence = append_group.last
    where epoch = my_epoch and last_sequence = append_group.first - 1;
    if not found then
        perform from venue.fence where epoch = my_epoch;
        if found then
            raise exception 'events from % on do not follow the last one that is stored', append_group.first
                using errcode = 'V0002';
        end if;
        raise exception 'the fence was taken by %', (select owner from venue.fence) using errcode = 'V0001';
    end if;

    insert into venue.events select * from unnest(new_events);
    get diagnostics inserted = row_count;
    if inserted <> append_group.last - append_group.first + 1 then
        raise exception '% events came for the sequences % to %', inserted, append_group.first, append_group.last
            using errcode = 'V0002';
    end if;
    if cardinality(new_postings) > 0 then
        insert into venue.postings select * from unnest(new_postings);
    end if;
    if cardinality(new_outbound) > 0 then
        insert into venue.outbound select * from unnest(new_outbound);
    end if;
    if cardinality(new_numbers) > 0 then
        insert into venue.session_numbers as stored
        select session, incarnation, max(inbound_judged), max(outbound_reserved), max(last_written)
        from unnest(new_numbers) group by session, incarnation
        on conflict (session, incarnation) do update
        set inbound_judged = greatest(stored.inbound_judged, excluded.inbound_judged),
            outbound_reserved = greatest(stored.outbound_reserved, excluded.outbound_reserved),
            last_written = greatest(stored.last_written, excluded.last_written);
    end if;
end $$;

-- Notes a state hash and returns the one that is stored, which may have been there before. The fence is held meanwhile:
-- nobody writes here but the present owner.
create function venue.note_state_hash(my_epoch bigint, of_sequence bigint, of_version smallint, new_hash bigint)
returns bigint language plpgsql as $$
begin
    perform from venue.fence where epoch = my_epoch for update;
    if not found then
        raise exception 'the fence was taken by %', (select owner from venue.fence) using errcode = 'V0001';
    end if;
    insert into venue.state_hashes (sequence, version, hash) values (of_sequence, of_version, new_hash)
    on conflict do nothing;
    return (select hash from venue.state_hashes where sequence = of_sequence and version = of_version);
end $$;
