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
    if (is_known && a.deci_usd && before == 0) no = "The trade was taken back.";
    const bool is_price = !a.deci_usd || (*a.deci_usd > 0 && *a.deci_usd % 10 == 0);
    if (no.empty() && !is_price) no = "The price must be above zero and of whole ticks.";
    const std::int64_t price = a.deci_usd.value_or(0) / 10;
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
        for (const bool of_btc : {true, false}) settle(orders_[halves_[half].order].participant, of_btc);
    }
}

std::string NaiveVenue::objection_to_limit(const NaiveHalf& half, std::int64_t price) const {
    const NaiveOrder& order = orders_[half.order];
    if (price == 0 || half.limit == 0 || (order.buys ? price <= half.limit : price >= half.limit)) return "";
    return "The order (" + order.names.back() + ") " + (order.buys ? "buys at most at " : "sells at least at ") +
           std::to_string(half.limit) + ": only by force is its trade corrected beyond.";
}

void NaiveVenue::revise(NaiveHalf& half, std::int64_t price) {
    NaiveOrder& order = orders_[half.order];
    const bool is_busted = price == 0;
    const bool fee_in_btc = order.buys && !fees_.in_quote;
    const Units charged = fee_at(half, !fee_in_btc, price) - fee_at(half, !fee_in_btc, half.price_now);
    const Units quote = value(price, half.lots) - value(half.price_now, half.lots);
    const Units base = is_busted ? -lot_units * half.lots : 0;
    order.fee_parts.push_back(charged * 10'000'000);
    order.fee_charged += charged;
    if (is_busted) {
        order.quantity -= half.lots;
        order.cum -= half.lots;
    }
    const bool of_btc = is_busted && order.buys;
    total(order.participant, true) += order.buys ? base : -base;
    total(order.participant, false) += order.buys ? -quote : quote;
    total(order.participant, fee_in_btc) -= charged;
    const std::int64_t before_today = std::max<std::int64_t>(fees_due_ - day - half.when, 0);
    const std::int64_t days_ago = (before_today + day - 1) / day;
    const bool counted = fees_due_ != 0 && !is_own_trade(static_cast<std::size_t>(&half - halves_.data()));
    if (counted) volumes_[order.participant].at(static_cast<std::size_t>(days_ago)) += quote;
    std::string line = (is_busted ? "TradeBusted to " : "TradeCorrected to ") + order.session + ": " + told(order) +
                       ", " + btc(half.lots) + " @ " + std::to_string(is_busted ? half.price_now : price);
    if (quote != 0) line += ", " + to_text(model::Amount{quote}, 6) + " USD";
    if (charged != 0)
        line += ", fee " + to_text(model::Amount{charged}, fee_in_btc ? 8 : 6) + (fee_in_btc ? " BTC" : " USD");
    if (const Units left = available(order.participant, of_btc); left < 0) {
        line += ", owes " + to_text(model::Amount{-left}, of_btc ? 8 : 6) + (of_btc ? " BTC" : " USD");
        total(order.participant, of_btc) -= left;
        owed_[{order.participant, of_btc}] -= left;
    }
    half.price_now = price;
    lines_.push_back(line);
}

void NaiveVenue::settle(const std::string& account, bool of_btc) {
    Units& owed = owed_[{account, of_btc}];
    const Units paid = std::min(owed, available(account, of_btc));
    if (paid <= 0) return;
    owed -= paid;
    total(account, of_btc) -= paid;
    lines_.push_back("ReceivableSettled: " + account + " " + to_text(model::Amount{paid}, of_btc ? 8 : 6) +
                     (of_btc ? " BTC" : " USD"));
}

void NaiveVenue::collect() {
    for (const std::string account : {"alice", "bob", "carol"}) {
        for (const bool of_btc : {true, false}) {
            bool goes_on = owed_[{account, of_btc}] != 0;
            while (goes_on) {
                goes_on = release(account, of_btc);
                settle(account, of_btc);
            }
        }
    }
}

bool NaiveVenue::release(const std::string& account, bool of_btc) {
    const Units owed = owed_[{account, of_btc}];
    std::vector<NaiveOrder*> holding;
    for (NaiveOrder& order : orders_) {
        const bool holds = order.participant == account && order.buys != of_btc && hold(order) > 0;
        if (holds && holding.size() < releases_at_once) holding.push_back(&order);
    }
    for (NaiveOrder* const order : holding) {
        if (available(account, of_btc) >= owed) return false;
        // It may have ended with its list.
        if (hold(*order) > 0) cancel_for(*order, "insufficient_funds");
    }
    return holding.size() == releases_at_once && available(account, of_btc) < owed;
}

bool NaiveVenue::owes(const std::string& account) const {
    return std::ranges::any_of(owed_, [&](const auto& owed) { return owed.first.first == account && owed.second > 0; });
}

}  // namespace venue::test
