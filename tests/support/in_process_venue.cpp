#include "tests/support/in_process_venue.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/scenario/reference_toml.hpp"
#include "venue/config/reference_file.hpp"
#include "venue/fix/encode.hpp"

namespace scenario {
namespace {

using namespace venue;

constexpr model::Timestamp start{1'767'268'800'000'000'000};  // 2026-01-01T12:00:00Z
constexpr std::int64_t stale_after = 5'000'000'000;
constexpr model::Incarnation first_incarnation{1};

std::vector<model::CommandBody> configuration(const Script& script) {
    const auto file = std::filesystem::temp_directory_path() / ("scenario-" + std::to_string(::getpid()) + ".toml");
    std::ofstream(file) << reference_toml(script);
    auto commands = config::commands(config::load_reference(file.string(), "VENUE"));
    std::filesystem::remove(file);
    return commands;
}

fix::Header header(const fix::Dialect& dialect) {
    return {.sender = "VENUE",
            .target = "SCRIPT",
            .number = 1,
            .sending_time = {},
            .orig_sending_time = {},
            .dialect = &dialect};
}

}  // namespace

InProcessVenue::InProcessVenue(const Script& script)
    : clock_(start), pipeline_(engine::Engine{}, clock_, journal_, recorder_) {
    pipeline_.on_release([this](const auto& group) { release(*group); });
    for (auto& command : configuration(script)) pipeline_.submit({{}, std::move(command)});
    pipeline_.step();
    for (const auto& session : script.sessions) log_on(session.name);
}

void InProcessVenue::log_on(const std::string& session) {
    const auto* known = reference().session(comp_id(session));
    if (known == nullptr) throw ScriptFault("the venue took no session " + session);
    sessions_[session] = {known->id, known->comp_id, 0, {}};
    pipeline_.submit({{}, model::CommandBody(model::LogOnSession{known->id, false})});
    pipeline_.step();
}

void InProcessVenue::send(const std::string& session, const Message& message) {
    auto& sender = sessions_.at(session);
    const auto bytes = to_wire(message, sender.comp_id, "VENUE", ++sender.number_sent);
    fix::Fields fields;
    if (!fields.parse(bytes)) throw ScriptFault("the venue can't split " + shown(message));
    submit(session, fix::decode(fields, dialect(sender.id), is_stale(fields)), fields.text(97) == "Y");
    pipeline_.step();
}

bool InProcessVenue::is_stale(const fix::Fields& fields) const {
    return fields.text(43) == "Y" && fields.text(122) < fix::fix_time({clock_.now().nanoseconds - stale_after});
}

void InProcessVenue::submit(const std::string& session, const fix::Decoded& decoded, bool may_be_known) {
    const model::Origin origin{sessions_.at(session).id, first_incarnation, sessions_.at(session).number_sent};
    if (const auto* command = std::get_if<model::CommandBody>(&decoded)) {
        model::Request request{origin, *command};
        request.may_be_known = may_be_known;
        pipeline_.submit(std::move(request));
    } else if (const auto* answered = std::get_if<fix::AnsweredCommand>(&decoded)) {
        pipeline_.submit({origin, answered->command});
        pipeline_.submit({origin, answered->question});
    } else if (const auto* questions = std::get_if<fix::Questions>(&decoded)) {
        for (const auto& question : *questions) pipeline_.submit({origin, question});
    } else if (const auto* refusal = std::get_if<model::Refusal>(&decoded)) {
        pipeline_.submit({origin, *refusal});
    } else if (const auto* market_data = std::get_if<model::MarketDataRefusal>(&decoded)) {
        pipeline_.submit({origin, *market_data});
    } else {
        tell_reject(session, std::get<fix::SyntaxReject>(decoded));
    }
}

/// The session engine's part over TCP, in the same fields.
void InProcessVenue::tell_reject(const std::string& session, const fix::SyntaxReject& reject) {
    Message message{"3", {}};
    const auto reason = dialect(sessions_.at(session).id).told(373, reject.reason);
    if (reason) message.fields.push_back({373, std::to_string(*reason)});
    message.fields.insert(message.fields.end(), {{371, std::to_string(reject.tag)}, {58, reject.text}});
    sessions_.at(session).received.push_back(std::move(message));
}

void InProcessVenue::remember(const model::Event& event) {
    const auto* const traded = std::get_if<model::OrderTraded>(&event.body);
    if (traded == nullptr) return;
    trades_[traded->match].push_back(half_of(*traded, event.time));
}

void InProcessVenue::release(const model::Group& group) {
    for (const auto& event : group.events) {
        remember(event);
        if (event.session) tell(event.session, event);
        if (event.other_session) tell(event.other_session, event);
    }
    for (const auto& answer : group.answers) {
        for (std::size_t place = 0; place < fix::message_count(answer.body); ++place) {
            std::string bytes;
            fix::encode_answer(answer, place, reference(), header(dialect(answer.session)), bytes);
            deliver(answer.session, bytes);
        }
    }
}

const fix::Dialect& InProcessVenue::dialect(model::SessionId session) const {
    const auto& known = reference().sessions.at(session);
    return fix::dialect(known.version, known.extensions);
}

void InProcessVenue::tell(model::SessionId session, const model::Event& event) {
    std::string bytes;
    if (fix::encode_report(event, reference(), header(dialect(session)), bytes)) deliver(session, bytes);
}

void InProcessVenue::deliver(model::SessionId session, const std::string& bytes) {
    for (auto& [name, known] : sessions_) {
        if (known.id == session) known.received.push_back(from_wire(bytes));
    }
}

std::optional<Message> InProcessVenue::receive(const std::string& session) {
    auto& received = sessions_.at(session).received;
    if (received.empty()) return {};
    auto message = std::move(received.front());
    received.pop_front();
    return message;
}

std::string InProcessVenue::ledger(const std::string& account, const std::string& asset) {
    const auto& owner = *reference().account(account);
    const auto& kind = *reference().asset(asset);
    const auto posted = journal_.balance(owner.id, kind.id);
    const auto known = pipeline_.engine().balance(owner.id, kind.id);
    if (posted != known.available + known.held) throw ScriptFault("ledger and engine differ about " + account);
    return model::to_text(posted, kind.ledger_digits);
}

std::string InProcessVenue::held(const std::string& account, const std::string& asset) {
    const auto& kind = *reference().asset(asset);
    const auto balance = pipeline_.engine().balance(reference().account(account)->id, kind.id);
    return model::to_text(balance.held, kind.ledger_digits);
}

namespace {

model::AskedLimits limits_in(const std::vector<std::string>& words) {
    model::AskedLimits limits;
    for (std::size_t at = 2; at + 1 < words.size(); ++at) {
        if (words[at] == "--max-quantity") limits.quantity = model::parse_decimal(words[at + 1]);
        if (words[at] == "--max-notional") limits.notional = model::parse_decimal(words[at + 1]);
        if (words[at] == "--max-open-orders") limits.open_orders = std::stoi(words[at + 1]);
        if (words[at] == "--fat-finger-bp") limits.fat_finger_bp = std::stoi(words[at + 1]);
    }
    return limits;
}

model::TransferFunds transfer_in(const std::vector<std::string>& words) {
    const bool even_suspended = words.size() == 7 && words[6] == "--even-suspended";
    if (words.size() != 6 && !even_suspended)
        throw ScriptFault("expected: operator transfer ID FROM TO ASSET AMOUNT, perhaps with --even-suspended");
    const auto amount = model::parse_decimal(words[5]);
    if (!amount) throw ScriptFault(words[5] + " is no amount");
    return {words[1], words[2], words[3], words[4], *amount, even_suspended};
}

/// "--currency USD --tier 1000:50:100".
model::SetFees fees_in(const std::vector<std::string>& words) {
    model::SetFees fees;
    for (std::size_t at = 1; at + 1 < words.size(); at += 2) {
        if (words[at] == "--currency") fees.currency = words[at + 1];
        if (words[at] != "--tier") continue;
        const auto& tier = words[at + 1];
        const auto maker = tier.find(':') + 1;
        const auto taker = tier.find(':', maker) + 1;
        fees.tiers.push_back({model::parse_decimal(tier.substr(0, maker - 1)).value(), std::stoi(tier.substr(maker)),
                              std::stoi(tier.substr(taker))});
    }
    return fees;
}

/// "BTC-USD --reference-price 100".
model::ChangeInstrument change_in(const std::vector<std::string>& words) {
    model::ChangeInstrument change{.symbol = words[1]};
    for (std::size_t at = 2; at + 1 < words.size(); at += 2) {
        if (words[at] == "--reference-price") change.reference_price = model::parse_decimal(words[at + 1]);
        if (words[at] == "--static-band-bp") change.static_band_bp = std::stoi(words[at + 1]);
    }
    return change;
}

/// What `venue transfer`, `limits`, `suspend`, … ask for; nothing for other words.
std::optional<model::CommandBody> operator_command(const std::vector<std::string>& words) {
    if (words[0] == "suspend" || words[0] == "resume-participant") {
        const bool names_account = words.size() == 4 && words[2] == "--account";
        return model::Suspend{words[1], names_account ? words[3] : "", words[0] == "suspend"};
    }
    if (words[0] == "fees") return fees_in(words);
    if (words[0] == "transfer") return transfer_in(words);
    if (words[0] == "change") return change_in(words);
    if (words[0] == "delist") return model::DelistInstrument{words[1]};
    if (words[0] == "settle" && words.size() == 3) return model::SettleReceivable{words[1], words[2]};
    if (words[0] == "limits") return model::ChangeInstrument{.symbol = words[1], .limits = limits_in(words)};
    if (words[0] != "limit-participant" || words.size() < 3) return {};
    return model::LimitParticipant{words[1], words[2], limits_in(words)};
}

}  // namespace

/// "bust MATCH", or "correct MATCH --price PRICE".
void InProcessVenue::revise(const std::vector<std::string>& words) {
    model::ReviseTrade asked{model::MatchId{std::stoll(words[1])}};
    if (words.size() >= 4) asked.price = model::parse_decimal(words[3]);
    asked.forced = words.back() == "--force";
    asked.halves = trades_[asked.match];
    pipeline_.submit({{}, std::move(asked)});
    pipeline_.step();
}

void InProcessVenue::operate(const std::vector<std::string>& words) {
    if (words.size() < 2) throw ScriptFault("the operator says too little");
    if (words[0] == "bust" || words[0] == "correct") return revise(words);
    if (const auto command = operator_command(words)) {
        pipeline_.submit({{}, *command});
        pipeline_.step();
        return;
    }
    model::ChangePhase change{words[1], {}, words.back() == "--cancel-orders"};
    if (words[0] == "halt") change.phase = model::Phase::halted;
    if (words[0] == "phase" && words.size() == 3) change.phase = model::phase_named(words[2]);
    const bool is_known = words[0] == "resume" || change.phase;
    if (!is_known || reference().instrument(words[1]) == nullptr) throw ScriptFault("the operator can't " + words[0]);
    pipeline_.submit({{}, change});
    pipeline_.step();
}

void InProcessVenue::set_time(std::int64_t nanoseconds) {
    clock_.set({nanoseconds});
    pipeline_.step();
}

}  // namespace scenario
