#include "tests/property/books_kept.hpp"

#include <algorithm>

namespace venue::test {

bool BooksKept::post(const model::Event& event, const model::Reference& reference) {
    std::vector<model::Posting> postings;
    ledger::append_postings(event, reference, postings);
    std::map<model::AssetId, model::Amount> balance_of_event;
    for (const model::Posting& posting : postings) {
        sums_[{posting.account, posting.asset}] += posting.amount;
        balance_of_event[posting.asset] += posting.amount;
    }
    return std::ranges::all_of(balance_of_event, [](const auto& sum) { return sum.second == model::Amount{}; });
}

bool BooksKept::agree_with(const engine::Engine& engine) const {
    return std::ranges::all_of(sums_, [&](const auto& entry) {
        const auto& [key, sum] = entry;
        if (key.first == model::clearing_account) return sum == model::Amount{};
        const engine::Balance balance = engine.balance(key.first, key.second);
        const bool of_venue = key.first < model::first_participant_account;
        const bool covered = of_venue || (balance.available.units >= 0 && balance.held.units >= 0);
        return covered && balance.available + balance.held == sum;
    });
}

bool adds_up(const model::Order& order) {
    if (order.state == model::OrderState::open) return order.quantity == order.cum + order.leaves;
    return order.leaves == model::Quantity{} && order.hold == model::Amount{};
}

}  // namespace venue::test
