// The other end of the operator's socket: what the venue's own commands ask of a running venue.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "venue/control/operator_command.hpp"
#include "venue/control/status.hpp"

namespace venue::control {

/// Nobody answers on the socket.
struct NobodyThere : std::runtime_error {
    using std::runtime_error::runtime_error;
};
/// The venue takes nothing at the moment, and did nothing.
struct NotNow : std::runtime_error {
    using std::runtime_error::runtime_error;
};
/// Something was asked that may or may not have happened. Asking again under the same id is safe, and tells.
struct OutcomeUnknown : std::runtime_error {
    using std::runtime_error::runtime_error;
};
/// The venue said no; the sentence says why.
struct Declined : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A call throws NobodyThere when nobody answers in time, NotNow, or Declined; one that changes something throws
/// OutcomeUnknown where no answer came to a question that was put.
class Client {
  public:
    static constexpr int wait_seconds_default = 10;
    /// `asker`: who asks, for the venue's log; empty says nothing.
    explicit Client(const std::string& socket, int wait_seconds = wait_seconds_default, std::string asker = {});
    ~Client();

    [[nodiscard]] Status status();
    void set_log_level(const std::string& level, const std::string& logger);
    TransferOutcome transfer(const Transfer& transfer);
    /// The phase that the instrument is in afterwards.
    std::string change_phase(const PhaseWish& wish);
    void cancel_orders(const CancelWish& wish);
    void operate(const OperatorCommand& command);
    /// The commands that would bring a venue without configuration to this one's, in their order.
    [[nodiscard]] std::vector<OperatorCommand> configuration();
    /// By CompID: one of this name alone, or all where it is empty.
    [[nodiscard]] std::vector<model::SessionLook> sessions(const std::string& comp_id);
    void order(const model::SessionWish& wish);

  private:
    struct Connection;
    std::unique_ptr<Connection> connection_;
};

}  // namespace venue::control
