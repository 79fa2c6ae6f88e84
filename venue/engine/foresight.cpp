#include "venue/engine/foresight.hpp"

#include "venue/engine/state.hpp"

namespace venue::engine {
namespace {

void look(const State& state, model::ParticipantId participant, const model::ClOrdId& name, Distance distance) {
    switch (distance) {
        case Distance::far:
            return state.orders.foresee(participant, name);
        case Distance::middle:
            return state.orders.foresee_order(participant, name);
        case Distance::near:
            if (const auto* known = state.find(participant, name)) {
                state.at_rest.foresee(known->at_rest);
                state.orders.foresee_neighbours(*known);
            }
    }
}

struct Foreseeing {
    const State& state;
    model::ParticipantId participant;
    Distance distance;

    void operator()(const model::PlaceOrder& asked) const {
        if (distance == Distance::far) state.orders.foresee(participant, asked.cl_ord_id);
    }
    void operator()(const model::CancelOrder& asked) const { change(asked); }
    void operator()(const model::ReplaceOrder& asked) const { change(asked); }
    // The others are few, or touch what is always at hand.
    template <class Other>
    void operator()(const Other&) const {}

    template <class Request>
    void change(const Request& asked) const {
        if (distance == Distance::far) state.orders.foresee(participant, asked.cl_ord_id);
        look(state, participant, asked.orig_cl_ord_id, distance);
    }
};

}  // namespace

void foresee(const State& state, const Waiting& waiting, Distance distance) {
    // Its session may be one that a command before it adds.
    const model::Session* const session = state.known_session(waiting.session);
    if (waiting.body == nullptr || session == nullptr) return;
    std::visit(Foreseeing{state, session->participant, distance}, *waiting.body);
}

}  // namespace venue::engine
