-- The first event of every command, and only that one, carries the command as it was asked.
select sequence, command, asked from venue.events where (sequence = command) <> (coalesce(asked, '') <> '');
