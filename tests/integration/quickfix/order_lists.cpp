// Enters, asks for, repeats and cancels a list of orders by a stock QuickFIX client, then asks by a resend under a new
// number. Usage: quickfix_client PORT DICTIONARY COMP-ID USERNAME PASSWORD [AUTHORITIES], encrypted with these. Ends
// with 0 when all was as expected.
#include "tests/integration/quickfix/client.hpp"

namespace {

using venue::test::Client;
using venue::test::FieldList;
using venue::test::message;

void add_order(FIX::Message& list, const FieldList& fields) {
    constexpr int no_orders = 73;
    FIX::Group order(no_orders, FIX::FIELD::ClOrdID);
    for (const auto& [tag, value] : fields) order.setField(tag, value);
    list.addGroup(order);
}

/// A sale that takes its profit at 90,000 or, once the price comes to it, more.
FIX::Message bracket(const std::string& list_id, const std::string& name) {
    auto list = message("E", {{66, list_id}, {68, "2"}, {394, "3"}, {1385, "1"}});
    const FieldList common = {{38, "0.5"}, {54, "2"}, {55, "BTC-USD"}, {59, "1"}};
    for (const auto& [place, price] : {std::pair{"1", "90000"}, std::pair{"2", "95000"}}) {
        auto fields = common;
        fields.insert(fields.end(), {{11, name + place}, {40, "2"}, {44, price}, {67, place}});
        add_order(list, fields);
    }
    return list;
}

void enter_and_ask(Client& client) {
    client.send(bracket("l1", "a"));
    client.expect("8", {{11, "a1"}, {150, "0"}, {66, "l1"}});
    client.expect("8", {{11, "a2"}, {150, "0"}, {66, "l1"}});
    client.expect("N", {{66, "l1"}, {429, "1"}, {431, "3"}, {68, "2"}, {73, "2"}});
    client.send(message("M", {{66, "l1"}}));
    client.expect("N", {{66, "l1"}, {429, "2"}, {431, "3"}, {73, "2"}});
}

void repeat(Client& client) {
    client.send(bracket("l1", "b"));
    client.expect("8", {{11, "b1"}, {150, "8"}, {103, "6"}});
    client.expect("8", {{11, "b2"}, {150, "8"}, {103, "6"}});
    client.expect("N", {{66, "l1"}, {429, "1"}, {431, "7"}, {73, "2"}});
    auto again = bracket("l1", "a");
    again.getHeader().setField(FIX::FIELD::PossResend, "Y");
    client.send(again);
    client.expect("N", {{66, "l1"}, {429, "2"}, {431, "3"}});
}

void resend_an_order(Client& client) {
    const FieldList order = {
        {11, "a3"}, {38, "0.5"},     {40, "2"}, {44, "100"},
        {54, "1"},  {55, "BTC-USD"}, {59, "1"}, {60, FIX::UtcTimeStampConvertor::convert(FIX::UtcTimeStamp(), 3)},
        {97, "Y"}};
    client.send(message("D", order));
    client.expect("8", {{11, "a3"}, {150, "0"}});
    client.send(message("D", order));
    client.expect("8", {{11, "a3"}, {150, "I"}, {39, "0"}, {17, "0"}});
}

void cancel(Client& client) {
    const auto now = FIX::UtcTimeStampConvertor::convert(FIX::UtcTimeStamp(), 3);
    client.send(message("K", {{66, "l1"}, {60, now}}));
    client.expect("8", {{11, "a1"}, {150, "4"}, {66, "l1"}});
    client.expect("8", {{11, "a2"}, {150, "4"}, {66, "l1"}});
    client.expect("N", {{66, "l1"}, {429, "2"}, {431, "6"}, {73, "2"}});
    client.send(message("M", {{66, "never"}}));
    client.expect("j", {{372, "M"}, {379, "never"}, {380, "1"}});
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 6 && argc != 7) return 2;
    try {
        Client client(std::atoi(argv[1]), argv[2], argv[3], {argv[4], argv[5]}, argc == 7 ? argv[6] : "");
        client.log_on();
        enter_and_ask(client);
        repeat(client);
        resend_an_order(client);
        cancel(client);
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "%s\n", fault.what());
        return 1;
    }
    return 0;
}
