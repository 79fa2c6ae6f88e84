// What is noted of a session's traffic while it flows, for whoever looks later. Cheap enough for every message: nothing
// here allocates, and no clock is read for a message that comes in or a report that goes out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "venue/model/session_look.hpp"

namespace venue::fix {

class SessionWatch {
  public:
    /// Nobody's numbers or moments but of this logon count from here on.
    void logged_on(model::Timestamp now);
    void logged_off() { since_ = {}; }

    /// `read_at`: of the monotonic clock, as all moments below.
    void arrived(std::string_view type, std::int64_t number, std::int64_t read_at);
    void left(std::string_view message, std::int64_t number, model::Timestamp at);
    /// What came of a request that was read then is in the kernel's hands.
    void answered(std::int64_t read_at, std::int64_t now);

    /// The text of a test request that goes out now; the answer has it.
    std::string begin_test(std::int64_t now);
    void test_answered(std::string_view text, std::int64_t read_at);

    /// Fills in what is noted here. `monotonic` and `wall` are one moment on both clocks.
    void show(model::SessionLook& look, std::int64_t monotonic, model::Timestamp wall) const;

  private:
    struct Message {
        std::string type;
        std::int64_t number = 0;
    };

    Message inbound_;
    std::int64_t inbound_at_ = 0;
    Message outbound_;
    model::Timestamp outbound_at_;
    model::Timestamp since_;
    std::int64_t latency_ = 0;
    std::int64_t latency_max_ = 0;
    std::int64_t tests_ = 0;
    std::string test_;  ///< The text of the one that isn't answered yet; empty for none.
    std::int64_t test_at_ = 0;
    std::int64_t round_trip_ = 0;
};

/// The type (35) of a message as it goes out.
std::string_view type_of(std::string_view message);

}  // namespace venue::fix
