#include "tests/bench/engine_flow.hpp"

#include <string>
#include <unordered_map>

namespace bench {
namespace {

using namespace venue::model;
namespace book = venue::engine::book;

constexpr int participants = 16;

std::vector<Command> reference_commands() {
    std::vector<Command> commands;
    const auto add = [&](CommandBody body) { commands.push_back({{}, std::move(body)}); };
    add(AddAsset{{{}, "BTC", 8, 8}});
    add(AddAsset{{{}, "USD", 4, 2}});
    add(ListInstrument{"BTC-USD", "BTC", "USD", {1, 2}, {1, 2}, 10'000, 20'000});
    for (int number = 1; number <= participants; ++number) {
        const auto name = "p" + std::to_string(number);
        add(AddParticipant{name, SelfTrade::cancel_newest});
        add(OpenAccount{name, name});
        add(AddSession{name, name, name, name, "00", "00"});
        add(DepositFunds{name, "BTC", {1'000'000'000'000, 0}});
        add(DepositFunds{name, "USD", {1'000'000'000'000'000, 0}});
    }
    return commands;
}

/// Every order's latest name; a replace or cancel takes a new one, as FIX wants it.
class Participants {
  public:
    Command ask(const Message& message) {
        switch (message.kind) {
            case MessageKind::place:
                return {origin(message), place(message)};
            case MessageKind::cancel:
                return {origin(message), change<CancelOrder>(message)};
            case MessageKind::modify:
                break;
        }
        auto replace = change<ReplaceOrder>(message);
        replace.quantity = {message.quantity, 2};
        replace.price = Decimal{message.price, 2};
        names_[message.id] = replace.cl_ord_id;
        return {origin(message), replace};
    }

  private:
    Origin origin(const Message& message) {
        return {SessionId{static_cast<std::int32_t>(message.id % participants) + 1}, Incarnation{1}, ++number_};
    }
    ClOrdId new_name() { return ClOrdId("order-" + std::to_string(++last_name_)); }
    static Side side_of(const Message& message) { return message.side == book::Side::buy ? Side::buy : Side::sell; }

    PlaceOrder place(const Message& message) {
        PlaceOrder order;
        order.cl_ord_id = names_[message.id] = new_name();
        order.symbol = "BTC-USD";
        order.side = side_of(message);
        order.time_in_force = message.instruction == book::Instruction::ioc   ? TimeInForce::ioc
                              : message.instruction == book::Instruction::fok ? TimeInForce::fok
                                                                              : TimeInForce::gtc;
        order.quantity = {message.quantity, 2};
        order.price = Decimal{message.price, 2};
        if (message.instruction == book::Instruction::post_only) {
            order.special.emplace();
            order.special->post_only = PostOnly::reject;
        }
        return order;
    }
    template <class Change>
    Change change(const Message& message) {
        Change change;
        change.cl_ord_id = new_name();
        change.orig_cl_ord_id = names_[message.id];
        change.symbol = "BTC-USD";
        change.side = side_of(message);
        return change;
    }

    std::unordered_map<std::uint64_t, ClOrdId> names_;
    std::int64_t last_name_ = 0;
    std::int64_t number_ = 0;
};

}  // namespace

EngineFlow draw_engine_flow(const Profile& profile, std::size_t message_count, std::uint64_t seed) {
    const Flow flow = draw_flow(profile, message_count, seed);
    Participants asking;
    EngineFlow drawn{reference_commands(), {}, {}};
    drawn.first.reserve(flow.first.size());
    drawn.commands.reserve(flow.messages.size());
    for (const auto& message : flow.first) drawn.first.push_back(asking.ask(message));
    for (const auto& message : flow.messages) drawn.commands.push_back(asking.ask(message));
    return drawn;
}

}  // namespace bench
