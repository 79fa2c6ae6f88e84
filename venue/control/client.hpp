// The other end of the operator's socket: what the venue's own commands ask of a running venue.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "venue/control/status.hpp"

namespace venue::control {

/// Nobody answers on the socket.
struct NobodyThere : std::runtime_error {
    using std::runtime_error::runtime_error;
};
/// The venue said no; the sentence says why.
struct Declined : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Each call waits a few seconds, then throws NobodyThere; what the venue declines throws Declined.
class Client {
  public:
    explicit Client(const std::string& socket);
    ~Client();

    [[nodiscard]] Status status();
    void set_log_level(const std::string& level, const std::string& logger);
    TransferOutcome transfer(const Transfer& transfer);

  private:
    struct Connection;
    std::unique_ptr<Connection> connection_;
};

}  // namespace venue::control
