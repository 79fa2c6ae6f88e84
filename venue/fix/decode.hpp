// FIX application messages to requests: syntax and conditional rules only, no trading state.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "venue/fix/dialect.hpp"
#include "venue/fix/fields.hpp"
#include "venue/model/request.hpp"

namespace venue::fix {

/// A malformed message: session Reject (35=3) with SessionRejectReason (373), RefTagID (371) and text.
struct SyntaxReject {
    int reason = 0;
    int tag = 0;
    std::string text;
};

/// A MarketDataRequest asks once for each of its symbols; any other message asks one question. Never empty.
using Questions = std::vector<model::QuestionBody>;

/// A command that nothing reports as a whole: what is asked right behind it is its answer.
struct AnsweredCommand {
    model::CommandBody command;
    model::QuestionBody question;
};

using Decoded = std::variant<model::CommandBody, AnsweredCommand, Questions, model::Refusal, model::MarketDataRefusal,
                             SyntaxReject>;

/// `fields` has passed the dialect's dictionary: required fields are there, enumerations are standard, numbers are
/// numbers. `stale` tells that the message is a 43=Y whose 122, or one that waited whose 52, is older than the
/// session's limit.
Decoded decode(const Fields& fields, const Dialect& dialect, bool stale);

/// Whether it asks the engine for anything but less: a cancel is never too much.
bool wants_more(const Decoded& decoded);
/// Whether it asks for all open orders.
bool asks_for_orders(const Decoded& decoded);

/// Refuses the message; `tag` names the field that is to blame, zero none. The reason's sentence is its text, unless
/// another one is given.
model::Refusal refusal(const Fields& fields, model::RejectReason reason, int tag = 0, std::string text = {});

}  // namespace venue::fix
