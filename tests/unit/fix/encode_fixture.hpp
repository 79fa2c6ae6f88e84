// A small venue's reference data, and one order of it, for tests of what is told about them.
#pragma once

#include <algorithm>
#include <string>

#include "venue/fix/encode.hpp"

namespace venue::fix {

inline model::Reference demo_reference() {
    using namespace model;
    Reference reference;
    reference.assets[AssetId(1)] = {AssetId(1), "USD", 10, 2};
    reference.assets[AssetId(2)] = {AssetId(2), "BTC", 12, 8};
    reference.instruments[InstrumentId(1)] = {.id = InstrumentId(1),
                                              .symbol = "BTC-USD",
                                              .base = AssetId(2),
                                              .quote = AssetId(1),
                                              .tick = {1, 2},
                                              .lot = {1, 8},
                                              .base_per_lot = {10'000},
                                              .quote_per_tick_lot = {1}};
    reference.participants[ParticipantId(1)] = {ParticipantId(1), "alice"};
    reference.accounts[AccountId(101)] = {AccountId(101), ParticipantId(1), "alice"};
    return reference;
}

/// Buy 0.5 BTC-USD at 20000, good till cancel, untouched.
inline model::Order demo_order() {
    model::Order order;
    order.id = model::OrderId(7);
    order.participant = model::ParticipantId(1);
    order.account = model::AccountId(101);
    order.instrument = model::InstrumentId(1);
    order.cl_ord_id = model::ClOrdId("a1");
    order.time_in_force = model::TimeInForce::gtc;
    order.price = {2'000'000};
    order.quantity = order.leaves = {50'000'000};
    return order;
}

inline Header demo_header(const Dialect& spoken = dialect(model::FixVersion::fix44, false)) {
    return {.sender = "VENUE",
            .target = "ALICE",
            .number = 12,
            .sending_time = {1'767'225'600'123'000'000},
            .orig_sending_time = {},
            .dialect = &spoken};
}

inline model::Event event_of(model::EventBody body) {
    return {.sequence = model::Sequence(9),
            .command = model::Sequence(9),
            .last = true,
            .time = {1'767'225'599'999'999'999},
            .session = model::SessionId(1),
            .other_session = {},
            .asked = {},
            .body = std::move(body)};
}

/// The wire's 0x01 shown as "|".
inline std::string shown(std::string bytes) {
    std::ranges::replace(bytes, '\x01', '|');
    return bytes;
}

inline std::string report_of(model::EventBody body, const Dialect& spoken = dialect(model::FixVersion::fix44, false)) {
    std::string out;
    encode_report(event_of(std::move(body)), demo_reference(), demo_header(spoken), out);
    return out;
}

inline std::string answer_of(model::AnswerBody body, const Dialect& spoken = dialect(model::FixVersion::fix44, false)) {
    std::string out;
    const model::Answer answer{model::SessionId(1), model::Incarnation(1), model::Sequence(8), 33, std::move(body)};
    for (std::size_t place = 0; place < message_count(answer.body); ++place) {
        encode_answer(answer, place, demo_reference(), demo_header(spoken), out);
    }
    return out;
}

/// What stands between the header and the trailer, shown.
inline std::string body_of(const std::string& message) {
    const auto text = shown(message);
    const auto begin = text.find('|', text.find("|52=") + 1) + 1;
    return text.substr(begin, text.rfind("10=") - begin);
}

}  // namespace venue::fix
