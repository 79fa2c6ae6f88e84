// The venue program: reads the command line and the configuration, runs one subcommand, and is the only place that
// catches what nobody below could mend.
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "venue/commands/commands.hpp"
#include "venue/commands/exit_code.hpp"
#include "venue/commands/logging.hpp"
#include "venue/commands/operator_commands.hpp"
#include "venue/control/server.hpp"
#include "venue/fix/gateway.hpp"
#include "venue/fix/message_recorder.hpp"
#include "venue/journal/archive_file.hpp"
#include "venue/journal/journal.hpp"
#include "venue/telemetry/http_server.hpp"

namespace {

using namespace venue;
using Chosen = std::function<int(const config::Settings&)>;

int guarded(const std::function<int()>& subcommand) {
    const auto end = [](int code, const std::exception& error) {
        spdlog::critical("{}", error.what());
        return code;
    };
    try {
        return subcommand();
    } catch (const config::ConfigError& error) {
        return end(commands::configuration, error);
    } catch (const fix::DictionaryUnreadable& error) {
        return end(commands::configuration, error);
    } catch (const fix::CertificateUnusable& error) {
        return end(commands::configuration, error);
    } catch (const fix::CannotListen& error) {
        return end(commands::configuration, error);
    } catch (const fix::RecordingImpossible& error) {
        return end(commands::configuration, error);
    } catch (const telemetry::CannotListen& error) {
        return end(commands::configuration, error);
    } catch (const control::CannotListen& error) {
        return end(commands::configuration, error);
    } catch (const journal::DurabilityNotOffered& error) {
        return end(commands::configuration, error);
    } catch (const journal::JournalUnreadable& error) {
        return end(commands::journal_unreadable, error);
    } catch (const journal::FenceLost& error) {
        return end(commands::fence_lost, error);
    } catch (const journal::ArchiveFailed& error) {
        return end(commands::archive_failed, error);
    } catch (const journal::JournalFailed& error) {
        return end(commands::journal_failed, error);
    } catch (const std::exception& error) {
        return end(commands::internal, error);
    }
}

/// What is told of a wrong command line. Its first word is most often a misspelt command, and whoever wrote it wants to
/// see those that there are.
std::string command_line_fault(const CLI::App* app, const CLI::Error& error) {
    const bool has_command = !app->get_subcommands().empty();
    if (has_command || error.get_exit_code() != static_cast<int>(CLI::ExitCodes::RequiredError)) {
        return CLI::FailureMessage::simple(app, error);
    }
    std::string names;
    for (const auto* command : app->get_subcommands([](const CLI::App*) { return true; })) {
        names += (names.empty() ? "" : ", ") + command->get_name();
    }
    const auto words = app->remaining();
    const auto wrong = words.empty() ? "A command is missing" : words.front() + " is no command";
    return wrong + "; expected one of " + names + "\n";
}

void add_snapshot(CLI::App& app, std::vector<std::string>& overrides, Chosen& chosen) {
    struct Typed {
        std::string every;
        commands::SnapshotWish wish;
    };
    const auto typed = std::make_shared<Typed>();
    auto* const snapshot = app.add_subcommand("snapshot", "Store a snapshot beside a running venue");
    auto* const goes_on =
        snapshot
            ->add_option("--every", typed->every,
                         "Go on, and look every SECONDS whether a snapshot is due; without a number as "
                         "often as the configuration says")
            ->expected(0, 1);
    snapshot
        ->add_option("--archive", typed->wish.archive,
                     "The folder of `venue archive`: the way back when every snapshot is damaged")
        ->check(CLI::ExistingDirectory);
    snapshot->callback([&overrides, &chosen, typed, goes_on] {
        if (!typed->every.empty()) overrides.push_back("snapshot.every_seconds=" + typed->every);
        typed->wish.goes_on = goes_on->count() > 0;
        chosen = [typed](const auto& settings) { return commands::snapshot(settings, typed->wish); };
    });
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"A FIX-fronted spot exchange"};
    app.require_subcommand(1);
    app.fallthrough();
    app.failure_message(command_line_fault);
    std::string file = "cfg/venue.toml";
    std::vector<std::string> overrides;
    Chosen chosen;
    app.add_option("--config", file, "The configuration file")->capture_default_str();
    app.add_option("--set", overrides, "table.key=value, wins over the file; repeatable")->allow_extra_args(false);
    const auto subcommand = [&](const std::string& name, const std::string& what, auto function) {
        app.add_subcommand(name, what)->callback([&, function] { chosen = function; });
    };
    subcommand("run", "Recover from the journal, listen and trade", commands::run);
    subcommand("migrate", "Bring the database's schema up to this release", commands::migrate);
    add_snapshot(app, overrides, chosen);
    commands::add_operator_commands(app, chosen);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? commands::ok : commands::usage;
    }
    commands::set_up_logging("info", "text");
    return guarded([&] {
        const auto settings = config::load_settings(file, overrides);
        commands::set_up_logging(settings.log_level, settings.log_format);
        return chosen(settings);
    });
}
