#include "venue/fix/ahead_queue.hpp"

#include <utility>

namespace venue::fix {

bool AheadQueue::keep(std::int64_t number, std::int64_t expected, std::string_view message) {
    if (number > expected + span_max || bytes_ + message.size() > bytes_max) return false;
    if (messages_.try_emplace(number, message).second) bytes_ += message.size();
    return true;
}

std::optional<std::string> AheadQueue::take(std::int64_t expected) {
    while (!messages_.empty() && messages_.begin()->first < expected) remove_first();
    if (messages_.empty() || messages_.begin()->first != expected) return std::nullopt;
    return remove_first();
}

std::string AheadQueue::remove_first() {
    auto message = std::move(messages_.begin()->second);
    messages_.erase(messages_.begin());
    bytes_ -= message.size();
    return message;
}

void AheadQueue::clear() {
    messages_.clear();
    bytes_ = 0;
}

}  // namespace venue::fix
