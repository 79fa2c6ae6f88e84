// Commands of the operator's whose outcome is not durable yet. Nobody waits on a thread: the outcome is told when the
// answer behind the command is released.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "venue/control/operator_command.hpp"
#include "venue/model/request.hpp"

namespace venue::control {

class PendingCommands {
  public:
    /// Nothing when it is done.
    using Told = std::function<void(const std::optional<OperatorRefusal>&)>;
    static constexpr std::size_t waiting_max = 1'000;

    explicit PendingCommands(std::function<void(model::Request)> submit) : submit_(std::move(submit)) {}

    /// Calls `told` once: at once when the command can't be submitted, else when its outcome is released. Any thread.
    void begin(OperatorCommand command, Told told);
    /// The same of what was submitted before, by whomever: tells when it is durable.
    void await(Told told);
    /// Groups come in order. Any thread.
    void released(const model::Group& group);
    /// Whatever waits is told that the venue stops; what comes later is, too.
    void stop();

  private:
    struct Waiting {
        Told told;
        std::optional<OperatorRefusal> declined{};
    };
    /// The call's number; nothing when it was told why not.
    std::optional<std::int64_t> keep(Told& told);
    void take(const model::Event& event);

    std::function<void(model::Request)> submit_;
    std::mutex mutex_;
    std::map<std::int64_t, Waiting> waiting_;
    std::int64_t calls_ = 0;
    bool stopping_ = false;
};

}  // namespace venue::control
