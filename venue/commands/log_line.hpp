// One line of the log, as text or as JSON.
#pragma once

#include <spdlog/formatter.h>

namespace venue::commands {

/// "2026-01-31T12:00:00.000001Z info fix: ALICE logged on session=ALICE". Nothing in a line can begin another one.
class TextLine final : public spdlog::formatter {
  public:
    void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) override;
    [[nodiscard]] std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<TextLine>(); }
};

/// {"time":"…","level":"info","logger":"fix","message":"ALICE logged on","session":"ALICE"}
class JsonLine final : public spdlog::formatter {
  public:
    void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) override;
    [[nodiscard]] std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<JsonLine>(); }
};

}  // namespace venue::commands
