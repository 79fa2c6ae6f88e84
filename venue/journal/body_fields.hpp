// Fields of an event's body by their names in the journal, as JSON and back.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "venue/journal/column_text.hpp"
#include "venue/journal/event_row.hpp"

namespace venue::journal {

using namespace venue::model;
using json = nlohmann::json;

/// Exact for every decimal, and a number to SQL's eyes too: "125e-2". The usual text form isn't enough, because a
/// participant's number of thirty digits behind the point prints with one more, which the parser of orders declines.
inline std::string exact_text(const Decimal& number) {
    auto text = to_text(number.digits);
    if (number.scale != 0) text += "e-" + std::to_string(number.scale);
    return text;
}

inline Decimal exact_decimal(const std::string& text) {
    const auto exponent = text.find("e-");
    if (exponent == text.npos) return {parse_int128(text), 0};
    const auto scale = parse_integer(std::string_view(text).substr(exponent + 2));
    return {parse_int128(std::string_view(text).substr(0, exponent)), static_cast<std::int32_t>(scale)};
}

class FieldWriter {
  public:
    template <class Kind, class Rep>
    void operator()(const char* key, const Id<Kind, Rep>& id) {
        object_[key] = id.value;
    }
    void operator()(const char* key, bool value) { object_[key] = value; }
    void operator()(const char* key, std::int32_t value) { object_[key] = value; }
    template <class Enum>
    requires std::is_enum_v<Enum>
    void operator()(const char* key, Enum value) { object_[key] = static_cast<int>(value); }
    template <class Enum>
    requires std::is_enum_v<Enum>
    void operator()(const char* key, const std::optional<Enum>& value) {
        if (value) (*this)(key, *value);
    }
    void operator()(const char* key, std::optional<bool> value) {
        if (value) object_[key] = *value;
    }
    void operator()(const char* key, Timestamp value) { object_[key] = value.nanoseconds; }
    void operator()(const char* key, const std::optional<std::int32_t>& value) {
        if (value) object_[key] = *value;
    }
    void operator()(const char* key, const std::string& value) { object_[key] = stored_text(value); }
    void operator()(const char* key, const Amount& value) { object_[key] = to_text(value.units); }
    void operator()(const char* key, Quantity value) { object_[key] = value.lots; }
    void operator()(const char* key, Price value) { object_[key] = value.ticks; }
    void operator()(const char* key, std::int64_t value) { object_[key] = value; }
    void operator()(const char* key, const std::optional<Side>& value) {
        object_[key] = static_cast<int>(value.value());
    }
    void operator()(const char* key, const ClOrdId& value) { object_[key] = stored_text(std::string(value.view())); }
    void operator()(const char* key, const Decimal& value) { object_[key] = exact_text(value); }
    void operator()(const char* key, const std::optional<Decimal>& value) {
        if (value) object_[key] = exact_text(*value);
    }
    void operator()(const char* key, const std::vector<ScheduledPhase>& value) {
        json& list = object_[key] = json::array();
        for (const auto& [second, phase] : value) list.push_back({second, static_cast<int>(phase)});
    }
    void operator()(const char* key, const std::vector<FeeTier>& value) {
        json& list = object_[key] = json::array();
        for (const auto& [volume, maker, taker] : value) list.push_back({to_text(volume.units), maker, taker});
    }
    void operator()(const char* key, const std::vector<InstrumentId>& value) {
        json& list = object_[key] = json::array();
        for (const InstrumentId id : value) list.push_back(id.value);
    }
    void operator()(const char* key, const std::vector<TierChange>& value) {
        json& list = object_[key] = json::array();
        for (const auto& [participant, tier] : value) list.push_back({participant.value, tier});
    }
    void operator()(const char* key, const std::vector<ListedOrder>& value) {
        json& list = object_[key] = json::array();
        for (const auto& [name, leaves, flaw] : value)
            list.push_back(
                {stored_text(std::string(name.view())), leaves.lots, static_cast<int>(flaw.reason), flaw.tag});
    }
    /// A field that most have not; what is told of later is one, too, because older journals don't have it.
    template <class Value>
    void rarely(const char* key, const Value& value) {
        if (value != Value{}) (*this)(key, value);
    }
    /// An object with each one's fields under its number; nothing where there is none.
    template <class Id, class Thing>
    void each(const char* key, const std::map<Id, Thing>& things) {
        for (const auto& [id, thing] : things) {
            FieldWriter of_one;
            each_field(of_one, thing);
            object_[key][std::to_string(id.value)] = of_one.object_;
        }
    }
    [[nodiscard]] std::string text() const { return object_.dump(); }

  private:
    json object_ = json::object();
};

class FieldReader {
  public:
    explicit FieldReader(const std::string& text) : object_(json::parse(text)) {}

    template <class Kind, class Rep>
    void operator()(const char* key, Id<Kind, Rep>& id) const {
        object_.at(key).get_to(id.value);
    }
    void operator()(const char* key, bool& value) const { object_.at(key).get_to(value); }
    void operator()(const char* key, std::int32_t& value) const { object_.at(key).get_to(value); }
    template <class Enum>
    requires std::is_enum_v<Enum>
    void operator()(const char* key, Enum& value) const { value = static_cast<Enum>(number(key)); }
    template <class Enum>
    requires std::is_enum_v<Enum>
    void operator()(const char* key, std::optional<Enum>& value) const {
        if (object_.contains(key)) (*this)(key, value.emplace());
    }
    void operator()(const char* key, std::optional<bool>& value) const {
        if (object_.contains(key)) object_.at(key).get_to(value.emplace());
    }
    void operator()(const char* key, Timestamp& value) const { object_.at(key).get_to(value.nanoseconds); }
    void operator()(const char* key, std::optional<std::int32_t>& value) const {
        if (object_.contains(key)) object_.at(key).get_to(value.emplace());
    }
    void operator()(const char* key, std::string& value) const { value = original_text(text(key)); }
    void operator()(const char* key, Amount& value) const { value = {parse_int128(text(key))}; }
    void operator()(const char* key, Quantity& value) const { object_.at(key).get_to(value.lots); }
    void operator()(const char* key, Price& value) const { object_.at(key).get_to(value.ticks); }
    void operator()(const char* key, std::int64_t& value) const { object_.at(key).get_to(value); }
    void operator()(const char* key, std::optional<Side>& value) const { value = static_cast<Side>(number(key)); }
    void operator()(const char* key, ClOrdId& value) const { value = ClOrdId(original_text(text(key))); }
    void operator()(const char* key, Decimal& value) const { value = exact_decimal(text(key)); }
    void operator()(const char* key, std::optional<Decimal>& value) const {
        if (object_.contains(key)) value = exact_decimal(text(key));
    }
    void operator()(const char* key, std::vector<ScheduledPhase>& value) const {
        for (const auto& each : object_.at(key))
            value.push_back({each.at(0).get<int>(), static_cast<Phase>(each.at(1).get<int>())});
    }
    void operator()(const char* key, std::vector<FeeTier>& value) const {
        for (const auto& each : object_.at(key))
            value.push_back({{parse_int128(each.at(0).get<std::string>())}, each.at(1), each.at(2)});
    }
    void operator()(const char* key, std::vector<InstrumentId>& value) const {
        for (const auto& each : object_.at(key)) value.emplace_back(each.get<std::int32_t>());
    }
    void operator()(const char* key, std::vector<TierChange>& value) const {
        for (const auto& each : object_.at(key))
            value.push_back({ParticipantId{each.at(0).get<std::int32_t>()}, each.at(1)});
    }
    void operator()(const char* key, std::vector<ListedOrder>& value) const {
        for (const auto& each : object_.at(key))
            value.push_back({ClOrdId(original_text(each.at(0).get<std::string>())),
                             {each.at(1).get<std::int64_t>()},
                             {static_cast<RejectReason>(each.at(2).get<int>()), each.at(3).get<std::int32_t>()}});
    }
    template <class Value>
    void rarely(const char* key, Value& value) const {
        if (object_.contains(key)) (*this)(key, value);
    }
    template <class Id, class Thing>
    void each(const char* key, std::map<Id, Thing>& things) const {
        if (!object_.contains(key)) return;
        for (const auto& [id, fields] : object_.at(key).items()) {
            const FieldReader of_one(fields);
            each_field(of_one, things[Id{static_cast<decltype(Id::value)>(parse_integer(id))}]);
        }
    }

  private:
    explicit FieldReader(json object) : object_(std::move(object)) {}

    int number(const char* key) const { return object_.at(key).get<int>(); }
    std::string text(const char* key) const { return object_.at(key).get<std::string>(); }

    json object_;
};

}  // namespace venue::journal
