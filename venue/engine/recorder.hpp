// The events of one command: numbered, folded at once and appended. What is decided next sees what was decided before,
// and the live state can't differ from the folded one, because folding is all that ever changes it.
#pragma once

#include <string>
#include <type_traits>
#include <utility>

#include "venue/engine/book/prefetch.hpp"
#include "venue/engine/fold.hpp"
#include "venue/engine/state.hpp"

namespace venue::engine {

/// Stands for what `make` returns, which comes to be where it is put, and is moved nowhere.
template <class Make>
struct MadeThere {
    const Make& make;
    explicit MadeThere(const Make& how) : make(how) {}
    operator std::invoke_result_t<const Make&>() const { return make(); }
};

class Recorder {
  public:
    Recorder(State& state, const model::Command& command, model::Timestamp now, const CommandLimits& limits,
             std::vector<model::Event>& events);

    /// Adds an event. `session` and `other` are told of it; none when it is no report.
    template <class Body>
    void record(Body&& body, model::SessionId session = {}, model::SessionId other = {}) {
        record_made([&] { return std::remove_cvref_t<Body>(std::forward<Body>(body)); }, session, other);
    }
    /// The same of what `make` returns. It is made where it stays: an event has seven cache lines.
    template <class Make>
    void record_made(const Make& make, model::SessionId session = {}, model::SessionId other = {}) {
        using Body = std::invoke_result_t<const Make&>;
        const auto body = [&] { return model::EventBody(std::in_place_type<Body>, MadeThere(make)); };
        foresee_room();
        fold(state_, events_.emplace_back(next(), first_, false, now_, session, other,
                                          MadeThere([] { return std::string{}; }), MadeThere(body)));
    }
    /// Marks the last event of the command.
    void finish();

    [[nodiscard]] const State& state() const { return state_; }
    [[nodiscard]] model::Timestamp now() const { return now_; }
    /// What is left after that much is for another command.
    [[nodiscard]] const CommandLimits& limits() const { return limits_; }
    /// The session that asked.
    [[nodiscard]] const model::Session& asker() const { return state_.session(command_.origin.session); }
    /// The sequence number that the next event gets.
    [[nodiscard]] model::Sequence next() const { return model::Sequence{state_.last_sequence.value + 1}; }

  private:
    static constexpr std::size_t events_ahead = 2;

    /// Asks for the memory of an event soon to come: whoever read what lay there before did so on another core.
    void foresee_room() const {
        const std::size_t place = events_.size() + events_ahead;
        if (place >= events_.capacity()) return;
        const auto* const bytes = reinterpret_cast<const std::byte*>(events_.data() + place);
        for (std::size_t line = 0; line < sizeof(model::Event); line += 64) book::prefetch_to_write(bytes + line);
    }

    State& state_;
    const model::Command& command_;
    const model::Timestamp now_;
    const CommandLimits limits_;
    std::vector<model::Event>& events_;
    const model::Sequence first_;
};

}  // namespace venue::engine
