// The session engine's message store: the two numbers and nothing else. Reports are resent from the journal, and what
// survives a restart is the journal's to know.
#pragma once

#include <string>
#include <vector>

#include "venue/fix/quickfix.hpp"

namespace venue::fix {

class NumberStore final : public FIX::MessageStore {
  public:
    bool set(int /*number*/, const std::string& /*message*/) override { return true; }
    void get(int /*first*/, int /*last*/, std::vector<std::string>& /*messages*/) const override {}

    int getNextSenderMsgSeqNum() const override { return next_sender_; }
    int getNextTargetMsgSeqNum() const override { return next_target_; }
    void setNextSenderMsgSeqNum(int number) override { next_sender_ = number; }
    void setNextTargetMsgSeqNum(int number) override { next_target_ = number; }
    void incrNextSenderMsgSeqNum() override { increment(next_sender_); }
    void incrNextTargetMsgSeqNum() override { increment(next_target_); }

    /// The very time that was last given to the engine, so that a session never grows old: this release resets a
    /// session whose creation lies on another day.
    FIX::UtcTimeStamp getCreationTime() const override { return now_; }
    void set_now(const FIX::UtcTimeStamp& now) { now_ = now; }

    /// Numbers are reset by the venue alone, which makes a new incarnation durable first; then there is nothing left
    /// to do here.
    void reset() override {}
    void refresh() override {}

  private:
    // A participant may set its number to the largest there is.
    static void increment(int& number) {
        if (number < std::numeric_limits<int>::max()) ++number;
    }

    int next_sender_ = 1;
    int next_target_ = 1;
    FIX::UtcTimeStamp now_;
};

/// Gives the one store of a session to the engine, and keeps it.
class NumberStoreFactory final : public FIX::MessageStoreFactory {
  public:
    explicit NumberStoreFactory(NumberStore& store) : store_(store) {}
    FIX::MessageStore* create(const FIX::SessionID& /*session*/) override { return &store_; }
    void destroy(FIX::MessageStore* /*store*/) override {}

  private:
    NumberStore& store_;
};

}  // namespace venue::fix
