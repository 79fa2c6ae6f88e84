-- What the operator changes; each event stands in the body alone, and holds the whole thing as it is from there on.
insert into venue.event_kinds values (29, 'InstrumentChanged'), (30, 'InstrumentDelisted'), (31, 'ParticipantChanged'),
    (32, 'AccountChanged');

-- A symbol that was delisted may be listed again: who asks by symbol means the latest instrument that has it.
do $$
declare
    asks_by_symbol constant text := '(select i.instrument from venue.instruments i where i.symbol';
    function regprocedure;
begin
    for function in
        select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname = 'venue' and strpos(p.prosrc, asks_by_symbol) > 0
    loop
        execute replace(pg_get_functiondef(function), asks_by_symbol, replace(asks_by_symbol, 'i.instrument', 'max(i.instrument)'));
    end loop;
end $$;
