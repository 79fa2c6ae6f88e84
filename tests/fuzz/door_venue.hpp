// The venue behind the fuzzed door: the real FIX room and the real engine on one thread, with a journal that is a list
// in memory.
#pragma once

#include <boost/asio/io_context.hpp>

#include <array>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "venue/engine/engine.hpp"
#include "venue/fix/door.hpp"
#include "venue/fix/journal_reader.hpp"

namespace venue::fuzz {

struct TestSession {
    std::string_view comp_id;
    std::string_view begin_string;
    model::FixVersion version;
    bool extensions;
};
inline constexpr std::array<TestSession, 4> all_sessions = {{
    {"FIX42", "FIX.4.2", model::FixVersion::fix42, false},
    {"FIX44", "FIX.4.4", model::FixVersion::fix44, false},
    {"FIX50", "FIXT.1.1", model::FixVersion::fix50sp2, false},
    {"WIDER", "FIX.4.4", model::FixVersion::fix44, true},
}};

class DoorVenue {
  public:
    /// Each of the sessions has a participant of its own with funds in BTC and USD.
    explicit DoorVenue(const std::string& dictionaries);

    static const std::string& secret();
    /// Takes the socket.
    void let_in(int socket);
    /// Until nothing more comes of it.
    void work();
    void tick() { door_.tick(std::chrono::steady_clock::now()); }

  private:
    class ReaderAtOnce final : public fix::JournalReader {
      public:
        explicit ReaderAtOnce(boost::asio::io_context& io) : io_(io) {}
        void ask(Read read) override;

      private:
        boost::asio::io_context& io_;
    };

    fix::Wiring wiring();
    void configure();
    void judge(const model::Request& request);
    void handle(const model::Command& command);
    bool commit();

    boost::asio::io_context io_{1};
    ReaderAtOnce reader_{io_};
    engine::Engine engine_;
    model::Timestamp now_{1};
    model::Group forming_;
    std::deque<model::Request> waiting_;
    std::vector<model::Event> events_;
    std::vector<model::OutboundRun> runs_;
    fix::Door door_;
};

}  // namespace venue::fuzz
