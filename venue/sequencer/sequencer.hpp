// One order, one clock: everything that is asked of the venue waits here, and leaves in the order it came with a stamp
// that never goes back.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <vector>

#include "venue/model/request.hpp"
#include "venue/sequencer/back_pressure.hpp"
#include "venue/sequencer/clock.hpp"

namespace venue::sequencer {

struct Stamped {
    model::Timestamp time;
    model::Request request;
};

class Sequencer {
  public:
    /// `last` is the newest stamp ever given; the clock outlives the sequencer. `room` is how many requests may wait
    /// before back-pressure begins.
    Sequencer(const Clock& clock, model::Timestamp last, std::size_t room = 4'096);

    /// Any thread. A request is taken whatever waits: whoever submits asks for admission first, so the excess is what
    /// was read before.
    void submit(model::Request request);
    [[nodiscard]] model::Admission admission();
    /// How many requests wait.
    [[nodiscard]] std::size_t depth() const;

    /// Waits until something was submitted, the deadline has passed or the sequencer was closed; then takes and stamps
    /// all that waits, at most `max` requests.
    std::vector<Stamped> take(std::chrono::milliseconds wait, std::size_t max);
    /// max(last stamp, now): the stamp of what happens without a request.
    model::Timestamp stamp();
    /// Wakes whoever waits; nothing waits from here on.
    void close();
    [[nodiscard]] bool closed() const;

  private:
    const Clock& clock_;
    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<model::Request> waiting_;
    BackPressure back_pressure_;
    model::Timestamp last_;
    bool closed_ = false;
};

}  // namespace venue::sequencer
