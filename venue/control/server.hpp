// The operator's socket: gRPC on a unix socket that only the venue's own user may open.
#pragma once

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

#include "venue/control/operator_command.hpp"
#include "venue/control/status.hpp"
#include "venue/model/request.hpp"

namespace venue::control {

/// The socket can't be listened on.
struct CannotListen : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// What the room needs of the venue. All may be called from any thread, and none blocks.
struct Wiring {
    std::function<Status()> status;
    /// Returns what is wrong with the level or the logger; empty when it is done.
    std::function<std::string(const std::string& level, const std::string& logger)> set_log_level;
    /// Into the sequencer.
    std::function<void(model::Request)> submit;
    /// The commands that would make what is journaled and durable, in an order in which each can be carried out.
    std::function<std::vector<OperatorCommand>()> configuration;
    /// Calls back once, from any thread, with the trade as the journal has it.
    std::function<void(model::MatchId match, TradeFound found)> look_up_trade;
    /// Calls back once, from any thread, or never where the venue stops before.
    std::function<void(std::string comp_id, std::function<void(std::vector<model::SessionLook>)> told)>
        look_at_sessions;
    /// The same; what the session changes was submitted when it is told that there is no fault.
    std::function<void(model::SessionWish wish, std::function<void(const std::string& fault)> told)> order_session;
    /// Why nothing at all is taken at the moment, as a sentence; empty when something is.
    std::function<std::string()> absent_because;
    /// Why no transfer is taken at the moment, as a sentence; empty when transfers are.
    std::function<std::string()> closed_because;
};

class Server {
  public:
    static constexpr int message_bytes_max = 65'536;

    /// Makes the socket, in place of one that an earlier venue left behind, and serves. Throws CannotListen.
    Server(const std::string& socket, Wiring wiring);
    ~Server();

    /// Hands over what is durable now. Groups come in order. Any thread.
    void released(const model::Group& group);
    /// Tells whoever waits that the venue stops, and ends.
    void stop();

  private:
    class Body;
    std::unique_ptr<Body> body_;
};

}  // namespace venue::control
