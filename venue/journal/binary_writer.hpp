// Writes values in PostgreSQL's binary format, so that an append is one statement with a few arrays and the server
// parses no text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "venue/model/number.hpp"

namespace venue::journal {

/// The types that the journal's tables use, as the server numbers them; these numbers are fixed in its catalogue.
enum class PgType : std::uint32_t {
    boolean = 16,
    int8 = 20,
    int2 = 21,
    int4 = 23,
    text = 25,
    bool_array = 1000,
    int8_array = 1016,
    numeric = 1700,
    jsonb = 3802,
};

/// Appends values one after the other, each preceded by its length, as elements of arrays and columns of rows are.
class BinaryWriter {
  public:
    void boolean(bool value);
    void int2(std::int16_t value);
    void int4(std::int32_t value);
    void int8(std::int64_t value);
    void numeric(model::Int128 value);
    void text(std::string_view value);
    void jsonb(std::string_view value);
    void null();

    /// Everything until the matching `end` is one value. Returns the mark that `end` takes.
    [[nodiscard]] std::size_t begin();
    void end(std::size_t mark);

    /// After `begin`: a row of so many columns follows, each a `column_type` and a value.
    void row_header(std::size_t column_count);
    void column_type(PgType type);

    /// A one-dimensional array follows, with so many elements. Inside a row it stands between `begin` and `end`; as a
    /// statement's parameter it stands alone.
    void array_header(std::uint32_t element_type, std::size_t size);

    /// What was written; the writer is empty afterwards.
    [[nodiscard]] std::string take();

  private:
    /// Where so many bytes are to be written next.
    char* room_for(std::size_t count);
    void put(std::string_view bytes);
    template <class Integer>
    void big_endian(Integer value);
    template <class Integer>
    void fixed(Integer value);
    void raw_int4(std::size_t value);

    std::string bytes_;  ///< Longer than what was written: it grows by doubling, not by every value.
    std::size_t size_ = 0;
};

}  // namespace venue::journal
