#include "venue/fix/stand_in.hpp"

#include <array>
#include <cstdint>
#include <span>

#include "venue/fix/spec_tables.hpp"

namespace venue::fix {
namespace {

constexpr char separator = '\x01';

void append_field(std::string& out, int tag, std::string_view value) {
    out.append(std::to_string(tag)).append("=").append(value).push_back(separator);
}

std::string checksum(std::string_view bytes) {
    std::uint8_t sum = 0;
    for (const char c : bytes) sum = static_cast<std::uint8_t>(sum + static_cast<std::uint8_t>(c));
    auto digits = std::to_string(sum);
    return std::string(3 - digits.size(), '0') + digits;
}

std::string body_of(std::string_view type, const Fields& message, std::span<const int> kept) {
    std::string body;
    append_field(body, tag::msg_type, type);
    for (const int tag : kept) {
        if (const auto value = message.get(tag)) append_field(body, tag, *value);
    }
    return body;
}

std::string framed(const Fields& message, std::string_view body) {
    std::string whole;
    append_field(whole, tag::begin_string, message.text(tag::begin_string));
    append_field(whole, tag::body_length, std::to_string(body.size()));
    whole += body;
    append_field(whole, tag::check_sum, checksum(whole));
    return whole;
}

}  // namespace

std::string stand_in(std::string_view type, const Fields& message) {
    constexpr std::array kept = {tag::sender_comp_id, tag::target_comp_id, tag::msg_seq_num,      tag::poss_dup_flag,
                                 tag::poss_resend,    tag::sending_time,   tag::orig_sending_time};
    return framed(message, body_of(type, message, kept));
}

std::string reject_in_short(const Fields& message) {
    constexpr std::array kept = {tag::sender_comp_id, tag::target_comp_id, tag::msg_seq_num, tag::sending_time};
    auto body = body_of("3", message, kept);
    append_field(body, tag::ref_seq_num, "1");
    return framed(message, body);
}

std::string numbered_heartbeat(const Fields& message, std::string_view sending_time) {
    constexpr std::array kept = {tag::sender_comp_id, tag::target_comp_id, tag::msg_seq_num};
    auto body = body_of("0", message, kept);
    append_field(body, tag::sending_time, sending_time);
    return framed(message, body);
}

}  // namespace venue::fix
