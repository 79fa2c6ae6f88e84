// The whole state as bytes and back, so that a start need not fold the journal from its first event.
// docs/snapshot-format.md describes the bytes; every format that a release wrote stays readable.
#pragma once

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string_view>

#include "venue/engine/engine.hpp"

namespace venue::engine {

/// Goes up whenever the bytes mean something else.
inline constexpr std::uint32_t snapshot_format = 8;
/// Formats before it leave the last prices out, which a trigger may depend on: no fold of instruments begins with one.
inline constexpr std::uint32_t first_format_with_prices = 4;
/// Formats before it don't know what participants call their lists.
inline constexpr std::uint32_t first_format_with_list_names = 5;
/// Nor what a logon has chosen, how much may be sent, and when orders were closed.
inline constexpr std::uint32_t first_format_with_agreements = 6;
/// Nor which orders stay when a lost session's are cancelled: as it was configured, which nothing could change.
inline constexpr std::uint32_t first_format_with_spared = 7;
/// Nor which sessions are disabled.
inline constexpr std::uint32_t first_format_with_disabled_sessions = 8;
/// Between two releases several layouts bore the numbers 2 and 3, and none of them is read.
constexpr bool is_read(std::uint32_t format) {
    return format == 1 || (format >= first_format_with_prices && format <= snapshot_format);
}
/// No piece that is written is larger.
inline constexpr std::size_t snapshot_piece_max = std::size_t{1} << 20;

/// The bytes are no snapshot, are cut short or damaged, or a newer release wrote them. The sentence says which.
struct SnapshotUnreadable : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Takes the bytes piece by piece; a piece is valid during the call only.
using SnapshotSink = std::function<void(std::string_view piece)>;
/// Gives the bytes piece by piece, each valid until the next call; an empty one is the end.
using SnapshotSource = std::function<std::string_view()>;

/// The same state gives the same bytes. After any event, also within a command, but not while one is judged.
void write_snapshot(const Engine& engine, const SnapshotSink& sink);

/// Throws SnapshotUnreadable, and what the source throws. What it returns has come to the state hash that the writer
/// noted, unless that one hashed in another way.
Engine read_snapshot(const SnapshotSource& source);

}  // namespace venue::engine
