#include "venue/engine/engine.hpp"

#include <algorithm>

#include "venue/engine/answers.hpp"
#include "venue/engine/decide.hpp"
#include "venue/engine/fold.hpp"
#include "venue/engine/follow_up.hpp"
#include "venue/engine/hash.hpp"
#include "venue/model/ensure.hpp"

namespace venue::engine {

Engine::Engine() : state_(std::make_unique<State>()) {}
Engine::Engine(std::unique_ptr<State> state) : state_(std::move(state)) {}
Engine::~Engine() = default;
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;

void Engine::handle(const model::Command& command, model::Timestamp now, std::vector<model::Event>& events) noexcept {
    const auto first = follow_up();
    ensure(!first || first->index() == command.body.index(), "a follow-up comes before any other command");
    Recorder out(*state_, command, now, limits_, events);
    std::visit([&](const auto& body) { decide(out, body); }, command.body);
    out.finish();
}

void Engine::fold(const model::Event& event) noexcept { engine::fold(*state_, event); }

model::AnswerBody Engine::answer(const model::QuestionBody& question, model::SessionId asking,
                                 model::Timestamp now) const {
    return answer_to(*state_, question, asking, now);
}

std::optional<model::QuestionBody> Engine::known(const model::CommandBody& command, model::SessionId asking) const {
    return question_about_known(*state_, command, asking);
}

std::optional<model::Timestamp> Engine::next_due() const { return state_->next_due(); }

std::optional<model::CommandBody> Engine::follow_up() const { return engine::follow_up(*state_); }

const model::Reference& Engine::reference() const { return state_->reference; }

std::vector<model::SessionId> Engine::sessions_on() const {
    std::vector<model::SessionId> on;
    for (const auto& [id, session] : state_->sessions) {
        if (session.on) on.push_back(id);
    }
    return on;
}

std::vector<model::SessionId> Engine::sessions_lost() const {
    std::vector<model::SessionId> lost;
    for (const auto& [cancels_at, id] : state_->lost) lost.push_back(id);
    std::ranges::sort(lost);
    return lost;
}

model::Incarnation Engine::incarnation(model::SessionId session) const {
    const auto found = state_->sessions.find(session);
    return found == state_->sessions.end() ? model::Incarnation{} : found->second.incarnation;
}

Balance Engine::balance(model::AccountId account, model::AssetId asset) const {
    return state_->balance(account, asset);
}

const model::Order* Engine::order(model::OrderId id) const {
    const KnownOrder* known = state_->find(id);
    return known == nullptr ? nullptr : &known->order;
}

model::Sequence Engine::transfer(std::string_view from_account, std::string_view id) const {
    return state_->transfer(from_account, id);
}

std::vector<model::Order> Engine::open_orders() const {
    std::vector<model::Order> open;
    state_->orders.each([&](const KnownOrder& known) {
        if (known.order.state == model::OrderState::open) open.push_back(known.order);
    });
    std::ranges::sort(open, {}, &model::Order::id);
    return open;
}

model::Sequence Engine::last_sequence() const { return state_->last_sequence; }

model::Timestamp Engine::last_time() const { return state_->last_time; }

std::uint64_t Engine::state_hash() const {
    const auto& hashed = state_->hashed;
    return hashed && hashed->sequence == state_->last_sequence ? hashed->hash : hash_of(*state_);
}

}  // namespace venue::engine
