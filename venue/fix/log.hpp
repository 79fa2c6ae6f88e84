// This room's lines of the log.
#pragma once

#include <spdlog/spdlog.h>

namespace venue::fix {

/// Made by whoever sets up logging; tests do without.
inline spdlog::logger& log() {
    static const auto named = spdlog::get("fix");
    return named ? *named : *spdlog::default_logger_raw();
}

}  // namespace venue::fix
