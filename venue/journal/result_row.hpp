// One row of a query's result, column by column.
#pragma once

#include <optional>
#include <pqxx/pqxx>
#include <string_view>

#include "venue/journal/column_text.hpp"

namespace venue::journal {

class ResultRow {
  public:
    explicit ResultRow(const pqxx::row& row) : row_(row) {}
    std::optional<std::string_view> next() {
        const auto field = row_[at_++];
        if (field.is_null()) return {};
        return std::string_view(field.c_str(), field.size());
    }
    std::int64_t next_integer() { return parse_integer(next().value_or("")); }

  private:
    const pqxx::row& row_;
    pqxx::row::size_type at_ = 0;
};

}  // namespace venue::journal
