#include "venue/sequencer/sequencer.hpp"

#include <gmock/gmock.h>

#include <thread>

namespace venue::sequencer {
namespace {

using namespace std::chrono_literals;
using model::Request;
using model::SessionId;
using model::Timestamp;
using testing::ElementsAre;
using testing::IsEmpty;

Request from(std::int32_t session, std::int64_t number) {
    return {{SessionId{session}, model::Incarnation{1}, number}, model::Judged{}};
}

std::vector<std::int64_t> numbers(const std::vector<Stamped>& batch) {
    std::vector<std::int64_t> all;
    for (const auto& stamped : batch) all.push_back(stamped.request.origin.number);
    return all;
}

TEST(Sequencer, gives_requests_back_in_the_order_they_came) {
    const ManualClock clock({5});
    Sequencer sequencer(clock, {});
    for (int number = 1; number <= 5; ++number) sequencer.submit(from(1, number));
    EXPECT_THAT(numbers(sequencer.take(0ms, 3)), ElementsAre(1, 2, 3));
    sequencer.submit(from(1, 6));
    EXPECT_THAT(numbers(sequencer.take(0ms, 10)), ElementsAre(4, 5, 6));
    EXPECT_THAT(sequencer.take(0ms, 10), IsEmpty());
}

TEST(Sequencer, stamps_never_go_back_even_when_the_clock_does) {
    ManualClock clock({1'000});
    Sequencer sequencer(clock, {2'000});
    sequencer.submit(from(1, 1));
    EXPECT_EQ(sequencer.take(0ms, 10).at(0).time, Timestamp{2'000}) << "the last stamp before a restart counts";
    clock.set({3'000});
    sequencer.submit(from(1, 2));
    EXPECT_EQ(sequencer.take(0ms, 10).at(0).time, Timestamp{3'000});
    clock.set({2'500});
    EXPECT_EQ(sequencer.stamp(), Timestamp{3'000});
}

TEST(Sequencer, says_when_it_has_no_room_and_when_it_has_again) {
    const ManualClock clock({1});
    Sequencer sequencer(clock, {}, 2);
    const auto submit_now = [&](std::int64_t number) {
        auto request = from(1, number);
        request.submitted_at = monotonic_now();
        sequencer.submit(request);
    };
    submit_now(1);
    EXPECT_EQ(sequencer.admission(), model::Admission::open);
    submit_now(2);
    EXPECT_EQ(sequencer.admission(), model::Admission::slow);
    EXPECT_EQ(sequencer.take(0ms, 1).size(), 1U);
    EXPECT_EQ(sequencer.admission(), model::Admission::open);
}

TEST(Sequencer, is_busy_as_long_as_somebody_waits_for_long) {
    const ManualClock clock({1});
    Sequencer sequencer(clock, {}, 2);
    sequencer.submit(from(1, 1));
    EXPECT_EQ(sequencer.admission(), model::Admission::busy) << "it was submitted when the machine started";
    sequencer.take(0ms, 1);
    EXPECT_EQ(sequencer.admission(), model::Admission::open);
}

TEST(Sequencer, keeps_each_submitters_order_when_threads_meet) {
    constexpr int submitters = 4;
    constexpr std::int64_t each = 2'000;
    const ManualClock clock({1});
    Sequencer sequencer(clock, {});
    std::vector<std::thread> threads;
    for (int session = 1; session <= submitters; ++session) {
        threads.emplace_back([&, session] {
            for (std::int64_t number = 1; number <= each; ++number) sequencer.submit(from(session, number));
        });
    }
    std::vector<std::int64_t> last(submitters + 1, 0);
    for (std::int64_t taken = 0; taken < submitters * each;) {
        for (const auto& [time, request] : sequencer.take(100ms, 64)) {
            const auto session = static_cast<std::size_t>(request.origin.session.value);
            ASSERT_EQ(request.origin.number, last[session] + 1);
            last[session] = request.origin.number;
            ++taken;
        }
    }
    for (auto& thread : threads) thread.join();
}

TEST(Sequencer, wakes_whoever_waits_when_it_is_closed) {
    const ManualClock clock({1});
    Sequencer sequencer(clock, {});
    std::thread waiting([&] { EXPECT_THAT(sequencer.take(1h, 10), IsEmpty()); });
    sequencer.close();
    waiting.join();
    EXPECT_TRUE(sequencer.closed());
}

}  // namespace
}  // namespace venue::sequencer
