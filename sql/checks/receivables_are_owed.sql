-- What accounts owe is the venue's: the receivable account never stands above zero.
select account, asset, ledger from venue.balances where account = 5 and ledger > 0;
