// Counts failed logons by name, be it a session's or an address's, and locks a name that fails too often. Bounded: of
// too many names the one that failed longest ago is forgotten.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <list>
#include <map>
#include <string>
#include <string_view>

namespace venue::fix {

struct LockOutLimits {
    int failures_max = 0;
    std::chrono::seconds within{};
    std::chrono::seconds lasts{};
};

class LockOut {
  public:
    using Time = std::chrono::steady_clock::time_point;

    explicit LockOut(std::size_t names_max = 10'000) : names_max_(names_max) {}

    /// True when the name is locked by this failure.
    bool add(std::string_view name, const LockOutLimits& limits, Time now);
    /// How long it is locked yet, rounded up; zero for not at all.
    [[nodiscard]] std::chrono::seconds remaining(std::string_view name, Time now) const;
    /// It has shown that it knows better.
    void forget(std::string_view name);
    [[nodiscard]] std::size_t size() const { return known_.size(); }

  private:
    struct Known {
        int failures = 0;
        Time since;
        Time locked_until;
        std::list<std::string>::iterator place;
    };
    Known& touch(std::string_view name);

    std::size_t names_max_;
    std::map<std::string, Known, std::less<>> known_;
    std::list<std::string> by_age_;  ///< The name that failed longest ago is first.
};

}  // namespace venue::fix
