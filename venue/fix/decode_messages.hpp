// The messages that participants may send, one reader each. What is malformed is left in the FieldReader.
#pragma once

#include "venue/fix/decode.hpp"
#include "venue/fix/decode_reader.hpp"
#include "venue/fix/spec_tables.hpp"

namespace venue::fix {

/// The first field that a message of this use needs here and doesn't have; zero for none.
int missing_field(const Fields& fields, const MessageUse& use);
/// What makes the engine decline the request whatever its state, in the catalogue's order of judging.
model::Flaw flaw_of(const Fields& fields, const MessageUse& use, bool stale);
/// The field of an order that asks for what the venue doesn't offer, where it takes two values to see it; zero for
/// none.
int odd_characteristic(const Fields& fields);
model::PlaceOrder read_new_order(FieldReader& reader, model::Flaw flaw);
model::CancelOrder read_cancel(FieldReader& reader, model::Flaw flaw);
model::ReplaceOrder read_replace(FieldReader& reader, model::Flaw flaw);
model::MassCancel read_mass_cancel(FieldReader& reader, model::Flaw flaw);
model::OrderStatusQuestion read_order_status(FieldReader& reader);
/// A Refusal where there is a flaw: no report tells of a question that is declined.
Decoded read_mass_status(FieldReader& reader, model::Flaw flaw);
model::InstrumentsQuestion read_security_list(FieldReader& reader);
/// A PlaceList, a SyntaxReject or a Refusal.
Decoded read_list(FieldReader& reader, const Dialect& dialect, model::Flaw flaw);
AnsweredCommand read_list_cancel(FieldReader& reader);
model::ListQuestion read_list_status(FieldReader& reader);
/// Questions or a MarketDataRefusal.
Decoded read_market_data(FieldReader& reader);

}  // namespace venue::fix
