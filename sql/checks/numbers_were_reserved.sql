-- Every number that a report left under had been reserved durably before.
select m.session, m.incarnation, m.number, n.outbound_reserved
from venue.outbound_messages m left join venue.session_numbers n using (session, incarnation)
where m.number > coalesce(n.outbound_reserved, 0);
