-- A trade is taken back once, both sides in one command, and nothing is corrected of it afterwards.
with revision as (
    select match_id, command, kind, count(*) as sides,
           lag(kind) over (partition by match_id order by command) as kind_before
    from venue.events where kind in (33, 34) and command > venue.archived_until() group by match_id, command, kind
)
select match_id, command, sides from revision where sides <> 2 or kind_before = 33;
