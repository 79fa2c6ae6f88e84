#include "venue/engine/objections.hpp"

#include "venue/model/listing_rules.hpp"

namespace venue::engine {
namespace {

bool is_quantity(const model::Decimal& number, const model::Decimal& lot) {
    const auto lots = steps_of(number, lot);
    return lots && *lots >= 0 && *lots <= model::quantity_lots_max;
}

bool is_amount(const model::Decimal& number, const model::Asset& asset) {
    const auto amount = amount_of(number, asset.ledger_digits);
    return amount && amount->units >= 0 && *amount <= model::value_max;
}

}  // namespace

std::string exists(std::string_view what, std::string_view name) {
    return "The " + std::string(what) + " " + std::string(name) + " exists already.";
}

std::string unknown(std::string_view what, std::string_view name) {
    return "The " + std::string(what) + " " + std::string(name) + " is not known.";
}

std::string objection_to_rate(model::FeeRate rate) {
    if (rate >= -model::fee_rate_max && rate <= model::fee_rate_max) return {};
    return "A fee rate must be within 1000000 thousandths of a basis point.";
}

std::string objection_to_display(std::int32_t display_min_bp) {
    if (display_min_bp >= 0 && display_min_bp <= model::basis_points) return {};
    return "display_min_bp must be 0 to 10000.";
}

std::string objection_to_band(std::int32_t basis_points) {
    if (basis_points >= 0 && basis_points <= model::basis_points) return {};
    return "A band must be 0 to 10000 basis points.";
}

std::string objection_to_volatility(std::int32_t seconds) {
    if (seconds >= 0 && seconds <= model::volatility_seconds_max) return {};
    return "volatility_seconds must be 0 to 86400.";
}

std::string objection_to_reference(const model::Decimal& price, const model::Decimal& tick) {
    const auto ticks = steps_of(price, tick);
    if (ticks && *ticks > 0 && *ticks <= model::price_ticks_max) return {};
    return "The reference price must be above zero and of whole ticks.";
}

std::string objection_to_day(const std::vector<model::ScheduledPhase>& schedule, std::int32_t day_end) {
    if (day_end >= 0 && day_end < model::seconds_per_day) return model::objection_to(schedule);
    return "day_end must be a second of the day.";
}

std::string objection_to_self_trade(model::SelfTrade self_trade) {
    return name(self_trade).empty() ? "self_trade: there is no such way to prevent self-trades." : "";
}

std::string objection_to_remembered(const model::Remembered& remembered) {
    const auto is_within = [](std::int32_t number, std::int32_t most) { return number >= 0 && number <= most; };
    if (!is_within(remembered.orders, model::remembered_orders_max)) {
        return "remembered_orders must be at most " + std::to_string(model::remembered_orders_max) +
               ", or 0 for the usual.";
    }
    if (is_within(remembered.seconds, model::remembered_seconds_max)) return {};
    return "remembered_seconds must be at most " + std::to_string(model::remembered_seconds_max) +
           ", or 0 for the usual.";
}

std::string objection_to_account(const model::Reference& reference, const model::Participant& owner,
                                 const std::string& account) {
    const model::Account* known = reference.account(account);
    if (known == nullptr) return unknown("account", account);
    return known->participant == owner.id ? "" : "The account " + account + " is not one of " + owner.name + "'s.";
}

std::string objection_to_rule(const model::DisconnectRule& rule) {
    if (name(rule.cancels).empty()) return "cancel_on_disconnect: there is no such way to cancel.";
    if (rule.grace_ms >= 0 && rule.grace_ms <= model::grace_ms_max) return {};
    return "cancel_grace_ms must be 0 to 86400000.";
}

std::string objection_to_speech(model::ReplaceQuantity quantity, model::FixVersion version) {
    if (name(quantity).empty()) return "replace_quantity: there is no such meaning.";
    return name(version).empty() ? "version: there is no such version of FIX here." : "";
}

std::string objection_to_limits(const model::AskedLimits& asked, const model::Decimal& lot, const model::Asset& quote) {
    if (asked.quantity && !is_quantity(*asked.quantity, lot))
        return "max_quantity must be a whole number of lots that an order may have, or 0 for no limit.";
    if (asked.notional && !is_amount(*asked.notional, quote))
        return "max_notional must be a whole number of ledger units of " + quote.code + ", or 0 for no limit.";
    if (asked.open_orders && *asked.open_orders < 0) return "max_open_orders must be 0 or more.";
    const auto fat_finger_bp = asked.fat_finger_bp.value_or(0);
    if (fat_finger_bp < 0 || fat_finger_bp > model::basis_points) return "fat_finger_bp must be 0 to 10000.";
    return {};
}

model::Limits changed(model::Limits before, const model::AskedLimits& asked, const model::Decimal& lot,
                      const model::Asset& quote) {
    model::Limits after = before;
    if (asked.quantity) after.quantity = {*steps_of(*asked.quantity, lot)};
    if (asked.notional) after.notional = *amount_of(*asked.notional, quote.ledger_digits);
    after.open_orders = asked.open_orders.value_or(before.open_orders);
    after.fat_finger_bp = asked.fat_finger_bp.value_or(before.fat_finger_bp);
    return after;
}

bool declined(Recorder& out, std::string objection, std::int64_t call) {
    if (objection.empty()) return false;
    out.record(model::ConfigurationRejected{std::move(objection), call});
    return true;
}

}  // namespace venue::engine
