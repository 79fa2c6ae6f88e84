// Where the committer is in the walk, in a small file that outlives the process: after a kill it tells at which step it
// fell. It can also make the process kill itself at a step, for the tests that must hit each one.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace venue {

enum class Step : std::uint8_t { idle = 0, taken = 1, appending = 2, durable = 3, released = 4 };
std::string_view name(Step step);

class FlightRecorder {
  public:
    /// Records in memory only.
    FlightRecorder() = default;
    /// Records in the first byte of `file`, made if it isn't there. `die_at` is empty or "STEP:COUNT": kill this
    /// process with SIGKILL when the step is reached for the COUNTth time. Throws std::runtime_error.
    FlightRecorder(const std::string& file, std::string_view die_at);
    /// Records in memory, and calls `watch` at each step. What it throws leaves from the walk: how a simulation falls
    /// between two steps without killing its own process.
    explicit FlightRecorder(std::function<void(Step)> watch) : watch_(std::move(watch)) {}
    ~FlightRecorder();
    FlightRecorder(const FlightRecorder&) = delete;
    FlightRecorder& operator=(const FlightRecorder&) = delete;

    void reach(Step step);

  private:
    volatile std::uint8_t* mark_ = &unrecorded_;
    std::uint8_t unrecorded_ = 0;
    Step die_at_{Step::idle};
    std::int64_t reaches_left_ = 0;
    std::function<void(Step)> watch_;
};

}  // namespace venue
