#include "venue/commands/session_commands.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "venue/commands/asking.hpp"
#include "venue/commands/credentials_file.hpp"
#include "venue/commands/session_text.hpp"
#include "venue/sequencer/clock.hpp"

namespace venue::commands {
namespace {

using Chosen = std::function<int(const config::Settings&)>;
using model::SessionOrder;

struct SessionsWish {
    std::string name;
    bool as_json = false;
};

int sessions(const config::Settings& settings, const SessionsWish& wish) {
    return ask(settings, [&](control::Client& client) {
        const auto looks = client.sessions(wish.name);
        const auto now = sequencer::SystemClock().now();
        if (wish.as_json) {
            fmt::print("{}", in_json(looks));
        } else if (wish.name.empty()) {
            fmt::print("{}", table_of(looks, now));
        } else {
            fmt::print("{}", in_full(looks.front(), now));
        }
    });
}

std::string done(SessionOrder order) {
    switch (order) {
        case SessionOrder::reset_numbers:
            return "its numbers begin anew at 1";
        case SessionOrder::test_request:
            return "a TestRequest is on its way; `venue sessions` tells when it was answered";
        case SessionOrder::disconnect:
            return "it is logged out";
    }
    return {};
}

int order_session(const config::Settings& settings, const model::SessionWish& wish) {
    return ask(settings, [&](control::Client& client) {
        client.order(wish);
        fmt::print("{}: {}\n", wish.comp_id, done(wish.order));
    });
}

/// The file has the secret before the venue hears of it: where the venue can't be asked, whoever asks again makes
/// another.
int renew_secret(const config::Settings& settings, const std::string& comp_id) {
    return ask(settings, [&](control::Client& client) {
        // The secret that holds goes out of the file only for a venue that is there and has such a session.
        static_cast<void>(client.sessions(comp_id));
        auto credentials = CredentialsFile::read(settings.reference);
        model::ChangeSession change{comp_id};
        change.secret = credentials.renew(comp_id, settings.reference);
        credentials.write(settings.reference);
        client.operate(std::move(change));
        fmt::print("{}: its new secret is in {}, and holds from its next Logon on\n", comp_id,
                   settings.reference.credentials_file);
    });
}

void add_renewal(CLI::App& session, Chosen& chosen) {
    const auto comp_id = std::make_shared<std::string>();
    auto& subcommand = *session.add_subcommand("new-secret", "Make it another secret; who is logged on stays on");
    subcommand.add_option("comp_id", *comp_id, "Its CompID")->required();
    subcommand.callback([&chosen, comp_id] {
        chosen = [comp_id](const config::Settings& settings) { return renew_secret(settings, *comp_id); };
    });
}

/// The subcommand of `venue session` that orders this.
CLI::App& add_order(CLI::App& session, Chosen& chosen, SessionOrder order, const std::string& what,
                    const std::shared_ptr<model::SessionWish>& wish) {
    auto& subcommand = *session.add_subcommand(std::string(name(order)), what);
    subcommand.add_option("comp_id", wish->comp_id, "Its CompID")->required();
    subcommand.callback([&chosen, wish, order] {
        wish->order = order;
        chosen = [wish](const config::Settings& settings) { return order_session(settings, *wish); };
    });
    return subcommand;
}

void add_orders(CLI::App& session, Chosen& chosen) {
    const auto wish = std::make_shared<model::SessionWish>();
    add_order(session, chosen, SessionOrder::reset_numbers,
              "Let both sides' numbers begin anew at 1; who is logged on is logged out", wish);
    add_order(session, chosen, SessionOrder::test_request, "Ask whether somebody is there (35=1)", wish);
    add_order(session, chosen, SessionOrder::disconnect, "Log it out (35=5); it may come back", wish)
        .add_option("--text", wish->text, "What the participant is told, at most 200 characters");
}

}  // namespace

void add_session_commands(CLI::App& app, Chosen& chosen) {
    const auto wish = std::make_shared<SessionsWish>();
    auto& looked_at = *app.add_subcommand("sessions", "The FIX sessions of the running venue as they are now");
    looked_at.add_option("comp_id", wish->name, "One of them in full, by its CompID");
    looked_at.add_flag("--json", wish->as_json, "A JSON array");
    looked_at.callback(
        [&chosen, wish] { chosen = [wish](const config::Settings& settings) { return sessions(settings, *wish); }; });
    auto& session = *app.add_subcommand("session", "Have one FIX session of the running venue do something");
    session.require_subcommand(1);
    add_orders(session, chosen);
    add_renewal(session, chosen);
}

}  // namespace venue::commands
