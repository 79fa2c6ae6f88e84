-- Reference events are a handful among millions: without an index of their own every view that names an instrument or an
-- account would walk through the whole journal for it. No order is in it, so it costs an append nothing.
create index reference_events on venue.events (kind) where kind >= 10 and kind <= 14;
