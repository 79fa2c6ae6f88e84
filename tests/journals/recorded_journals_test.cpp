// What any release wrote, this one reads: the events fold to the recorded state, and the snapshot gives it too.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "venue/engine/snapshot.hpp"
#include "venue/journal/archive_reader.hpp"

namespace venue {
namespace {

namespace files = std::filesystem;

std::vector<files::path> recorded() {
    std::vector<files::path> folders;
    for (const auto& each : files::directory_iterator(JOURNALS_DIR)) {
        if (each.is_directory()) folders.push_back(each.path());
    }
    std::ranges::sort(folders);
    return folders;
}

struct RecordedState {
    std::int64_t sequence = 0;
    std::int16_t version = 0;
    std::uint64_t hash = 0;
};
RecordedState state_of(const files::path& folder) {
    RecordedState state;
    std::ifstream(folder / "state") >> state.sequence >> state.version >> state.hash;
    return state;
}

engine::Engine folded(const files::path& folder, std::vector<int>& kinds) {
    engine::Engine engine;
    journal::read_archived_events(folder / "events.copy.gz", [&](const model::Event& event) {
        engine.fold(event);
        kinds.push_back(model::kind(event.body));
    });
    return engine;
}

std::string text_of(const files::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

engine::Engine loaded(const files::path& folder) {
    const auto bytes = text_of(folder / "snapshot");
    std::string_view rest = bytes;
    return engine::read_snapshot([&] { return std::exchange(rest, {}); });
}

bool is_of_this_release(const files::path& folder) {
    return text_of(folder / "snapshot").at(8) == static_cast<char>(engine::snapshot_format) &&
           state_of(folder).version == engine::state_hash_version;
}

class RecordedJournal : public testing::TestWithParam<files::path> {};

TEST_P(RecordedJournal, FoldsToItsRecordedState) {
    std::vector<int> kinds;
    const auto engine = folded(GetParam(), kinds);
    const auto state = state_of(GetParam());
    EXPECT_EQ(engine.last_sequence().value, state.sequence);
    EXPECT_GT(state.sequence, 500) << "a journal with little in it proves little";
    EXPECT_THAT(kinds, testing::Contains(testing::Ge(16)));
    if (state.version == engine::state_hash_version) {
        EXPECT_EQ(engine.state_hash(), state.hash);
    }
    // Hashed in another way since: then its snapshot, which that release took of its own state, says what the state
    // was. Where that knows no last prices, which the hash covers, it says what the orders were.
    const auto read = loaded(GetParam());
    EXPECT_EQ(read.reference(), engine.reference());
    EXPECT_EQ(read.open_orders(), engine.open_orders());
    if (text_of(GetParam() / "snapshot").at(8) < static_cast<char>(engine::first_format_with_prices)) return;
    EXPECT_EQ(read.state_hash(), engine.state_hash());
}

// No state depends on it, and a regulator does.
TEST_P(RecordedJournal, StillSaysWhatWasAsked) {
    std::string asked;
    journal::read_archived_events(GetParam() / "events.copy.gz", [&](const model::Event& event) {
        if (!event.asked.empty()) asked += std::to_string(event.sequence.value) + " " + event.asked + "\n";
    });
    EXPECT_TRUE(asked == text_of(GetParam() / "asked"));
    EXPECT_FALSE(asked.empty());
}

TEST_P(RecordedJournal, OfThisReleasesFormatsGivesTheSameBytesAgain) {
    if (!is_of_this_release(GetParam())) GTEST_SKIP() << "another format";
    const auto bytes = text_of(GetParam() / "snapshot");
    std::string again;
    engine::write_snapshot(loaded(GetParam()), [&](std::string_view piece) { again += piece; });
    EXPECT_TRUE(again == bytes);
}

// Else a state hash or a snapshot could come to mean something else under its old number, and no test would notice.
TEST(RecordedJournals, OneIsOfThisReleasesHashAndSnapshotFormat) {
    EXPECT_THAT(recorded(), testing::Contains(testing::Truly(is_of_this_release)))
        << "record one: tests/journals/README.md";
}

INSTANTIATE_TEST_SUITE_P(Releases, RecordedJournal, testing::ValuesIn(recorded()), [](const auto& release) {
    std::string name = release.param.filename().string();
    std::ranges::replace_if(
        name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
    return name;
});

}  // namespace
}  // namespace venue
