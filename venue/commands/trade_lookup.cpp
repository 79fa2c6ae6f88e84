#include "venue/commands/trade_lookup.hpp"

#include "venue/commands/signals.hpp"
#include "venue/journal/history.hpp"

namespace venue::commands {
namespace {

using Kind = control::OperatorRefusal::Kind;

/// As it has been since: later fills, cancels and revisions included. What was asked of it in vain says nothing of it.
void follow(journal::History& history, model::Order& order) {
    for (const auto& event : history.of_order(order.id)) {
        if (const auto* const later = model::order_of(event.body)) order = *later;
    }
}

/// Incoming side first; empty when there is no such trade.
std::vector<model::TradeHalf> halves_of(journal::History& history, model::MatchId match) {
    std::vector<model::TradeHalf> halves;
    history.read(model::Sequence{match.value - 1}, event_of(match, false), [&](const model::Event& event) {
        const auto* const traded = std::get_if<model::OrderTraded>(&event.body);
        if (traded == nullptr || traded->match != match) return;
        halves.push_back(half_of(*traded, event.time));
    });
    for (auto& half : halves) follow(history, half.order);
    return halves;
}

control::TradeAsFound look_up(const std::string& url, model::MatchId match) {
    try {
        journal::History history(url);
        if (match.value <= 0) return std::vector<model::TradeHalf>{};
        return halves_of(history, match);
    } catch (const journal::JournalUnreadable& error) {
        return control::OperatorRefusal{Kind::declined, error.what()};
    } catch (const std::exception& error) {
        return control::OperatorRefusal{Kind::busy, error.what()};
    }
}

}  // namespace

void TradeLookup::begin(model::MatchId match, control::TradeFound found) {
    {
        const std::lock_guard lock(mutex_);
        if (!is_busy_ && !stopping_) {
            is_busy_ = true;
            const WithoutSignals quiet;
            thread_ = std::jthread([this, match, found = std::move(found)] {
                const auto trade = look_up(journal_url_, match);
                {
                    const std::lock_guard done(mutex_);
                    is_busy_ = false;
                }
                found(trade);
            });
            return;
        }
    }
    found(control::OperatorRefusal{Kind::busy, "Another trade is looked up, or the venue is stopping."});
}

void TradeLookup::stop() {
    std::jthread last;
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    // Whoever looks up needs the lock, which is free by the time that this is joined.
    last = std::move(thread_);
}

}  // namespace venue::commands
