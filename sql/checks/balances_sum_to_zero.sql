-- All balances of an asset sum to zero, the fees' and the outside world's included.
select asset, sum(amount) as sum from venue.postings group by asset having sum(amount) <> 0;
