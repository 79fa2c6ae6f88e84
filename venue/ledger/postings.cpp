#include "venue/ledger/postings.hpp"

#include "venue/model/ensure.hpp"

namespace venue::ledger {
namespace {

using model::AccountId;
using model::Amount;
using model::AssetId;

struct PostingOf {
    model::Sequence event;
    const model::Reference& reference;
    std::vector<model::Posting>& postings;

    /// What one account gets, the other gives; so each transfer sums to zero.
    void transfer(AccountId from, AccountId to, AssetId asset, Amount amount) const {
        if (amount == Amount{}) return;
        postings.push_back({event, from, asset, -amount});
        postings.push_back({event, to, asset, amount});
    }

    void operator()(const model::OrderTraded& e) const { trade(e); }
    void operator()(const model::TradeBusted& e) const { revise(e); }
    void operator()(const model::TradeCorrected& e) const { revise(e); }
    void revise(const model::TradeRevision& e) const {
        trade(e);
        transfer(model::receivable_account, e.order.account, owed_asset(e, listed(e.order.instrument)), e.owed);
    }
    void operator()(const model::ReceivableSettled& e) const {
        transfer(e.account, model::receivable_account, e.asset, e.amount);
    }
    [[nodiscard]] const model::Instrument& listed(model::InstrumentId id) const {
        const auto instrument = reference.instruments.find(id);
        ensure(instrument != reference.instruments.end(), "a traded instrument is listed");
        return instrument->second;
    }
    /// A half of a trade, or what comes to it.
    template <class Half>
    void trade(const Half& e) const {
        const model::Instrument& instrument = listed(e.order.instrument);
        const bool buys = e.order.side == model::Side::buy;
        const AccountId base_from = buys ? model::clearing_account : e.order.account;
        const AccountId base_to = buys ? e.order.account : model::clearing_account;
        transfer(base_from, base_to, instrument.base, e.last_base);
        transfer(base_to, base_from, instrument.quote, e.last_quote);
        transfer(e.order.account, model::fee_account, e.fee_asset, e.fee);
    }
    void operator()(const model::FundsDeposited& e) const {
        transfer(model::external_account, e.account, e.asset, e.amount);
    }
    void operator()(const model::FundsTransferred& e) const { transfer(e.from, e.to, e.asset, e.amount); }
    // Holds are no postings: only value that changes owner is posted.
    template <class Other>
    void operator()(const Other&) const {}
};

}  // namespace

void append_postings(const model::Event& event, const model::Reference& reference,
                     std::vector<model::Posting>& postings) {
    std::visit(PostingOf{event.sequence, reference, postings}, event.body);
}

}  // namespace venue::ledger
