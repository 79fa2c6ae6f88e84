// The venue's numbers for Prometheus. What happens is counted from groups that were released; what merely is, is read
// when somebody asks. The engine knows nothing of it.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>

#include "venue/model/request.hpp"
#include "venue/telemetry/readings.hpp"

namespace venue::telemetry {

class Metrics {
  public:
    /// `read` may be called from any thread.
    Metrics(const std::string& version, std::function<Readings()> read);
    ~Metrics();

    /// The database's schema is of this version.
    void schema(int version);
    /// Recovery took so long.
    void recovered(std::int64_t nanoseconds);
    /// A group was durable and is released. From one thread at a time.
    void released(const model::Group& group);
    /// Everything up to `mark` is in the kernel's hands, for one connection. From one thread at a time.
    void written(model::Sequence mark);
    /// What came of requests that were read at these moments is in the kernel's hands. From the thread of `written`.
    void told(std::span<const std::int64_t> read_at);

    [[nodiscard]] Readings readings() const;
    /// All numbers, in Prometheus' text format. Any thread.
    [[nodiscard]] std::string text();

  private:
    struct Families;
    std::function<Readings()> read_;
    std::unique_ptr<Families> families_;
};

}  // namespace venue::telemetry
