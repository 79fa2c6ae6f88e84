// Questions: they read trading state and change none.
#pragma once

#include "venue/engine/state.hpp"

namespace venue::engine {

/// `asking` is the session that asks; an order of another participant is unknown to it.
model::AnswerBody answer_to(const State& state, const model::QuestionBody& question, model::SessionId asking,
                            model::Timestamp now);

/// Where a new order, replace or list has a name that is known: what asks for the state of that one. Empty otherwise.
std::optional<model::QuestionBody> question_about_known(const State& state, const model::CommandBody& command,
                                                        model::SessionId asking);

}  // namespace venue::engine
