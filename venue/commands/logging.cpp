#include "venue/commands/logging.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>

#include "venue/commands/log_line.hpp"

namespace venue::commands {
namespace {

/// The rooms that log under a name of their own; everything else is the venue's.
constexpr std::array named_loggers = {"venue", "fix", "walk"};

std::unique_ptr<spdlog::formatter> line(const std::string& format) {
    if (format == "json") return std::make_unique<JsonLine>();
    return std::make_unique<TextLine>();
}

}  // namespace

void set_up_logging(const std::string& level, const std::string& format) {
    const auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    spdlog::drop_all();
    for (const auto* const name : named_loggers) {
        const auto logger = std::make_shared<spdlog::logger>(name, sink);
        logger->flush_on(spdlog::level::trace);
        spdlog::register_logger(logger);
    }
    sink->set_formatter(line(format));
    spdlog::set_default_logger(spdlog::get("venue"));
    set_log_level(level, "");
}

std::string set_log_level(const std::string& level, const std::string& logger) {
    const auto wanted = spdlog::level::from_str(level);
    // The library reads what it doesn't know as "off"; nobody may switch off the log, or its errors.
    if (wanted > spdlog::level::err) return "There is no log level \"" + level + "\".";
    if (logger.empty()) {
        spdlog::apply_all([&](const std::shared_ptr<spdlog::logger>& each) { each->set_level(wanted); });
        return {};
    }
    const auto named = spdlog::get(logger);
    if (!named) return "There is no logger \"" + logger + "\"; there are venue, fix and walk.";
    named->set_level(wanted);
    return {};
}

}  // namespace venue::commands
