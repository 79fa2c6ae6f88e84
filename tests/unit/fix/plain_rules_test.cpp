// What the rules pass, the library finds no fault in; and they pass the orders that participants mostly send.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tests/unit/fix/socket_client.hpp"
#include "venue/fix/dictionaries.hpp"
#include "venue/fix/session_engine.hpp"

namespace venue::fix {
namespace {

using Pairs = std::vector<std::pair<int, std::string>>;

/// One version's rules beside the library's own judgement.
class Judges {
  public:
    explicit Judges(model::FixVersion version)
        : dialect_(fix::dialect(version, false)),
          engine_("VENUE", "ALICE", dialect_, dictionaries_.of("ALICE", dialect_), nullptr, {}),
          rules_(*dictionaries_.rules_of("ALICE", dialect_)) {}

    [[nodiscard]] std::string bytes(const Pairs& fields) const {
        std::string body;
        for (const auto& [tag, value] : fields) body += std::to_string(tag) + "=" + value + "|";
        return framed(body, dialect_.begin_string);
    }
    [[nodiscard]] bool pass(const std::string& bytes) const {
        Fields fields;
        return fields.parse(bytes) && rules_.pass(fields);
    }
    [[nodiscard]] bool library_finds_fault(const std::string& bytes) const { return engine_.is_flawed(bytes); }

  private:
    const Dialect& dialect_;
    SessionDictionaries dictionaries_{read_dictionaries(DICTIONARIES), {}};
    SessionEngine engine_;
    const PlainRules& rules_;
};

Pairs message(const std::string& type, Pairs body) {
    Pairs fields = {{35, type}, {49, "ALICE"}, {56, "VENUE"}, {34, "2"}, {52, "20261123-12:00:00.123"}};
    fields.insert(fields.end(), body.begin(), body.end());
    return fields;
}

/// 21 is required in FIX 4.2, and taken in the others.
Pairs limit_order() {
    return message("D", {{11, "a1"},
                         {21, "1"},
                         {55, "BTC-USD"},
                         {54, "1"},
                         {60, "20261123-12:00:00"},
                         {40, "2"},
                         {38, "1.50"},
                         {44, "-20000"},
                         {59, "1"},
                         {1, "main"},
                         {58, "a word"}});
}
Pairs cancel() {
    return message("F", {{41, "a1"}, {11, "a2"}, {55, "BTC-USD"}, {54, "1"}, {60, "20261123-12:00:00.001"}, {38, "2"}});
}
Pairs replace() {
    return message("G", {{41, "a1"},
                         {11, "a2"},
                         {21, "1"},
                         {55, "BTC-USD"},
                         {54, "2"},
                         {60, "20261123-12:00:00"},
                         {38, "2"},
                         {40, "2"},
                         {44, "20001.5"}});
}

class PlainRulesOf : public ::testing::TestWithParam<model::FixVersion> {
  protected:
    Judges judges{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(EachVersion, PlainRulesOf,
                         ::testing::Values(model::FixVersion::fix42, model::FixVersion::fix44,
                                           model::FixVersion::fix50sp2),
                         [](const auto& version) {
                             std::string words(name(version.param));
                             std::erase_if(words, [](char c) { return c == '.'; });
                             return words;
                         });

TEST_P(PlainRulesOf, pass_what_participants_mostly_send) {
    auto with_sub_ids = limit_order();
    with_sub_ids.insert(with_sub_ids.begin() + 2, {{50, "desk"}, {57, "spot"}, {97, "N"}});
    for (const auto& fields : {limit_order(), cancel(), replace(), with_sub_ids}) {
        const auto bytes = judges.bytes(fields);
        EXPECT_TRUE(judges.pass(bytes)) << bytes;
        EXPECT_FALSE(judges.library_finds_fault(bytes)) << bytes;
    }
}

TEST_P(PlainRulesOf, pass_nothing_that_they_cant_judge) {
    const auto changed = [](int tag, const std::string& value) {
        auto fields = limit_order();
        for (auto& field : fields) {
            if (field.first == tag) field.second = value;
        }
        return fields;
    };
    const auto with = [](std::size_t at, std::pair<int, std::string> field) {
        auto fields = limit_order();
        fields.insert(at == 0 ? fields.end() : fields.begin() + static_cast<std::ptrdiff_t>(at), std::move(field));
        return fields;
    };
    const auto without = [](int tag) {
        auto fields = limit_order();
        std::erase_if(fields, [&](const auto& field) { return field.first == tag; });
        return fields;
    };
    const std::vector<std::pair<const char*, Pairs>> messages = {
        {"a message that nobody knows", changed(35, "~")},
        {"one of the session", changed(35, "0")},
        {"a report", changed(35, "8")},
        {"a type of two characters", changed(35, "AF")},
        {"no type", changed(35, "")},
        {"no sender", without(49)},
        {"no time", without(52)},
        {"no side", without(54)},
        {"a side that isn't one", changed(54, "x")},
        {"a side and more", changed(54, "11")},
        {"an empty account", changed(1, "")},
        {"a quantity in words", changed(38, "many")},
        {"a quantity with an exponent", changed(38, "1e5")},
        {"a number of the message in words", changed(34, "two")},
        {"a day of 25 hours", changed(60, "20261123-25:00:00")},
        {"a time in microseconds", changed(60, "20261123-12:00:00.123456")},
        {"a field twice", with(0, {58, "again"})},
        {"a header field in the body", with(0, {50, "desk"})},
        {"a body field in the header", with(2, {58, "early"})},
        {"a copy", with(4, {43, "Y"})},
        {"a group", with(0, {453, "0"})},
        {"a field of another message", with(0, {41, "a0"})},
        {"a field that nobody knows", with(0, {2047, "x"})},
        {"a field beyond all", with(0, {20000, "x"})},
        {"something behind the trailer's first field", with(0, {89, "x"})},
    };
    for (const auto& [why, fields] : messages) EXPECT_FALSE(judges.pass(judges.bytes(fields))) << why;
}

TEST_P(PlainRulesOf, pass_nothing_in_which_the_library_finds_a_fault) {
    constexpr int message_count = 20'000;
    const std::vector<std::string> values = {"",
                                             "0",
                                             "1",
                                             "2",
                                             "9",
                                             "Y",
                                             "N",
                                             "-1",
                                             "1.5",
                                             "-.5",
                                             "5.",
                                             "+3",
                                             "1e5",
                                             "0x1",
                                             "abc",
                                             " ",
                                             "1 2",
                                             "1 x",
                                             "\xe9",
                                             "00001",
                                             "1234567890",
                                             "99999999999999999999",
                                             "1.123456789012345678",
                                             "20261123",
                                             "20261123-12:00:00",
                                             "20261123-12:00:60",
                                             "20261123-12:00:00.12",
                                             "20261123-12:00:00.123456",
                                             "20260230-12:00:00"};
    const std::vector<Pairs> seeds = {limit_order(), cancel(), replace()};
    std::mt19937 random(4711);
    const auto below = [&](std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
    };
    int passed = 0;
    int faulty = 0;
    for (int i = 0; i < message_count; ++i) {
        auto fields = seeds[below(seeds.size())];
        for (auto changes = 1 + below(2); changes > 0; --changes) {
            const auto at = below(fields.size());
            const auto place = fields.begin() + static_cast<std::ptrdiff_t>(at);
            const auto what = below(6);
            if (what == 0) {
                fields[at].second = values[below(values.size())];
            } else if (what == 1) {
                fields[at].first = static_cast<int>(1 + below(1'200));
            } else if (what == 2) {
                fields.insert(place, {static_cast<int>(1 + below(2'100)), values[below(values.size())]});
            } else if (what == 3) {
                std::swap(fields[at], fields[below(fields.size())]);
            } else if (what == 4) {
                fields.insert(place, fields[below(fields.size())]);
            } else {
                fields[at].second += static_cast<char>('!' + below(94));
            }
        }
        const auto bytes = judges.bytes(fields);
        const bool is_faulty = judges.library_finds_fault(bytes);
        faulty += is_faulty ? 1 : 0;
        if (!judges.pass(bytes)) continue;
        ++passed;
        ASSERT_FALSE(is_faulty) << bytes;
    }
    EXPECT_GT(passed, message_count / 10);
    EXPECT_GT(faulty, message_count / 10);
}

}  // namespace
}  // namespace venue::fix
