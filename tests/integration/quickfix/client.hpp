// A participant on the stock QuickFIX library with the standard's dictionary: it sends, and takes what comes in order.
// Whatever its library rejects of what the venue sends is a failure.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tests/bench/quickfix_stock.hpp"

namespace venue::test {

struct Failed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

using FieldList = std::vector<std::pair<int, std::string>>;

/// Of that type, with these fields.
FIX::Message message(const std::string& type, const FieldList& fields);

class Client : public FIX::Application {
  public:
    struct Account {
        std::string username;
        std::string password;
    };
    /// Encrypted where there are `authorities`: the file with the certificates that the venue's must come from.
    Client(int port, const std::string& dictionary, std::string comp_id, Account account,
           const std::string& authorities);
    ~Client() override;

    /// Returns when the venue has answered the Logon.
    void log_on();
    void send(FIX::Message message);
    /// The next application message, which must be of that type and have these fields.
    FIX::Message expect(const std::string& type, const FieldList& fields);

  private:
    void onCreate(const FIX::SessionID&) override {}
    void onLogon(const FIX::SessionID&) override;
    void onLogout(const FIX::SessionID&) override {}
    void toAdmin(FIX::Message& leaving, const FIX::SessionID&) override;
    void toApp(FIX::Message&, const FIX::SessionID&) override {}
    void fromAdmin(const FIX::Message&, const FIX::SessionID&) override {}
    void fromApp(const FIX::Message& came, const FIX::SessionID&) override;
    void fail(const std::string& why);

    const Account account_;
    const FIX::SessionID session_;
    FIX::SessionSettings settings_;
    FIX::MemoryStoreFactory stores_;
    std::unique_ptr<FIX::Initiator> initiator_;

    std::mutex mutex_;
    std::condition_variable changed_;
    bool logged_on_ = false;
    std::string fault_;
    std::deque<FIX::Message> came_;
};

}  // namespace venue::test
