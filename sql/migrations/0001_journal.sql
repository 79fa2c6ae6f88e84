-- The journal: the fence, the events and the ledger's postings. Events and postings are written once and never changed.
--
-- Amounts are whole ledger units (numeric(39,0) holds every 128-bit integer); prices are ticks, quantities lots, times
-- nanoseconds since 1970 UTC. Text is ASCII: a backslash stands doubled and any other byte outside the printable range
-- as \xHH, so that whatever a participant writes can be stored and is read back unchanged.

-- One row. Every append moves it `where epoch = mine`; a new venue raises the epoch before it reads anything.
create table venue.fence (
    epoch         bigint not null,
    last_sequence bigint not null,
    owner         text   not null,
    only_row      boolean primary key default true check (only_row)
) with (fillfactor = 10);
insert into venue.fence (epoch, last_sequence, owner) values (0, 0, 'nobody yet');

-- One row is one change of state. Wide columns stand first, so that no row has padding between them; a column that a
-- kind has no use for is null and takes no room.
create table venue.events (
    sequence        bigint   not null primary key,
    command         bigint   not null,  -- sequence of the first event of its command
    time            bigint   not null,  -- the command's stamp
    order_id        bigint,
    price           bigint,             -- 44; zero for a market order
    quantity        bigint,             -- 38
    cum             bigint,             -- 14
    leaves          bigint,             -- 151
    expires         bigint,             -- due time; null for none
    match_id        bigint,             -- the incoming side's sequence, on both halves of a trade
    last_price      bigint,             -- 31
    last_quantity   bigint,             -- 32
    session         integer  not null,  -- the report goes to this session; zero when it is no report
    other_session   integer,            -- and to this one too
    participant     integer,
    account         integer,
    owner           integer,            -- the order's owning session
    instrument      integer,
    maker_rate      integer,            -- thousandths of a basis point
    taker_rate      integer,
    fee_asset       integer,
    tag             integer,            -- FIX field that a rejection is about
    kind            smallint not null,  -- venue.event_kinds names it
    version         smallint not null,
    side            smallint,           -- 54
    type            smallint,           -- 40
    time_in_force   smallint,           -- 59
    state           smallint,           -- venue.order_states names it
    reason          smallint,           -- from the catalogue of reasons
    last            boolean  not null,  -- the last event of its command
    rests           boolean,            -- the accepted order joins the book before it matches
    incoming        boolean,            -- the taker's half of a trade
    sweep_goes_on   boolean,
    kept_place      boolean,
    is_replace      boolean,
    cum_value       numeric(39, 0),
    hold            numeric(39, 0),
    fee_exact       numeric(39, 0),     -- in 10^-7 of the fee asset's ledger unit
    fee_charged     numeric(39, 0),
    last_base       numeric(39, 0),
    last_quote      numeric(39, 0),
    fee             numeric(39, 0),
    cl_ord_id       text,               -- 11
    other_cl_ord_id text,               -- the cancel request's own name, or the name before a replace (41)
    asked           text,               -- the command itself, on its first event
    body            jsonb               -- what the rarer kinds carry
);

-- A session that was away asks for what was addressed to it since; without this the answer would take a walk through
-- everybody's events.
create index events_of_session on venue.events (session, sequence) where session <> 0;
create index events_of_other_session on venue.events (other_session, sequence) where other_session is not null;

-- Reference events are a handful among millions: without an index of their own every view that names an instrument or an
-- account would walk through the whole journal for it. No order is in it, so it costs an append nothing.
create index reference_events on venue.events (kind) where kind >= 10 and kind <= 14;

-- The double-entry ledger. A block range index is enough to find an event's lines, because lines lie in order of
-- events, and it costs an append nothing.
create table venue.postings (
    sequence bigint         not null,
    line     smallint       not null,
    account  integer        not null,
    asset    integer        not null,
    amount   numeric(39, 0) not null
);
create index postings_of_event on venue.postings using brin (sequence) with (pages_per_range = 16);

-- The engine's hash after an event, noted by a venue that stood there; a later fold that hashes in the same way must come
-- to the same.
create table venue.state_hashes (
    sequence bigint      not null,
    version  smallint    not null,  -- of the way of hashing
    hash     bigint      not null,
    noted_at timestamptz not null default now(),
    primary key (sequence, version)
);

create function venue.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '%.% is append-only', tg_table_schema, tg_table_name using errcode = 'V0003';
end $$;

create trigger append_only before update or delete or truncate on venue.events
    for each statement execute function venue.refuse_change();
create trigger append_only before update or delete or truncate on venue.postings
    for each statement execute function venue.refuse_change();
create trigger append_only before update or delete or truncate on venue.state_hashes
    for each statement execute function venue.refuse_change();
