// A venue small enough to reckon in one's head, and its events as lines of text, so that a test can act and then
// compare the whole list.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "venue/engine/engine.hpp"

namespace venue::test {

/// BTC-USD with a tick of 1 USD and a lot of 0.01 BTC. ALICE and ALICE2 are sessions of alice, BOB is bob's.
class SmallVenue {
  public:
    struct Fees {
        model::FeeRate maker = 0;
        model::FeeRate taker = 0;
        model::FeeSource source = model::FeeSource::received;
        std::int32_t display_min_bp = 0;
        std::optional<model::FeeRate> auction{};
        std::int32_t static_band_bp = 0;
        std::optional<model::Decimal> reference_price{};
        std::int32_t dynamic_band_bp = 0;
        std::int32_t volatility_seconds = 0;
        std::int32_t protection_bp = 0;
        std::vector<model::ScheduledPhase> schedule{};
        std::int32_t day_end = 0;
        model::Remembered remembered{};
    };
    SmallVenue();
    explicit SmallVenue(Fees fees);

    void deposit(std::string account, std::string asset, std::string amount);

    /// Each returns its events as lines. An order is written "BTC amount @ USD price", or "BTC amount" at the market.
    std::vector<std::string> buy(std::string session, std::string name, std::string terms,
                                 model::TimeInForce time_in_force = model::TimeInForce::gtc);
    std::vector<std::string> sell(std::string session, std::string name, std::string terms,
                                  model::TimeInForce time_in_force = model::TimeInForce::gtc);
    std::vector<std::string> cancel(std::string session, std::string name, std::string original,
                                    model::Side side = model::Side::buy);
    std::vector<std::string> replace(std::string session, std::string name, std::string original, std::string terms,
                                     model::Side side = model::Side::buy);
    std::vector<std::string> handle(model::CommandBody body, std::string session = "");
    /// As above, with what must follow before any other command.
    std::vector<std::string> settle(model::CommandBody body, std::string session = "");

    /// BTC-USD goes into the phase.
    std::vector<std::string> enter(model::Phase phase) { return settle(model::ChangePhase{"BTC-USD", phase}); }
    /// What falls due until then, one command after the other.
    std::vector<std::string> advance(model::Timestamp until);
    /// From here on an engine that was folded from the events, and went through a snapshot, takes the live one's place.
    /// Whether both were as the live one is.
    [[nodiscard]] bool restart();

    /// "available+held", as in "10+0.5".
    [[nodiscard]] std::string funds(std::string account, std::string asset) const;
    /// "bids 20000:1.5(2) 19000:1(1) offers 20001:1(1)", price:size(orders).
    [[nodiscard]] std::string book(const std::string& symbol = "BTC-USD") const;
    [[nodiscard]] model::SessionId session(const std::string& name) const;
    [[nodiscard]] const std::vector<model::Event>& events() const { return events_; }
    /// To be taken back: with the halves of the latest trade as they were told.
    [[nodiscard]] model::ReviseTrade latest_trade() const;

    engine::Engine engine;
    model::Timestamp now{1};

  private:
    std::vector<model::Event> events_;
};

/// With a tick of 1 of the quote, or a part of it with so many digits, and a lot of 0.01 of the base. The symbol names
/// both assets.
model::ListInstrument listing(const std::string& symbol, const SmallVenue::Fees& fees, int price_digits = 0);

/// A new order as participants write it.
model::PlaceOrder order(std::string name, model::Side side, std::string terms,
                        model::TimeInForce time_in_force = model::TimeInForce::gtc);

/// The request with special terms, which `order` and replaces have none of.
template <class Request>
Request with(model::AskedTerms terms, Request request) {
    request.special.emplace(std::move(terms));
    return request;
}

/// "OrderTraded to BOB: b1 filled 1/1 holds 0, 1 @ 20000 as incoming, fee 0.002 BTC", …
std::string line(const model::Event& event, const model::Reference& reference);

}  // namespace venue::test
