// Transfers that were asked for and whose outcome is not durable yet. Nobody waits on a thread: the outcome is told
// when its group is released.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <variant>

#include "venue/control/status.hpp"
#include "venue/model/request.hpp"

namespace venue::control {

/// A transfer that wasn't done, in the words of control.proto.
struct TransferRefusal {
    enum class Kind { invalid, declined, same_id_waits, busy, unknown };
    Kind kind{};
    std::string sentence;
};

class PendingTransfers {
  public:
    using Told = std::function<void(const std::variant<TransferOutcome, TransferRefusal>&)>;
    static constexpr std::size_t waiting_max = 1'000;

    explicit PendingTransfers(std::function<void(model::Request)> submit) : submit_(std::move(submit)) {}

    /// Calls `told` once: at once when the transfer can't be submitted, else when its outcome is released. Any thread.
    void begin(const Transfer& transfer, Told told);
    /// Groups come in order. Any thread.
    void released(const model::Group& group);
    /// Whatever waits is told that the venue stops; what comes later is, too.
    void stop();

  private:
    struct Waiting {
        Told told;
        model::Sequence done;  ///< The event that this very call caused.
        model::RejectReason declined{model::RejectReason::none};
    };

    std::optional<TransferRefusal> keep(const std::string& id, Told& told);
    void take(const model::Event& event);
    std::optional<Waiting> finish(const model::TransferAnswer& answer);

    std::function<void(model::Request)> submit_;
    std::mutex mutex_;
    std::map<std::string, Waiting, std::less<>> waiting_;
    bool stopping_ = false;
};

}  // namespace venue::control
