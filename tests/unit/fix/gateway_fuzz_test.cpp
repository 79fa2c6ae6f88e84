// Mutated logons and orders: whatever arrives, the process lives and an honest participant is served.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "tests/unit/fix/socket_client.hpp"
#include "tests/unit/fix/stub_venue.hpp"

namespace venue::fix {
namespace {

using Random = std::minstd_rand;

std::size_t pick(Random& random, std::size_t count) { return random() % count; }

/// Fields that the library's parser is known to trip over, and a few that are merely odd.
const std::vector<std::string> odd_fields = {
    "95=-5|96=abc|",
    "95=99999999|96=abc|",
    "95=3|96=abc|",
    "96=abc|",
    "93=4|89=abcd|",
    "89=x|93=1|",
    "212=1|213=x|",
    "354=2|355=xy|",
    "384=-1|372=D|",
    "384=99999|",
    "384=2|372=D|385=R|",
    "146=1|",
    "268=5|269=0|",
    "34=0|",
    "34=2147483647|",
    "34=-1|",
    "43=Y|",
    "43=Y|122=x|",
    "123=Y|36=1|",
    "=|",
    "a=b|",
    "0=0|",
    "99999999999999=1|",
    "58=|",
    "35=A|",
    "35=2|7=1|16=0|",
    "627=1|628=x|",
    "52=junk|",
    "108=2147483648|",
    "141=Y|",
    "453=2|448=a|447=D|452=1|448=b|",
    "453=0|",
    "10=000|",
    "8=FIX.4.4|9=5|",
    "1137=9|",
    "1128=6|",
    "1401=99999999|1402=abc|",
    "1184=-5|1185=abc|",
    "1526=99999999|1527=abc|",
};

/// How CAROL speaks, whose session has that version.
struct Spoken {
    model::FixVersion version;
    std::string begin_string;
    std::string logon;  ///< What her Logon must have beside others'.
};
const std::vector<Spoken> all_spoken = {{model::FixVersion::fix42, "FIX.4.2", ""},
                                        {model::FixVersion::fix44, "FIX.4.4", ""},
                                        {model::FixVersion::fix50sp2, "FIXT.1.1", "1137=9|"}};

std::string mutate(Random& random, std::string body) {
    for (auto rounds = 1 + pick(random, 3); rounds > 0; --rounds) {
        const auto bar = body.find('|', pick(random, body.size()));
        const auto at = bar == std::string::npos ? body.size() : bar + 1;
        switch (pick(random, 4)) {
            case 0:
                body.insert(at, odd_fields[pick(random, odd_fields.size())]);
                break;
            case 1:
                body[pick(random, body.size())] = static_cast<char>(pick(random, 256));
                break;
            case 2:
                body.erase(at, pick(random, 30));
                break;
            default:
                body.insert(at, body.substr(pick(random, body.size()), 20));
        }
        if (body.empty()) body = "35=0|";
    }
    return body;
}

std::string header(std::string_view type, int number) {
    return "35=" + std::string(type) + "|49=CAROL|56=VENUE|34=" + std::to_string(number) + "|52=" + utc_now() + "|";
}

void expect_service(StubVenue& venue) {
    SocketClient honest(venue.port(), "BOB");
    honest.log_on("bob", StubVenue::secret());
    EXPECT_EQ(honest.receive().at(35), "A");
}

TEST(GatewayFuzz, survives_mutated_logons) {
    Random random(20'260'101);
    auto settings = StubVenue::quick();
    settings.access.lock_out.session_failures_max = settings.access.lock_out.address_failures_max = 10'000;
    for (const auto& spoken : all_spoken) {
        StubVenue venue(settings);
        venue.add_session("CAROL", spoken.version);
        const auto logon = "98=0|108=30|" + spoken.logon + "553=CAROL|554=" + StubVenue::secret() + "|";
        for (int i = 0; i < 1'000; ++i) {
            SocketClient client(venue.port());
            client.send_bytes(framed(mutate(random, header("A", 1) + logon), spoken.begin_string));
        }
        expect_service(venue);
    }
}

TEST(GatewayFuzz, survives_mutated_messages_of_a_session) {
    Random random(20'260'102);
    for (const auto& spoken : all_spoken) {
        StubVenue venue;
        venue.add_session("CAROL", spoken.version);
        const auto send = [&](SocketClient& client, const std::string& body) {
            client.send_bytes(framed(mutate(random, body), spoken.begin_string));
        };
        int session_count = 0;
        for (int i = 0; i < 200; ++i) {
            SocketClient client(venue.port(), "CAROL", spoken.begin_string);
            client.log_on("CAROL", StubVenue::secret(), "141=Y|" + spoken.logon);
            if (client.receive().at(35) != "A") continue;  // The last connection's end was not seen yet.
            ++session_count;
            for (int number = 2; number < 12; ++number) {
                send(client, header("D", number) + "21=1|" + order("f"));
                send(client, header("2", number) + "7=1|16=0|");
            }
        }
        EXPECT_GT(session_count, 0) << spoken.begin_string;
        expect_service(venue);
    }
}

}  // namespace
}  // namespace venue::fix
