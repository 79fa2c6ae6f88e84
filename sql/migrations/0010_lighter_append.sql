-- As before, but that a group now brings each session's numbers once: adding them up here again took a tenth of the whole
-- append. Numbers that came twice would fail the group, and store nothing.
create or replace function venue.append_group(my_epoch bigint, first bigint, last bigint, new_events venue.events[],
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
        select * from unnest(new_numbers)
        on conflict (session, incarnation) do update
        set inbound_judged = greatest(stored.inbound_judged, excluded.inbound_judged),
            outbound_reserved = greatest(stored.outbound_reserved, excluded.outbound_reserved),
            last_written = greatest(stored.last_written, excluded.last_written);
    end if;
end $$;
