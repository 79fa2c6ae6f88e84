// Releases come from one thread while participants send on another: what meets here runs under ThreadSanitizer.
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "tests/unit/fix/socket_client.hpp"
#include "tests/unit/fix/stub_venue.hpp"

namespace venue::fix {
namespace {

TEST(GatewayThreads, give_every_report_its_own_number_in_order) {
    constexpr int orders = 300;
    constexpr int events = 300;
    StubVenue venue;
    SocketClient client(venue.port());
    client.log_on("alice", StubVenue::secret());
    ASSERT_EQ(client.receive().at(35), "A");
    std::thread releasing([&] {
        for (int i = 0; i < events; ++i) venue.make_event(StubVenue::alice);
    });
    std::thread sending([&] {
        for (int i = 0; i < orders; ++i) client.send("D", order("t" + std::to_string(i)));
    });
    for (int number = 2; number < 2 + orders + events; ++number) {
        const auto report = client.receive();
        ASSERT_EQ(report.at(35), "8");
        ASSERT_EQ(report.at(34), std::to_string(number));
    }
    sending.join();
    releasing.join();
}

TEST(GatewayThreads, log_on_and_off_while_reports_are_released) {
    StubVenue venue;
    std::thread releasing([&] {
        for (int i = 0; i < 500; ++i) venue.make_event(StubVenue::alice);
    });
    for (int i = 0; i < 20; ++i) {
        SocketClient client(venue.port());
        client.log_on("alice", StubVenue::secret(), "141=Y|");
        ASSERT_EQ(client.receive("A").at(34), "1");
        client.send("5");
        ASSERT_TRUE(client.is_closed());
        ASSERT_TRUE(venue.wait_for([&](const auto& requests) {
            return std::ranges::count_if(requests, is_command<model::DisconnectSession>) == i + 1;
        }));
    }
    releasing.join();
}

}  // namespace
}  // namespace venue::fix
