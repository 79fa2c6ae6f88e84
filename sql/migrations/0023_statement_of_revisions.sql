-- An account's statement says what a trade that was taken back or corrected moved, and what was taken for what it owed.
do $$
declare
    was text := pg_get_functiondef('venue.statement(integer, timestamptz, timestamptz)'::regprocedure);
    new text;
begin
    new := replace(was, 'when 15 then ''deposit'' when 17 then ''transfer'' end',
                   'when 15 then ''deposit'' when 17 then ''transfer'' when 33 then ''bust'' when 34 then ''correction'''
                   ' when 35 then ''receivable'' end');
    new := replace(new, 'when 3 then e.match_id::text', 'when 3 then e.match_id::text when 33 then e.match_id::text'
                   ' when 34 then e.match_id::text');
    if strpos(new, 'receivable') = 0 or strpos(new, 'when 34 then e.match_id') = 0 then
        raise exception 'statements are others';
    end if;
    execute new;
end $$;
