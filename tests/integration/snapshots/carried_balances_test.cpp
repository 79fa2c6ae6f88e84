// What accounts held is carried at the end of each full range, so that a balance needs no more than the postings since.
#include <thread>

#include "tests/integration/snapshots/archiving.hpp"

namespace venue::journal {
namespace {

class CarriedBalances : public Archiving {
  protected:
    void carry_all() const {
        while (database.value("select venue.carry_balances()") == "t") continue;
    }
    std::string carried() const {
        return database.value(
            "select string_agg(distinct sequence::text, ' ' order by sequence::text) from venue.carried_balances");
    }
    /// By adding up every posting there is.
    std::string sums_at(int event) const {
        return rows("select account, asset, sum(amount) from venue.postings where sequence <= " +
                    std::to_string(event) + " group by 1, 2");
    }
};

TEST_F(CarriedBalances, AreOfEachRangeThatIsFull) {
    live();
    carry_all();
    EXPECT_EQ(carried(), "100 200 300");
    EXPECT_EQ(rows("select account, asset, amount from venue.carried_balances where sequence = 200"), sums_at(200));
    EXPECT_EQ(database.value("select venue.carry_balances()"), "f") << "nothing is new";
}

TEST_F(CarriedBalances, AreCarriedByTheVenueItself) {
    live();
    // On a connection of its own, beside the appends.
    while (database.value("select venue.carried_until(100)") == "0") std::this_thread::yield();
    // A start makes up for what was left out.
    kill();
    const PostgresJournal later(database.url(), wait_ms);
    while (carried() != "100 200 300") std::this_thread::yield();
}

TEST_F(CarriedBalances, ChangeNoAnswer) {
    live();
    let_carrying_end();
    database.force("delete from venue.carried_balances");
    const std::string questions[] = {"select * from venue.balances",
                                     "select * from venue.trial_balance()",
                                     "select * from venue.trial_balance(150)",
                                     "select * from venue.balances_at(100)",
                                     "select * from venue.balances_at(101)",
                                     "select * from venue.statement('alice', 'infinity', 'infinity')",
                                     "select * from venue.statement('alice', '-infinity', 'infinity')",
                                     "select * from venue.statement('bob', 'infinity', '-infinity')"};
    std::vector<std::string> before;
    for (const auto& question : questions) before.push_back(rows(question));
    carry_all();
    ASSERT_EQ(carried(), "100 200 300");
    for (std::size_t i = 0; i < before.size(); ++i) EXPECT_EQ(rows(questions[i]), before[i]) << questions[i];
    for (const int event : {99, 100, 101, 199, 200, 201, 230}) {
        EXPECT_EQ(rows("select * from venue.ledger_at(" + std::to_string(event) + ")"), sums_at(event)) << event;
    }
}

TEST_F(CarriedBalances, AreHeldAgainstThePostingsAndStayWhenTheirRangeIsArchived) {
    live();
    carry_all();
    EXPECT_THAT(verified(), testing::HasSubstr("exit code 0"));
    EXPECT_EQ(archive(101), commands::ok);
    EXPECT_EQ(archive(), commands::ok);
    EXPECT_EQ(carried(), "100 200 300");
    EXPECT_THAT(verified(), testing::HasSubstr("exit code 0"));
}

}  // namespace
}  // namespace venue::journal
