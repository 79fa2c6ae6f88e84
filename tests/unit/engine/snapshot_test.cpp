// The state as bytes and back: nothing that a later command's outcome depends on gets lost, and bytes that aren't whole
// are refused with a sentence.
#include "venue/engine/snapshot.hpp"

#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using engine::SnapshotUnreadable;

std::string bytes_of(const engine::Engine& engine) {
    std::string bytes;
    engine::write_snapshot(engine, [&](std::string_view piece) { bytes.append(piece); });
    return bytes;
}

/// Hands the bytes over in pieces of that size.
engine::Engine engine_from(std::string_view bytes, std::size_t piece_size = 4'096) {
    return engine::read_snapshot([&] {
        const auto piece = bytes.substr(0, piece_size);
        bytes.remove_prefix(piece.size());
        return piece;
    });
}

/// Orders that rest in queues, were filled, replaced, cancelled and wait for their end; fees with a rebate.
class Snapshot : public testing::Test {
  protected:
    Snapshot() {
        venue.deposit("alice", "USD", "100000");
        venue.deposit("bob", "BTC", "100");
        venue.buy("ALICE", "a1", "2 @ 100");
        venue.buy("ALICE2", "a2", "1 @ 100", model::TimeInForce::day);
        venue.buy("ALICE", "a3", "3 @ 99");
        venue.replace("ALICE", "a4", "a1", "1 @ 100");
        venue.sell("BOB", "b1", "0.5 @ 100");
        venue.sell("BOB", "b2", "4 @ 120", model::TimeInForce::day);
        venue.sell("BOB", "b3", "4 @ 120");
        venue.cancel("BOB", "c1", "b3", model::Side::sell);
        venue.handle(with({.display = model::Decimal{1, 0}, .self_trade = model::SelfTrade::cancel_both},
                          order("i1", model::Side::sell, "3 @ 130")),
                     "BOB");
        auto waiting = order("b5", model::Side::sell, "1");
        waiting.type = model::OrderType::stop;
        venue.handle(with({.trigger = model::Decimal{90, 0}}, waiting), "BOB");
        waiting.cl_ord_id = model::ClOrdId("b6");
        waiting.type = model::OrderType::trailing_stop;
        venue.handle(with({.trail = model::Decimal{5, 0}}, waiting), "BOB");
        venue.handle(model::LogOnSession{venue.session("BOB"), true});
    }
    SmallVenue venue{{-5'000, 20'000, model::FeeSource::quote, 0, -7}};
};

TEST_F(Snapshot, GivesTheSameStateAndTheSameBytesAgain) {
    const auto bytes = bytes_of(venue.engine);
    const auto loaded = engine_from(bytes);
    EXPECT_EQ(loaded.state_hash(), venue.engine.state_hash());
    EXPECT_EQ(loaded.reference(), venue.engine.reference());
    EXPECT_EQ(loaded.last_sequence(), venue.engine.last_sequence());
    EXPECT_EQ(loaded.next_due(), venue.engine.next_due());
    EXPECT_EQ(bytes_of(loaded), bytes);
}

TEST_F(Snapshot, OfAnEmptyVenueIsReadable) {
    EXPECT_EQ(engine_from(bytes_of(engine::Engine{})).state_hash(), engine::Engine{}.state_hash());
}

TEST_F(Snapshot, ComesInPiecesOfAnySize) {
    const auto bytes = bytes_of(venue.engine);
    for (const std::size_t size : {std::size_t{1}, std::size_t{7}, bytes.size()}) {
        EXPECT_EQ(engine_from(bytes, size).state_hash(), venue.engine.state_hash()) << "pieces of " << size;
    }
}

TEST_F(Snapshot, KeepsNamesPlacesAndWhatIsDue) {
    const auto book = venue.book();
    venue.engine = engine_from(bytes_of(venue.engine));
    EXPECT_EQ(venue.book(), book);
    EXPECT_THAT(venue.buy("ALICE", "a1", "1 @ 1"),
                testing::ElementsAre("OrderRejected to ALICE: a1 duplicate_cl_ord_id"));
    EXPECT_THAT(venue.sell("BOB", "b4", "0.5 @ 100").back(), testing::HasSubstr("OrderTraded to ALICE: a4 filled"));
    venue.now = *venue.engine.next_due();
    EXPECT_THAT(venue.handle(model::AdvanceTime{venue.now}), testing::SizeIs(2));
}

// An archive ends where a range of the journal is full, which may be within a command.
TEST_F(Snapshot, MayBeOfAnyEventWithinACommand) {
    venue.settle(order("a5", model::Side::buy, "9 @ 130", model::TimeInForce::ioc), "ALICE");
    venue.settle(order("s1", model::Side::sell, "5 @ 80"), "BOB");
    engine::Engine folded;
    for (auto event = venue.events().begin(); event != venue.events().end(); ++event) {
        folded.fold(*event);
        auto loaded = engine_from(bytes_of(folded));
        EXPECT_EQ(loaded.state_hash(), folded.state_hash()) << "after event " << event->sequence.value;
        for (auto later = event + 1; later != venue.events().end(); ++later) loaded.fold(*later);
        EXPECT_EQ(loaded.state_hash(), venue.engine.state_hash()) << "from event " << event->sequence.value;
    }
}

TEST_F(Snapshot, KeepsASweepThatMustGoOn) {
    const auto hundredths = std::to_string(engine::fills_per_command_max + 5);
    for (int i = 0; i < engine::fills_per_command_max + 5; ++i) {
        venue.sell("BOB", "s" + std::to_string(i), "0.01 @ 101");
    }
    venue.buy("ALICE", "sweep", hundredths.substr(0, 2) + "." + hundredths.substr(2) + " @ 101",
              model::TimeInForce::ioc);
    ASSERT_TRUE(venue.engine.follow_up());
    const auto loaded = engine_from(bytes_of(venue.engine));
    EXPECT_TRUE(loaded.follow_up());
    EXPECT_EQ(loaded.state_hash(), venue.engine.state_hash());
}

TEST_F(Snapshot, ThatIsCutShortIsRefused) {
    const auto bytes = bytes_of(venue.engine);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_THROW(engine_from(std::string_view(bytes).substr(0, size)), SnapshotUnreadable) << size << " bytes";
    }
    EXPECT_THROW(engine_from(bytes + '\0'), SnapshotUnreadable);
}

TEST_F(Snapshot, WithAnyBitFlippedIsRefused) {
    const auto bytes = bytes_of(venue.engine);
    // The hashing's version, two bytes at most, is not hashed itself: of another one nothing can be said.
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            auto damaged = bytes;
            damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
            try {
                const auto loaded = engine_from(damaged);
                EXPECT_EQ(loaded.state_hash(), venue.engine.state_hash()) << "byte " << at << " bit " << bit;
                EXPECT_GT(at, bytes.size() - 14) << "byte " << at << " bit " << bit << " was not missed";
            } catch (const SnapshotUnreadable&) {
                continue;
            }
        }
    }
}

TEST_F(Snapshot, OfANewerFormatIsRefusedWithASentence) {
    auto bytes = bytes_of(venue.engine);
    bytes[8] = static_cast<char>(engine::snapshot_format + 1);
    try {
        engine_from(bytes);
        FAIL() << "it was read";
    } catch (const SnapshotUnreadable& error) {
        EXPECT_THAT(error.what(), testing::HasSubstr("format " + std::to_string(engine::snapshot_format + 1)));
    }
}

}  // namespace
}  // namespace venue::test
