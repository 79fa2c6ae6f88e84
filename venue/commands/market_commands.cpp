#include "venue/commands/market_commands.hpp"

#include <CLI/CLI.hpp>
#include <memory>

#include "venue/commands/ask.hpp"

namespace venue::commands {
namespace {

using Chosen = std::function<int(const config::Settings&)>;
using model::Decimal;

/// A decimal number, which the command line must have as one.
CLI::Option* add_decimal(CLI::App& at, const std::string& option, const std::string& what,
                         std::function<void(const Decimal&)> take) {
    const auto read = [take = std::move(take), option](const std::string& text) {
        const auto number = model::parse_decimal(text);
        if (!number) throw CLI::ValidationError(option, text + " is no decimal number, like 0.5");
        take(*number);
    };
    return at.add_option_function<std::string>(option, read, what);
}

void add_limits(CLI::App& at, model::AskedLimits& limits) {
    add_decimal(at, "--max-quantity", "Of an order, in the base asset; 0 for no limit",
                [&limits](const Decimal& number) { limits.quantity = number; });
    add_decimal(at, "--max-notional", "Price times quantity of an order, in the quote asset; 0 for no limit",
                [&limits](const Decimal& number) { limits.notional = number; });
    at.add_option("--max-open-orders", limits.open_orders, "Of a participant in the instrument; 0 for no limit");
    at.add_option("--fat-finger-bp", limits.fat_finger_bp,
                  "How far beyond the last trade a limit order's price may be, in basis points; 0 for no limit");
}

/// Of a listing, or of a change, in which each may be left out.
template <class Wish>
void add_bands(CLI::App& at, Wish& wish) {
    at.add_option("--static-band-bp", wish.static_band_bp, "How far from the reference price a price may be");
    at.add_option("--dynamic-band-bp", wish.dynamic_band_bp, "How far from the last trade an order may trade");
    at.add_option("--volatility-seconds", wish.volatility_seconds,
                  "How long the auction is that begins where one would trade beyond; 0 for none");
    at.add_option("--protection-bp", wish.protection_bp, "How far from the best price a market order may trade");
}

template <class Wish>
void add_reference_price(CLI::App& at, Wish& wish) {
    add_decimal(at, "--reference-price", "What the static band is around, until an auction's price takes its place",
                [&](const Decimal& number) { wish.reference_price = number; });
}

template <class Wish>
void add_day(CLI::App& at, Wish& wish) {
    at.add_option_function<std::string>(
        "--schedule",
        [&](const std::string& text) {
            const auto schedule = model::parse_schedule(text);
            if (!schedule) throw CLI::ValidationError("--schedule", text + " is no row of times and phases");
            wish.schedule = *schedule;
        },
        "Each day's phases, UTC, like '07:00 pre_open, 08:00 continuous'; '' for none");
    at.add_option_function<std::string>(
        "--day-end",
        [&](const std::string& text) {
            const auto second = model::parse_time_of_day(text);
            if (!second) throw CLI::ValidationError("--day-end", text + " is no time of the day");
            wish.day_end = *second;
        },
        "When the trading day ends, UTC; of a listing 00:00 without it");
}

/// A subcommand that fills a wish in, which lives as long as the subcommand may be run.
template <class Wish, class AddOptions>
void add(CLI::App& app, Chosen& chosen, const std::string& name, const std::string& what, AddOptions add_options) {
    const auto wish = std::make_shared<Wish>();
    auto* const subcommand = app.add_subcommand(name, what);
    add_options(*subcommand, *wish);
    subcommand->callback(
        [&chosen, wish] { chosen = [wish](const config::Settings& settings) { return operate(settings, *wish); }; });
}

void add_symbol(CLI::App& at, std::string& symbol) { at.add_option("symbol", symbol, "Like BTC-USD")->required(); }

void add_listing(CLI::App& at, model::ListInstrument& wish) {
    add_symbol(at, wish.symbol);
    at.add_option("base", wish.base, "Like BTC")->required();
    at.add_option("quote", wish.quote, "Like USD")->required();
    add_decimal(at, "tick", "Smallest step of price", [&](const Decimal& number) { wish.tick = number; })->required();
    add_decimal(at, "lot", "Smallest step of quantity", [&](const Decimal& number) { wish.lot = number; })->required();
    at.add_option("--maker-fee", wish.maker_rate, "In thousandths of a basis point")->required();
    at.add_option("--taker-fee", wish.taker_rate, "In thousandths of a basis point")->required();
    at.add_option("--auction-fee", wish.auction_rate, "Of both sides; the maker's without it");
    at.add_flag_callback("--fee-in-quote", [&] { wish.fee_source = model::FeeSource::quote; });
    at.add_option("--display-min-bp", wish.display_min_bp, "What an iceberg shows at least");
    add_bands(at, wish);
    add_reference_price(at, wish);
    at.add_option_function<std::string>(
        "--phase",
        [&](const std::string& text) {
            const auto phase = model::phase_named(text);
            if (!phase) throw CLI::ValidationError("--phase", "there is no phase " + text);
            wish.phase = *phase;
        },
        "How it begins; continuous without it");
    add_day(at, wish);
    add_limits(at, wish.limits);
}

void add_change(CLI::App& at, model::ChangeInstrument& wish) {
    add_symbol(at, wish.symbol);
    at.add_option("--maker-fee", wish.maker_rate, "Of orders from now on, in thousandths of a basis point");
    at.add_option("--taker-fee", wish.taker_rate, "Of orders from now on, in thousandths of a basis point");
    at.add_option("--auction-fee", wish.auction_rate, "Of both sides");
    at.add_option("--display-min-bp", wish.display_min_bp, "What an iceberg shows at least");
    add_bands(at, wish);
    add_reference_price(at, wish);
    add_day(at, wish);
    add_limits(at, wish.limits);
}

void add_suspension(CLI::App& at, model::Suspend& wish) {
    at.add_option("participant", wish.participant, "Its name")->required();
    at.add_option("--account", wish.account, "One of its accounts; the participant itself without it");
}

/// "100000:-50:120", volume, maker and taker.
model::AskedFeeTier tier_of(const std::string& text) {
    const auto first = text.find(':');
    const auto second = text.find(':', std::min(first, text.size() - 1) + 1);
    const auto volume = model::parse_decimal(text.substr(0, first));
    int maker_rate = 0;
    int taker_rate = 0;
    const bool is_whole = first != text.npos && second != text.npos && volume &&
                          CLI::detail::lexical_cast(text.substr(first + 1, second - first - 1), maker_rate) &&
                          CLI::detail::lexical_cast(text.substr(second + 1), taker_rate);
    if (!is_whole) throw CLI::ValidationError("--tier", text + " is no tier, like 100000:-50:120");
    return {*volume, maker_rate, taker_rate};
}

void add_fees(CLI::App& at, model::SetFees& wish) {
    auto* const currency = at.add_option("--currency", wish.currency, "Of the volumes, like USD");
    auto* const tiers = at.add_option_group("tiers");
    const auto take = [&](const std::vector<std::string>& texts) {
        for (const auto& text : texts) wish.tiers.push_back(tier_of(text));
    };
    tiers
        ->add_option_function<std::vector<std::string>>("--tier", take, "VOLUME:MAKER:TAKER, from the lowest volume on")
        ->needs(currency);
    // Forgetting what everybody traded is nothing that a command without a word may do.
    tiers
        ->add_flag_callback(
            "--none", [] {}, "There is no schedule any more, and volumes are forgotten")
        ->excludes(currency);
    tiers->require_option(1);
    at.add_option("--priced-by", wish.priced_by, "Instruments by whose last trade other quote assets count, too");
}

void add_rate(CLI::App& at, model::LimitRate& wish) {
    at.add_option("participant", wish.participant, "Its name")->required();
    at.add_option("--session", wish.session,
                  "The SenderCompID of one of its sessions; without it all of them together");
    at.add_option("--requests", wish.rate.requests, "Within a window; those beyond are refused; 0 for no limit");
    at.add_option("--logout-at", wish.rate.logout_at, "Beyond so many the session is ended; 0 for never");
    at.add_option("--window-ms", wish.rate.window_ms, "How long a window is; 0 for 1000");
}

/// One of these words, which the command line must have so.
template <class Word>
void add_word(CLI::App& at, const std::string& option, std::initializer_list<Word> all, std::optional<Word>& wish,
              const std::string& what) {
    const auto read = [&wish, all, option](const std::string& text) {
        wish = model::named(all, text);
        if (!wish) throw CLI::ValidationError(option, "there is no " + text);
    };
    at.add_option_function<std::string>(option, read, what);
}

void add_either(CLI::App& at, const std::string& option, const std::string& no, const std::string& yes,
                std::optional<bool>& wish, const std::string& what) {
    at.add_option_function<std::string>(
          option, [&wish, yes](const std::string& text) { wish = text == yes; }, what)
        ->check(CLI::IsMember({no, yes}));
}

void add_participant_change(CLI::App& at, model::ChangeParticipant& wish) {
    at.add_option("participant", wish.name, "Its name")->required();
    add_word(at, "--self-trade", model::all_self_trades, wish.self_trade,
             "What becomes of two of its orders that would trade with each other, like cancel_newest");
    at.add_option("--remembered-orders", wish.remembered_orders, "The latest so many closed ones; 0 for 1000000");
    at.add_option("--remembered-seconds", wish.remembered_seconds, "None that was closed before; 0 for 86400");
}

void add_session_change(CLI::App& at, model::ChangeSession& wish) {
    at.add_option("comp_id", wish.comp_id, "Its SenderCompID")->required();
    at.add_option("--account", wish.account, "The one that it trades for when an order names none");
    add_word(at, "--cancel-on-disconnect", model::all_cancels_on_disconnect, wish.cancels,
             "Whose orders: off, session or participant");
    at.add_option("--cancel-grace-ms", wish.grace_ms, "How long it has to come back");
    add_either(at, "--cancel-spares", "nothing", "good_till", wish.spares_good_till, "Which orders stay");
    add_word(at, "--replace-quantity", model::all_replace_quantities, wish.replace_quantity,
             "What OrderQty (38) says in its replaces: total or open");
    add_word(at, "--version", model::all_fix_versions, wish.version,
             "Of FIX: 4.2, 4.4 or 5.0SP2; logs it out, and its numbers begin anew");
    add_either(at, "--extensions", "no", "yes", wish.extensions,
               "Whether it is sent what only our dictionary has; logs it out as well");
    add_either(at, "--disabled", "no", "yes", wish.disabled,
               "Whether nobody may log on; logs it out, its open orders stay but for its rule for disconnects");
}

void add_match(CLI::App& at, model::ReviseTrade& wish) {
    at.add_option("match", wish.match.value, "The match's number, as reports have it in 527")->required();
}

void add_revisions(CLI::App& app, Chosen& chosen) {
    add<model::ReviseTrade>(app, chosen, "bust", "Take a trade back", add_match);
    add<model::ReviseTrade>(app, chosen, "correct", "Correct a trade's price",
                            [](CLI::App& at, model::ReviseTrade& wish) {
                                add_match(at, wish);
                                add_decimal(at, "--price", "What it should have been", [&](const Decimal& number) {
                                    wish.price = number;
                                })->required();
                                at.add_flag("--force", wish.forced, "Also beyond the limit price of an order");
                            });
    add<model::SettleReceivable>(app, chosen, "settle", "Take what an account owes from what it has",
                                 [](CLI::App& at, model::SettleReceivable& wish) {
                                     at.add_option("account", wish.account, "Its name")->required();
                                     at.add_option("asset", wish.asset, "Like BTC")->required();
                                 });
}

}  // namespace

void add_market_commands(CLI::App& app, Chosen& chosen) {
    add<model::ListInstrument>(app, chosen, "list", "List an instrument", add_listing);
    add<model::ChangeInstrument>(app, chosen, "change", "Change an instrument; what isn't said stays", add_change);
    add<model::ChangeInstrument>(app, chosen, "limits", "Limit orders in an instrument; what isn't said stays",
                                 [](CLI::App& at, model::ChangeInstrument& wish) {
                                     add_symbol(at, wish.symbol);
                                     add_limits(at, wish.limits);
                                 });
    add<model::LimitParticipant>(app, chosen, "limit-participant", "Limit a participant's orders in an instrument",
                                 [](CLI::App& at, model::LimitParticipant& wish) {
                                     at.add_option("participant", wish.participant, "Its name")->required();
                                     add_symbol(at, wish.symbol);
                                     add_limits(at, wish.limits);
                                 });
    add<model::LimitRate>(app, chosen, "limit-rate", "Limit how many requests a participant may send", add_rate);
    add<model::ChangeParticipant>(app, chosen, "change-participant", "Change a participant; what isn't said stays",
                                  add_participant_change);
    add<model::ChangeSession>(app, chosen, "change-session", "Change a FIX session; what isn't said stays",
                              add_session_change);
    add_revisions(app, chosen);
    add<model::SetFees>(app, chosen, "fees", "Set the schedule of fees by volume, whole", add_fees);
    add<model::DelistInstrument>(app, chosen, "delist", "Cancel an instrument's orders and take it off the venue",
                                 [](CLI::App& at, model::DelistInstrument& wish) { add_symbol(at, wish.symbol); });
    add<model::Suspend>(app, chosen, "suspend", "Cancel a participant's orders and take nothing but cancels",
                        add_suspension);
    add<model::Suspend>(app, chosen, "resume-participant", "Take orders of a participant again",
                        [](CLI::App& at, model::Suspend& wish) {
                            wish.suspended = false;
                            add_suspension(at, wish);
                        });
}

}  // namespace venue::commands
