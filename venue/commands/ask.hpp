// Subcommands that ask a running venue, over its control socket.
#pragma once

#include <string>

#include "venue/config/settings.hpp"
#include "venue/control/operator_command.hpp"
#include "venue/control/status.hpp"

namespace venue::commands {

struct StatusWish {
    bool as_json = false;
};
struct LogLevelWish {
    std::string level;
    std::string logger;
};

// Each ends with `unavailable` when no venue answers or takes anything, and with `declined` when it says no; a transfer
// or a change whose outcome isn't known ends with `in_doubt`.

int status(const config::Settings& settings, const StatusWish& wish);
int log_level(const config::Settings& settings, const LogLevelWish& wish);
int transfer(const config::Settings& settings, const control::Transfer& wish);
int operate(const config::Settings& settings, const control::OperatorCommand& wish);
int change_phase(const config::Settings& settings, const control::PhaseWish& wish);
int cancel_orders(const config::Settings& settings, const control::CancelWish& wish);

}  // namespace venue::commands
