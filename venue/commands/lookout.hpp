// Those who watch and those who operate, joined with the walk: metrics and health over HTTP, the control socket, and
// the board of sessions.
#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "venue/commands/snapshot_watch.hpp"
#include "venue/commands/trade_lookup.hpp"
#include "venue/config/settings.hpp"
#include "venue/control/board.hpp"
#include "venue/control/server.hpp"
#include "venue/fix/gateway.hpp"
#include "venue/journal/postgres_journal.hpp"
#include "venue/pipeline.hpp"
#include "venue/telemetry/endpoint.hpp"

namespace venue::commands {

class View;

/// Serves metrics and health from when it is made: a venue that waits for its database or recovers is alive. Throws
/// telemetry::CannotListen.
class Lookout {
  public:
    explicit Lookout(const config::Settings& settings);
    ~Lookout();

    telemetry::Metrics& metrics() { return metrics_; }
    /// Makes the control socket. Only who holds the fence may: an earlier venue's socket is replaced. Until there is a
    /// view it tells of a venue that recovers. Throws control::CannotListen.
    void answer_operator(const std::string& socket, int schema_version, const journal::PostgresJournal& journal);
    [[nodiscard]] control::Server& control() { return *control_; }
    /// What there is to be seen; null while there is nothing.
    void look_at(View* view);

  private:
    telemetry::Readings read();
    control::Status status();
    std::string closed_because();
    std::string absent_because();
    void submit(model::Request request);
    std::vector<control::OperatorCommand> configuration();
    void look_at_sessions(std::string comp_id, std::function<void(std::vector<model::SessionLook>)> told);
    void order_session(model::SessionWish wish, std::function<void(const std::string&)> told);

    std::mutex mutex_;
    View* view_ = nullptr;
    control::Status fixed_;  ///< What doesn't change until the venue ends.
    telemetry::Metrics metrics_;
    std::unique_ptr<telemetry::HttpServer> server_;
    std::unique_ptr<control::Server> control_;
    TradeLookup trades_;
};

/// What the lookout sees of a venue that has recovered. Everything that it is given outlives it.
class View {
  public:
    View(Lookout& lookout, const config::Settings& settings, Pipeline& pipeline, fix::Gateway& gateway,
         std::shared_ptr<const fix::Traffic> traffic);
    ~View();

    /// The sessions as recovery found them; before the first release.
    void restore(const model::Reference& reference, const std::vector<fix::RestoredSession>& sessions);
    void released(const model::Group& group);
    void listening() { listening_ = true; }
    /// From here on it isn't ready: nobody is sent to a venue that says goodbye.
    void closing() { stopping_ = true; }
    /// Nothing more will be released: whoever waits for an outcome is told so.
    void stop() { lookout_.control().stop(); }

    // Any thread.
    [[nodiscard]] telemetry::Readings readings() const;
    [[nodiscard]] std::vector<control::SessionStatus> sessions() const { return board_.sessions(); }
    [[nodiscard]] model::Reference reference() const { return board_.reference(); }
    /// Empty when requests are taken; else why they aren't.
    [[nodiscard]] std::string closed_because() const;
    /// The same of what even a busy venue takes.
    [[nodiscard]] std::string absent_because() const;
    void submit(model::Request request) { pipeline_.submit(std::move(request)); }
    [[nodiscard]] fix::Gateway& gateway() { return gateway_; }

  private:
    Lookout& lookout_;
    Pipeline& pipeline_;
    fix::Gateway& gateway_;
    const std::shared_ptr<const fix::Traffic> traffic_;
    const SnapshotWatch snapshots_;
    std::atomic<bool> listening_{false};
    std::atomic<bool> stopping_{false};
    control::Board board_;
};

}  // namespace venue::commands
