// QuickFIX's stock initiator for one session: says what its input asks for, and shows every message of the session.
//
//   send 35=D|11=a1|…    an application message; the header is the library's
//   expect 2             the next message is number 2: what comes later makes the library ask for it again
//   logout               logs out and ends
//
// Each message stands on one line of the output behind "in " or "out ", with bars for separators.
#include <condition_variable>

#include "tests/bench/quickfix_stock.hpp"

#define throw(...)
#include <quickfix/FileStore.h>
#include <quickfix/Log.h>
#include <quickfix/SocketInitiator.h>
#undef throw

namespace {

/// Shows what the library logs, from whichever of its threads.
class ShownLog final : public FIX::Log {
  public:
    void clear() override {}
    void backup() override {}
    void onIncoming(const std::string& message) override { show("in ", message); }
    void onOutgoing(const std::string& message) override { show("out ", message); }
    void onEvent(const std::string& text) override { show("event ", text); }

  private:
    static void show(const char* what, std::string text) {
        static std::mutex mutex;
        std::ranges::replace(text, '\x01', '|');
        const std::lock_guard lock(mutex);
        std::cout << what << text << std::endl;
    }
};

class ShownLogs final : public FIX::LogFactory {
  public:
    FIX::Log* create() override { return new ShownLog; }
    FIX::Log* create(const FIX::SessionID& /*session*/) override { return new ShownLog; }
    void destroy(FIX::Log* log) override { delete log; }
};

/// Puts the secrets into the Logon, as the settings say: Username and Password, or RawData.
class Client final : public FIX::Application {
  public:
    explicit Client(const FIX::Dictionary& settings) : settings_(settings) {}

    void onCreate(const FIX::SessionID& /*session*/) override {}
    void onLogon(const FIX::SessionID& /*session*/) override {
        const std::lock_guard lock(mutex_);
        is_on_ = true;
        changed_.notify_all();
    }
    void onLogout(const FIX::SessionID& /*session*/) override {}
    void toAdmin(FIX::Message& message, const FIX::SessionID& /*session*/) override {
        if (message.getHeader().getField(FIX::FIELD::MsgType) != "A") return;
        put(message, FIX::FIELD::Username, "Username");
        put(message, FIX::FIELD::Password, "Password");
        put(message, FIX::FIELD::RawData, "RawData");
        if (!settings_.has("RawData")) return;
        message.setField(FIX::FIELD::RawDataLength, std::to_string(settings_.getString("RawData").size()));
    }
    void toApp(FIX::Message& /*message*/, const FIX::SessionID& /*session*/) override {}
    void fromAdmin(const FIX::Message& /*message*/, const FIX::SessionID& /*session*/) override {}
    void fromApp(const FIX::Message& /*message*/, const FIX::SessionID& /*session*/) override {}

    /// What is sent earlier is kept by the library, and sent when it is asked for.
    void wait_for_logon() {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::seconds(30), [this] { return is_on_; });
    }

  private:
    void put(FIX::Message& message, int tag, const char* key) const {
        if (settings_.has(key)) message.setField(tag, settings_.getString(key));
    }

    FIX::Dictionary settings_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool is_on_ = false;
};

void send(const std::string& text, const FIX::SessionID& session) {
    FIX::Message message;
    std::istringstream fields(text);
    for (std::string field; std::getline(fields, field, '|');) {
        const auto equals = field.find('=');
        const int tag = std::stoi(field.substr(0, equals));
        const auto value = field.substr(equals + 1);
        if (tag == FIX::FIELD::MsgType) {
            message.getHeader().setField(tag, value);
        } else {
            message.setField(tag, value);
        }
    }
    FIX::Session::sendToTarget(message, session);
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) return 2;
    const FIX::SessionSettings settings(arguments[1]);
    const FIX::SessionID session = *settings.getSessions().begin();
    Client client(settings.get(session));
    FIX::FileStoreFactory stores(settings);
    ShownLogs logs;
    FIX::SocketInitiator initiator(client, stores, settings, logs);
    initiator.start();
    for (std::string line; std::getline(std::cin, line) && line != "logout";) {
        client.wait_for_logon();
        if (line.starts_with("send ")) send(line.substr(5), session);
        if (line.starts_with("expect ")) {
            FIX::Session::lookupSession(session)->setNextTargetMsgSeqNum(std::stoi(line.substr(7)));
        }
    }
    initiator.stop();
    return 0;
}
