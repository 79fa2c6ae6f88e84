#include "venue/commands/log_line.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <string_view>
#include <utility>
#include <vector>

#include "venue/model/trace.hpp"

namespace venue::commands {
namespace {

struct Parts {
    std::string_view sentence;
    std::vector<std::pair<std::string_view, std::string_view>> fields;
};

/// Cuts a field off the end as long as there is one.
Parts parts_of(std::string_view payload) {
    Parts parts;
    const auto end = payload.find(model::log_field_mark);
    parts.sentence = payload.substr(0, end);
    while (!payload.empty() && payload.size() > parts.sentence.size()) {
        payload.remove_prefix(payload.find(model::log_field_mark) + 1);
        const auto field = payload.substr(0, payload.find(model::log_field_mark));
        const auto equals = std::min(field.find('='), field.size());
        parts.fields.emplace_back(field.substr(0, equals), field.substr(std::min(equals + 1, field.size())));
        if (field.size() == payload.size()) break;
    }
    return parts;
}

std::string_view view(const spdlog::string_view_t& text) { return {text.data(), text.size()}; }

std::string_view level_of(const spdlog::details::log_msg& message) {
    return view(spdlog::level::to_string_view(message.level));
}

/// ISO 8601, UTC, microseconds.
void append_time(spdlog::memory_buf_t& out, spdlog::log_clock::time_point time) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    const auto rest = std::chrono::duration_cast<std::chrono::microseconds>(time - seconds).count();
    fmt::format_to(std::back_inserter(out), "{:%Y-%m-%dT%H:%M:%S}.{:06}Z", fmt::gmtime(seconds), rest);
}

void append(spdlog::memory_buf_t& out, std::string_view text) { out.append(text.data(), text.data() + text.size()); }

/// Control characters as \xHH.
void append_printable(spdlog::memory_buf_t& out, std::string_view text) {
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < ' ' || byte == 0x7f) {
            fmt::format_to(std::back_inserter(out), "\\x{:02x}", byte);
        } else {
            out.push_back(c);
        }
    }
}

/// A JSON string. Bytes beyond ASCII pass as Latin-1 would read them, so that the line is valid whatever came.
void append_quoted(spdlog::memory_buf_t& out, std::string_view text) {
    out.push_back('"');
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out.push_back('\\');
            out.push_back(c);
        } else if (byte < ' ' || byte >= 0x7f) {
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", byte);
        } else {
            out.push_back(c);
        }
    }
    out.push_back('"');
}

void append_member(spdlog::memory_buf_t& out, std::string_view key, std::string_view value) {
    out.push_back(',');
    append_quoted(out, key);
    out.push_back(':');
    append_quoted(out, value);
}

}  // namespace

void TextLine::format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) {
    const auto parts = parts_of(view(message.payload));
    append_time(out, message.time);
    fmt::format_to(std::back_inserter(out), " {} ", level_of(message));
    if (view(message.logger_name) != "venue")
        fmt::format_to(std::back_inserter(out), "{}: ", view(message.logger_name));
    append_printable(out, parts.sentence);
    for (const auto& [key, value] : parts.fields) {
        fmt::format_to(std::back_inserter(out), " {}=", key);
        append_printable(out, value);
    }
    out.push_back('\n');
}

void JsonLine::format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) {
    const auto parts = parts_of(view(message.payload));
    append(out, "{\"time\":\"");
    append_time(out, message.time);
    out.push_back('"');
    append_member(out, "level", level_of(message));
    append_member(out, "logger", view(message.logger_name));
    append_member(out, "message", parts.sentence);
    for (const auto& [key, value] : parts.fields) append_member(out, key, value);
    append(out, "}\n");
}

}  // namespace venue::commands
