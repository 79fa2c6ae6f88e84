#include "venue/commands/history_text.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <algorithm>

#include <charconv>

#include "venue/model/trace.hpp"

namespace venue::commands {
namespace {

std::string account_name(model::AccountId id, const model::Reference& reference) {
    if (id == model::external_account) return "the outside world";
    if (id == model::fee_account) return "fees";
    if (id == model::clearing_account) return "clearing";
    if (id == model::receivable_account) return "receivables";
    const auto found = reference.accounts.find(id);
    return found == reference.accounts.end() ? fmt::format("account {}", id.value) : found->second.name;
}

std::string session_name(model::SessionId id, const model::Reference& reference) {
    const auto found = reference.sessions.find(id);
    return found == reference.sessions.end() ? fmt::format("session {}", id.value) : found->second.comp_id;
}

/// "20000 USD".
std::string amount_text(model::Amount amount, model::AssetId asset, const model::Reference& reference) {
    const auto found = reference.assets.find(asset);
    if (found == reference.assets.end())
        return fmt::format("{} units of asset {}", model::to_text(amount.units), asset.value);
    return to_text(amount, found->second.ledger_digits) + ' ' + found->second.code;
}

/// An order's numbers in its instrument's own steps.
struct InWords {
    const model::Reference& reference;

    const model::Instrument& instrument(const model::Order& order) const {
        return reference.instruments.at(order.instrument);
    }
    const model::Instrument& listed(model::InstrumentId id) const { return reference.instruments.at(id); }
    std::string price(const model::Order& order, model::Price price) const {
        return price.ticks == 0 ? "the market" : to_text(times(instrument(order).tick, price.ticks));
    }
    std::string quantity(const model::Order& order, model::Quantity quantity) const {
        return to_text(times(instrument(order).lot, quantity.lots));
    }
    std::string terms(const model::Order& order) const {
        return fmt::format("{} {} {} {} at {}, {}", name(order.side), quantity(order, order.quantity),
                           instrument(order).symbol, name(order.type), price(order, order.price),
                           name(order.time_in_force));
    }
    std::string stands(const model::Order& order) const {
        const auto asset = order.side == model::Side::buy ? instrument(order).quote : instrument(order).base;
        return fmt::format("; now {}, {} done, {} open, holds {}", name(order.state), quantity(order, order.cum),
                           quantity(order, order.leaves), amount_text(order.hold, asset, reference));
    }

    std::string operator()(const model::OrderAccepted& e) const {
        return fmt::format("accepted as {} of {}: {}{}", e.order.cl_ord_id.view(),
                           account_name(e.order.account, reference), terms(e.order), stands(e.order));
    }
    std::string operator()(const model::OrderRejected& e) const {
        return fmt::format("rejected {}: {} {} {}: {}", e.cl_ord_id.view(), name(e.side), to_text(e.quantity), e.symbol,
                           sentence(e.flaw.reason));
    }
    std::string operator()(const model::OrderTraded& e) const {
        return fmt::format("traded {} at {} ({}, match {}), fee {}{}", quantity(e.order, e.last_quantity),
                           price(e.order, e.last_price),
                           e.in_auction ? "auction"
                           : e.incoming ? "incoming"
                                        : "resting",
                           e.match.value, amount_text(e.fee, e.fee_asset, reference), stands(e.order));
    }
    std::string operator()(const model::OrderCancelled& e) const {
        const auto request = e.request.empty() ? "" : fmt::format(" by {}", e.request.view());
        return fmt::format("cancelled{}: {}{}", request, sentence(e.reason), stands(e.order));
    }
    std::string operator()(const model::OrderExpired& e) const { return "expired" + stands(e.order); }
    std::string operator()(const model::OrderReplaced& e) const {
        return fmt::format("replaced {} by {}: {}, {}{}", e.previous.view(), e.order.cl_ord_id.view(), terms(e.order),
                           e.kept_place ? "it kept its place" : "it went to the back", stands(e.order));
    }
    std::string operator()(const model::OrderRestated& e) const {
        return fmt::format("restated: {}: {}{}", sentence(e.reason), terms(e.order), stands(e.order));
    }
    std::string operator()(const model::OrderTriggered& e) const {
        return fmt::format("triggered: {}{}", sentence(e.reason), stands(e.order));
    }
    std::string operator()(const model::MassCancelMarked& e) const {
        return fmt::format("mass cancel goes on: {} orders so far", e.going_on.affected);
    }
    std::string operator()(const model::MassCancelReported& e) const {
        const auto request = e.done.cl_ord_id.empty() ? "" : fmt::format(" {}", e.done.cl_ord_id.view());
        if (e.flaw) return fmt::format("mass cancel{} declined: {}", request, sentence(e.flaw.reason));
        return fmt::format("mass cancel{} done: {} orders: {}", request, e.done.affected, sentence(e.done.reason));
    }
    std::string operator()(const model::ListReported& e) const {
        const auto fault =
            std::ranges::find_if(e.orders, [](const auto& order) { return static_cast<bool>(order.flaw); });
        if (fault == e.orders.end())
            return fmt::format("list {} of {} orders accepted", e.name.view(), e.orders.size());
        return fmt::format("list {} of {} orders declined: {}", e.name.view(), e.orders.size(),
                           sentence(fault->flaw.reason));
    }
    std::string operator()(const model::PegsMoved& e) const {
        const auto& listed = reference.instruments.at(e.instrument);
        const auto text = [&](model::Price best) {
            return best.ticks == 0 ? std::string("none") : to_text(times(listed.tick, best.ticks));
        };
        return fmt::format("pegged orders of {} followed the best prices {} and {}", listed.symbol, text(e.bid),
                           text(e.offer));
    }
    std::string operator()(const model::KillSwitchTurned& e) const {
        return fmt::format("kill switch of {} turned {}", reference.participants.at(e.participant).name,
                           e.on ? "on" : "off");
    }
    std::string operator()(const model::ChangeRejected& e) const {
        return fmt::format("{} {} of {} declined: {}", e.is_replace ? "replace" : "cancel", e.cl_ord_id.view(),
                           e.orig_cl_ord_id.view(), sentence(e.flaw.reason));
    }
    std::string operator()(const model::SessionLoggedOn& e) const {
        return fmt::format("{} logged on, incarnation {}{}", session_name(e.session, reference), e.incarnation.value,
                           e.reset ? ", numbers reset" : "");
    }
    std::string operator()(const model::SessionDisconnected& e) const {
        const bool cancels = e.cancels_at != model::Timestamp{};
        return fmt::format("{} disconnected: {}{}", session_name(e.session, reference), name(e.reason),
                           cancels ? "; orders are cancelled at " + time_text(e.cancels_at) : "");
    }
    std::string operator()(const model::FundsDeposited& e) const {
        return fmt::format("deposited {} to {}", amount_text(e.amount, e.asset, reference),
                           account_name(e.account, reference));
    }
    std::string operator()(const model::FundsTransferred& e) const {
        return fmt::format("transferred {} from {} to {} as {}", amount_text(e.amount, e.asset, reference),
                           account_name(e.from, reference), account_name(e.to, reference), e.id);
    }
    std::string operator()(const model::TransferRejected& e) const {
        return fmt::format("transfer {} declined: {}", e.id, sentence(e.reason));
    }
    std::string operator()(const model::PhaseChanged& e) const {
        const auto until = e.until == model::Timestamp{} ? "" : " until " + time_text(e.until);
        return fmt::format("{} is {}{}", listed(e.instrument).symbol, name(e.phase), until);
    }
    std::string operator()(const model::UncrossBegun& e) const {
        if (e.price == model::Price{})
            return fmt::format("{}'s auction ends without a trade", listed(e.instrument).symbol);
        return fmt::format("{}'s auction ends: {} trade at {}", listed(e.instrument).symbol,
                           to_text(times(listed(e.instrument).lot, e.volume.lots)),
                           to_text(times(listed(e.instrument).tick, e.price.ticks)));
    }
    std::string operator()(const model::IndicationChanged& e) const {
        const auto& of = listed(e.instrument);
        return fmt::format("{} would trade {} at {}, with {} more bought than sold", of.symbol,
                           to_text(times(of.lot, e.volume.lots)), to_text(times(of.tick, e.price.ticks)),
                           to_text(times(of.lot, e.surplus.lots)));
    }
    std::string operator()(const model::InstrumentChanged& e) const { return e.changed.symbol + " changed"; }
    std::string operator()(const model::InstrumentDelisted& e) const {
        return listed(e.instrument).symbol + " delisted";
    }
    std::string operator()(const model::ParticipantChanged& e) const {
        return fmt::format("{} {}", e.changed.name, e.changed.suspended ? "suspended" : "changed");
    }
    std::string operator()(const model::SessionChanged& e) const {
        return fmt::format("{} changed, goes on in incarnation {}{}", e.session.comp_id, e.incarnation.value,
                           e.session.disabled ? ", disabled" : "");
    }
    std::string operator()(const model::AccountChanged& e) const {
        return fmt::format("account {} {}", e.changed.name, e.changed.suspended ? "suspended" : "taken on again");
    }
    std::string operator()(const model::TradeBusted& e) const { return revised(e, "taken back"); }
    std::string operator()(const model::TradeCorrected& e) const { return revised(e, "corrected"); }
    std::string revised(const model::TradeRevision& e, std::string_view how) const {
        const auto asset = owed_asset(e, instrument(e.order));
        const auto owed = e.owed == model::Amount{} ? "" : ", owes " + amount_text(e.owed, asset, reference);
        return fmt::format("match {} {}: {} at {}{}{}", e.match.value, how, quantity(e.order, e.traded),
                           price(e.order, e.last_price), owed, stands(e.order));
    }
    std::string operator()(const model::FeesSet& e) const {
        return fmt::format("{} tiers of fees{}", e.schedule.tiers.size(), moved(e.changes));
    }
    std::string operator()(const model::FeesRolled& e) const {
        return fmt::format("a day of fees ended{}", moved(e.changes));
    }
    std::string moved(const std::vector<model::TierChange>& changes) const {
        std::string text;
        for (const auto& [participant, tier] : changes)
            text += fmt::format(", {} in tier {}", reference.participants.at(participant).name, tier);
        return text;
    }
    std::string operator()(const model::ReceivableSettled& e) const {
        return fmt::format("{} settled {} that it owed", account_name(e.account, reference),
                           amount_text(e.amount, e.asset, reference));
    }
    // Configuration is told by what was asked.
    template <class Other>
    std::string operator()(const Other& e) const {
        return std::string(model::name(model::EventBody(e)));
    }
};

/// The number behind "key=" in a line of "key=value" words; zero when it isn't there.
template <class Number>
Number number_in(const std::string& text, const std::string& key) {
    Number number = 0;
    const auto at = text.find(' ' + key + '=');
    if (at == std::string::npos) return number;
    const char* const digits = text.data() + at + key.size() + 2;
    std::from_chars(digits, text.data() + text.size(), number);
    return number;
}

}  // namespace

std::string time_text(model::Timestamp time) {
    const auto seconds = time.nanoseconds / 1'000'000'000;
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:09}Z", fmt::gmtime(static_cast<std::time_t>(seconds)),
                       time.nanoseconds % 1'000'000'000);
}

std::string in_words(const model::Event& event, const model::Reference& reference) {
    return std::visit(InWords{reference}, event.body);
}

std::string trace_in(const std::string& asked, const model::Reference& reference) {
    return model::trace_of(
        {model::SessionId{number_in<std::int32_t>(asked, "session")},
         model::Incarnation{number_in<std::int32_t>(asked, "incarnation")}, number_in<std::int64_t>(asked, "number")},
        reference);
}

std::string in_words(const model::Posting& posting, const model::Reference& reference) {
    return account_name(posting.account, reference) + ' ' + amount_text(posting.amount, posting.asset, reference);
}

}  // namespace venue::commands
