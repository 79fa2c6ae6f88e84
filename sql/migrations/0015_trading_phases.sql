-- Instruments have phases and auctions. A fill in an uncross has a reason of its own, and the side that buys is told as
-- the incoming one.
insert into venue.event_kinds values (25, 'PhaseChanged'), (26, 'UncrossBegun'), (27, 'IndicationChanged');
