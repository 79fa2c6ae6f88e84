// The library's session behind a narrow door: numbers, heartbeats, gaps and the dictionary are its business. It is not
// thread-safe, so it belongs to one thread; a call from another one ends the process.
#pragma once

#include <cstdint>
#include <ctime>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "venue/fix/decode.hpp"
#include "venue/fix/plain_rules.hpp"
#include "venue/fix/quickfix.hpp"
#include "venue/fix/sparse_count.hpp"
#include "venue/fix/store.hpp"

namespace venue::fix {

/// What the engine wants of the session port, in the midst of a call to it.
struct EngineEvents {
    /// Bytes to be written; their number, if it is a new one, was taken from `next_sender` before.
    std::function<void(const std::string& message)> send;
    /// The message that it was given is an application message, and its number is counted.
    std::function<void()> application;
};

class SessionEngine final : FIX::Application {
  public:
    /// `logon_notice` is told in every Logon; empty for none.
    SessionEngine(const std::string& venue, const std::string& participant, const Dialect& dialect,
                  const FIX::DataDictionaryProvider& dictionaries, const PlainRules* rules, EngineEvents events,
                  std::string logon_notice = {});

    /// How it speaks from here on. Nobody is connected.
    void speak(const Dialect& dialect, const FIX::DataDictionaryProvider& dictionaries, const PlainRules* rules);
    [[nodiscard]] const Dialect& dialect() const { return *dialect_; }

    [[nodiscard]] std::int64_t next_sender() const { return store_.getNextSenderMsgSeqNum(); }
    [[nodiscard]] std::int64_t next_target() const { return store_.getNextTargetMsgSeqNum(); }
    void set_next_sender(std::int64_t number) { store_.setNextSenderMsgSeqNum(static_cast<int>(number)); }
    void set_next_target(std::int64_t number) { store_.setNextTargetMsgSeqNum(static_cast<int>(number)); }

    /// A connection is there; its Logon is received next. The answer tells which number we expect then (789), unless
    /// it is zero.
    void connect(std::int64_t told_expected = 0);
    void receive(std::string_view message);
    /// Takes an application message that has its turn and in which the library would find no fault, without the
    /// library; false, and nothing was done, where that can't be told at once. Nothing was asked for that isn't there
    /// yet.
    [[nodiscard]] bool take_plain(const Fields& message);
    /// Heartbeats, test requests and time-outs; once a second.
    void tick();
    /// Whether the library would reject the message, or ignore it as garbled, before it looks at its number.
    [[nodiscard]] bool finds_fault(std::string_view message) const { return is_flawed(message) || is_foreign(message); }
    /// By its dictionary.
    [[nodiscard]] bool is_flawed(std::string_view message) const;
    /// By whom it is from, for whom, in which version of FIX, or when it was sent.
    [[nodiscard]] bool is_foreign(std::string_view message) const;
    /// Answers a malformed message with a session Reject.
    void reject(const Fields& message, const SyntaxReject& reject);
    /// Asks for message `first` and all that follow.
    void request_resend(std::int64_t first);
    /// Sends a TestRequest with this text, beside those that the engine sends by itself.
    void test(const std::string& text);
    /// Sends a Logout; the participant is expected to answer it.
    void log_out(const std::string& text);
    void disconnect();

    /// False once the library, or an error in it, has ended the connection.
    [[nodiscard]] bool is_logged_on() { return connected_ && session_->isLoggedOn(); }
    /// A Logout was sent or received on this connection.
    [[nodiscard]] bool saw_logout() const { return saw_logout_; }

  private:
    /// What the library writes to.
    class Line final : public FIX::Responder {
      public:
        explicit Line(SessionEngine& engine) : engine_(engine) {}
        bool send(const std::string& message) override;
        void disconnect() override { engine_.connected_ = false; }

      private:
        SessionEngine& engine_;
    };

    void onCreate(const FIX::SessionID& /*session*/) override {}
    void onLogon(const FIX::SessionID& /*session*/) override {}
    void onLogout(const FIX::SessionID& /*session*/) override {}
    void toAdmin(FIX::Message& message, const FIX::SessionID& session) override;
    void toApp(FIX::Message& /*message*/, const FIX::SessionID& /*session*/) override {}
    void fromAdmin(const FIX::Message& message, const FIX::SessionID& session) override;
    void fromApp(const FIX::Message& message, const FIX::SessionID& session) override;
    void begin(const std::string& venue, const std::string& participant);
    [[nodiscard]] bool is_plain(const Fields& message) const;
    void tell_application();
    void note_logout(const FIX::Message& message);
    void add_notice(FIX::Message& logon) const;

    template <class Step>
    void call(Step step);
    void fail(const char* what);
    void check_thread();

    const Dialect* dialect_;
    const FIX::DataDictionaryProvider* dictionaries_;
    const PlainRules* rules_;  ///< Null: the library judges each message.
    EngineEvents events_;
    const std::string logon_notice_;
    NumberStore store_;
    NumberStoreFactory stores_{store_};
    Line line_{*this};
    std::optional<FIX::Session> session_;  ///< Always there; the library's own can't change how it speaks.
    std::string incoming_;                 ///< Kept for its memory.
    std::thread::id thread_;
    SparseCount garbled_;
    std::int64_t told_expected_ = 0;
    bool connected_ = false;
    bool saw_logout_ = false;
    /// The second in which the library last accepted a message, by its own measure of time. It must accept one in each
    /// second that has one, or it would think that nobody is there.
    std::time_t library_took_at_ = 0;
};

}  // namespace venue::fix
