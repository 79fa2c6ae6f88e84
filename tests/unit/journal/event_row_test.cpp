#include "venue/journal/event_row.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/support/every_event.hpp"
#include "venue/journal/journal.hpp"

namespace venue::journal {
namespace {

TEST(EventRow, EveryKindIsReadBackExactly) {
    for (const auto& event : model::every_event()) {
        EXPECT_TRUE(to_event(to_row(event)) == event) << model::name(event.body) << " " << event.sequence.value;
    }
}

TEST(EventRow, TheExamplesCoverEveryKind) {
    std::set<int> kinds;
    for (const auto& body : model::every_body()) kinds.insert(model::kind(body));
    EXPECT_EQ(kinds.size(), std::variant_size_v<model::EventBody>);
}

TEST(EventRow, AKindOfALaterReleaseIsUnreadable) {
    auto row = to_row(model::every_event().front());
    row.kind = 999;
    EXPECT_THROW(to_event(row), JournalUnreadable);
}

TEST(EventRow, AVersionOfALaterReleaseIsUnreadable) {
    auto row = to_row(model::every_event().front());
    row.version = 999;
    EXPECT_THROW(to_event(row), JournalUnreadable);
}

TEST(EventRow, ABodyThatLacksAFieldIsUnreadable) {
    model::Event event;
    event.body = model::AssetAdded{};
    auto row = to_row(event);
    row.body = Json{R"({"id": 1})"};
    EXPECT_THROW(to_event(row), JournalUnreadable);
    row.body.reset();
    EXPECT_THROW(to_event(row), JournalUnreadable);
}

}  // namespace
}  // namespace venue::journal
