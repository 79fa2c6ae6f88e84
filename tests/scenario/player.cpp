#include "tests/scenario/player.hpp"

#include "tests/scenario/expectation.hpp"

namespace scenario {
namespace {

class Player {
  public:
    Player(const Script& script, VenueUnderTest& venue) : script_(script), venue_(venue) {}

    void play() {
        for (const auto& step : script_.steps) {
            line_ = step.line;
            std::visit([&](const auto& what) { take(what); }, step.what);
        }
        for (const auto& session : script_.sessions) {
            if (const auto extra = venue_.left_over(session.name)) {
                fail(session.name + " received more: " + shown(*extra));
            }
        }
    }

    void ask(const std::function<void(const std::string&, const Message&)>& told) {
        for (const auto& step : script_.steps) {
            line_ = step.line;
            if (!std::holds_alternative<Expect>(step.what))
                std::visit([&](const auto& what) { take(what); }, step.what);
            for (const auto& session : script_.sessions) {
                while (const auto message = venue_.left_over(session.name)) told(session.name, *message);
            }
        }
    }

  private:
    [[noreturn]] void fail(const std::string& sentence) const {
        throw ScriptFault(script_.file + ":" + std::to_string(line_) + ": " + sentence);
    }
    void take(const Send& send) {
        Message message{send.type, {}};
        for (const auto& field : send.fields) {
            const auto value = value_to_send(field.value, bindings_);
            if (!value) fail(field.value + " stands for nothing yet");
            message.fields.push_back({field.tag, *value});
        }
        venue_.send(send.session, message);
    }
    void take(const Expect& expect) {
        const auto message = venue_.receive(expect.session);
        if (!message) fail(expect.session + " received nothing");
        if (const auto fault = difference(expect, *message, bindings_)) {
            fail(*fault + "; " + expect.session + " received: " + shown(*message));
        }
    }
    void take(const CheckLedger& check) {
        for (const auto& [asset, amount] : check.amounts) {
            compare(check.account + "'s " + asset, amount, venue_.ledger(check.account, asset));
        }
    }
    void take(const CheckHeld& check) {
        for (const auto& [asset, amount] : check.amounts) {
            compare(check.account + "'s held " + asset, amount, venue_.held(check.account, asset));
        }
    }
    void take(const Operate& operate) {
        auto words = operate.words;
        for (auto& word : words) {
            if (auto value = value_to_send(word, bindings_)) word = *std::move(value);
        }
        venue_.operate(words);
    }
    void take(const SetTime& time) { venue_.set_time(time.nanoseconds); }
    void take(const AdvanceClock& span) { venue_.set_time(venue_.time() + span.nanoseconds); }

    void compare(const std::string& what, const std::string& expected, const std::string& actual) const {
        if (expected != actual) fail(what + " is " + actual + ", not " + expected);
    }

    const Script& script_;
    VenueUnderTest& venue_;
    Bindings bindings_;
    int line_ = 0;
};

}  // namespace

void play(const Script& script, VenueUnderTest& venue) { Player(script, venue).play(); }

void ask(const Script& script, VenueUnderTest& venue,
         const std::function<void(const std::string& session, const Message& message)>& told) {
    Player(script, venue).ask(told);
}

}  // namespace scenario
