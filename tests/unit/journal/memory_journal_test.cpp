// The journal in memory keeps the same promises as the one in PostgreSQL, as far as tests lean on them.
#include "tests/support/memory_journal.hpp"

#include <gtest/gtest.h>

#include "tests/support/every_event.hpp"

namespace venue::journal {
namespace {

model::Group every_event_group() {
    model::Group group;
    group.events = model::every_event();
    group.last = group.events.back().sequence;
    return group;
}

TEST(MemoryJournal, GivesBackWhatWasAppended) {
    MemoryJournal journal;
    const auto group = every_event_group();
    journal.append(group);
    std::vector<model::Event> read;
    journal.read(model::Sequence{1}, [&](const model::Event& event) { read.push_back(event); });
    EXPECT_TRUE(std::equal(read.begin(), read.end(), group.events.begin() + 1, group.events.end()));
}

TEST(MemoryJournal, RefusesAGap) {
    MemoryJournal journal;
    auto group = every_event_group();
    group.events.erase(group.events.begin());
    EXPECT_THROW(journal.append(group), JournalFailed);
}

TEST(MemoryJournal, AFailingHookKeepsNothing) {
    MemoryJournal journal;
    journal.before_append = [](const model::Group&) { throw JournalFailed("as the test wants it"); };
    EXPECT_THROW(journal.append(every_event_group()), JournalFailed);
    EXPECT_TRUE(journal.events().empty());
}

}  // namespace
}  // namespace venue::journal
