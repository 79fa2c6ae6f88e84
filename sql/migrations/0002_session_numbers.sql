-- FIX sequence numbers: what was judged, what may be used, and which report left under which number.

-- Values only grow within an incarnation; a sequence reset begins a new one.
create table venue.session_numbers (
    session           integer not null,
    incarnation       integer not null,
    inbound_judged    bigint  not null,  -- the participant's last number that was judged
    outbound_reserved bigint  not null,  -- the venue's numbers up to here may be used
    last_written      bigint  not null,  -- last event that was written to a live connection
    primary key (session, incarnation)
) with (fillfactor = 50);

create function venue.refuse_shrinking() returns trigger language plpgsql as $$
begin
    raise exception 'the numbers of session %, incarnation % only grow', old.session, old.incarnation
        using errcode = 'V0003';
end $$;
create trigger only_grows before update on venue.session_numbers for each row
    when (new.session <> old.session or new.incarnation <> old.incarnation
          or new.inbound_judged < old.inbound_judged or new.outbound_reserved < old.outbound_reserved
          or new.last_written < old.last_written)
    execute function venue.refuse_shrinking();
create trigger only_grows_no_delete before delete or truncate on venue.session_numbers
    for each statement execute function venue.refuse_change();

-- The numbers that one session gave between two commits, ascending; the four arrays run side by side.
create table venue.outbound (
    session       integer   not null,
    incarnation   integer   not null,
    first_number  bigint    not null,
    last_number   bigint    not null,
    numbers       bigint[]  not null,  -- 34
    events        bigint[]  not null,
    sending_times bigint[]  not null,  -- 52
    poss_resend   boolean[] not null,  -- 97
    primary key (session, incarnation, first_number)
);
create trigger append_only before update or delete or truncate on venue.outbound
    for each statement execute function venue.refuse_change();

create view venue.outbound_messages as
select o.session, o.incarnation, m.number, m.event, m.sending_time, m.poss_resend
from venue.outbound o,
     unnest(o.numbers, o.events, o.sending_times, o.poss_resend) as m (number, event, sending_time, poss_resend);
