#include "venue/walk_log.hpp"

#include <spdlog/spdlog.h>

#include "venue/model/trace.hpp"

namespace venue {
namespace {

/// Made by whoever sets up logging; tests do without.
spdlog::logger& log() {
    static const auto named = spdlog::get("walk");
    return named ? *named : *spdlog::default_logger_raw();
}

/// Its trace, and the events that it caused.
std::string fields(const model::Passage& passage, const model::Reference& reference) {
    std::string text = model::log_field("trace", model::trace_of(passage.origin, reference));
    if (passage.last < passage.first) return text;
    return text + model::log_field("sequence", passage.first.value) + model::log_field("until", passage.last.value);
}

}  // namespace

void log_judged(const model::Passage& passage, const model::Reference& reference) {
    if (log().should_log(spdlog::level::debug)) log().debug("judged{}", fields(passage, reference));
}

void log_durable(const model::Group& group, const model::Reference& reference) {
    if (!log().should_log(spdlog::level::debug)) return;
    for (const auto& passage : group.passages) log().debug("durable{}", fields(passage, reference));
}

}  // namespace venue
