// Releases come from one thread while participants send on another: what meets here runs under ThreadSanitizer.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <set>
#include <thread>

#include "tests/unit/fix/socket_client.hpp"
#include "tests/unit/fix/stub_venue.hpp"
#include "venue/fix/message_recorder.hpp"

namespace venue::fix {
namespace {

/// A folder of this test's own, empty.
std::string fresh_folder(const std::string& name) {
    const auto folder = std::filesystem::path(::testing::TempDir()) / ("gateway_threads_" + name);
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    return folder;
}

Settings with_tls(const std::string& folder) {
    auto settings = StubVenue::quick();
    settings.tls = {.port = StubVenue::quick().port, .certificate = folder + "/chain.pem", .key = folder + "/key.pem"};
    const auto command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=venue "
        "-days 2 -keyout " +
        settings.tls.key + " -out " + settings.tls.certificate + " 2>/dev/null";
    EXPECT_EQ(std::system(command.c_str()), 0);
    return settings;
}

/// Bob on the encrypted port.
class TlsClient {
  public:
    explicit TlsClient(std::uint16_t port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        SSL_set_fd(tls_.get(), socket_);
        EXPECT_EQ(SSL_connect(tls_.get()), 1);
    }
    ~TlsClient() { ::close(socket_); }
    TlsClient(const TlsClient&) = delete;
    TlsClient& operator=(const TlsClient&) = delete;

    void send(const std::string& type, const std::string& fields) {
        const auto header = "35=" + type + "|49=BOB|56=VENUE|34=" + std::to_string(next_number_++) + "|52=";
        const auto bytes = framed(header + utc_now() + "|" + fields);
        EXPECT_GT(SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size())), 0);
    }

    /// Whether the next record has a message of this type; the venue answers one at a time here.
    bool hears(const std::string& type) {
        char bytes[4'096];
        const int count = SSL_read(tls_.get(), bytes, sizeof bytes);
        const std::string_view heard(bytes, static_cast<std::size_t>(std::max(count, 0)));
        return heard.find(with_bars("|35=" + type + "|")) != std::string_view::npos;
    }

  private:
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_{SSL_CTX_new(TLS_client_method()), &SSL_CTX_free};
    std::unique_ptr<SSL, decltype(&SSL_free)> tls_{SSL_new(context_.get()), &SSL_free};
    int socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    int next_number_ = 1;
};

/// Does a thing over and over on a thread of its own, until it goes.
class Repeating {
  public:
    explicit Repeating(std::function<void()> thing)
        : thread_([this, thing = std::move(thing)] {
              while (going_) {
                  thing();
                  // Whoever posts more than the worker takes would only make it wait.
                  std::this_thread::sleep_for(std::chrono::milliseconds(1));
              }
          }) {}
    ~Repeating() {
        going_ = false;
        thread_.join();
    }
    Repeating(const Repeating&) = delete;
    Repeating& operator=(const Repeating&) = delete;

  private:
    std::atomic<bool> going_ = true;
    std::thread thread_;
};

/// One session, time and again, with its numbers anew each time.
void come_and_go(StubVenue& venue) {
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
}

/// What an operator may ask; nobody waits for the answers.
void ask_everything(Gateway& gateway) {
    gateway.look("", [](const auto&) {});
    gateway.carry_out({"ALICE", model::SessionOrder::test_request}, [](const auto&) {});
    gateway.carry_out({"BOB", model::SessionOrder::reset_numbers}, [](const auto&) {});
}

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
    come_and_go(venue);
    releasing.join();
}

TEST(GatewayThreads, trade_over_tls_while_the_certificate_is_read_again) {
    const auto settings = with_tls(fresh_folder("tls"));
    StubVenue venue(settings);
    const Repeating reading([&] { venue.gateway().read_certificate_again(); });
    for (int i = 0; i < 10; ++i) {
        TlsClient client(settings.tls.port);
        client.send("A", "98=0|108=30|141=Y|553=bob|554=" + StubVenue::secret() + "|");
        ASSERT_TRUE(client.hears("A"));
        for (int sent = 0; sent < 10; ++sent) {
            client.send("D", order("b" + std::to_string(i) + "-" + std::to_string(sent)));
            ASSERT_TRUE(client.hears("8"));
        }
        client.send("5", "");
        ASSERT_TRUE(client.hears("5"));
        ASSERT_TRUE(venue.wait_for([&](const auto& requests) {
            return std::ranges::count_if(requests, is_command<model::DisconnectSession>) == i + 1;
        }));
    }
}

TEST(GatewayThreads, log_on_while_the_terms_of_access_are_replaced) {
    StubVenue venue;
    int heartbeat_max = 100;
    const Repeating replacing([&] {
        model::Access access;
        access.sessions["ALICE"].heartbeat_max_seconds = ++heartbeat_max;
        venue.gateway().use(access);
    });
    come_and_go(venue);
}

TEST(GatewayThreads, send_again_from_the_journal_while_everything_is_recorded_and_looked_at) {
    constexpr int orders = 200;
    auto settings = StubVenue::quick();
    settings.resend_page = 7;
    MessageRecorder recorder({.folder = fresh_folder("recording"), .file_bytes_max = 65'536});
    StubVenue venue(settings, [&](auto comp_id, auto way, auto messages) { recorder.take(comp_id, way, messages); });
    SocketClient client(venue.port());
    client.log_on("alice", StubVenue::secret());
    ASSERT_EQ(client.receive().at(35), "A");
    const Repeating asking([&] { ask_everything(venue.gateway()); });
    std::jthread sending([&] {
        for (int i = 0; i < orders; ++i) {
            client.send("D", order("r" + std::to_string(i)));
            if (i % 50 == 49) client.send("2", "7=2|16=0|");
        }
    });
    std::set<std::string> fresh;
    std::set<std::string> again;
    while (again.size() < orders) {
        const auto message = client.receive();
        ASSERT_FALSE(message.fields.empty()) << fresh.size() << " and again " << again.size();
        if (message.at(35) != "8") continue;
        (message.at(43) == "Y" ? again : fresh).insert(message.at(11));
        if (fresh.size() < orders || !sending.joinable()) continue;
        sending.join();
        client.send("2", "7=2|16=0|");
    }
    EXPECT_EQ(fresh.size(), orders);
}

/// The worker waits in here until it is let go.
class HeldWorker {
  public:
    explicit HeldWorker(Gateway& gateway) {
        gateway.look("", [this](const auto&) {
            is_held_.set_value();
            go_.get_future().wait();
        });
        is_held_.get_future().wait();
    }
    void let_go() { go_.set_value(); }

  private:
    std::promise<void> is_held_;
    std::promise<void> go_;
};

void release_when_there_is_room(Gateway& gateway) {
    gateway.wait_for_room();
    gateway.release(std::make_shared<const model::Group>());
}

TEST(GatewayThreads, release_no_more_than_a_few_groups_before_a_worker_that_stands_still) {
    constexpr int groups = 200;
    constexpr int waiting_max = 16;
    StubVenue venue;
    HeldWorker worker(venue.gateway());
    std::atomic<int> released = 0;
    const std::jthread releasing([&] {
        for (; released < groups; ++released) release_when_there_is_room(venue.gateway());
    });
    // What the venue released at its start may wait there, too.
    while (released < waiting_max / 2) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_LE(released, waiting_max) << "whoever commits doesn't wait";
    worker.let_go();
    while (released < groups) std::this_thread::yield();
}

TEST(GatewayThreads, stop_while_somebody_waits_to_release) {
    StubVenue venue;
    HeldWorker worker(venue.gateway());
    std::atomic<bool> going = true;
    const std::jthread releasing([&] {
        while (going) release_when_there_is_room(venue.gateway());
    });
    worker.let_go();
    venue.gateway().stop();
    going = false;
}

TEST(GatewayThreads, stop_while_everybody_trades) {
    StubVenue venue;
    SocketClient client(venue.port());
    client.log_on("alice", StubVenue::secret());
    ASSERT_EQ(client.receive().at(35), "A");
    {
        const Repeating releasing([&] { venue.make_event(StubVenue::alice); });
        const Repeating asking([&] { ask_everything(venue.gateway()); });
        const Repeating sending([&] { client.send("D", order("s" + std::to_string(client.next_number))); });
        ASSERT_EQ(client.receive("8").at(35), "8");
        venue.gateway().stop();
    }
    EXPECT_TRUE(client.is_closed());
}

}  // namespace
}  // namespace venue::fix
