// The library begins a session anew when its store was made on another day; the venue's store is never that old.
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/fix/socket_client.hpp"
#include "venue/fix/dictionaries.hpp"
#include "venue/fix/store.hpp"

namespace venue::fix {
namespace {

FIX::UtcTimeStamp tomorrow() {
    FIX::UtcTimeStamp time;
    time += 24 * 60 * 60;
    return time;
}

/// The library's session on the venue's store, as the session engine has it, logged on today.
class AroundMidnight : public ::testing::Test, protected FIX::Responder {
  protected:
    AroundMidnight() {
        session.logon();
        session.setResponder(this);
        const FIX::UtcTimeStamp today;
        store.set_now(today);
        session.next(framed("35=A|49=ALICE|56=VENUE|34=1|52=" + utc_now() + "|98=0|108=0|"), today);
        EXPECT_TRUE(session.isLoggedOn());
    }
    bool send(const std::string& /*message*/) override { return true; }
    void disconnect() override { is_connected = false; }

    FIX::NullApplication application;
    NumberStore store;
    NumberStoreFactory stores{store};
    FIX::DataDictionaryProvider dictionaries = read_dictionaries(DICTIONARIES);
    FIX::Session session{application,
                         stores,
                         FIX::SessionID("FIX.4.4", "VENUE", "ALICE"),
                         dictionaries,
                         {FIX::UtcTimeOnly(0, 0, 0), FIX::UtcTimeOnly(0, 0, 0)},
                         0,
                         nullptr};
    bool is_connected = true;
};

TEST_F(AroundMidnight, a_session_goes_on_with_its_numbers) {
    store.set_now(tomorrow());
    session.next(tomorrow());
    EXPECT_TRUE(is_connected);
    EXPECT_TRUE(session.isLoggedOn());
    EXPECT_EQ(store.getNextTargetMsgSeqNum(), 2);
    EXPECT_EQ(store.getNextSenderMsgSeqNum(), 2);
}

TEST_F(AroundMidnight, a_store_that_grows_old_would_end_it) {
    session.next(tomorrow());
    EXPECT_FALSE(is_connected);
}

}  // namespace
}  // namespace venue::fix
