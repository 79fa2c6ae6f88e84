// Changes of phase, and cancels of many orders, that were asked for and whose outcome is not durable yet. Nobody waits
// on a thread: the outcome is told when the answer behind the command is released.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <variant>

#include "venue/control/status.hpp"
#include "venue/model/request.hpp"

namespace venue::control {

/// A change that wasn't made, in the words of control.proto.
struct ChangeRefusal {
    enum class Kind { invalid, declined, busy, unknown };
    Kind kind{};
    std::string sentence;
};

class PendingChanges {
  public:
    /// The phase that the instrument is in afterwards; nothing where orders were cancelled.
    using Told = std::function<void(const std::variant<std::string, ChangeRefusal>&)>;
    static constexpr std::size_t waiting_max = 1'000;

    explicit PendingChanges(std::function<void(model::Request)> submit) : submit_(std::move(submit)) {}

    /// Calls `told` once: at once when the change can't be submitted, else when its outcome is released. Any thread.
    void begin(const PhaseWish& wish, Told told);
    void begin(const CancelWish& wish, Told told);
    /// Groups come in order. Any thread.
    void released(const model::Group& group);
    /// Whatever waits is told that the venue stops; what comes later is, too.
    void stop();

  private:
    using Outcome = std::variant<std::string, ChangeRefusal>;
    /// What an answer says of the call that it belongs to.
    static std::optional<std::pair<std::int64_t, Outcome>> outcome_in(const model::Answer& answer);
    /// The call's number, which the question carries; nothing when it was told why not.
    std::optional<std::int64_t> keep(Told& told);

    std::function<void(model::Request)> submit_;
    std::mutex mutex_;
    std::map<std::int64_t, Told> waiting_;
    std::int64_t calls_ = 0;
    bool stopping_ = false;
};

}  // namespace venue::control
