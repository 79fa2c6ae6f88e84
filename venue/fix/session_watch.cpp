#include "venue/fix/session_watch.hpp"

#include <algorithm>

namespace venue::fix {
namespace {

/// How much of what was there is left after one more: so a look sees about the last so many.
constexpr std::int64_t memory = 16;

}  // namespace

std::string_view type_of(std::string_view message) {
    constexpr std::string_view key = "\00135=";
    const auto at = message.find(key);
    if (at == message.npos) return {};
    const auto begin = at + key.size();
    return message.substr(begin, message.find('\001', begin) - begin);
}

void SessionWatch::logged_on(model::Timestamp now) {
    since_ = now;
    latency_ = latency_max_ = round_trip_ = 0;
    test_.clear();
}

void SessionWatch::arrived(std::string_view type, std::int64_t number, std::int64_t read_at) {
    inbound_.type.assign(type);
    inbound_.number = number;
    inbound_at_ = read_at;
}

void SessionWatch::left(std::string_view message, std::int64_t number, model::Timestamp at) {
    outbound_.type.assign(type_of(message));
    outbound_.number = number;
    outbound_at_ = at;
}

void SessionWatch::answered(std::int64_t read_at, std::int64_t now) {
    const auto took = now - read_at;
    latency_max_ = std::max(latency_max_, took);
    latency_ = latency_ == 0 ? took : latency_ + (took - latency_) / memory;
}

std::string SessionWatch::begin_test(std::int64_t now) {
    test_ = "OPERATOR-" + std::to_string(++tests_);
    test_at_ = now;
    return test_;
}

void SessionWatch::test_answered(std::string_view text, std::int64_t read_at) {
    if (test_.empty() || text != test_) return;
    round_trip_ = read_at - test_at_;
    test_.clear();
}

void SessionWatch::show(model::SessionLook& look, std::int64_t monotonic, model::Timestamp wall) const {
    look.last_inbound = {inbound_.type, inbound_.number, {}};
    if (inbound_at_ != 0) look.last_inbound.at = {wall.nanoseconds - (monotonic - inbound_at_)};
    look.last_outbound = {outbound_.type, outbound_.number, outbound_at_};
    look.since = since_;
    look.latency_ns = latency_;
    look.latency_max_ns = latency_max_;
    look.round_trip_ns = round_trip_;
}

}  // namespace venue::fix
