-- A session is changed while the venue runs; each such event holds the whole session as it is from there on.
insert into venue.event_kinds values (39, 'SessionChanged');

-- Apart from each other, because no index has both kinds.
create or replace view venue.sessions as
select distinct on ((body ->> 'id')::integer)
       (body ->> 'id')::integer as session, (body ->> 'participant')::integer as participant,
       (body ->> 'account')::integer as account, body ->> 'comp_id' as comp_id
from (select sequence, body from venue.known_events where kind = 14
      union all select sequence, body from venue.known_events where kind = 39) told
order by (body ->> 'id')::integer, sequence desc;

-- What an archive leaves in the database of reference data has those events, too.
do $$
declare
    function regprocedure;
begin
    for function in
        select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname = 'venue' and strpos(p.prosrc, '.kind between 10 and 14') > 0
    loop
        execute regexp_replace(pg_get_functiondef(function), '(\w)\.kind between 10 and 14',
                               '(\1.kind between 10 and 14 or \1.kind = 39)', 'g');
    end loop;
end $$;
