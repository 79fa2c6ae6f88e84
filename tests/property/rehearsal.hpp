// A venue and a naive one side by side: each action is done to both, and everything that can be seen of them must
// agree.
#pragma once

#include <gtest/gtest.h>

#include "tests/property/books_kept.hpp"
#include "tests/property/naive_venue.hpp"
#include "tests/unit/engine/small_venue.hpp"
#include "venue/model/listing_rules.hpp"

namespace venue::test {

inline NaiveFees fees_of(std::uint32_t seed) {
    const NaiveFees choices[] = {
        {10'000, 20'000, false},
        {-5'000, 20'000, true, 1'000, 15'000, 700, 100, 400, 300, 0, {{400, -6'000, 10'000}}},
        {0, 0, false, 0, -5, 400, 101, 300},
        {33'333, 7, true, 100, 50'000, 0, 0, 300, 30, 200, {{0, 30'000, 6}, {100, 9'999, 5}, {900, -1, -2}}},
        {-3, 99, false, 0, {}, 800},
        {-9, -1, true, 0, 5, 1'000, 97, 0, 0, 100}};
    return choices[seed % std::size(choices)];
}

/// What says that a command goes on in another one.
inline void forget_how_many_commands(std::vector<std::string>& lines) {
    constexpr std::string_view goes_on = ", sweep goes on";
    std::erase_if(lines, [](const std::string& line) {
        return line.starts_with("MassCancelMarked: ") || line.starts_with("SweepMarked: ") ||
               (line.starts_with("PegsMoved: ") && line.ends_with(" goes on"));
    });
    for (std::string& line : lines) {
        if (line.ends_with(goes_on)) line.resize(line.size() - goes_on.size());
    }
}

/// The naive venue forgets nothing.
inline constexpr model::Remembered remembers_all{.seconds = model::remembered_seconds_max};

inline SmallVenue::Fees as_listed(NaiveFees fees) {
    return {static_cast<model::FeeRate>(fees.maker),
            static_cast<model::FeeRate>(fees.taker),
            fees.in_quote ? model::FeeSource::quote : model::FeeSource::received,
            static_cast<std::int32_t>(fees.display_min_bp),
            fees.auction ? std::optional(static_cast<model::FeeRate>(*fees.auction)) : std::nullopt,
            static_cast<std::int32_t>(fees.static_band_bp),
            fees.reference > 0 ? std::optional(model::Decimal{fees.reference, 0}) : std::nullopt,
            static_cast<std::int32_t>(fees.dynamic_band_bp),
            static_cast<std::int32_t>(fees.volatility_seconds),
            static_cast<std::int32_t>(fees.protection_bp),
            {},
            0,
            remembers_all};
}

inline std::vector<std::string> symbols_of(bool is_wide) {
    if (is_wide) return {"BTC-USD", "ETH-BTC", "ETH-USD"};
    return {"BTC-USD"};
}

/// As it was listed first, whatever was changed since.
inline model::ListInstrument listing(const NaiveInstrument& asked) {
    const int digits = price_digits(asked.quote);
    SmallVenue::Fees fees = as_listed(asked.listed_with);
    if (fees.reference_price) fees.reference_price = model::times({1, digits}, asked.listed_with.reference);
    return listing(asked.symbol, fees, digits);
}

/// One run of random commands, checked after each of them. A wide one has three instruments that share three assets,
/// and participants use two accounts each.
class Rehearsal {
  public:
    Rehearsal(std::uint32_t seed, bool is_wide) : Rehearsal(seed, std::mt19937(seed), is_wide) {}
    /// `seed` draws the venue and its participants, `dice` what they do.
    Rehearsal(std::uint32_t seed, Dice dice, bool is_wide)
        : symbols_(symbols_of(is_wide)),
          actions_(std::move(dice), symbols_),
          venue_(as_listed(fees_of(seed))),
          naive_(fees_of(seed)) {
        if (is_wide) list_others(seed);
        model::SetFees schedule{"USD"};
        for (const auto& [volume, maker, taker] : fees_of(seed).tiers) {
            schedule.tiers.push_back(
                {model::Decimal{volume, 0}, static_cast<model::FeeRate>(maker), static_cast<model::FeeRate>(taker)});
        }
        if (is_wide && !schedule.tiers.empty()) schedule.priced_by = {"BTC-USD"};
        for (const std::string& symbol : schedule.priced_by) naive_.price_fees_by(symbol);
        venue_.handle(schedule);
        // What a command would do is the same in one and in many, but that a debt is paid in as many parts.
        if (seed % 3 == 0) limits_ = {.fills = 2, .moves = 2, .mass_cancels = 2};
        naive_.releases_at_once = static_cast<std::size_t>(limits_.mass_cancels);
        venue_.engine.limit(limits_);
        const auto rule = static_cast<model::SelfTrade>(seed % 5);
        venue_.handle(model::AddParticipant{"carol", rule, remembers_all});
        naive_.keep_apart("carol", rule);
        venue_.handle(model::OpenAccount{"carol", "carol"});
        const auto cancels = static_cast<model::CancelOnDisconnect>(seed % 3);
        const model::DisconnectRule on_disconnect{cancels, static_cast<std::int32_t>(seed % 4 * 5'000), seed % 2 == 0};
        const auto meant = static_cast<model::ReplaceQuantity>(seed / 2 % 2);
        venue_.handle(model::AddSession{"carol", "carol", "CAROL", "carol", "", "", on_disconnect, meant});
        naive_.add_session("CAROL", "carol", on_disconnect, meant == model::ReplaceQuantity::open);
        for (const std::string name : {"alice", "bob", "carol"}) naive_.open_account(name);
        for (const std::string name : {"alice", "bob", "carol"}) {
            venue_.handle(model::OpenAccount{name, savings_of(name)});
            naive_.open_account(savings_of(name));
            endow(name);
            if (is_wide) endow(savings_of(name));
        }
        check_events();
    }

    void step() {
        const Action action = actions_.next();
        now_ += action.later;
        venue_.now = {now_};
        auto lines = venue_.settle(engine_command(action), is_sent(action.kind) ? action.session : "");
        while (action.kind == Kind::advance && venue_.engine.next_due().value_or(later()) <= venue_.now) {
            std::ranges::move(venue_.settle(model::AdvanceTime{venue_.now}), std::back_inserter(lines));
        }
        auto expected = naive_.act(action, now_);
        if (action.kind == Kind::revise) std::ranges::transform(lines, lines.begin(), without_numbers);
        if (limits_.fills < engine::fills_per_command_max) {
            forget_how_many_commands(lines);
            forget_how_many_commands(expected);
        }
        const bool told = action.kind != Kind::deposit;
        ASSERT_EQ(told ? lines : std::vector<std::string>{}, expected) << model::describe({{}, engine_command(action)});
        check_events();
        check_state();
    }

    /// What a restart does: from here on an engine that was folded, and went through a snapshot, takes the live one's
    /// place.
    void restart() {
        ASSERT_TRUE(venue_.restart());
        venue_.engine.limit(limits_);
    }

    [[nodiscard]] const std::vector<model::Event>& events() const { return venue_.events(); }
    [[nodiscard]] std::uint64_t hash() const { return venue_.engine.state_hash(); }

  private:
    [[nodiscard]] model::Timestamp later() const { return {venue_.now.nanoseconds + 1}; }
    void list_others(std::uint32_t seed) {
        venue_.handle(model::AddAsset{{{}, "ETH", 8, 8}});
        for (std::size_t i = 1; i < symbols_.size(); ++i) {
            NaiveFees fees = fees_of(seed + static_cast<std::uint32_t>(i));
            fees.tiers = {};
            naive_.list(symbols_[i], fees);
            venue_.handle(listing(*naive_.listed(symbols_[i])));
        }
    }
    void endow(const std::string& account) {
        for (const auto& [asset, whole] : {std::pair("BTC", 20), std::pair("USD", 2'000), std::pair("ETH", 20)}) {
            if (venue_.engine.reference().asset(asset) == nullptr) continue;
            venue_.deposit(account, asset, std::to_string(whole));
            naive_.deposit(account, asset, whole * (ledger_digits(asset) == 6 ? Units{1'000'000} : Units{100'000'000}));
        }
    }
    [[nodiscard]] model::CommandBody engine_command(const Action& action) const {
        if (action.kind == Kind::log_on)
            return model::LogOnSession{venue_.session(action.session), false, action.cancels};
        if (action.kind == Kind::disconnect)
            return model::DisconnectSession{venue_.session(action.session), action.disconnect};
        if (action.kind == Kind::revise) return revision(action);
        if (action.kind == Kind::list) return listing(naive_.known(action.symbol));
        return command_of(action, venue_.now);
    }
    /// The trade as the journal has it, with its orders as they are by now.
    [[nodiscard]] model::ReviseTrade revision(const Action& action) const {
        model::ReviseTrade asked;
        asked.forced = action.forces;
        const auto& events = venue_.events();
        std::int64_t ago = 0;
        for (std::size_t at = events.size(); at-- > 0 && asked.halves.empty();) {
            const auto* const traded = std::get_if<model::OrderTraded>(&events[at].body);
            if (traded == nullptr || traded->match.value != events[at].sequence.value) continue;
            if (ago++ != action.trades_ago) continue;
            asked.match = traded->match;
            asked.halves = {half_of(*traded), half_of(std::get<model::OrderTraded>(events[at + 1].body))};
        }
        int digits = 0;
        if (!asked.halves.empty()) {
            digits = venue_.engine.reference().instruments.at(asked.halves[0].order.instrument).tick.scale;
        }
        if (action.deci_ticks) asked.price = model::Decimal{*action.deci_ticks, 1 + digits};
        return asked;
    }
    [[nodiscard]] model::TradeHalf half_of(const model::OrderTraded& traded) const {
        const auto is_of_it = [&](const model::Event& event) {
            const model::Order* const order = order_of(event.body);
            return order != nullptr && order->id == traded.order.id;
        };
        const auto latest = std::ranges::find_if(venue_.events().rbegin(), venue_.events().rend(), is_of_it);
        const auto& told = venue_.events()[static_cast<std::size_t>(traded.match.value - 1)];
        auto half = model::half_of(traded, told.time);
        half.order = *order_of(latest->body);
        return half;
    }
    void check_events() {
        for (; checked_ < venue_.events().size(); ++checked_) {
            const model::Event& event = venue_.events()[checked_];
            ASSERT_EQ(event.sequence.value, static_cast<std::int64_t>(checked_) + 1);
            ASSERT_TRUE(books_.post(event, venue_.engine.reference()));
            const model::Order* order = order_of(event.body);
            ASSERT_TRUE(order == nullptr || adds_up(*order));
        }
        ASSERT_TRUE(venue_.events().back().last);
        ASSERT_TRUE(books_.agree_with(venue_.engine));
    }

    void check_state() {
        for (const std::string name : {"alice", "bob", "carol", "alice-savings", "bob-savings", "carol-savings"}) {
            for (const auto& [id, asset] : venue_.engine.reference().assets) {
                ASSERT_EQ(venue_.funds(name, asset.code),
                          to_text(model::Amount{naive_.available(name, asset.code)}, asset.ledger_digits) + "+" +
                              to_text(model::Amount{naive_.held(name, asset.code)}, asset.ledger_digits));
            }
        }
        for (const std::string& symbol : symbols_) {
            ASSERT_EQ(venue_.engine.reference().instrument(symbol) == nullptr, naive_.listed(symbol) == nullptr);
            if (naive_.listed(symbol) == nullptr) continue;
            ASSERT_NO_FATAL_FAILURE(check_book(symbol));
        }
    }
    void check_book(const std::string& symbol) {
        ASSERT_EQ(venue_.book(symbol), naive_.book(symbol));
        const auto answer = venue_.engine.answer(model::BookQuestion{"", symbol}, venue_.session("BOB"), venue_.now);
        const auto& book = std::get<model::BookAnswer>(answer);
        const bool crossed = !book.bids.empty() && !book.offers.empty() && book.bids[0].price >= book.offers[0].price;
        ASSERT_FALSE(crossed && may_match(naive_.listed(symbol)->phase));
    }

    std::vector<std::string> symbols_;
    RandomActions actions_;
    engine::CommandLimits limits_;
    SmallVenue venue_;
    NaiveVenue naive_;
    BooksKept books_;
    std::int64_t now_ = second;
    std::size_t checked_ = 0;
};

}  // namespace venue::test
