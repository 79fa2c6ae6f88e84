// Names of things: strong integers that never mix, and the short text a participant names an order with.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <string_view>

namespace venue::model {

template <class Kind, class Rep>
struct Id {
    Rep value{};
    constexpr Id() = default;
    constexpr explicit Id(Rep id) : value(id) {}
    constexpr auto operator<=>(const Id&) const = default;
    /// Zero names nothing.
    [[nodiscard]] constexpr explicit operator bool() const { return value != 0; }
};

using AssetId = Id<struct AssetKind, std::int32_t>;
using InstrumentId = Id<struct InstrumentKind, std::int32_t>;
using ParticipantId = Id<struct ParticipantKind, std::int32_t>;
using AccountId = Id<struct AccountKind, std::int32_t>;
using SessionId = Id<struct SessionKind, std::int32_t>;
/// Counts the resets of a session's sequence numbers; starts at 1.
using Incarnation = Id<struct IncarnationKind, std::int32_t>;

/// Position in the journal: gap-free from 1. Also the ExecID (17) of the report that an event is.
using Sequence = Id<struct SequenceKind, std::int64_t>;
/// The sequence of the event that accepted the order.
using OrderId = Id<struct OrderKind, std::int64_t>;
/// The sequence of the incoming side's event of a trade; both sides carry it.
using MatchId = Id<struct MatchKind, std::int64_t>;

/// The venue's own ledger accounts. Participants' accounts are numbered from `first_participant_account`.
inline constexpr AccountId external_account{1};  ///< The outside world: what came in minus what went out, negated.
inline constexpr AccountId fee_account{2};
inline constexpr AccountId clearing_account{3};    ///< Zero for each asset after every command.
inline constexpr AccountId suspense_account{4};    ///< What came in and is nobody's yet. Nothing posts here so far.
inline constexpr AccountId receivable_account{5};  ///< What accounts owe after a reversal, negated.
inline constexpr AccountId first_participant_account{101};

/// A participant's name of an order (ClOrdID, 11): 1 to 36 printable ASCII characters, or empty for "none".
class ClOrdId {
  public:
    static constexpr std::size_t size_max = 36;
    constexpr ClOrdId() = default;
    /// Takes at most `size_max` characters; longer text is a caller's mistake and is cut.
    constexpr explicit ClOrdId(std::string_view text)
        : size_(static_cast<std::uint8_t>(std::min(text.size(), size_max))) {
        std::copy_n(text.begin(), size_, text_.begin());
    }
    [[nodiscard]] constexpr std::string_view view() const { return {text_.data(), size_}; }
    [[nodiscard]] constexpr bool empty() const { return size_ == 0; }
    constexpr bool operator==(const ClOrdId&) const = default;

  private:
    std::array<char, size_max> text_{};
    std::uint8_t size_ = 0;
};

}  // namespace venue::model

template <class Kind, class Rep>
struct std::hash<venue::model::Id<Kind, Rep>> {
    std::size_t operator()(venue::model::Id<Kind, Rep> id) const noexcept { return std::hash<Rep>{}(id.value); }
};
template <>
struct std::hash<venue::model::ClOrdId> {
    std::size_t operator()(const venue::model::ClOrdId& id) const noexcept {
        return std::hash<std::string_view>{}(id.view());
    }
};
