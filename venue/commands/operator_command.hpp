// From commands in general to those that an operator may ask for.
#pragma once

#include <stdexcept>
#include <vector>

#include "venue/control/operator_command.hpp"

namespace venue::commands {

inline control::OperatorCommand operator_command(const model::CommandBody& body) {
    return std::visit(
        [](const auto& command) -> control::OperatorCommand {
            if constexpr (std::is_constructible_v<control::OperatorCommand, decltype(command)>) {
                return command;
            } else {
                throw std::logic_error("an operator doesn't ask for this: " + model::describe({{}, command}));
            }
        },
        body);
}

inline std::vector<control::OperatorCommand> operator_commands(const std::vector<model::CommandBody>& bodies) {
    std::vector<control::OperatorCommand> commands;
    for (const auto& body : bodies) commands.push_back(operator_command(body));
    return commands;
}

}  // namespace venue::commands
