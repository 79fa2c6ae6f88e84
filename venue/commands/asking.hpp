// How a subcommand asks a running venue, and what it ends with where there is no answer.
#pragma once

#include <spdlog/spdlog.h>

#include "venue/commands/exit_code.hpp"
#include "venue/config/settings.hpp"
#include "venue/control/client.hpp"

namespace venue::commands {

/// Who types, as the venue's log shall name him: whoever became root by sudo, else the user of the process.
std::string asker();

/// Puts the question, which may itself return an exit code.
template <class Question>
int ask(const config::Settings& settings, Question question) {
    try {
        control::Client client(settings.control_socket, control::Client::wait_seconds_default, asker());
        if constexpr (std::is_same_v<decltype(question(client)), int>) {
            return question(client);
        } else {
            question(client);
            return ok;
        }
    } catch (const control::NobodyThere& error) {
        spdlog::error("{}", error.what());
        return unavailable;
    } catch (const control::NotNow& error) {
        spdlog::error("{}", error.what());
        return unavailable;
    } catch (const control::OutcomeUnknown& error) {
        spdlog::error("{}", error.what());
        return in_doubt;
    } catch (const control::Declined& error) {
        spdlog::error("{}", error.what());
        return declined;
    }
}

}  // namespace venue::commands
