#include "venue/journal/group_encoding.hpp"

#include <algorithm>
#include <tuple>

#include "venue/journal/binary_writer.hpp"
#include "venue/journal/event_row.hpp"

namespace venue::journal {
namespace {

using model::OutboundNumber;

/// Writes one row's columns, each with its type.
class RowWriter {
  public:
    RowWriter(BinaryWriter& writer, std::size_t column_count) : writer_(writer), mark_(writer.begin()) {
        writer_.row_header(column_count);
    }
    void end() { writer_.end(mark_); }

    void column(bool value) { typed(PgType::boolean).boolean(value); }
    void column(std::int16_t value) { typed(PgType::int2).int2(value); }
    void column(std::int32_t value) { typed(PgType::int4).int4(value); }
    void column(std::int64_t value) { typed(PgType::int8).int8(value); }
    void column(model::Int128 value) { typed(PgType::numeric).numeric(value); }
    void column(const std::string& value) {
        if (is_stored_as_it_is(value)) {
            typed(PgType::text).text(value);
        } else {
            typed(PgType::text).text(stored_text(value));
        }
    }
    void column(const Json& value) { typed(PgType::jsonb).jsonb(value.text); }
    template <class Value>
    void column(const std::optional<Value>& value) {
        if (value) {
            column(*value);
        } else {
            typed(type_of(Value{})).null();
        }
    }
    /// One array out of one field of all numbers of a run.
    template <class Field>
    void array(PgType type, PgType element, const std::vector<OutboundNumber>& numbers, Field field) {
        const auto mark = typed(type).begin();
        writer_.array_header(static_cast<std::uint32_t>(element), numbers.size());
        for (const auto& number : numbers) field(number);
        writer_.end(mark);
    }

  private:
    BinaryWriter& typed(PgType type) {
        writer_.column_type(type);
        return writer_;
    }
    static PgType type_of(bool) { return PgType::boolean; }
    static PgType type_of(std::int16_t) { return PgType::int2; }
    static PgType type_of(std::int32_t) { return PgType::int4; }
    static PgType type_of(std::int64_t) { return PgType::int8; }
    static PgType type_of(model::Int128) { return PgType::numeric; }
    static PgType type_of(const std::string&) { return PgType::text; }
    static PgType type_of(const Json&) { return PgType::jsonb; }

    BinaryWriter& writer_;
    std::size_t mark_;
};

template <class Items, class Encode>
std::string encode_rows(const Items& items, std::uint32_t row_type, Encode encode) {
    BinaryWriter writer;
    writer.array_header(row_type, items.size());
    for (const auto& item : items) encode(writer, item);
    return writer.take();
}

void encode_event(BinaryWriter& writer, const model::Event& event) {
    const auto row = to_row(event);
    RowWriter columns(writer, std::tuple_size_v<decltype(event_table)>);
    each_column(row, [&](const char*, const auto& value) { columns.column(value); });
    columns.end();
}

void encode_run(BinaryWriter& writer, const model::OutboundRun& run) {
    const auto& numbers = run.numbers;
    RowWriter columns(writer, 8);
    columns.column(run.session.value);
    columns.column(run.incarnation.value);
    columns.column(numbers.front().number);
    columns.column(numbers.back().number);
    columns.array(PgType::int8_array, PgType::int8, numbers, [&](const auto& as) { writer.int8(as.number); });
    columns.array(PgType::int8_array, PgType::int8, numbers, [&](const auto& as) { writer.int8(as.event.value); });
    columns.array(PgType::int8_array, PgType::int8, numbers,
                  [&](const auto& as) { writer.int8(as.sending_time.nanoseconds); });
    columns.array(PgType::bool_array, PgType::boolean, numbers,
                  [&](const auto& as) { writer.boolean(as.poss_resend); });
    columns.end();
}

}  // namespace

std::string encode_events(const std::vector<model::Event>& events, std::uint32_t row_type) {
    return encode_rows(events, row_type, encode_event);
}

std::string encode_postings(const std::vector<model::Posting>& postings, std::uint32_t row_type) {
    model::Sequence event;
    std::int16_t line = 0;
    return encode_rows(postings, row_type, [&](BinaryWriter& writer, const model::Posting& posting) {
        line = static_cast<std::int16_t>(posting.event == event ? line + 1 : 1);
        event = posting.event;
        RowWriter columns(writer, 5);
        columns.column(posting.event.value);
        columns.column(line);
        columns.column(posting.account.value);
        columns.column(posting.asset.value);
        columns.column(posting.amount.units);
        columns.end();
    });
}

std::string encode_numbers(const std::vector<model::SessionNumbers>& numbers, std::uint32_t row_type) {
    return encode_rows(numbers, row_type, [](BinaryWriter& writer, const model::SessionNumbers& of_session) {
        RowWriter columns(writer, 5);
        columns.column(of_session.session.value);
        columns.column(of_session.incarnation.value);
        columns.column(of_session.inbound_judged);
        columns.column(of_session.outbound_reserved);
        columns.column(of_session.last_written.value);
        columns.end();
    });
}

std::string encode_outbound(const std::vector<model::OutboundRun>& runs, std::uint32_t row_type) {
    std::vector<model::OutboundRun> given;
    std::ranges::copy_if(runs, std::back_inserter(given), [](const auto& run) { return !run.numbers.empty(); });
    return encode_rows(given, row_type, encode_run);
}

}  // namespace venue::journal
