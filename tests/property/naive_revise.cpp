// Trades that the naive venue takes back or corrects, and what is owed for it.
#include "tests/property/naive_rules.hpp"

namespace venue::test {
namespace {

/// What the fee on the same quantity would be at another price; towards the venue.
Units fee_at(const NaiveHalf& half, bool by_value, std::int64_t price) {
    if (price == 0) return 0;
    if (!by_value) return half.fee;
    const Units exact = half.fee * price;
    Units whole = exact / half.price;
    while (whole * half.price < exact) ++whole;
    while ((whole - 1) * half.price >= exact) --whole;
    return whole;
}

}  // namespace

std::string without_numbers(std::string line) {
    for (const std::string said : {"The trade ", "The order "}) {
        const auto at = line.find(said);
        if (at == line.npos) continue;
        const auto number = at + said.size();
        line.erase(number, line.find(' ', number) + 1 - number);
    }
    return line;
}

void NaiveVenue::revise(const Action& a) {
    const auto behind = static_cast<std::size_t>(a.trades_ago) * 2 + 2;
    const bool is_known = behind <= halves_.size();
    const std::int64_t before = is_known ? halves_[halves_.size() - behind].price_now : 0;
    std::string no;
    if (!is_known) no = "The trade is not known.";
    if (is_known && a.deci_ticks && before == 0) no = "The trade was taken back.";
    const bool is_price = !a.deci_ticks || (*a.deci_ticks > 0 && *a.deci_ticks % 10 == 0);
    if (no.empty() && !is_price) no = "The price must be above zero and of whole ticks.";
    const std::int64_t price = a.deci_ticks.value_or(0) / 10;
    for (std::size_t i = 0; i < 2 && no.empty() && price != before && !a.forces; ++i) {
        no = objection_to_limit(halves_[halves_.size() - behind + i], price);
    }
    if (!no.empty()) {
        lines_.push_back("ConfigurationRejected: " + no);
        return;
    }
    if (price == before) return;
    for (const std::size_t half : {halves_.size() - behind, halves_.size() - behind + 1}) revise(halves_[half], price);
    for (const std::size_t half : {halves_.size() - behind, halves_.size() - behind + 1}) {
        const NaiveOrder& order = orders_[halves_[half].order];
        settle(order.account, instrument_of(order).base);
        settle(order.account, instrument_of(order).quote);
    }
}

std::string NaiveVenue::objection_to_limit(const NaiveHalf& half, std::int64_t price) const {
    const NaiveOrder& order = orders_[half.order];
    if (price == 0 || half.limit == 0 || (order.buys ? price <= half.limit : price >= half.limit)) return "";
    return "The order (" + order.names.back() + ") " + (order.buys ? "buys at most at " : "sells at least at ") +
           instrument_of(order).price(half.limit) + ": only by force is its trade corrected beyond.";
}

void NaiveVenue::revise(NaiveHalf& half, std::int64_t price) {
    NaiveOrder& order = orders_[half.order];
    const bool is_busted = price == 0;
    const Instrument& in = instrument_of(order);
    const bool by_value = fee_asset(order) == in.quote;
    const Units charged = fee_at(half, by_value, price) - fee_at(half, by_value, half.price_now);
    const Units quote = value(price, half.lots) - value(half.price_now, half.lots);
    const Units base = is_busted ? -lot_units * half.lots : 0;
    order.fee_parts.push_back(charged * 10'000'000);
    order.fee_charged += charged;
    if (is_busted) {
        order.quantity -= half.lots;
        order.cum -= half.lots;
    }
    total(order.account, in.base) += order.buys ? base : -base;
    total(order.account, in.quote) += order.buys ? -quote : quote;
    total(order.account, fee_asset(order)) -= charged;
    const std::int64_t before_today = std::max<std::int64_t>(fees_due_ - day - half.when, 0);
    const std::int64_t days_ago = (before_today + day - 1) / day;
    if (!is_own_trade(static_cast<std::size_t>(&half - halves_.data()))) count(order, quote, days_ago);
    std::string line = (is_busted ? "TradeBusted to " : "TradeCorrected to ") + order.session + ": " + told(order) +
                       ", " + in_base(half.lots) + " @ " + in.price(is_busted ? half.price_now : price);
    if (quote != 0) line += ", " + in_units(in.quote, quote) + " " + in.quote;
    if (charged != 0) line += ", fee " + in_units(fee_asset(order), charged) + " " + fee_asset(order);
    const std::string& asset = is_busted && order.buys ? in.base : in.quote;
    if (const Units left = available(order.account, asset); left < 0) {
        line += ", owes " + in_units(asset, -left) + " " + asset;
        total(order.account, asset) -= left;
        owed_[{order.account, asset}] -= left;
    }
    half.price_now = price;
    lines_.push_back(line);
}

void NaiveVenue::settle(const std::string& account, const std::string& asset) {
    Units& owed = owed_[{account, asset}];
    const Units paid = std::min(owed, available(account, asset));
    if (paid <= 0) return;
    owed -= paid;
    total(account, asset) -= paid;
    lines_.push_back("ReceivableSettled: " + account + " " + in_units(asset, paid) + " " + asset);
}

void NaiveVenue::collect() {
    for (const std::string& account : accounts_) {
        for (const std::string asset : {"BTC", "USD", "ETH"}) {
            bool goes_on = owed_[{account, asset}] != 0;
            while (goes_on) {
                goes_on = release(account, asset);
                settle(account, asset);
            }
        }
    }
}

bool NaiveVenue::release(const std::string& account, const std::string& asset) {
    const Units owed = owed_[{account, asset}];
    std::vector<NaiveOrder*> holding;
    for (NaiveOrder& order : orders_) {
        const bool holds = order.account == account && held_asset(order) == asset && hold(order) > 0;
        if (holds && holding.size() < releases_at_once) holding.push_back(&order);
    }
    for (NaiveOrder* const order : holding) {
        if (available(account, asset) >= owed) return false;
        // It may have ended with its list.
        if (hold(*order) > 0) cancel_for(*order, "insufficient_funds");
    }
    return holding.size() == releases_at_once && available(account, asset) < owed;
}

bool NaiveVenue::owes(const std::string& account) const {
    return std::ranges::any_of(owed_, [&](const auto& owed) { return owed.first.first == account && owed.second > 0; });
}

}  // namespace venue::test
