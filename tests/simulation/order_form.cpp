#include "tests/simulation/order_form.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "tests/simulation/simulated_clock.hpp"

namespace venue::simulation {
namespace {

constexpr std::int64_t second = 1'000'000'000;

std::string some_price(Dice& dice) { return std::to_string(dice.between(95, 105)); }
std::string some_lots(Dice& dice) { return lots_text(dice.between(1, 300)); }

/// A whole second, as the venue's clock has it.
std::string seconds_ahead(std::int64_t seconds) { return utc_text((system_clock::wall() / second + seconds) * second); }

class Form {
  public:
    Form(Dice& dice, WireFields head) : dice_(dice), body_(std::move(head)) {}

    void plain() {
        const bool at_market = dice_.one_in(10);
        put(40, at_market ? "1" : "2");
        if (!at_market) put(44, some_price(dice_));
        put(59, dice_.pick(std::vector<std::string>{"0", "1", "1", "1", "3", "4"}));
        if (dice_.one_in(4)) put(18, "H");
    }
    void limit() {
        put(40, "2");
        put(44, some_price(dice_));
    }
    void iceberg() {
        limit();
        put(59, "1");
        put(111, lots_text(dice_.between(1, 60)));
    }
    void post_only() {
        limit();
        put(59, "1");
        put(18, dice_.pick(std::vector<std::string>{"6", "6 T", "6 H"}));
    }
    void minimum() {
        limit();
        put(59, dice_.one_in(2) ? "1" : "3");
        put(110, lots_text(dice_.between(1, 60)));
    }
    void good_till_date() {
        limit();
        put(59, "6");
        put(126, seconds_ahead(dice_.between(0, 30)));
    }
    void for_an_auction() {
        const bool at_market = dice_.one_in(3);
        put(40, at_market ? "1" : "2");
        if (!at_market) put(44, some_price(dice_));
        put(59, dice_.one_in(2) ? "2" : "7");
    }
    void with_prevention() {
        limit();
        put(59, "1");
        put(2964, std::to_string(dice_.between(1, 4)));
    }
    void in_time() {
        limit();
        put(59, "1");
        put(62, seconds_ahead(dice_.between(-1, 10)));
    }
    /// It waits for a price: a stop, a stop-limit, if touched, or trailing.
    void waiting(bool buys) {
        const auto type = dice_.pick(std::vector<std::string>{"3", "4", "J", "P"});
        put(40, type);
        put(59, "1");
        if (type == "4" || buys) put(44, std::to_string(dice_.between(98, 108)));
        if (type != "P") return put(99, some_price(dice_));
        put(18, "a");
        const bool in_bp = dice_.one_in(2);
        put(211, std::to_string(in_bp ? dice_.between(50, 400) : dice_.between(1, 4)));
        put(836, in_bp ? "1" : "0");
    }
    void pegged(bool buys) {
        put(40, "P");
        put(18, dice_.one_in(2) ? "R" : "P");
        put(59, "1");
        put(44, std::to_string(buys ? dice_.between(98, 108) : dice_.between(92, 102)));
        // Mostly away from what it follows, and now and then beyond it.
        const auto away = dice_.between(dice_.one_in(3) ? -2 : 0, 4);
        put(211, std::to_string(buys ? -away : away));
        put(836, "0");
    }
    void by_cash() {
        std::erase_if(body_, [](const auto& field) { return field.first == 38; });
        put(40, "1");
        put(152, std::to_string(dice_.between(1, 300)));
        put(59, "1");
    }
    /// At a price that the market may reach, but hasn't.
    void away_from_the_market(bool buys) {
        put(40, "2");
        put(44, std::to_string(buys ? dice_.between(92, 98) : dice_.between(102, 108)));
        put(59, dice_.one_in(3) ? "0" : "1");
    }
    WireFields take() { return std::move(body_); }

  private:
    void put(int tag, std::string value) { body_.emplace_back(tag, std::move(value)); }

    Dice& dice_;
    WireFields body_;
};

}  // namespace

std::string lots_text(std::int64_t lots) {
    const auto hundredths = std::to_string(100 + lots % 100).substr(1);
    return std::to_string(lots / 100) + "." + hundredths;
}

WireFields new_order_form(Dice& dice, const std::string& name) {
    const std::string side = dice.one_in(2) ? "1" : "2";
    const bool buys = side == "1";
    Form form(dice,
              {{11, name}, {55, "BTC-USD"}, {54, side}, {60, utc_text(system_clock::wall())}, {38, some_lots(dice)}});
    const auto choice = dice.below(100);
    if (choice < 42) {
        form.plain();
    } else if (choice < 48) {
        form.iceberg();
    } else if (choice < 54) {
        form.post_only();
    } else if (choice < 58) {
        form.minimum();
    } else if (choice < 63) {
        form.good_till_date();
    } else if (choice < 69) {
        form.for_an_auction();
    } else if (choice < 77) {
        form.with_prevention();
    } else if (choice < 78) {
        form.in_time();
    } else if (choice < 87) {
        form.waiting(buys);
    } else if (choice < 96) {
        form.pegged(buys);
    } else {
        form.by_cash();
    }
    return form.take();
}

namespace {

/// Where one cancels the others, none may trade at once; of those that one triggers, mostly none would. Now and then it
/// is whatever an order may be, and many of those fit into no list.
WireFields leg_form(Dice& dice, const std::string& name, bool buys, bool triggers) {
    if (dice.one_in(20)) return new_order_form(dice, name);
    Form form(dice, {{11, name}, {55, "BTC-USD"}, {54, buys ? "1" : "2"}, {38, some_lots(dice)}});
    if (triggers) {
        form.plain();
    } else if (dice.one_in(3)) {
        form.waiting(buys);
    } else {
        form.away_from_the_market(buys);
    }
    return form.take();
}

}  // namespace

WireFields new_list_form(Dice& dice, const std::string& list, const std::vector<std::string>& names) {
    const bool triggers = dice.one_in(2);
    const bool buys = dice.one_in(2);
    const auto count = std::to_string(names.size());
    WireFields body = {{66, list}, {394, "3"}, {1385, triggers ? "2" : "1"}, {68, count}, {73, count}};
    for (std::size_t i = 0; i < names.size(); ++i) {
        const bool is_first = i == 0;
        // Who has bought wants to sell again, at a profit or a loss.
        const bool is_other_way = triggers && !is_first ? !dice.one_in(4) : dice.one_in(6);
        auto leg = leg_form(dice, names[i], buys != is_other_way, triggers && is_first);
        std::erase_if(leg, [](const auto& field) { return field.first == 60; });
        leg.insert(leg.begin() + 1, {67, std::to_string(i + 1)});
        body.insert(body.end(), leg.begin(), leg.end());
    }
    return body;
}

WireFields replace_form(Dice& dice, const std::string& name, const std::string& original, const std::string& side) {
    Form form(dice, {{11, name},
                     {41, original},
                     {55, "BTC-USD"},
                     {54, side},
                     {60, utc_text(system_clock::wall())},
                     {38, some_lots(dice)}});
    const auto choice = dice.below(10);
    if (choice < 7) {
        form.limit();
    } else if (choice < 8) {
        form.iceberg();
    } else {
        form.pegged(side == "1");
    }
    auto body = form.take();
    // What a replace doesn't say stays: the naive venue knows no replace that names the time in force.
    std::erase_if(body, [](const auto& field) { return field.first == 59; });
    return body;
}

}  // namespace venue::simulation
