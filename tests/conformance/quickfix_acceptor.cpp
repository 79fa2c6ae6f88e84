// QuickFIX's own acceptor, as its settings file has it, with an application that accepts everything: an order is
// answered by one report, what the venue takes no message of by "unsupported". The venue's sessions are held against
// it. Usage: quickfix_acceptor SETTINGS  Prints "listening" once connections are accepted; ends with its standard
// input.
#include "tests/bench/quickfix_stock.hpp"

namespace {

class AcceptEverything final : public FIX::Application {
  public:
    void onCreate(const FIX::SessionID& /*session*/) override {}
    void onLogon(const FIX::SessionID& /*session*/) override {}
    void onLogout(const FIX::SessionID& /*session*/) override {}
    void toAdmin(FIX::Message& /*message*/, const FIX::SessionID& /*session*/) override {}
    void toApp(FIX::Message& /*message*/, const FIX::SessionID& /*session*/) override {}
    void fromAdmin(const FIX::Message& /*message*/, const FIX::SessionID& /*session*/) override {}

    void fromApp(const FIX::Message& request, const FIX::SessionID& session) override {
        const auto type = request.getHeader().getField(FIX::FIELD::MsgType);
        constexpr std::string_view taken = "DFGHEKMqVx";
        if (type.size() != 1 || taken.find(type) == std::string_view::npos) throw FIX::UnsupportedMessageType();
        FIX::Message report;
        report.getHeader().setField(FIX::FIELD::MsgType, "8");
        report.setField(FIX::FIELD::Text, "accepted");
        FIX::Session::sendToTarget(report, session);
    }
};

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) return 2;
    try {
        AcceptEverything application;
        FIX::MemoryStoreFactory stores;
        const FIX::SessionSettings settings(arguments[1]);
        FIX::SocketAcceptor acceptor(application, stores, settings);
        acceptor.start();
        std::puts("listening");
        std::fflush(stdout);
        while (std::getchar() != EOF) continue;
        acceptor.stop(true);
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "quickfix_acceptor: %s\n", failure.what());
        return 1;
    }
}
