// Those who watch and those who operate, joined with the walk: metrics and health over HTTP, the control socket, and
// the board of sessions.
#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "venue/config/settings.hpp"
#include "venue/control/board.hpp"
#include "venue/control/server.hpp"
#include "venue/fix/gateway.hpp"
#include "venue/journal/postgres_journal.hpp"
#include "venue/pipeline.hpp"
#include "venue/telemetry/endpoint.hpp"

namespace venue::commands {

/// Serves metrics and health from when it is made: a venue that waits for its database or recovers is alive. Throws
/// telemetry::CannotListen.
class Lookout {
  public:
    explicit Lookout(const config::TelemetrySettings& settings);
    ~Lookout();

    telemetry::Metrics& metrics() { return metrics_; }
    /// Where the readings come from; null while there is nothing to be read.
    void look_at(std::function<telemetry::Readings()> source);

  private:
    telemetry::Readings read();

    std::mutex mutex_;
    std::function<telemetry::Readings()> source_;
    telemetry::Metrics metrics_;
    std::unique_ptr<telemetry::HttpServer> server_;
};

/// What the lookout sees of a venue that has recovered. Everything that it is given outlives it.
class View {
  public:
    /// Makes the control socket. Throws control::CannotListen.
    View(Lookout& lookout, const config::Settings& settings, Pipeline& pipeline,
         const journal::PostgresJournal& journal, int schema_version, std::shared_ptr<const fix::Traffic> traffic);
    ~View();

    /// The sessions as recovery found them; before the first release.
    void restore(const model::Reference& reference, const std::vector<fix::RestoredSession>& sessions);
    void released(const model::Group& group);
    void listening() { listening_ = true; }
    /// Nothing more will be released: whoever waits for an outcome is told so.
    void stop() { control_->stop(); }

  private:
    [[nodiscard]] telemetry::Readings readings() const;
    [[nodiscard]] control::Status status() const;

    Lookout& lookout_;
    Pipeline& pipeline_;
    const journal::PostgresJournal& journal_;
    const int schema_version_;
    const model::Durability durability_;
    const std::shared_ptr<const fix::Traffic> traffic_;
    const model::Timestamp started_at_;
    std::atomic<bool> listening_{false};
    control::Board board_;
    std::unique_ptr<control::Server> control_;
};

}  // namespace venue::commands
