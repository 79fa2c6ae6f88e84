// An event as a row of venue.events. The columns are listed once, in the table's order; writing, reading and the check
// of the table's shape all walk that list.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>

#include "venue/journal/column_text.hpp"
#include "venue/model/event.hpp"

namespace venue::journal {

/// What goes into a jsonb column.
struct Json {
    std::string text;
};

/// sql/migrations says what each column means. Text stands here as it was; it becomes storable on its way out.
struct EventRow {
    std::int64_t sequence = 0;
    std::int64_t command = 0;
    std::int64_t time = 0;
    std::optional<std::int64_t> order_id, price, quantity, cum, leaves, expires, match_id, last_price, last_quantity;
    std::int32_t session = 0;
    std::optional<std::int32_t> other_session, participant, account, owner, instrument, maker_rate, taker_rate;
    std::optional<std::int32_t> fee_asset, tag;
    std::int16_t kind = 0;
    std::int16_t version = 0;
    std::optional<std::int16_t> side, type, time_in_force, state, reason;
    bool last = false;
    std::optional<bool> rests, incoming, sweep_goes_on, kept_place, is_replace;
    std::optional<model::Int128> cum_value, hold, fee_exact, fee_charged, last_base, last_quote, fee;
    std::optional<std::string> cl_ord_id, other_cl_ord_id, asked;
    std::optional<Json> body;
};

template <class Value>
struct Column {
    const char* name;
    Value EventRow::*value;
};

/// The table's columns, in its order.
inline constexpr std::tuple event_table{
    Column{"sequence", &EventRow::sequence},
    Column{"command", &EventRow::command},
    Column{"time", &EventRow::time},
    Column{"order_id", &EventRow::order_id},
    Column{"price", &EventRow::price},
    Column{"quantity", &EventRow::quantity},
    Column{"cum", &EventRow::cum},
    Column{"leaves", &EventRow::leaves},
    Column{"expires", &EventRow::expires},
    Column{"match_id", &EventRow::match_id},
    Column{"last_price", &EventRow::last_price},
    Column{"last_quantity", &EventRow::last_quantity},
    Column{"session", &EventRow::session},
    Column{"other_session", &EventRow::other_session},
    Column{"participant", &EventRow::participant},
    Column{"account", &EventRow::account},
    Column{"owner", &EventRow::owner},
    Column{"instrument", &EventRow::instrument},
    Column{"maker_rate", &EventRow::maker_rate},
    Column{"taker_rate", &EventRow::taker_rate},
    Column{"fee_asset", &EventRow::fee_asset},
    Column{"tag", &EventRow::tag},
    Column{"kind", &EventRow::kind},
    Column{"version", &EventRow::version},
    Column{"side", &EventRow::side},
    Column{"type", &EventRow::type},
    Column{"time_in_force", &EventRow::time_in_force},
    Column{"state", &EventRow::state},
    Column{"reason", &EventRow::reason},
    Column{"last", &EventRow::last},
    Column{"rests", &EventRow::rests},
    Column{"incoming", &EventRow::incoming},
    Column{"sweep_goes_on", &EventRow::sweep_goes_on},
    Column{"kept_place", &EventRow::kept_place},
    Column{"is_replace", &EventRow::is_replace},
    Column{"cum_value", &EventRow::cum_value},
    Column{"hold", &EventRow::hold},
    Column{"fee_exact", &EventRow::fee_exact},
    Column{"fee_charged", &EventRow::fee_charged},
    Column{"last_base", &EventRow::last_base},
    Column{"last_quote", &EventRow::last_quote},
    Column{"fee", &EventRow::fee},
    Column{"cl_ord_id", &EventRow::cl_ord_id},
    Column{"other_cl_ord_id", &EventRow::other_cl_ord_id},
    Column{"asked", &EventRow::asked},
    Column{"body", &EventRow::body},
};

/// Calls `each(name, value)` for every column of the row, in the table's order.
template <class Row, class Each>
void each_column(Row& row, Each&& each) {
    std::apply([&](const auto&... column) { (each(column.name, row.*(column.value)), ...); }, event_table);
}

EventRow to_row(const model::Event& event);

/// Throws JournalUnreadable for a kind or version that this release doesn't know.
model::Event to_event(const EventRow& row);

/// The columns' names with commas between them, for a select list.
const std::string& event_columns();

// Reading one column's value from what the server printed.
inline void read_value(std::string_view text, bool& value) { value = text == "t"; }
inline void read_value(std::string_view text, model::Int128& value) { value = parse_int128(text); }
inline void read_value(std::string_view text, std::string& value) { value = original_text(text); }
inline void read_value(std::string_view text, Json& value) { value.text = text; }
template <class Integer>
requires std::is_integral_v<Integer>
void read_value(std::string_view text, Integer& value) { value = static_cast<Integer>(parse_integer(text)); }
template <class Value>
void read_value(std::string_view text, std::optional<Value>& value) {
    read_value(text, value.emplace());
}

/// Reads a row from a source whose `next()` gives one column after the other, empty for null.
template <class Source>
EventRow read_row(Source& source) {
    EventRow row;
    each_column(row, [&](const char*, auto& column) {
        if (const auto text = source.next()) read_value(*text, column);
    });
    return row;
}

}  // namespace venue::journal
