#include "venue/engine/snapshot_bytes.hpp"

#include <algorithm>
#include <array>

namespace venue::engine {
namespace {

/// No text of the state comes near it; a damaged length would else ask for all of the memory.
constexpr std::size_t text_size_max = 4'096;

}  // namespace

void SnapshotWriter::bytes(std::string_view raw) {
    for (const char c : raw) byte(static_cast<std::uint8_t>(c));
}

void SnapshotWriter::finish() {
    if (!piece_.empty()) sink_(piece_);
    piece_.clear();
}

bool SnapshotReader::refill() {
    piece_ = source_();
    at_ = 0;
    return !piece_.empty();
}

void SnapshotReader::bytes(char* raw, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) raw[i] = static_cast<char>(byte());
}

bool SnapshotReader::is_known(model::OrderType type) { return !name(type).empty(); }

bool SnapshotReader::is_known(model::TimeInForce time_in_force) { return !name(time_in_force).empty(); }

bool SnapshotReader::is_known(model::OrderState state) { return !name(state).empty(); }

bool SnapshotReader::is_known(model::FeeSource source) {
    return source == model::FeeSource::received || source == model::FeeSource::quote;
}

void SnapshotReader::take(bool& value) {
    const auto written = byte();
    if (written > 1) throw SnapshotUnreadable("The snapshot has a yes or no that is neither.");
    value = written == 1;
}

void SnapshotReader::take(std::string& text) {
    const auto size = next<std::size_t>();
    if (size > text_size_max) throw SnapshotUnreadable("The snapshot has a text that is too long.");
    text.resize(size);
    bytes(text.data(), size);
}

void SnapshotReader::take(model::ClOrdId& name) {
    std::array<char, model::ClOrdId::size_max> text{};
    const auto size = next<std::size_t>();
    if (size > text.size()) throw SnapshotUnreadable("The snapshot has a name of an order that is too long.");
    bytes(text.data(), size);
    name = model::ClOrdId(std::string_view(text.data(), size));
}

}  // namespace venue::engine
