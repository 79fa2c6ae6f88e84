#include "venue/commands/config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "venue/commands/asking.hpp"
#include "venue/commands/credentials_file.hpp"
#include "venue/commands/operator_command.hpp"
#include "venue/config/plan.hpp"
#include "venue/engine/engine.hpp"
#include "venue/sequencer/clock.hpp"

namespace venue::commands {
namespace {

/// An engine with nothing but the venue's configuration: whatever it declines, the venue would.
class Trial {
  public:
    explicit Trial(const std::vector<control::OperatorCommand>& configuration) {
        for (const auto& command : configuration) {
            std::visit([this](const auto& body) { try_out(body); }, command);
            if (!objection_.empty()) {
                throw control::Declined("The venue's configuration is of another release: " + objection_);
            }
        }
    }

    /// Whether it changes anything. Where it is declined `objection` says why.
    bool try_out(const model::CommandBody& command) {
        std::vector<model::Event> events;
        engine_.handle({{}, command}, now_, events);
        objection_.clear();
        for (const auto& event : events) {
            const auto* const rejected = std::get_if<model::ConfigurationRejected>(&event.body);
            if (rejected != nullptr) objection_ = rejected->sentence;
        }
        return !events.empty() && objection_.empty();
    }
    [[nodiscard]] const std::string& objection() const { return objection_; }
    [[nodiscard]] const model::Reference& reference() const { return engine_.reference(); }

  private:
    engine::Engine engine_;
    std::string objection_;
    const model::Timestamp now_ = sequencer::SystemClock().now();
};

struct Steps {
    std::vector<model::CommandBody> commands;  ///< Those that change something.
    std::vector<std::string> impossible;
    std::vector<std::string> left;  ///< What stays although the file doesn't have it any more.
};

Steps steps_of(const config::ReferenceFile& file, Trial& trial, bool removes) {
    Steps steps;
    for (auto& command : config::steps_towards(file, trial.reference(), removes)) {
        if (trial.try_out(command)) {
            steps.commands.push_back(std::move(command));
        } else if (!trial.objection().empty()) {
            steps.impossible.push_back(model::describe({{}, command}) + ": " + trial.objection());
        }
    }
    for (const auto& difference : config::compare(file, trial.reference())) {
        auto sentence = to_text(difference);
        if (difference.key.empty()) {
            if (difference.file.empty()) steps.left.push_back(std::move(sentence));
            continue;  // What is in the file alone was declined, and told of above.
        }
        const auto why = config::why_it_stays(difference);
        steps.impossible.push_back(sentence + "; " + (why.empty() ? "no command changes that" : why));
    }
    return steps;
}

config::ReferenceFile file_of(const config::Settings& settings, const std::string& named) {
    return config::load_reference(named.empty() ? settings.reference.file : named, settings.fix.comp_id);
}

/// New sessions get their secrets before anybody hears of them.
void assign_secrets(std::vector<model::CommandBody>& commands, const config::ReferenceSettings& settings) {
    const auto is_new = [](const auto& command) { return std::holds_alternative<model::AddSession>(command); };
    if (std::ranges::none_of(commands, is_new)) return;
    auto credentials = CredentialsFile::read(settings);
    for (auto& command : commands) {
        if (auto* const session = std::get_if<model::AddSession>(&command)) credentials.assign(*session);
    }
    credentials.write(settings);
}

void show_what_is_not_done(const Steps& steps, const config::ReferenceFile& file) {
    for (const auto& sentence : steps.left) fmt::print("stays as it is: {}\n", sentence);
    std::set<std::string> unpaid;
    for (const auto& command : steps.commands) {
        const auto* const opened = std::get_if<model::OpenAccount>(&command);
        if (opened == nullptr) continue;
        const auto is_its = [&](const auto& deposit) { return deposit.account == opened->name; };
        if (std::ranges::any_of(file.deposits, is_its)) unpaid.insert(opened->name);
    }
    for (const auto& name : unpaid) {
        fmt::print("account {}: opens empty; the file's balances are paid in at the first start only\n", name);
    }
}

int carry_out(control::Client& client, const std::vector<model::CommandBody>& commands) {
    std::size_t done = 0;
    for (const auto& command : commands) {
        const auto what = model::describe({{}, command});
        try {
            client.operate(operator_command(command));
        } catch (...) {
            spdlog::error("{} of {} commands were carried out; this one was the next: {}", done, commands.size(), what);
            throw;
        }
        fmt::print("done: {}\n", what);
        ++done;
    }
    return ok;
}

}  // namespace

int config_diff(const config::Settings& settings, const ConfigDiffWish& wish) {
    const auto file = file_of(settings, wish.file);
    return ask(settings, [&](control::Client& client) {
        const Trial journaled(client.configuration());
        const auto found = config::differences(file, journaled.reference());
        for (const auto& sentence : found) fmt::print("{}\n", sentence);
        return static_cast<int>(found.empty() ? ok : declined);
    });
}

int config_apply(const config::Settings& settings, const ConfigApplyWish& wish) {
    const auto file = file_of(settings, wish.file);
    return ask(settings, [&](control::Client& client) {
        Trial trial(client.configuration());
        auto steps = steps_of(file, trial, wish.removes);
        for (const auto& sentence : steps.impossible) spdlog::error("can't be applied: {}", sentence);
        if (!steps.impossible.empty()) {
            spdlog::error("nothing was applied");
            return static_cast<int>(declined);
        }
        show_what_is_not_done(steps, file);
        if (steps.commands.empty()) fmt::print("nothing to do\n");
        if (wish.only_shows) {
            for (const auto& command : steps.commands) fmt::print("{}\n", model::describe({{}, command}));
            return static_cast<int>(ok);
        }
        assign_secrets(steps.commands, settings.reference);
        return carry_out(client, steps.commands);
    });
}

}  // namespace venue::commands
