#include "tests/integration/quickfix/client.hpp"

namespace venue::test {
namespace {

constexpr auto patience = std::chrono::seconds(30);

FIX::SessionSettings settings_of(int port, const std::string& dictionary, const std::string& comp_id,
                                 const std::string& authorities) {
    std::stringstream text;
    text << "[DEFAULT]\nConnectionType=initiator\nBeginString=FIX.4.4\nTargetCompID=VENUE\nHeartBtInt=30\n"
         << "StartTime=00:00:00\nEndTime=00:00:00\nReconnectInterval=1\nUseDataDictionary=Y\n"
         << "SocketConnectHost=127.0.0.1\nSocketConnectPort=" << port << "\nDataDictionary=" << dictionary
         << "\nCertificationAuthoritiesFile=" << authorities << "\nCertificateVerifyLevel=1\nSSLProtocol=+TLSv1_2"
         << "\n[SESSION]\nSenderCompID=" << comp_id << '\n';
    return FIX::SessionSettings(text);
}

std::string shown(const FIX::Message& message) {
    auto text = message.toString();
    std::ranges::replace(text, '\x01', '|');
    return text;
}

}  // namespace

FIX::Message message(const std::string& type, const FieldList& fields) {
    FIX::Message built;
    built.getHeader().setField(FIX::FIELD::MsgType, type);
    for (const auto& [tag, value] : fields) {
        if (tag == FIX::FIELD::PossResend) {
            built.getHeader().setField(tag, value);
        } else {
            built.setField(tag, value);
        }
    }
    return built;
}

Client::Client(int port, const std::string& dictionary, std::string comp_id, Account account,
               const std::string& authorities)
    : account_(std::move(account)),
      session_("FIX.4.4", comp_id, "VENUE"),
      settings_(settings_of(port, dictionary, comp_id, authorities)) {
    if (authorities.empty()) {
        initiator_ = std::make_unique<FIX::SocketInitiator>(*this, stores_, settings_);
    } else {
        initiator_ = std::make_unique<FIX::SSLSocketInitiator>(*this, stores_, settings_);
    }
}

Client::~Client() { initiator_->stop(); }

void Client::log_on() {
    initiator_->start();
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, patience, [&] { return logged_on_ || !fault_.empty(); })) throw Failed("no Logon");
}

void Client::send(FIX::Message message) { FIX::Session::sendToTarget(message, session_); }

FIX::Message Client::expect(const std::string& type, const FieldList& fields) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, patience, [&] { return !came_.empty() || !fault_.empty(); });
    if (!fault_.empty()) throw Failed(fault_);
    if (came_.empty()) throw Failed("a message of type " + type + " is due, and nothing came");
    auto next = came_.front();
    came_.pop_front();
    bool is_it = next.getHeader().getField(FIX::FIELD::MsgType) == type;
    for (const auto& [tag, value] : fields) is_it = is_it && next.isSetField(tag) && next.getField(tag) == value;
    if (!is_it) throw Failed("another message of type " + type + " is due than " + shown(next));
    return next;
}

void Client::onLogon(const FIX::SessionID&) {
    const std::lock_guard lock(mutex_);
    logged_on_ = true;
    changed_.notify_all();
}

void Client::toAdmin(FIX::Message& leaving, const FIX::SessionID&) {
    const auto type = leaving.getHeader().getField(FIX::FIELD::MsgType);
    if (type == "3") fail("the library rejects what the venue sent: " + shown(leaving));
    if (type != "A") return;
    leaving.setField(FIX::FIELD::Username, account_.username);
    leaving.setField(FIX::FIELD::Password, account_.password);
}

void Client::fromApp(const FIX::Message& came, const FIX::SessionID&) {
    const std::lock_guard lock(mutex_);
    came_.push_back(came);
    changed_.notify_all();
}

void Client::fail(const std::string& why) {
    const std::lock_guard lock(mutex_);
    fault_ = why;
    changed_.notify_all();
}

}  // namespace venue::test
