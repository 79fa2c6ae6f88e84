// Questions: they read trading state and change none.
#pragma once

#include "venue/engine/state.hpp"

namespace venue::engine {

/// `asking` is the session that asks; an order of another participant is unknown to it.
model::AnswerBody answer_to(const State& state, const model::QuestionBody& question, model::SessionId asking,
                            model::Timestamp now);

}  // namespace venue::engine
