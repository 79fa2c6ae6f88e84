-- A session was sent an event under at most one number in each incarnation.
select session, incarnation, event, count(*) as numbers
from venue.outbound_messages group by session, incarnation, event having count(*) > 1;
