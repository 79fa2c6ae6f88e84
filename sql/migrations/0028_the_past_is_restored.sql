-- Who asks about what is archived is told how to get an answer.
do $$
declare
    refusing regprocedure;
    before text;
    after text;
begin
    foreach refusing in array array['venue.require_present(bigint)', 'venue.require_present(timestamptz)']::regprocedure[] loop
        before := pg_get_functiondef(refusing);
        after := replace(before, 'the oldest state here is after event %', 'the oldest state here is after event %, and'
                         ' `venue restore` puts what came before into a database of its own');
        if after = before then
            raise exception '% is not the one that this migration knows', refusing;
        end if;
        execute after;
    end loop;
end $$;
