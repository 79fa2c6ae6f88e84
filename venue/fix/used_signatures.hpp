// Which signed Logons were taken: whoever overhears one may not log on with it again while its SendingTime is good.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace venue::fix {

class UsedSignatures {
  public:
    using Time = std::chrono::steady_clock::time_point;

    /// False when the session's Logon with this signed text was taken before. Beyond `of_session_max` the oldest is
    /// forgotten; only who has the key can make so many.
    bool add(std::string_view session, std::string text, Time now);

  private:
    struct Used {
        std::string text;
        Time at;
    };
    /// Twice the largest window: a Logon may have come as early before its SendingTime as one may come late behind it.
    static constexpr std::chrono::seconds kept_for{240};
    static constexpr std::size_t of_session_max = 256;

    std::map<std::string, std::deque<Used>, std::less<>> used_;  ///< Only sessions that there are, so no limit.
};

}  // namespace venue::fix
