// What a scenario needs of a venue. Two exist: one inside the test, with a clock that the script moves, and one that is
// reached over TCP.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/scenario/message.hpp"

namespace scenario {

class VenueUnderTest {
  public:
    virtual ~VenueUnderTest() = default;

    virtual void send(const std::string& session, const Message& message) = 0;
    /// The next application message or Reject for that session; nothing when none comes.
    virtual std::optional<Message> receive(const std::string& session) = 0;
    /// A message that nobody asked for; called once, when the script has ended.
    virtual std::optional<Message> left_over(const std::string& session) = 0;
    /// The account's balance as a decimal in its shortest form.
    virtual std::string ledger(const std::string& account, const std::string& asset) = 0;
    virtual std::string held(const std::string& account, const std::string& asset) = 0;
    /// Throws ScriptFault when the venue doesn't do it.
    virtual void operate(const std::vector<std::string>& words) = 0;
    virtual void set_time(std::int64_t nanoseconds) = 0;
    [[nodiscard]] virtual std::int64_t time() const = 0;
};

}  // namespace scenario
