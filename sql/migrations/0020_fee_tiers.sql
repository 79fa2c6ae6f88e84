-- Fees by volume: the schedule, and what each day's end made of it. Both stand in the body alone.
insert into venue.event_kinds values (36, 'FeesSet'), (37, 'FeesRolled');
