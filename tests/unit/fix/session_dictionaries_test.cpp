#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/unit/fix/socket_client.hpp"
#include "tests/unit/fix/stub_venue.hpp"
#include "venue/fix/dictionaries.hpp"

namespace venue::fix {
namespace {

/// A dictionary of the operator's: ours of FIX 4.4 with something else in the place of `text`.
class OwnDictionary {
  public:
    OwnDictionary(const std::string& text, const std::string& other)
        : path_(std::filesystem::temp_directory_path() / ("own-" + std::to_string(::getpid()) + ".xml")) {
        std::stringstream ours;
        ours << std::ifstream(DICTIONARIES "/FIX44.xml").rdbuf();
        auto whole = ours.str();
        const auto at = whole.find(text);
        EXPECT_NE(at, std::string::npos) << text;
        std::ofstream(path_) << whole.replace(at, text.size(), other);
    }
    ~OwnDictionary() { std::filesystem::remove(path_); }

    [[nodiscard]] Settings settings() const {
        auto settings = StubVenue::quick();
        settings.session_dictionaries["ALICE"] = path_.string();
        return settings;
    }
    /// What is wrong with it for a session of that version; empty for nothing.
    [[nodiscard]] std::string fault(model::FixVersion version) const {
        try {
            const SessionDictionaries all(read_dictionaries(DICTIONARIES), settings().session_dictionaries);
            all.check("ALICE", dialect(version, false));
            return {};
        } catch (const DictionaryUnreadable& error) {
            return error.what();
        }
    }

  private:
    std::filesystem::path path_;
};

/// The Account of a NewOrderSingle, the first message that has one.
const std::string account = R"(<field name="Account" required="N" />)";
const std::string account_needed = R"(<field name="Account" required="Y" />)";
const std::string second_name = R"(name="SecondaryClOrdID" type=)";

TEST(SessionDictionary, decides_what_its_session_may_send_and_no_other) {
    const OwnDictionary own(account, account_needed);
    StubVenue venue(own.settings());
    SocketClient alice(venue.port());
    alice.log_on("alice", StubVenue::secret());
    alice.receive("A");
    alice.send("D", order("a1"));
    const auto reject = alice.receive();
    EXPECT_EQ(reject.at(35), "3");
    EXPECT_EQ(reject.at(373), "1");
    EXPECT_EQ(reject.at(371), "1");
    alice.send("D", "1=alice|" + order("a2"));
    EXPECT_EQ(alice.receive("8").at(150), "0");

    SocketClient bob(venue.port(), "BOB");
    bob.log_on("bob", StubVenue::secret());
    bob.receive("A");
    bob.send("D", order("b1"));
    EXPECT_EQ(bob.receive().at(150), "0");
}

TEST(SessionDictionary, must_be_of_its_sessions_version) {
    const OwnDictionary own(account, account_needed);
    EXPECT_EQ(own.fault(model::FixVersion::fix44), "");
    EXPECT_NE(own.fault(model::FixVersion::fix42).find("is of FIX.4.4; expected one of FIX.4.2"), std::string::npos)
        << own.fault(model::FixVersion::fix42);
    EXPECT_NE(own.fault(model::FixVersion::fix50sp2).find("expected one of FIX.5.0"), std::string::npos);
}

/// The session engine would take what stands in 525 for its length, whatever that is.
TEST(SessionDictionary, has_data_fields_whose_length_is_not_checked_as_text) {
    for (const std::string type : {R"("DATA")", R"("XMLDATA")", "'DATA'"}) {
        const OwnDictionary own(second_name + R"("STRING")", second_name + type);
        StubVenue venue(own.settings());
        SocketClient alice(venue.port());
        alice.log_on("alice", StubVenue::secret());
        alice.receive("A");
        alice.send("D", order("a1") + "525=99999999|526=second|");
        const auto reject = alice.receive();
        EXPECT_EQ(reject.at(35), "3");
        EXPECT_EQ(reject.at(371), "525");
        alice.send("D", order("a2") + "526=second|");
        EXPECT_EQ(alice.receive("8").at(11), "a2");
    }
}

TEST(SessionDictionary, whose_data_field_cant_be_made_text_is_refused) {
    const OwnDictionary own(second_name + R"("STRING")", second_name + R"("&#68;ATA")");
    const auto fault = own.fault(model::FixVersion::fix44);
    EXPECT_NE(fault.find("has the data field 526, whose length the venue can't check; expected the type STRING"),
              std::string::npos)
        << fault;
}

TEST(SessionDictionary, may_have_all_data_fields_that_fix_5_0_sp2_was_published_with) {
    for (const std::string tag : {"1185", "1278", "1281", "1283", "1398", "1402", "1404"}) {
        const OwnDictionary own("<fields>", "<fields><field number=\"" + tag + "\" name=\"More\" type=\"DATA\"/>");
        EXPECT_EQ(own.fault(model::FixVersion::fix44), "") << tag;
    }
}

TEST(SessionDictionary, that_is_none_is_named) {
    const OwnDictionary own("<header>", "<headache>");
    EXPECT_NE(own.fault(model::FixVersion::fix44).find("[fix.session_dictionaries] ALICE: "), std::string::npos);
}

}  // namespace
}  // namespace venue::fix
