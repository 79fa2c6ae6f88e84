// What the naive venue of the property test has to say about a journaled command: two programs that must agree, also
// after crashes, failed commits and second venues.
#pragma once

#include <string>
#include <vector>

#include "tests/property/naive_venue.hpp"
#include "venue/model/event.hpp"

namespace venue::simulation {

class Prediction {
  public:
    Prediction();

    /// Takes one command's events, in order, with those of the commands that went on with it. A sentence when they
    /// aren't what was to be expected; else empty.
    std::string take(const std::vector<model::Event>& command, const model::Reference& reference);

  private:
    [[nodiscard]] std::vector<std::string> expected(const model::Event& first, const model::Reference& reference);
    void note_trades(const std::vector<model::Event>& command);
    /// How many trades came after that one.
    [[nodiscard]] std::int64_t trades_since(const std::string& match) const;

    test::NaiveVenue naive_;
    std::vector<std::int64_t> trades_;  ///< By their numbers, the oldest first.
};

}  // namespace venue::simulation
