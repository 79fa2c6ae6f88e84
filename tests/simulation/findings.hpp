// What a run finds, does and meets: broken promises as sentences, its steps with a hash over them, and how often each
// fault was hit.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/simulation/dice.hpp"

namespace venue::simulation {

/// Broken promises. Nothing throws when one is found: much of the venue may not be left by an exception.
class Findings {
  public:
    void add(std::string sentence) { sentences_.push_back(std::move(sentence)); }
    [[nodiscard]] bool empty() const { return sentences_.empty(); }
    [[nodiscard]] const std::vector<std::string>& sentences() const { return sentences_; }

  private:
    std::vector<std::string> sentences_;
};

/// Two runs of one seed have the same hash, or the simulation isn't deterministic.
class Trace {
  public:
    explicit Trace(bool prints) : prints_(prints) {}
    void step(const std::string& line);
    [[nodiscard]] std::uint64_t hash() const { return hash_; }
    [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }

  private:
    std::vector<std::string> lines_;
    std::uint64_t hash_ = 0xcbf29ce484222325;
    const bool prints_;
};

class Coverage {
  public:
    void hit(const std::string& what) { ++counts_[what]; }
    void add(const Coverage& other) {
        for (const auto& [what, count] : other.counts_) counts_[what] += count;
    }
    /// What every suite must hit at least once and this one didn't.
    [[nodiscard]] std::vector<std::string> missed() const;
    [[nodiscard]] const std::map<std::string, std::int64_t>& counts() const { return counts_; }

  private:
    std::map<std::string, std::int64_t> counts_;
};

/// What belongs to one run of one seed, and to everybody in it.
struct Run {
    Dice dice;
    Trace trace;
    Findings findings{};
    Coverage coverage{};
    std::vector<std::string> script{};  ///< What participants asked for, as lines of a scenario.
};

}  // namespace venue::simulation
