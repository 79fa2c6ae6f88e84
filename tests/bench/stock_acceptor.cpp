// The baseline: a stock QuickFIX acceptor that answers each order and each cancel with one execution report and does
// nothing else: no book, no ledger, no disk. In its favour: a thread per session, the store in memory, no log,
// prices and quantities as text (the library's double fields cost more), TCP_NODELAY. Validation by the dictionary is
// on, as at any venue.
// Usage: stock_acceptor PORT DICTIONARY TARGET-COMP-ID...  Prints "listening" once connections are accepted.
#include "tests/bench/quickfix_stock.hpp"

#include <atomic>

namespace {

/// Answers as if every order rested and every cancel found its order.
class ConfirmEverything : public FIX::Application {
  public:
    void onCreate(const FIX::SessionID&) override {}
    void onLogon(const FIX::SessionID&) override {}
    void onLogout(const FIX::SessionID&) override {}
    void toAdmin(FIX::Message&, const FIX::SessionID&) override {}
    void toApp(FIX::Message&, const FIX::SessionID&) override {}
    void fromAdmin(const FIX::Message&, const FIX::SessionID&) override {}

    void fromApp(const FIX::Message& request, const FIX::SessionID& session) override {
        const std::string& type = request.getHeader().getField(FIX::FIELD::MsgType);
        if (type == "D")
            confirm(request, session, "0", request.getField(FIX::FIELD::OrderQty));
        else if (type == "F")
            confirm(request, session, "4", "0");
        else
            throw FIX::UnsupportedMessageType();
    }

  private:
    void confirm(const FIX::Message& request, const FIX::SessionID& session, const std::string& state,
                 const std::string& leaves) {
        FIX::Message report;
        report.getHeader().setField(FIX::FIELD::MsgType, "8");
        for (const int tag : {FIX::FIELD::Account, FIX::FIELD::ClOrdID, FIX::FIELD::OrigClOrdID, FIX::FIELD::OrderQty,
                              FIX::FIELD::Price, FIX::FIELD::Side, FIX::FIELD::Symbol})
            if (request.isSetField(tag)) report.setField(tag, request.getField(tag));
        const std::string number = std::to_string(++last_number_);
        report.setField(FIX::FIELD::OrderID, number);
        report.setField(FIX::FIELD::ExecID, number);
        report.setField(FIX::FIELD::ExecType, state);
        report.setField(FIX::FIELD::OrdStatus, state);
        report.setField(FIX::FIELD::LeavesQty, leaves);
        report.setField(FIX::FIELD::CumQty, "0");
        report.setField(FIX::FIELD::AvgPx, "0");
        report.setField(FIX::FIELD::TransactTime, FIX::UtcTimeStampConvertor::convert(FIX::UtcTimeStamp(), 3));
        FIX::Session::sendToTarget(report, session);
    }

    std::atomic<std::uint64_t> last_number_ = 0;
};

FIX::SessionSettings settings_of(const std::string& port, const std::string& dictionary,
                                 const std::vector<std::string>& targets) {
    std::stringstream text;
    text << "[DEFAULT]\nConnectionType=acceptor\nBeginString=FIX.4.4\nSenderCompID=VENUE\nHeartBtInt=30\n"
         << "StartTime=00:00:00\nEndTime=00:00:00\nSocketReuseAddress=Y\nSocketNodelay=Y\n"
         << "UseDataDictionary=Y\nSocketAcceptPort=" << port << "\nDataDictionary=" << dictionary << '\n';
    for (const std::string& target : targets) text << "[SESSION]\nTargetCompID=" << target << '\n';
    return FIX::SessionSettings(text);
}

/// Waits for the signal that ends the process; the library's threads inherit the mask and leave it to this one.
void wait_for_end(const sigset_t& signals) {
    int received = 0;
    sigwait(&signals, &received);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 4) {
        std::fprintf(stderr, "usage: stock_acceptor PORT DICTIONARY TARGET-COMP-ID...\n");
        return 2;
    }
    sigset_t signals;
    sigemptyset(&signals);
    for (const int ending : {SIGINT, SIGTERM}) sigaddset(&signals, ending);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    try {
        ConfirmEverything application;
        FIX::MemoryStoreFactory stores;
        const FIX::SessionSettings settings = settings_of(argv[1], argv[2], {argv + 3, argv + argc});
        FIX::ThreadedSocketAcceptor acceptor(application, stores, settings);
        acceptor.start();
        std::puts("listening");
        std::fflush(stdout);
        wait_for_end(signals);
        acceptor.stop(true);
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "stock_acceptor: %s\n", failure.what());
        return 1;
    }
}
