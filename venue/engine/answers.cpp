#include "venue/engine/answers.hpp"

#include "venue/engine/engine.hpp"
#include "venue/engine/mass_cancel.hpp"

namespace venue::engine {
namespace {

std::vector<model::BookLevel> best_levels(const Book& book, model::Side side, int depth) {
    std::vector<model::BookLevel> best;
    for (auto level = book.best(side); level; level = book.after(*level)) {
        if (depth > 0 && best.size() == static_cast<std::size_t>(depth)) break;
        best.push_back({level->price, level->size, level->order_count});
    }
    return best;
}

/// Refused for that reason, whatever else it asks.
model::Refusal refused(const model::MassStatusQuestion& q, model::RejectReason reason) {
    return {reason, "AF", q.request_id, 0, {}};
}

/// By their ids, for an order becomes open behind all others; empty when there are too many.
std::optional<std::vector<model::Order>> open_orders(const State& state, const model::CancelScope& scope) {
    std::vector<model::Order> open;
    const auto participation = state.participations.find(scope.participant);
    if (participation == state.participations.end()) return open;
    std::size_t looks = 0;
    const KnownOrder* at = state.orders.first(participation->second.open);
    for (; at != nullptr; at = state.orders.behind(*at)) {
        if (++looks > mass_status_looks_max) return {};
        if (!is_meant(scope, at->order)) continue;
        if (open.size() == mass_status_orders_max) return {};
        open.push_back(at->order);
    }
    return open;
}

struct Answering {
    const State& state;
    model::SessionId asking;
    model::Timestamp now;

    model::AnswerBody operator()(const model::OrderStatusQuestion& q) const {
        model::OrderStatusAnswer answer{q, state.session(asking).participant, {}, now};
        const KnownOrder* known = state.find(answer.participant, q.order, q.cl_ord_id);
        if (known != nullptr) answer.order = known->order;
        return answer;
    }
    model::AnswerBody operator()(const model::MassStatusQuestion& q) const {
        const auto scope = scope_of(state, state.session(asking), q.account, q.symbol, q.side);
        if (!q.symbol.empty() && !scope.instrument) return refused(q, model::RejectReason::unknown_symbol);
        if (!q.account.empty() && !scope.account) return refused(q, model::RejectReason::unknown_account);
        auto open = open_orders(state, scope);
        if (!open) return refused(q, model::RejectReason::too_many_orders_meant);
        return model::MassStatusAnswer{q, std::make_shared<const std::vector<model::Order>>(*std::move(open)), now};
    }
    model::AnswerBody operator()(const model::BookQuestion& q) const {
        const model::Instrument* instrument = state.instrument(q.symbol);
        if (instrument == nullptr)
            return model::MarketDataRefusal{q.request_id, '0',
                                            std::string(sentence(model::RejectReason::unknown_symbol))};
        model::BookAnswer answer{q.request_id, instrument->id, q.bids, q.offers, {}, {}};
        const Book& book = state.book(instrument->id);
        if (q.bids) answer.bids = best_levels(book, model::Side::buy, q.depth);
        if (q.offers) answer.offers = best_levels(book, model::Side::sell, q.depth);
        return answer;
    }
    model::AnswerBody operator()(const model::InstrumentsQuestion& q) const {
        model::InstrumentsAnswer answer{q.request_id, {}, true, q.supported};
        for (const auto& [id, instrument] : state.reference.instruments) {
            const bool is_meant = q.symbol.empty() || instrument.symbol == q.symbol;
            if (is_meant && !instrument.delisted) answer.instruments.push_back(id);
        }
        answer.known = !answer.instruments.empty();
        return answer;
    }
    model::AnswerBody operator()(const model::PhaseQuestion& q) const {
        const model::Instrument* instrument = state.instrument(q.symbol);
        return model::PhaseAnswer{q.call, q.symbol,
                                  instrument == nullptr ? std::nullopt : std::optional(instrument->phase)};
    }
    model::AnswerBody operator()(const model::CancelledQuestion& q) const {
        return model::CancelledAnswer{q.call, objection(state, q.symbol, q.participant)};
    }
    model::AnswerBody operator()(const model::OutcomeQuestion& q) const { return model::OutcomeAnswer{q.call}; }
    model::AnswerBody operator()(const model::ListQuestion& q) const {
        const auto listed = state.named_lists.find(state.session(asking).participant, q.name);
        if (listed.empty()) {
            const std::string name(q.name.view());
            return model::Refusal{model::RejectReason::unknown_list, {q.message_type}, name, 0, {}};
        }
        model::ListAnswer answer{q.name, {}, now};
        for (const model::OrderId id : listed) answer.orders.push_back(state.find(id)->order);
        return answer;
    }
    model::AnswerBody operator()(const model::TransferQuestion& q) const {
        return model::TransferAnswer{q.id, state.transfer(q.from, q.id)};
    }
};

}  // namespace

model::AnswerBody answer_to(const State& state, const model::QuestionBody& question, model::SessionId asking,
                            model::Timestamp now) {
    return std::visit(Answering{state, asking, now}, question);
}

namespace {

struct Knowing {
    const State& state;
    model::SessionId asking;

    std::optional<model::QuestionBody> operator()(const model::PlaceOrder& c) const { return named(c); }
    std::optional<model::QuestionBody> operator()(const model::ReplaceOrder& c) const { return named(c); }
    std::optional<model::QuestionBody> operator()(const model::PlaceList& c) const {
        if (state.named_lists.find(state.session(asking).participant, c.id).empty()) return {};
        return model::ListQuestion{c.id, 'E'};
    }
    template <class Other>
    std::optional<model::QuestionBody> operator()(const Other&) const {
        return {};
    }
    template <class Request>
    [[nodiscard]] std::optional<model::QuestionBody> named(const Request& c) const {
        if (state.find(state.session(asking).participant, c.cl_ord_id) == nullptr) return {};
        return model::OrderStatusQuestion{c.cl_ord_id, {}, c.symbol, c.side, {}};
    }
};

}  // namespace

std::optional<model::QuestionBody> question_about_known(const State& state, const model::CommandBody& command,
                                                        model::SessionId asking) {
    return std::visit(Knowing{state, asking}, command);
}

}  // namespace venue::engine
