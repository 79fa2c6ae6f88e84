// What accounts hold and how orders stand, carried at the journal's marks for those who ask about them.
#pragma once

#include <cstdint>
#include <future>
#include <stop_token>
#include <string>

#include "venue/model/ids.hpp"

namespace venue::journal {

class Database;

/// Has it carried beside the appends, on another thread and connection. Nothing depends on it but how long questions
/// take: what fails is tried again a while later, by a later start if need be. One thread at a time.
class Carrying {
  public:
    explicit Carrying(std::string url) : url_(std::move(url)) {}
    /// Waits for the mark that is being carried, which takes seconds at most.
    ~Carrying() { stop_.request_stop(); }

    /// Looks up what is due, and begins with it: an earlier release carried less, and one that was killed may not have
    /// come to it.
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
