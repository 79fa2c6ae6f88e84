#include <algorithm>
#include <charconv>
#include <limits>
#include <memory>
#include <new>
#include <string>
#include <unordered_map>
#include <vector>

#include "venue/engine/engine.hpp"
#include "venue/engine/venue_engine.h"

namespace {

using namespace venue::model;
using venue::engine::Engine;

constexpr auto symbol = "BASE-QUOTE";
constexpr int fee_digits = 6;
constexpr std::int64_t c_max = std::numeric_limits<std::int64_t>::max();

static_assert(VENUE_DECREMENT_AND_CANCEL == static_cast<int>(SelfTrade::decrement));
static_assert(VENUE_BUY == static_cast<int>(Side::buy) && VENUE_SELL == static_cast<int>(Side::sell));

/// The engine never takes a name twice, but a caller's id is free again after its order: so a name is an id and a
/// serial number.
ClOrdId name_of(std::uint64_t id, std::uint64_t serial) {
    return ClOrdId{std::to_string(id) + "." + std::to_string(serial)};  // 36 characters would be 10^15 of them.
}
std::uint64_t id_of(const ClOrdId& name) {
    std::uint64_t id = 0;
    std::from_chars(name.view().data(), name.view().data() + name.view().size(), id);
    return id;
}

Decimal whole(std::int64_t number) { return {Int128{number}, 0}; }

/// At most what the type can tell.
std::int64_t c_number(Int128 number) {
    return static_cast<std::int64_t>(std::clamp(number, Int128{-c_max}, Int128{c_max}));
}

struct Key {
    std::int32_t participant;
    std::uint64_t id;
    bool operator==(const Key&) const = default;
};
struct KeyHash {
    std::size_t operator()(const Key& key) const {
        constexpr std::uint64_t golden_ratio = 0x9e3779b97f4a7c15;
        return (key.id ^ (static_cast<std::uint64_t>(key.participant) << 32)) * golden_ratio;
    }
};
struct Live {
    ClOrdId name;
    Side side{Side::buy};
};

/// The report of an event of an order; kind zero for any other event.
struct Telling {
    venue_engine_report report{};

    void tell(venue_report_kind kind, const Order& order, RejectReason reason = RejectReason::none) {
        report.kind = static_cast<std::uint8_t>(kind);
        report.reason = static_cast<std::uint16_t>(reason);
        report.participant = order.participant.value;
        report.id = id_of(order.cl_ord_id);
        report.price = order.price.ticks;
        report.quantity = order.quantity.lots;
        report.left = order.leaves.lots;
        report.filled = order.cum.lots;
    }
    void decline(ParticipantId participant, const ClOrdId& name, const Flaw& flaw) {
        report.kind = VENUE_REJECTED;
        report.reason = static_cast<std::uint16_t>(flaw.reason);
        report.participant = participant.value;
        report.id = id_of(name);
    }
    void operator()(const OrderAccepted& e) { tell(VENUE_ACCEPTED, e.order); }
    void operator()(const OrderCancelled& e) { tell(VENUE_CANCELLED, e.order, e.reason); }
    void operator()(const OrderReplaced& e) { tell(VENUE_MODIFIED, e.order); }
    void operator()(const OrderRestated& e) { tell(VENUE_MODIFIED, e.order, e.reason); }
    void operator()(const OrderRejected& e) { decline(e.participant, e.cl_ord_id, e.flaw); }
    void operator()(const ChangeRejected& e) { decline(e.participant, e.cl_ord_id, e.flaw); }
    void operator()(const OrderTraded& e) {
        tell(VENUE_TRADED, e.order);
        report.resting = e.incoming ? 0 : 1;
        report.price = e.last_price.ticks;
        report.quantity = e.last_quantity.lots;
        report.fee = c_number(e.fee.units);
        report.match = e.match.value;
    }
    void operator()(const auto&) {}
};

}  // namespace

struct venue_engine {
    venue_engine_sink sink;
    void* context;
    Engine engine{};
    std::unordered_map<Key, Live, KeyHash> live{};
    std::uint64_t serial = 0;
    Timestamp now{};
    std::vector<Event> events{};

    void ask(const CommandBody& body, SessionId session = {}) {
        ++now.nanoseconds;
        events.clear();
        engine.handle({{session, engine.incarnation(session)}, body}, now, events);
        while (const auto next = engine.follow_up()) engine.handle({{}, *next}, now, events);
        for (const Event& event : events) tell(event);
    }

    void tell(const Event& event) {
        Telling telling;
        std::visit(telling, event.body);
        if (telling.report.kind == 0) return;
        telling.report.sequence = event.sequence.value;
        if (const Order* const order = order_of(event.body)) keep(*order);
        sink(context, &telling.report);
    }

    void keep(const Order& order) {
        const Key key{order.participant.value, id_of(order.cl_ord_id)};
        if (order.state == OrderState::open) {
            live.insert_or_assign(key, Live{order.cl_ord_id, order.side});
        } else {
            live.erase(key);
        }
    }

    bool knows(std::int32_t participant) const {
        return engine.reference().participants.contains(ParticipantId{participant});
    }
    void refuse(std::int32_t participant, std::uint64_t id) const {
        venue_engine_report report{};
        report.kind = VENUE_REJECTED;
        report.reason = static_cast<std::uint16_t>(RejectReason::not_authorised);
        report.participant = participant;
        report.id = id;
        sink(context, &report);
    }

    venue_funds funds(std::int32_t participant, const char* code, Int128 unit) const {
        const Reference& reference = engine.reference();
        const Account* const account = reference.account(std::to_string(participant));
        if (account == nullptr) return {};
        const venue::engine::Balance balance = engine.balance(account->id, reference.asset(code)->id);
        return {c_number(balance.available.units / unit), c_number(balance.held.units / unit)};
    }

    /// A name that no order has where the participant has none of that id.
    Live find(std::int32_t participant, std::uint64_t id) const {
        const auto found = live.find({participant, id});
        return found == live.end() ? Live{name_of(id, 0)} : found->second;
    }
};

venue_engine* venue_engine_new(venue_engine_sink sink, void* context, std::int32_t maker_rate,
                               std::int32_t taker_rate) try {
    auto made = std::make_unique<venue_engine>(venue_engine{sink, context});
    made->ask(AddAsset{{{}, "BASE", 0, 0}});
    made->ask(AddAsset{{{}, "QUOTE", fee_digits, 0}});
    ListInstrument listing{symbol, "BASE", "QUOTE", whole(1), whole(1), maker_rate, taker_rate};
    listing.fee_source = FeeSource::quote;
    made->ask(listing);
    return made->engine.reference().instrument(symbol) == nullptr ? nullptr : made.release();
} catch (const std::bad_alloc&) {
    return nullptr;
}

void venue_engine_free(venue_engine* engine) { delete engine; }

std::int32_t venue_engine_join(venue_engine* engine, std::int64_t base, std::int64_t quote, int self_trade) {
    if (base < 0 || quote < 0 || self_trade < 0 || self_trade > VENUE_DECREMENT_AND_CANCEL) return 0;
    const auto number = static_cast<std::int32_t>(engine->engine.reference().participants.size()) + 1;
    const std::string name = std::to_string(number);
    engine->ask(AddParticipant{name, static_cast<SelfTrade>(self_trade)});
    engine->ask(OpenAccount{name, name});
    AddSession session;
    session.participant = session.account = session.comp_id = session.username = name;
    session.replace_quantity = ReplaceQuantity::open;
    engine->ask(session);
    engine->ask(LogOnSession{SessionId{number}}, SessionId{number});
    if (base > 0) engine->ask(DepositFunds{name, "BASE", whole(base)});
    if (quote > 0) engine->ask(DepositFunds{name, "QUOTE", whole(quote)});
    return number;
}

void venue_engine_place(venue_engine* engine, std::int32_t participant, std::uint64_t id, int side, std::int64_t price,
                        std::int64_t quantity, int instruction) {
    if (!engine->knows(participant)) return engine->refuse(participant, id);
    const auto known = engine->live.find({participant, id});
    PlaceOrder order;
    // The name of the order that has the id makes the engine say so.
    order.cl_ord_id = known == engine->live.end() ? name_of(id, ++engine->serial) : known->second.name;
    order.symbol = symbol;
    order.side = side == VENUE_SELL ? Side::sell : Side::buy;
    order.time_in_force = instruction == VENUE_IOC   ? TimeInForce::ioc
                          : instruction == VENUE_FOK ? TimeInForce::fok
                                                     : TimeInForce::gtc;
    order.quantity = whole(quantity);
    order.price = whole(price);
    if (instruction == VENUE_POST_ONLY) order.special.emplace().post_only = PostOnly::reject;
    const bool is_side = side == VENUE_BUY || side == VENUE_SELL;
    if (!is_side || instruction < VENUE_REST || instruction > VENUE_POST_ONLY)
        order.flaw = {RejectReason::unsupported_characteristic};
    engine->ask(order, SessionId{participant});
}

void venue_engine_cancel(venue_engine* engine, std::int32_t participant, std::uint64_t id) {
    if (!engine->knows(participant)) return engine->refuse(participant, id);
    const Live order = engine->find(participant, id);
    engine->ask(CancelOrder{name_of(id, ++engine->serial), order.name, {}, symbol, order.side, {}},
                SessionId{participant});
}

void venue_engine_modify(venue_engine* engine, std::int32_t participant, std::uint64_t id, std::int64_t price,
                         std::int64_t quantity) {
    if (!engine->knows(participant)) return engine->refuse(participant, id);
    const Live order = engine->find(participant, id);
    ReplaceOrder change;
    change.cl_ord_id = name_of(id, ++engine->serial);
    change.orig_cl_ord_id = order.name;
    change.symbol = symbol;
    change.side = order.side;
    change.quantity = whole(quantity);
    change.price = whole(price);
    engine->ask(change, SessionId{participant});
}

std::uint32_t venue_engine_levels(const venue_engine* engine, int side, venue_depth* depths, std::uint32_t depths_max) {
    if (depths_max == 0 || (side != VENUE_BUY && side != VENUE_SELL)) return 0;
    BookQuestion question{"", symbol, static_cast<int>(std::min<std::uint32_t>(depths_max, 1'000'000))};
    question.bids = side == VENUE_BUY;
    question.offers = side == VENUE_SELL;
    const auto answer = std::get<BookAnswer>(engine->engine.answer(question, {}, engine->now));
    const auto& levels = question.bids ? answer.bids : answer.offers;
    std::ranges::transform(levels, depths, [](const BookLevel& level) {
        return venue_depth{level.price.ticks, level.size.lots, static_cast<std::uint32_t>(level.order_count)};
    });
    return static_cast<std::uint32_t>(levels.size());
}

venue_funds venue_engine_base(const venue_engine* engine, std::int32_t participant) {
    return engine->funds(participant, "BASE", 1);
}
venue_funds venue_engine_quote(const venue_engine* engine, std::int32_t participant) {
    return engine->funds(participant, "QUOTE", 1'000'000);
}

std::uint64_t venue_engine_state_hash(const venue_engine* engine) { return engine->engine.state_hash(); }

const char* venue_engine_reason_name(std::uint16_t reason) {
    if (reason > std::numeric_limits<std::uint8_t>::max()) return "";
    const auto text = name(static_cast<RejectReason>(reason));
    return text.empty() ? "" : text.data();
}
