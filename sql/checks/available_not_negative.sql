-- No account holds more for its open orders than its ledger balance: available + held = ledger, and none is negative.
select h.account, h.asset, h.held, coalesce(b.ledger, 0) as ledger
from venue.holds h left join venue.balances b using (account, asset)
where h.held > coalesce(b.ledger, 0) or h.held < 0;
