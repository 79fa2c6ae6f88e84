// The values of a snapshot as bytes. Whole numbers take as few bytes as they need, seven bits in each, so that most
// fields of most orders are a single byte.
#pragma once

#include <string>
#include <type_traits>

#include "venue/engine/snapshot.hpp"
#include "venue/model/order.hpp"

namespace venue::engine {

__extension__ using Wide = unsigned __int128;

template <class Value>
concept Counting = std::is_integral_v<Value> && !std::is_same_v<Value, bool>;

/// Writer and reader have the same face, so that one list of fields serves both: `stream(field, …)`.
class SnapshotWriter {
  public:
    explicit SnapshotWriter(const SnapshotSink& sink) : sink_(sink) { piece_.reserve(snapshot_piece_max); }

    template <class... Fields>
    void operator()(const Fields&... fields) {
        (put(fields), ...);
    }
    void bytes(std::string_view raw);
    /// Hands over what has gathered.
    void finish();
    [[nodiscard]] static constexpr std::uint32_t format() { return snapshot_format; }

  private:
    void byte(std::uint8_t value) {
        if (piece_.size() == snapshot_piece_max) finish();
        piece_.push_back(static_cast<char>(value));
    }
    template <class Unsigned>
    void put_bits(Unsigned bits) {
        for (; bits >= 0x80; bits >>= 7) byte(static_cast<std::uint8_t>(bits | 0x80));
        byte(static_cast<std::uint8_t>(bits));
    }

    void put(bool value) { byte(value ? 1 : 0); }
    template <class Enum>
    requires std::is_enum_v<Enum>
    void put(Enum value) { byte(static_cast<std::uint8_t>(value)); }
    template <Counting Integer>
    void put(Integer value) {
        if constexpr (std::is_unsigned_v<Integer>) {
            put_bits(std::uint64_t{value});
        } else {
            // The sign goes into the lowest bit, so that small negative numbers are short too.
            const auto bits = static_cast<std::uint64_t>(std::int64_t{value});
            put_bits((bits << 1) ^ (value < 0 ? ~std::uint64_t{0} : 0));
        }
    }
    void put(model::Int128 value) { put_bits((static_cast<Wide>(value) << 1) ^ (value < 0 ? ~Wide{0} : Wide{0})); }
    void put(std::string_view text) {
        put(text.size());
        bytes(text);
    }
    void put(const std::string& text) { put(std::string_view(text)); }
    void put(const model::ClOrdId& name) { put(name.view()); }
    void put(model::Price price) { put(price.ticks); }
    void put(model::Quantity quantity) { put(quantity.lots); }
    void put(model::Timestamp time) { put(time.nanoseconds); }
    void put(model::Amount amount) { put(amount.units); }
    void put(const model::Decimal& number) { (*this)(number.digits, number.scale); }
    template <class Kind, class Rep>
    void put(model::Id<Kind, Rep> id) {
        put(id.value);
    }

    const SnapshotSink& sink_;
    std::string piece_;
};

/// Throws SnapshotUnreadable for whatever the writer can't have written.
class SnapshotReader {
  public:
    explicit SnapshotReader(const SnapshotSource& source) : source_(source) {}

    template <class... Fields>
    void operator()(Fields&... fields) {
        (take(fields), ...);
    }
    template <class Value>
    Value next() {
        Value value{};
        take(value);
        return value;
    }
    void bytes(char* raw, std::size_t size);
    /// The number that the bytes begin with, once it was read.
    [[nodiscard]] std::uint32_t format() const { return format_; }
    void set_format(std::uint32_t format) { format_ = format; }
    [[nodiscard]] bool at_end() { return at_ == piece_.size() && !refill(); }

  private:
    [[nodiscard]] bool refill();
    std::uint8_t byte() {
        if (at_end()) throw SnapshotUnreadable("The snapshot is cut short.");
        return static_cast<std::uint8_t>(piece_[at_++]);
    }
    template <class Unsigned>
    Unsigned take_bits() {
        constexpr unsigned width = sizeof(Unsigned) * 8;
        Unsigned bits = 0;
        for (unsigned shift = 0;; shift += 7) {
            const std::uint8_t next_byte = byte();
            const auto part = static_cast<Unsigned>(next_byte & 0x7f);
            if (shift >= width || (part << shift) >> shift != part) throw too_large();
            bits |= part << shift;
            if (next_byte < 0x80) return bits;
        }
    }
    static bool is_known(model::Side side) { return side == model::Side::buy || side == model::Side::sell; }
    static bool is_known(model::PostOnly post_only) { return post_only <= model::PostOnly::reprice; }
    static bool is_known(model::SelfTrade self_trade) { return self_trade <= model::SelfTrade::decrement; }
    static bool is_known(model::WaitsFor waits_for) { return waits_for <= model::WaitsFor::fall; }
    static bool is_known(model::ListRole role) { return role <= model::ListRole::dormant; }
    static bool is_known(model::Peg peg) { return peg <= model::Peg::market; }
    static bool is_known(model::CancelOnDisconnect cancels) { return !name(cancels).empty(); }
    static bool is_known(model::ReplaceQuantity quantity) { return !name(quantity).empty(); }
    static bool is_known(model::FixVersion version) { return !name(version).empty(); }
    static bool is_known(model::RejectReason reason) { return !name(reason).empty(); }
    static bool is_known(model::Phase phase) { return !name(phase).empty(); }
    static bool is_known(model::OrderType type);
    static bool is_known(model::TimeInForce time_in_force);
    static bool is_known(model::OrderState state);
    static bool is_known(model::FeeSource source);
    static SnapshotUnreadable too_large() { return SnapshotUnreadable("The snapshot has a number that is too large."); }

    void take(bool& value);
    template <class Enum>
    requires std::is_enum_v<Enum>
    void take(Enum& value) {
        value = static_cast<Enum>(byte());
        if (!is_known(value)) throw SnapshotUnreadable("The snapshot has a word that this release doesn't know.");
    }
    template <Counting Integer>
    void take(Integer& value) {
        const auto bits = take_bits<std::uint64_t>();
        const auto wide = std::is_unsigned_v<Integer> ? bits : (bits >> 1) ^ (bits & 1 ? ~std::uint64_t{0} : 0);
        value = static_cast<Integer>(wide);
        // Sign-extended or not, the bits must be those that were read.
        if (static_cast<std::uint64_t>(value) != wide) throw too_large();
    }
    void take(model::Int128& value) {
        const Wide bits = take_bits<Wide>();
        value = static_cast<model::Int128>((bits >> 1) ^ (bits & 1 ? ~Wide{0} : Wide{0}));
    }
    void take(std::string& text);
    void take(model::ClOrdId& name);
    void take(model::Price& price) { take(price.ticks); }
    void take(model::Quantity& quantity) { take(quantity.lots); }
    void take(model::Timestamp& time) { take(time.nanoseconds); }
    void take(model::Amount& amount) { take(amount.units); }
    void take(model::Decimal& number) { (*this)(number.digits, number.scale); }
    template <class Kind, class Rep>
    void take(model::Id<Kind, Rep>& id) {
        take(id.value);
    }

    const SnapshotSource& source_;
    std::string_view piece_;
    std::size_t at_ = 0;
    std::uint32_t format_ = 0;
};

}  // namespace venue::engine
