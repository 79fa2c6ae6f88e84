-- A list that has a name is reported as a whole, beside the reports on its orders.
insert into venue.event_kinds values (38, 'ListReported');
