-- No transfer was done twice under one id, as long as the venue remembers it: for its participant's next 100,000.
with numbered as (
    select sequence, participant, id, row_number() over (partition by participant order by sequence) as number
    from venue.transfers
), repeated as (
    select *, number - lag(number) over (partition by participant, id order by number) as distance from numbered
)
select sequence, participant, id, distance from repeated where distance <= 100000;
