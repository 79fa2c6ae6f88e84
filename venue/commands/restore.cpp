#include <spdlog/spdlog.h>

#include <utility>

#include "venue/commands/commands.hpp"
#include "venue/commands/exit_code.hpp"
#include "venue/journal/archived_events.hpp"
#include "venue/journal/migrate.hpp"
#include "venue/journal/postgres_journal.hpp"
#include "venue/ledger/postings.hpp"

namespace venue::commands {
namespace {

/// In one transaction at least, but for the last.
constexpr std::size_t events_per_append = 1'000;

void require_empty(journal::Journal& journal, const std::string& url) {
    journal.read({}, [&](const auto&) {
        throw config::ConfigError("--to " + url + ": has a journal of its own; expected an empty one");
    });
}

/// Writes events again as they were told, with the ledger lines that they cause.
class Rewriting {
  public:
    explicit Rewriting(journal::Journal& to) : to_(to) {}

    void take(const model::Event& event) {
        model::fold(reference_, event);
        ledger::append_postings(event, reference_, group_.postings);
        group_.events.push_back(event);
        if (event.last && group_.events.size() >= events_per_append) append();
    }
    void append() {
        if (group_.events.empty()) return;
        group_.last = group_.events.back().sequence;
        to_.append(std::exchange(group_, {}));
    }

  private:
    journal::Journal& to_;
    model::Reference reference_;
    model::Group group_;
};

}  // namespace

int restore(const config::Settings& settings, const RestoreWish& wish) {
    const auto& from = settings.journal;
    const journal::ArchivedEvents archived(from.url, wish.archive);
    if (!archived.until()) {
        spdlog::error("nothing is archived: everything can be asked of the journal itself");
        return declined;
    }
    journal::require_schema(wish.to, from.sql_dir, from.connect_wait_ms);
    journal::PostgresJournal past(wish.to, from.connect_wait_ms, model::Durability::committed, from.partition_events);
    require_empty(past, wish.to);
    Rewriting rewriting(past);
    archived.read({}, archived.until(), [&](const model::Event& event) { rewriting.take(event); });
    rewriting.append();
    spdlog::info("the events up to {} can be asked about in {}", archived.until().value, wish.to);
    return ok;
}

}  // namespace venue::commands
