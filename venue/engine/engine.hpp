// The trading state machine: commands in, events out. No clock, no I/O, no logging; the same commands give the same
// events, byte for byte. It includes nothing but the model.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "venue/engine/balances.hpp"
#include "venue/engine/foresight.hpp"
#include "venue/model/event.hpp"
#include "venue/model/request.hpp"

namespace venue::engine {

/// Fills that one command may make; what is left of a sweep goes on as a ContinueSweep.
inline constexpr int fills_per_command_max = 1'000;
/// Things that one AdvanceTime may let happen.
inline constexpr int due_per_command_max = 100;
/// Orders that one command of a mass cancel may cancel.
inline constexpr int mass_cancels_per_command_max = 1'000;
/// Open orders that one answer tells.
inline constexpr std::size_t mass_status_orders_max = 10'000;
/// Open orders of a participant that are looked at for it, meant or not.
inline constexpr std::size_t mass_status_looks_max = 100'000;
/// Pegged orders that an instrument may have: ten times a second its best prices may move them all.
inline constexpr std::size_t pegged_orders_max = 1'000;
/// And one participant in it, so that nobody takes all the places.
inline constexpr std::size_t own_pegged_orders_max = 250;
/// Orders that a list may have.
inline constexpr std::size_t list_legs_max = 10;
/// Transfers remembered per participant, so that one that is asked for again under its id has no second effect.
inline constexpr std::size_t transfers_max = 100'000;
/// Goes up whenever the state hash covers something else, or one of the limits on what is remembered changes: hashes of
/// two versions say nothing about each other.
inline constexpr std::int16_t state_hash_version = 10;

/// What one command does at most; what is left goes on in further ones.
struct CommandLimits {
    int fills = fills_per_command_max;
    int moves = due_per_command_max;  ///< Orders that follow prices, or join an auction.
    int mass_cancels = mass_cancels_per_command_max;
};

struct State;

class Engine {
  public:
    Engine();
    explicit Engine(std::unique_ptr<State> state);
    ~Engine();
    Engine(Engine&&) noexcept;
    Engine& operator=(Engine&&) noexcept;

    /// Judges one command stamped `now` and appends its events, numbered on from the last and already folded. A command
    /// that changes nothing gives no event. `now` never goes back.
    void handle(const model::Command& command, model::Timestamp now, std::vector<model::Event>& events) noexcept;

    /// Lower limits than the usual ones, for who wants to meet the end of them soon. How far a command came is in its
    /// events, so an engine with other limits takes it from there.
    void limit(const CommandLimits& limits) { limits_ = limits; }

    /// Called before each command of a batch is handled, it lets the processor fetch what those behind it will read.
    /// `command_at(place)` gives a Waiting. Changes nothing, and no outcome depends on it.
    template <class CommandAt>
    void foresee(std::size_t place, std::size_t count, CommandAt command_at) const {
        for (const auto& [distance, ahead] : foresights) {
            for (std::size_t at = place == 0 ? 0 : place + ahead; at <= place + ahead && at < count; ++at) {
                engine::foresee(*state_, command_at(at), distance);
            }
        }
    }

    /// Takes over an event's values; re-computes no rule. Events come in sequence order without a gap.
    void fold(const model::Event& event) noexcept;

    /// Reads state for a session; changes nothing.
    [[nodiscard]] model::AnswerBody answer(const model::QuestionBody& question, model::SessionId asking,
                                           model::Timestamp now) const;

    /// What asks for the state of the order or list that the command names as new and that is known already; empty
    /// where none is.
    [[nodiscard]] std::optional<model::QuestionBody> known(const model::CommandBody& command,
                                                           model::SessionId asking) const;

    /// The next moment at which something falls due; AdvanceTime{that moment} makes it happen.
    [[nodiscard]] std::optional<model::Timestamp> next_due() const;
    /// The command that must come before any other: what an earlier one left to be done, one bounded piece at a time.
    [[nodiscard]] std::optional<model::CommandBody> follow_up() const;

    [[nodiscard]] const model::Reference& reference() const;
    /// Sessions that are logged on, ascending.
    [[nodiscard]] std::vector<model::SessionId> sessions_on() const;
    /// Sessions that were lost and whose orders will be cancelled if they don't come back, ascending.
    [[nodiscard]] std::vector<model::SessionId> sessions_lost() const;
    /// How often the session's numbers were reset; zero when it isn't configured.
    [[nodiscard]] model::Incarnation incarnation(model::SessionId session) const;
    [[nodiscard]] Balance balance(model::AccountId account, model::AssetId asset) const;
    /// Null when the order isn't known (any more).
    [[nodiscard]] const model::Order* order(model::OrderId id) const;
    /// By their ids. It walks through all orders that are known: for people who look back, not for trading.
    [[nodiscard]] std::vector<model::Order> open_orders() const;
    /// The event of the transfer of that id from that account's participant; zero when none is remembered. This is how
    /// whoever asks again learns that it was done, because then there is no new event.
    [[nodiscard]] model::Sequence transfer(std::string_view from_account, std::string_view id) const;
    [[nodiscard]] model::Sequence last_sequence() const;
    [[nodiscard]] model::Timestamp last_time() const;

    /// Hash of everything that a later command's outcome may depend on, the same on every machine.
    [[nodiscard]] std::uint64_t state_hash() const;

    /// What a snapshot writes down; nobody outside this room knows its shape.
    [[nodiscard]] const State& state() const { return *state_; }

  private:
    std::unique_ptr<State> state_;
    CommandLimits limits_;
};

}  // namespace venue::engine
