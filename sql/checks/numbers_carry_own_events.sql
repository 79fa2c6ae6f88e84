-- A session was sent only events that are in the journal, or archived from it, and addressed to it.
select m.session, m.incarnation, m.number, m.event
from venue.outbound_messages m left join venue.events e on e.sequence = m.event
where (e.sequence is null and m.event > venue.archived_until()) or m.session not in (e.session, coalesce(e.other_session, 0));
