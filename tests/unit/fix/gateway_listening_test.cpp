// The door itself: who may wait before it, and what happens when no one else fits.
#include <gtest/gtest.h>

#include <sys/resource.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/unit/fix/socket_client.hpp"
#include "tests/unit/fix/stub_venue.hpp"

namespace venue::fix {
namespace {

struct GatewayListening : ::testing::Test {
    static Settings for_two() {
        auto settings = StubVenue::quick();
        settings.pending_logons_max = 2;
        return settings;
    }
    StubVenue venue{for_two()};
};

TEST_F(GatewayListening, closes_a_connection_that_comes_while_too_many_wait_for_their_logon) {
    SocketClient first(venue.port());
    SocketClient second(venue.port(), "BOB");
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(SocketClient(venue.port()).is_closed());
    first.log_on("alice", StubVenue::secret());
    EXPECT_EQ(first.receive().at(35), "A") << "who was there waits on";
    second.log_on("bob", StubVenue::secret());
    EXPECT_EQ(second.receive().at(35), "A");
}

TEST_F(GatewayListening, counts_no_session_and_nobody_who_left) {
    SocketClient alice(venue.port());
    alice.log_on("alice", StubVenue::secret());
    ASSERT_EQ(alice.receive().at(35), "A");
    for (int i = 0; i < 10; ++i) {
        SocketClient stranger(venue.port(), "NOBODY");
        stranger.log_on("nobody", "nothing");
        EXPECT_TRUE(stranger.is_closed());
    }
    SocketClient idle(venue.port());
    SocketClient bob(venue.port(), "BOB");
    bob.log_on("bob", StubVenue::secret());
    EXPECT_EQ(bob.receive().at(35), "A");
}

/// Takes every descriptor that this process may have.
class NoDescriptors {
  public:
    NoDescriptors() {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        rlimit few = before_;
        few.rlim_cur = 256;
        ::setrlimit(RLIMIT_NOFILE, &few);
        for (int taken = ::dup(0); taken >= 0; taken = ::dup(0)) taken_.push_back(taken);
    }
    ~NoDescriptors() {
        while (!taken_.empty()) give_one();
        ::setrlimit(RLIMIT_NOFILE, &before_);
    }
    void give_one() {
        ::close(taken_.back());
        taken_.pop_back();
    }

  private:
    rlimit before_{};
    std::vector<int> taken_;
};

TEST(Gateway, takes_who_came_while_it_had_no_descriptor_as_soon_as_it_has_one) {
    StubVenue venue;
    SocketClient bob(venue.port(), "BOB");
    bob.log_on("bob", StubVenue::secret());
    ASSERT_EQ(bob.receive().at(35), "A");
    NoDescriptors none;
    none.give_one();
    SocketClient alice(venue.port());
    alice.log_on("alice", StubVenue::secret());
    for (const std::string turn : {"first", "second"}) {
        bob.send("1", "112=" + turn + "|");
        EXPECT_EQ(bob.receive("0").at(112), turn) << "sessions go on";
    }
    none.give_one();
    EXPECT_EQ(alice.receive().at(35), "A");
}

/// As many descriptors as this process may have at most.
class AllDescriptors {
  public:
    AllDescriptors() {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        rlimit most = before_;
        most.rlim_cur = most.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &most);
    }
    ~AllDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }
    [[nodiscard]] rlim_t count() const { return before_.rlim_max; }

  private:
    rlimit before_{};
};

TEST(Gateway, serves_who_comes_behind_more_connections_than_select_can_watch) {
    constexpr std::size_t count = 1'200;
    const AllDescriptors all;
    if (all.count() < 2 * count + 200) GTEST_SKIP() << "this machine allows " << all.count() << " descriptors";
    auto settings = StubVenue::quick();
    settings.pending_logons_max = 2 * count;
    settings.logon_timeout_ms = 10 * SocketClient::patience_ms;
    StubVenue venue(settings);
    std::vector<std::unique_ptr<SocketClient>> waiting;
    while (waiting.size() < count) waiting.push_back(std::make_unique<SocketClient>(venue.port()));
    SocketClient alice(venue.port());
    alice.log_on("alice", StubVenue::secret());
    ASSERT_EQ(alice.receive().at(35), "A");
    alice.send("D", order("a1"));
    EXPECT_EQ(alice.receive().at(11), "a1");
    SocketClient& last_but_one = *waiting.back();
    last_but_one.send("A", "98=0|108=30|");
    EXPECT_TRUE(last_but_one.is_closed()) << "it was listened to";
}

}  // namespace
}  // namespace venue::fix
