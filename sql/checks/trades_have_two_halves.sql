-- Every trade is two events of one command, incoming and resting, with the same price and quantity on opposite sides.
select match_id, command, count(*) as halves
from venue.events where kind = 3 and command > venue.archived_until()
group by match_id, command
having count(*) <> 2 or count(*) filter (where incoming) <> 1 or count(distinct side) <> 2
    or count(distinct last_price) <> 1 or count(distinct last_quantity) <> 1;
