#include "venue/commands/operator_commands.hpp"

#include <CLI/CLI.hpp>
#include <memory>

#include "venue/commands/ask.hpp"
#include "venue/commands/commands.hpp"
#include "venue/commands/config.hpp"
#include "venue/commands/fix_log.hpp"
#include "venue/commands/inspect.hpp"
#include "venue/commands/market_commands.hpp"
#include "venue/commands/reading.hpp"
#include "venue/commands/replay.hpp"
#include "venue/commands/session_commands.hpp"

namespace venue::commands {
namespace {

using Chosen = std::function<int(const config::Settings&)>;

/// A subcommand whose options are filled into `Wish`, which lives as long as the subcommand may be run.
template <class Wish, class Run, class AddOptions>
void add(CLI::App& app, Chosen& chosen, const std::string& name, const std::string& what, Run run,
         AddOptions add_options) {
    const auto wish = std::make_shared<Wish>();
    auto* const subcommand = app.add_subcommand(name, what);
    add_options(*subcommand, *wish);
    subcommand->callback([&chosen, wish, run] {
        chosen = [wish, run](const config::Settings& settings) { return run(settings, *wish); };
    });
}

void add_asking(CLI::App& app, Chosen& chosen) {
    add<StatusWish>(app, chosen, "status", "Ask the running venue how it is", status,
                    [](CLI::App& at, StatusWish& wish) { at.add_flag("--json", wish.as_json, "One JSON object"); });
    add<LogLevelWish>(app, chosen, "log-level", "Change what the running venue logs, until its next start", log_level,
                      [](CLI::App& at, LogLevelWish& wish) {
                          at.add_option("level", wish.level, "trace, debug, info, warning or error")
                              ->required()
                              ->check(CLI::IsMember({"trace", "debug", "info", "warning", "error"}));
                          at.add_option("--logger", wish.logger, "venue, fix or walk; all without it");
                      });
    add<control::Transfer>(app, chosen, "transfer", "Move funds between two accounts of one participant", transfer,
                           [](CLI::App& at, control::Transfer& wish) {
                               at.add_option("id", wish.id, "Your name of it: asking again moves nothing")->required();
                               at.add_option("from", wish.from, "The account that gives")->required();
                               at.add_option("to", wish.to, "The account that gets")->required();
                               at.add_option("asset", wish.asset, "Like BTC")->required();
                               at.add_option("amount", wish.amount, "A decimal number, like 0.5")->required();
                               at.add_flag("--even-suspended", wish.even_suspended,
                                           "Also out of an account that is suspended, or whose participant is");
                           });
}

void add_symbol(CLI::App& at, control::PhaseWish& wish) {
    at.add_option("symbol", wish.symbol, "Like BTC-USD")->required();
}

void add_phases(CLI::App& app, Chosen& chosen) {
    const auto halt = [](const config::Settings& settings, control::PhaseWish wish) {
        wish.phase = "halted";
        return change_phase(settings, wish);
    };
    add<control::PhaseWish>(app, chosen, "halt", "Let an instrument take nothing but cancels", halt,
                            [](CLI::App& at, control::PhaseWish& wish) {
                                add_symbol(at, wish);
                                at.add_flag("--cancel-orders", wish.cancel_orders,
                                            "Cancel all of its open orders, too");
                            });
    add<control::PhaseWish>(app, chosen, "resume", "Let an instrument trade again, as its day says", change_phase,
                            add_symbol);
    add<control::PhaseWish>(app, chosen, "phase", "Lead an instrument into a phase", change_phase,
                            [](CLI::App& at, control::PhaseWish& wish) {
                                add_symbol(at, wish);
                                at.add_option("phase", wish.phase, "Like opening_auction")->required();
                            });
    add<control::CancelWish>(app, chosen, "cancel-orders", "Cancel all open orders of an instrument or a participant",
                             cancel_orders, [](CLI::App& at, control::CancelWish& wish) {
                                 at.add_option("--symbol", wish.symbol, "Of one instrument, like BTC-USD");
                                 at.add_option("--participant", wish.participant, "Of one participant");
                             });
}

/// A folder that must be there, so that a slip of the pen isn't taken for an archive without files.
void add_archive_folder(CLI::App& at, std::string& folder) {
    at.add_option("--archive", folder, "The folder of `venue archive`, for events that only its files have")
        ->check(CLI::ExistingDirectory);
}

void add_inspect(CLI::App& app, Chosen& chosen) {
    auto* const inspect = app.add_subcommand("inspect", "The history of one thing in words, from the journal");
    inspect->require_subcommand(1);
    add<OrderWish>(*inspect, chosen, "order", "By the venue's number or the participant's ClOrdID",
                   reading(inspect_order), [](CLI::App& at, OrderWish& wish) {
                       at.add_option("order", wish.name, "OrderID or ClOrdID")->required();
                       at.add_option("--participant", wish.participant,
                                     "Whose ClOrdID; without it, an OrderID or anybody's ClOrdID");
                   });
    add<AccountWish>(
        *inspect, chosen, "account", "Changes of its balances", reading(inspect_account),
        [](CLI::App& at, AccountWish& wish) {
            at.add_option("account", wish.name, "Its name")->required();
            auto* const last = at.add_option("--last", wish.newest, "The newest so many")
                                   ->check(CLI::PositiveNumber)
                                   ->capture_default_str();
            at.add_option("--from", wish.from, "All from this event on")->check(CLI::PositiveNumber)->excludes(last);
            at.add_option("--to", wish.to, "None after this event")->check(CLI::PositiveNumber);
        });
    add<NamedWish>(
        *inspect, chosen, "session", "Logons, disconnects and numbers", reading(inspect_session),
        [](CLI::App& at, NamedWish& wish) { at.add_option("comp_id", wish.name, "Its CompID")->required(); });
}

void add_config(CLI::App& app, Chosen& chosen) {
    auto* const config =
        app.add_subcommand("config", "The reference file and the journaled state of the running venue");
    config->require_subcommand(1);
    const auto add_file = [](CLI::App& at, std::string& file) {
        at.add_option("file", file, "The reference file; without it the one that the configuration names")
            ->check(CLI::ExistingFile);
    };
    add<ConfigDiffWish>(*config, chosen, "diff", "Show line by line where the file differs", config_diff,
                        [&](CLI::App& at, ConfigDiffWish& wish) { add_file(at, wish.file); });
    add<ConfigApplyWish>(*config, chosen, "apply", "Turn the differences into commands, and carry them out",
                         config_apply, [&](CLI::App& at, ConfigApplyWish& wish) {
                             add_file(at, wish.file);
                             at.add_flag("--dry-run", wish.only_shows, "Only show the commands");
                             at.add_flag("--remove", wish.removes,
                                         "What is not in the file any more is delisted or suspended");
                         });
}

}  // namespace

void add_operator_commands(CLI::App& app, Chosen& chosen) {
    add_asking(app, chosen);
    add_phases(app, chosen);
    add_market_commands(app, chosen);
    add_session_commands(app, chosen);
    add_config(app, chosen);
    add<ReplayWish>(
        app, chosen, "replay", "The state of trading as it was after an event", reading(replay),
        [](CLI::App& at, ReplayWish& wish) {
            at.add_option("--to", wish.to, "The event's sequence number")->required()->check(CLI::NonNegativeNumber);
            at.add_option("--export", wish.file, "Write JSON lines to this file instead");
            add_archive_folder(at, wish.archive);
        });
    add<VerifyWish>(app, chosen, "verify",
                    "Fold the journal and hold it against its hashes, the ledger and the SQL checks", reading(verify),
                    [](CLI::App& at, VerifyWish& wish) { add_archive_folder(at, wish.archive); });
    add_inspect(app, chosen);
    add<FixLogWish>(app, chosen, "fix-log", "What a FIX session said and heard, in words", fix_log,
                    [](CLI::App& at, FixLogWish& wish) {
                        at.add_option("comp_id", wish.comp_id, "Its CompID; - reads recorded lines from standard input")
                            ->required();
                        at.add_flag("--raw", wish.is_raw, "Tags and values, with | between them");
                    });
    add<ArchiveOrder>(app, chosen, "archive", "Put the oldest ranges of the journal into files", archive,
                      [](CLI::App& at, ArchiveOrder& order) {
                          at.add_option("--to", order.folder, "The folder that takes the files")->required();
                          at.add_option("--before", order.before, "Archive only what is before this sequence number");
                      });
    add<RestoreWish>(
        app, chosen, "restore", "Put what is archived into a database of its own, where it can be asked about",
        reading(restore), [](CLI::App& at, RestoreWish& wish) {
            at.add_option("--archive", wish.archive, "The folder of `venue archive`")
                ->required()
                ->check(CLI::ExistingDirectory);
            at.add_option("--to", wish.to, "The address of a database that is migrated and empty")->required();
        });
}

}  // namespace venue::commands
