#include "venue/fix/session_engine.hpp"

#include <array>
#include <cstdlib>
#include <ctime>

#include "venue/fix/log.hpp"
#include "venue/fix/spec_tables.hpp"
#include "venue/fix/utc_time.hpp"
#include "venue/fix/whole_number.hpp"
#include "venue/model/ensure.hpp"

namespace venue::fix {
namespace {

/// As the library has it.
constexpr int clock_seconds_max = 120;

FIX::TimeRange all_day() { return {FIX::UtcTimeOnly(0, 0, 0), FIX::UtcTimeOnly(0, 0, 0)}; }

/// Who stood between the other side and us stands between us and the other side.
void reverse_route(const Fields& message, FIX::Header& header) {
    constexpr auto routes =
        std::to_array<std::pair<int, int>>({{tag::on_behalf_of_comp_id, tag::deliver_to_comp_id},
                                            {tag::on_behalf_of_sub_id, tag::deliver_to_sub_id},
                                            {tag::on_behalf_of_location_id, tag::deliver_to_location_id}});
    const auto turn = [&](int from, int to) {
        if (const auto value = message.text(from); !value.empty()) header.setField(to, std::string(value));
    };
    for (const auto& [theirs, ours] : routes) {
        turn(theirs, ours);
        turn(ours, theirs);
    }
}

}  // namespace

SessionEngine::SessionEngine(const std::string& venue, const std::string& participant, const Dialect& dialect,
                             const FIX::DataDictionaryProvider& dictionaries, const PlainRules* rules,
                             EngineEvents events, std::string logon_notice)
    : dialect_(&dialect),
      dictionaries_(&dictionaries),
      rules_(rules),
      events_(std::move(events)),
      logon_notice_(std::move(logon_notice)) {
    begin(venue, participant);
}

void SessionEngine::begin(const std::string& venue, const std::string& participant) {
    const FIX::SessionID id(std::string(dialect_->begin_string), venue, participant);
    session_.emplace(static_cast<FIX::Application&>(*this), stores_, id, *dictionaries_, all_day(), 0, nullptr);
    if (!dialect_->appl_ver_id.empty()) session_->setSenderDefaultApplVerID(std::string(dialect_->appl_ver_id));
}

void SessionEngine::speak(const Dialect& dialect, const FIX::DataDictionaryProvider& dictionaries,
                          const PlainRules* rules) {
    check_thread();
    const FIX::SessionID id = session_->getSessionID();
    dialect_ = &dialect;
    dictionaries_ = &dictionaries;
    rules_ = rules;
    begin(id.getSenderCompID().getString(), id.getTargetCompID().getString());
}

void SessionEngine::connect(std::int64_t told_expected) {
    told_expected_ = told_expected;
    saw_logout_ = false;
    connected_ = true;
    call([&](const FIX::UtcTimeStamp&) {
        session_->logon();
        session_->setResponder(&line_);
    });
}

void SessionEngine::receive(std::string_view message) {
    incoming_.assign(message);
    call([&](const FIX::UtcTimeStamp& now) { session_->next(incoming_, now); });
}

bool SessionEngine::take_plain(const Fields& message) {
    check_thread();
    if (!is_plain(message)) return false;
    tell_application();
    store_.incrNextTargetMsgSeqNum();
    return true;
}

bool SessionEngine::is_plain(const Fields& message) const {
    const auto now = std::time(nullptr);
    const bool library_is_due = now != library_took_at_;
    if (rules_ == nullptr || library_is_due || !connected_ || saw_logout_ || !rules_->pass(message)) return false;
    const auto sent = parse_utc_time(message.text(tag::sending_time));
    const auto off = sent ? std::abs(now - sent->nanoseconds / 1'000'000'000) : clock_seconds_max;
    return off < clock_seconds_max && whole_number<std::int64_t>(message.text(tag::msg_seq_num)) == next_target() &&
           message.text(tag::begin_string) == dialect_->begin_string &&
           message.text(tag::sender_comp_id) == session_->getSessionID().getTargetCompID().getString() &&
           message.text(tag::target_comp_id) == session_->getSessionID().getSenderCompID().getString();
}

void SessionEngine::tick() {
    call([&](const FIX::UtcTimeStamp& now) { session_->next(now); });
}

bool SessionEngine::is_flawed(std::string_view message) const {
    const auto& transport =
        dictionaries_->getSessionDataDictionary(FIX::BeginString(std::string(dialect_->begin_string)));
    try {
        if (dialect_->appl_ver_id.empty()) {
            transport.validate(FIX::Message(std::string(message), transport, true));
            return false;
        }
        const auto& application =
            dictionaries_->getApplicationDataDictionary(FIX::ApplVerID(std::string(dialect_->appl_ver_id)));
        const FIX::Message parsed(std::string(message), transport, application, true);
        FIX::DataDictionary::validate(parsed, &transport, parsed.isApp() ? &application : &transport);
        return false;
    } catch (const std::exception&) {
        return true;
    }
}

bool SessionEngine::is_foreign(std::string_view message) const {
    Fields fields;
    if (!fields.parse(message)) return true;
    const auto& id = session_->getSessionID();
    const auto sent = parse_utc_time(fields.text(tag::sending_time));
    const auto off = sent ? std::abs(std::time(nullptr) - sent->nanoseconds / 1'000'000'000) : 0;
    return off > clock_seconds_max || fields.text(tag::begin_string) != dialect_->begin_string ||
           fields.text(tag::sender_comp_id) != id.getTargetCompID().getString() ||
           fields.text(tag::target_comp_id) != id.getSenderCompID().getString();
}

void SessionEngine::reject(const Fields& message, const SyntaxReject& reject) {
    FIX::Message answer;
    answer.getHeader().setField(FIX::MsgType(FIX::MsgType_Reject));
    reverse_route(message, answer.getHeader());
    answer.setField(tag::ref_seq_num, std::string(message.text(tag::msg_seq_num)));
    answer.setField(tag::ref_msg_type, std::string(message.message_type()));
    if (const auto reason = dialect_->told(tag::session_reject_reason, reject.reason)) {
        answer.setField(tag::session_reject_reason, std::to_string(*reason));
    }
    if (reject.tag != 0) answer.setField(tag::ref_tag_id, std::to_string(reject.tag));
    if (!reject.text.empty()) answer.setField(tag::text, reject.text);
    call([&](const FIX::UtcTimeStamp&) { session_->send(answer); });
}

void SessionEngine::request_resend(std::int64_t first) {
    FIX::Message message;
    message.getHeader().setField(FIX::MsgType(FIX::MsgType_ResendRequest));
    message.setField(tag::begin_seq_no, std::to_string(first));
    message.setField(tag::end_seq_no, "0");
    call([&](const FIX::UtcTimeStamp&) { session_->send(message); });
}

void SessionEngine::test(const std::string& text) {
    FIX::Message message;
    message.getHeader().setField(FIX::MsgType(FIX::MsgType_TestRequest));
    message.setField(tag::test_req_id, text);
    call([&](const FIX::UtcTimeStamp&) { session_->send(message); });
}

void SessionEngine::log_out(const std::string& text) {
    call([&](const FIX::UtcTimeStamp& now) {
        session_->logout(text);
        session_->next(now);
    });
}

void SessionEngine::disconnect() {
    call([&](const FIX::UtcTimeStamp&) { session_->disconnect(); });
    connected_ = false;
}

// ---- The library calls back -----------------------------------------------------------------------------------------

bool SessionEngine::Line::send(const std::string& message) {
    engine_.events_.send(message);
    return true;
}

void SessionEngine::toAdmin(FIX::Message& message, const FIX::SessionID& /*session*/) {
    note_logout(message);
    if (message.getHeader().getField(tag::msg_type) != FIX::MsgType_Logon) return;
    if (!logon_notice_.empty()) add_notice(message);
    if (told_expected_ > 0) message.setField(tag::next_expected_msg_seq_num, std::to_string(told_expected_));
}
void SessionEngine::fromAdmin(const FIX::Message& message, const FIX::SessionID& /*session*/) {
    library_took_at_ = std::time(nullptr);
    note_logout(message);
}

/// A standard Logon of these versions has no Text (58), and that of 4.2 can't say that this is a test either.
void SessionEngine::add_notice(FIX::Message& logon) const {
    if (dialect_->logon_has_username) logon.setField(FIX::FIELD::TestMessageIndicator, "Y");
    logon.setField(FIX::FIELD::RawDataLength, std::to_string(logon_notice_.size()));
    logon.setField(FIX::FIELD::RawData, logon_notice_);
}

void SessionEngine::note_logout(const FIX::Message& message) {
    if (message.getHeader().getField(tag::msg_type) == FIX::MsgType_Logout) saw_logout_ = true;
}

void SessionEngine::fromApp(const FIX::Message& /*message*/, const FIX::SessionID& /*session*/) {
    library_took_at_ = std::time(nullptr);
    tell_application();
}

/// A foreign exception would go through the library and leave its state half changed.
void SessionEngine::tell_application() {
    try {
        events_.application();
    } catch (const std::exception& error) {
        fail(error.what());
    } catch (...) {
        fail("an exception of no known kind");
    }
}

// ---- The one way into the library -----------------------------------------------------------------------------------

template <class Step>
void SessionEngine::call(Step step) {
    check_thread();
    const FIX::UtcTimeStamp now;
    store_.set_now(now);
    try {
        step(now);
    } catch (const FIX::InvalidMessage& error) {
        if (!garbled_.add()) return;
        log().warn("{} sent a garbled message, the {}. one; it is ignored: {}",
                   session_->getSessionID().getTargetCompID().getString(), garbled_.count(), error.what());
    } catch (const std::exception& error) {
        fail(error.what());
    } catch (...) {
        fail("an exception of no known kind");
    }
}

void SessionEngine::fail(const char* what) {
    log().error("session {} fails, its connection ends: {}", session_->getSessionID().getTargetCompID().getString(),
                what);
    connected_ = false;
}

void SessionEngine::check_thread() {
    if (thread_ == std::thread::id{}) thread_ = std::this_thread::get_id();
    ensure(thread_ == std::this_thread::get_id(), "a session engine is called by one thread alone");
}

}  // namespace venue::fix
