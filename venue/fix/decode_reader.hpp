// Reads single values out of a message and remembers the first that is malformed, so that the readers of whole messages
// need not ask after every field.
#pragma once

#include <optional>
#include <string>

#include "venue/fix/decode.hpp"

namespace venue::fix {

class FieldReader {
  public:
    explicit FieldReader(const Fields& fields) : fields_(fields) {}

    // An absent field gives the type's empty value and is no fault: whether it may be absent is asked elsewhere.

    model::ClOrdId cl_ord_id(int tag);
    model::Decimal decimal(int tag) { return optional_decimal(tag).value_or(model::Decimal{}); }
    std::optional<model::Decimal> optional_decimal(int tag);
    int integer(int tag);
    /// A whole number above zero; zero where it is absent.
    std::int64_t group(int tag);
    /// To the millisecond.
    std::optional<model::Timestamp> time(int tag);
    /// The end of a day that is named YYYYMMDD.
    std::optional<model::Timestamp> end_of_day(int tag);
    /// Whether a field of several values has this one.
    [[nodiscard]] bool has_value(int tag, char value) const;
    /// Printable text that the venue may have to echo or to keep, so it is bounded.
    std::string short_text(int tag);
    std::string short_text(int tag, std::string_view value);
    /// Zero for none; a name that can't be an order's here is one that no order has.
    model::OrderId order_id() const;
    model::Side side() const;

    [[nodiscard]] const Fields& fields() const { return fields_; }
    [[nodiscard]] const std::optional<SyntaxReject>& fault() const { return fault_; }

  private:
    void note(int reason, int tag, std::string text);

    const Fields& fields_;
    std::optional<SyntaxReject> fault_;
};

}  // namespace venue::fix
