#include "venue/commands/state_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace venue::commands {
namespace {

using Json = nlohmann::ordered_json;

std::string instrument_price(const model::Instrument& instrument, model::Price price) {
    return to_text(times(instrument.tick, price.ticks));
}

std::string instrument_quantity(const model::Instrument& instrument, model::Quantity quantity) {
    return to_text(times(instrument.lot, quantity.lots));
}

/// The venue's own accounts, by the names that the ledger's views give them.
constexpr std::array<std::pair<model::AccountId, std::string_view>, 5> own_accounts = {{
    {model::external_account, "external"},
    {model::fee_account, "fees"},
    {model::clearing_account, "clearing"},
    {model::suspense_account, "suspense"},
    {model::receivable_account, "receivables"},
}};

/// What an order holds is quote for a buy and base for a sell.
std::string hold_text(const model::Reference& reference, const model::Instrument& instrument,
                      const model::Order& order) {
    const auto asset = order.side == model::Side::buy ? instrument.quote : instrument.base;
    return to_text(order.hold, reference.assets.at(asset).ledger_digits);
}

Json balance_object(const std::string& account, const model::Asset& asset, const engine::Balance& balance) {
    return {{"kind", "balance"},
            {"account", account},
            {"asset", asset.code},
            {"available", to_text(balance.available, asset.ledger_digits)},
            {"held", to_text(balance.held, asset.ledger_digits)}};
}

Json order_object(const model::Reference& reference, const model::Order& order) {
    const auto& instrument = reference.instruments.at(order.instrument);
    return {{"kind", "order"},
            {"order_id", order.id.value},
            {"cl_ord_id", std::string(order.cl_ord_id.view())},
            {"participant", reference.participants.at(order.participant).name},
            {"account", reference.accounts.at(order.account).name},
            {"symbol", instrument.symbol},
            {"side", name(order.side)},
            {"type", name(order.type)},
            {"time_in_force", name(order.time_in_force)},
            {"price", instrument_price(instrument, order.price)},
            {"quantity", instrument_quantity(instrument, order.quantity)},
            {"cum", instrument_quantity(instrument, order.cum)},
            {"leaves", instrument_quantity(instrument, order.leaves)},
            {"hold", hold_text(reference, instrument, order)}};
}

Json session_object(const engine::Engine& engine, const std::vector<model::SessionId>& on,
                    const model::Session& session) {
    return {{"kind", "session"},
            {"comp_id", session.comp_id},
            {"participant", engine.reference().participants.at(session.participant).name},
            {"on", std::ranges::find(on, session.id) != on.end()},
            {"incarnation", engine.incarnation(session.id).value}};
}

/// Calls `each` with every balance of the account that isn't zero.
template <class Each>
void each_balance(const engine::Engine& engine, model::AccountId id, const std::string& name, Each each) {
    for (const auto& [asset_id, asset] : engine.reference().assets) {
        const auto balance = engine.balance(id, asset_id);
        if (balance != engine::Balance{}) each(balance_object(name, asset, balance));
    }
}

/// Calls `each` with every balance that isn't zero, the venue's own first, so that each asset sums to zero; then every
/// open order, then every session.
template <class Each>
void each_object(const engine::Engine& engine, Each each) {
    const auto& reference = engine.reference();
    for (const auto& [id, name] : own_accounts) each_balance(engine, id, std::string(name), each);
    for (const auto& [id, account] : reference.accounts) each_balance(engine, id, account.name, each);
    for (const auto& order : engine.open_orders()) each(order_object(reference, order));
    const auto on = engine.sessions_on();
    for (const auto& [id, session] : reference.sessions) each(session_object(engine, on, session));
}

/// A participant's text may be any bytes; what is no UTF-8 is replaced, so that the line is JSON.
std::string line(const Json& object) { return object.dump(-1, ' ', true, Json::error_handler_t::replace); }

std::string word(const Json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

std::string in_words(const Json& object) {
    const auto of = [&](const char* key) { return word(object.at(key)); };
    if (object.at("kind") == "balance") {
        return fmt::format("balance  {:<20} {:<8} available {}, held {}", of("account"), of("asset"), of("available"),
                           of("held"));
    }
    if (object.at("kind") == "order") {
        return fmt::format("order    {} {} of {}: {} {} {} {} at {}, {} done, {} open, holds {}", of("order_id"),
                           of("cl_ord_id"), of("account"), of("side"), of("quantity"), of("symbol"), of("type"),
                           of("price"), of("cum"), of("leaves"), of("hold"));
    }
    return fmt::format("session  {:<20} {}, incarnation {}", of("comp_id"), object.at("on") == true ? "on" : "off",
                       of("incarnation"));
}

}  // namespace

void tell_state_in_words(const engine::Engine& engine, const TellLine& tell) {
    tell(fmt::format("After event {}:\n", engine.last_sequence().value));
    each_object(engine, [&](const Json& object) { tell(in_words(object) + "\n"); });
}

void tell_state_in_json(const engine::Engine& engine, const TellLine& tell) {
    each_object(engine, [&](const Json& object) { tell(line(object) + "\n"); });
}

}  // namespace venue::commands
