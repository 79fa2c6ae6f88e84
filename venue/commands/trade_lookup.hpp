// A trade as the journal has it, for whoever wants to take it back or correct it. It may take as long as the journal is
// long, so it is looked up on a thread of its own, one at a time.
#pragma once

#include <mutex>
#include <string>
#include <thread>

#include "venue/control/operator_command.hpp"

namespace venue::commands {

class TradeLookup {
  public:
    explicit TradeLookup(std::string journal_url) : journal_url_(std::move(journal_url)) {}

    /// Calls `found` once, from another thread unless another trade is looked up.
    void begin(model::MatchId match, control::TradeFound found);
    /// Waits for what is looked up at the moment; what comes later is told that the venue stops.
    void stop();

  private:
    const std::string journal_url_;
    std::mutex mutex_;
    bool is_busy_ = false;
    bool stopping_ = false;
    std::jthread thread_;
};

}  // namespace venue::commands
