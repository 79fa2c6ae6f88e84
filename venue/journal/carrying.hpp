// What accounts hold and how orders stand, carried at the journal's marks for those who ask about them.
#pragma once

#include <cstdint>
#include <future>
#include <stop_token>
#include <string>

#include "venue/model/ids.hpp"

namespace venue::journal {

class Database;

/// Carries open orders at every mark that isn't carried yet, or as far as it comes until it is asked to stop. Between
/// two pages it rests for three times as long as the page took, so that it takes a quarter of a core at most and
/// appends beside it find their turn.
void carry_orders(Database& database, const std::stop_token& stop = {});

/// Has it carried beside the appends, on another thread and connection. Nothing depends on it but how long questions
/// take: what fails is tried again a while later, by a later start if need be. One thread at a time.
class Carrying {
  public:
    explicit Carrying(std::string url) : url_(std::move(url)) {}
    /// Waits for the page that is being carried, or for the balances of a range, which take seconds at most.
    ~Carrying() { stop_.request_stop(); }

    /// Looks up what is due, and begins with it: an earlier release carried less, and one that was killed may not have
    /// come to its end.
    void begin(Database& database, model::Sequence last);

    /// Tells how far the journal has come.
    void reach(model::Sequence last);

  private:
    std::string url_;
    std::int64_t due_ = 0;  ///< Sequence from which on something is to be carried.
    std::stop_source stop_;
    std::future<std::int64_t> carrying_;
};

}  // namespace venue::journal
