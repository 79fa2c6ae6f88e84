-- Kinds of events that tell of many orders at once; they stand in the body alone.
insert into venue.event_kinds values (22, 'MassCancelMarked'), (23, 'MassCancelReported'), (24, 'KillSwitchTurned');
