// What a reference file says of a participant beyond its name: what is remembered of it, and how much it may send.
#include <gmock/gmock.h>

#include "tests/unit/config/file_of_its_own.hpp"
#include "venue/config/reference_file.hpp"

namespace venue::config {
namespace {

using testing::HasSubstr;

class ParticipantTerms : public FileOfItsOwn {
  protected:
    /// A participant with these lines, and a session with those.
    ReferenceFile loaded(const std::string& of_participant, const std::string& of_session = "") {
        const std::string of_account = "[[participant.account]]\nname = \"alice\"\nbalances = {}\n";
        const std::string head =
            "[[participant.session]]\nsender = \"ALICE\"\nusername = \"alice\"\naccount = \"alice\"\n";
        return load_reference(
            file_with("[[participant]]\nname = \"alice\"\n" + of_participant + of_account + head + of_session),
            "VENUE");
    }
    std::string fault_in(const std::string& of_participant, const std::string& of_session = "") {
        return error_of([&] { loaded(of_participant, of_session); });
    }
};

TEST_F(ParticipantTerms, say_which_closed_orders_are_remembered) {
    EXPECT_EQ(loaded("").participants.at(0).remembered, model::Remembered{});
    EXPECT_EQ(loaded("remembered_orders = 5000\nremembered_seconds = 3600\n").participants.at(0).remembered,
              (model::Remembered{5'000, 3'600}));
    EXPECT_THAT(fault_in("remembered_orders = 10000001\n"), HasSubstr("remembered_orders"));
    EXPECT_THAT(fault_in("remembered_seconds = 0\n"), HasSubstr("remembered_seconds"));
}

TEST_F(ParticipantTerms, limit_how_much_is_sent_by_all_sessions_and_by_each) {
    const auto file =
        loaded("rate_requests = 100\nrate_logout_at = 400\n", "rate_requests = 5\nrate_window_ms = 2000\n");
    ASSERT_EQ(file.rates.size(), 2U);
    EXPECT_EQ(file.rates.at(0).session, "");
    EXPECT_EQ(file.rates.at(0).rate, (model::AskedRate{100, 400, {}}));
    EXPECT_EQ(file.rates.at(1).participant, "alice");
    EXPECT_EQ(file.rates.at(1).session, "ALICE");
    EXPECT_EQ(file.rates.at(1).rate, (model::AskedRate{5, {}, 2'000}));
    EXPECT_EQ(model::describe({{}, commands(file).back()}),
              "LimitRate participant=alice on=ALICE requests=5 window_ms=2000");
}

TEST_F(ParticipantTerms, have_no_rates_that_make_no_sense) {
    EXPECT_THAT(fault_in("rate_requests = -1\n"), HasSubstr("rate_requests"));
    EXPECT_THAT(fault_in("rate_window_ms = 3600001\n"), HasSubstr("rate_window_ms"));
    EXPECT_THAT(fault_in("", "rate_requests = 9\nrate_logout_at = 8\n"),
                HasSubstr("rate_logout_at: ends the session before its requests are refused"));
}

TEST_F(ParticipantTerms, are_held_against_what_is_journaled) {
    const auto file = loaded("remembered_orders = 5000\nrate_requests = 100\n", "rate_logout_at = 50\n");
    model::Reference journaled;
    auto& alice = journaled.participants[model::ParticipantId(1)];
    alice = {.id = model::ParticipantId(1), .name = "alice"};
    journaled.accounts[model::AccountId(101)] = {model::AccountId(101), alice.id, "alice"};
    auto& session = journaled.sessions[model::SessionId(1)];
    session.id = model::SessionId(1);
    session.participant = alice.id;
    session.account = model::AccountId(101);
    session.comp_id = "ALICE";
    session.username = "alice";
    using testing::UnorderedElementsAre;
    EXPECT_THAT(
        differences(file, journaled),
        UnorderedElementsAre("participant alice: remembered_orders is 5000 in the file and 100000 in the journal",
                             "participant alice: remembered_seconds is 86400 in the file and 0 in the journal",
                             "participant alice: rate_requests is 100 in the file and 0 in the journal",
                             "session ALICE: rate_logout_at is 50 in the file and 0 in the journal"));
    EXPECT_THAT(differences(loaded(""), journaled), testing::IsEmpty())
        << "who was added before there was a choice isn't told apart from who makes none";
    alice.remembered = {5'000, 86'400};
    alice.rate.requests = 100;
    alice.session_rates[session.id].logout_at = 50;
    EXPECT_THAT(differences(file, journaled), testing::IsEmpty());
    EXPECT_EQ(differences(loaded(""), journaled).size(), 3U);
}

}  // namespace
}  // namespace venue::config
