// One line of the log: as people read it, and as programs do.
#include "venue/commands/log_line.hpp"

#include <gtest/gtest.h>
#include <spdlog/details/log_msg.h>

#include "venue/model/trace.hpp"

namespace venue::commands {
namespace {

template <class Line>
std::string written(const std::string& logger, const std::string& payload) {
    const spdlog::log_clock::time_point time(std::chrono::microseconds(1'769'860'800'000'001));
    const spdlog::details::log_msg message(time, {}, logger, spdlog::level::info, payload);
    spdlog::memory_buf_t out;
    Line().format(message, out);
    return {out.data(), out.size()};
}

const std::string with_fields = "arrived" + model::log_field("trace", "ALICE/1/3") + model::log_field("sequence", 41);

TEST(TextLine, has_time_level_logger_sentence_and_fields) {
    EXPECT_EQ(written<TextLine>("fix", with_fields),
              "2026-01-31T12:00:00.000001Z info fix: arrived trace=ALICE/1/3 sequence=41\n");
    EXPECT_EQ(written<TextLine>("venue", "stopping"), "2026-01-31T12:00:00.000001Z info stopping\n");
}

TEST(TextLine, nothing_that_comes_from_outside_begins_another_line) {
    EXPECT_EQ(written<TextLine>("venue", "said: a\nb\x7f"), "2026-01-31T12:00:00.000001Z info said: a\\x0ab\\x7f\n");
    EXPECT_EQ(model::log_text("a\x1fsession=EVE\n"), "a?session=EVE?");
}

TEST(JsonLine, is_one_object_with_the_fields_beside_the_sentence) {
    EXPECT_EQ(written<JsonLine>("fix", with_fields),
              R"({"time":"2026-01-31T12:00:00.000001Z","level":"info","logger":"fix","message":"arrived",)"
              R"("trace":"ALICE/1/3","sequence":"41"})"
              "\n");
}

TEST(JsonLine, is_valid_whatever_the_sentence_holds) {
    EXPECT_EQ(written<JsonLine>("venue", "a \"b\" \\ \n \xff"),
              R"({"time":"2026-01-31T12:00:00.000001Z","level":"info","logger":"venue",)"
              R"("message":"a \"b\" \\ \u000a \u00ff"})"
              "\n");
}

}  // namespace
}  // namespace venue::commands
