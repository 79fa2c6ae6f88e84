#include "tests/fuzz/door_venue.hpp"

#include <spdlog/spdlog.h>
#include <boost/asio/post.hpp>

#include <utility>

#include "venue/fix/credentials.hpp"
#include "venue/fix/dictionaries.hpp"

namespace venue::fuzz {
namespace {

/// Read once: they are the same for every input.
const FIX::DataDictionaryProvider& read_once(const std::string& folder) {
    static const auto read = [&] {
        spdlog::set_level(spdlog::level::off);
        return fix::read_dictionaries(folder);
    }();
    return read;
}

}  // namespace

void DoorVenue::ReaderAtOnce::ask(Read read) {
    boost::asio::post(io_, [read = std::move(read)] { read()(); });
}

DoorVenue::DoorVenue(const std::string& dictionaries) : door_({}, wiring(), reader_, read_once(dictionaries)) {
    configure();
    std::vector<fix::RestoredSession> sessions;
    for (const auto& [id, session] : engine_.reference().sessions) {
        sessions.push_back({{id, model::Incarnation(1), 0, 0, {}}, {}});
    }
    events_ = std::exchange(forming_, {}).events;
    door_.restore(engine_.reference(), sessions, engine_.last_sequence());
    door_.open();
    work();
}

const std::string& DoorVenue::secret() {
    static const auto made = fix::make_secret();
    return made;
}

void DoorVenue::configure() {
    using namespace model;
    const auto number = [](const char* text) { return parse_decimal(text).value(); };
    handle({{}, AddAsset{{{}, "BTC", 8, 8}}});
    handle({{}, AddAsset{{{}, "USD", 8, 2}}});
    handle({{}, ListInstrument{"BTC-USD", "BTC", "USD", number("0.01"), number("0.0001")}});
    static const auto salt = fix::make_salt();
    static const auto hash = fix::secret_hash(salt, secret());
    for (const auto& session : all_sessions) {
        const std::string name(session.comp_id);
        handle({{}, AddParticipant{name}});
        handle({{}, OpenAccount{name, name}});
        AddSession added{name, name, name, name, salt, hash};
        added.version = session.version;
        added.extensions = session.extensions;
        handle({{}, std::move(added)});
        handle({{}, DepositFunds{name, "BTC", number("100")}});
        handle({{}, DepositFunds{name, "USD", number("1000000")}});
    }
}

fix::Wiring DoorVenue::wiring() {
    fix::Wiring wiring;
    wiring.submit = [this](model::Request request) { waiting_.push_back(std::move(request)); };
    wiring.admission = [] { return model::Admission::open; };
    wiring.note = [this](const model::SessionNumbers& numbers) { forming_.numbers.push_back(numbers); };
    wiring.record = [this](model::OutboundRun run) { forming_.outbound.push_back(std::move(run)); };
    wiring.read_sent = [this](auto session, auto incarnation, auto first, auto last, auto limit) {
        std::vector<model::SentEvent> sent;
        for (const auto& run : runs_) {
            if (run.session != session || run.incarnation != incarnation) continue;
            for (const auto& as : run.numbers) {
                if (as.number < first || as.number > last || sent.size() >= limit) continue;
                sent.push_back({as, events_.at(static_cast<std::size_t>(as.event.value) - 1)});
            }
        }
        return sent;
    };
    wiring.read_addressed = [this](auto session, auto after, auto until, auto limit) {
        std::vector<model::Event> found;
        for (const auto& event : events_) {
            const bool is_theirs = event.session == session || event.other_session == session;
            const bool is_wanted = is_theirs && event.sequence > after && event.sequence <= until;
            if (is_wanted && found.size() < limit) found.push_back(event);
        }
        return found;
    };
    return wiring;
}

void DoorVenue::let_in(int socket) {
    boost::asio::ip::tcp::socket taken(io_);
    taken.assign(boost::asio::ip::tcp::v4(), socket);
    door_.let_in(std::move(taken));
}

void DoorVenue::work() {
    constexpr int turns_max = 1'000;
    for (int turn = 0; turn < turns_max; ++turn) {
        io_.restart();
        const bool has_worked = io_.poll() > 0;
        const bool has_come = !waiting_.empty();
        for (; !waiting_.empty(); waiting_.pop_front()) judge(waiting_.front());
        if (!commit() && !has_worked && !has_come) return;
    }
}

void DoorVenue::judge(const model::Request& request) {
    const auto& origin = request.origin;
    if (origin.number > 0) forming_.numbers.push_back({origin.session, origin.incarnation, origin.number, 0, {}});
    const auto answered = [&](model::AnswerBody body) {
        forming_.answers.push_back(
            {origin.session, origin.incarnation, engine_.last_sequence(), origin.number, std::move(body)});
    };
    if (const auto* const command = std::get_if<model::CommandBody>(&request.body)) {
        const auto known = request.may_be_known ? engine_.known(*command, origin.session) : std::nullopt;
        if (known) return answered(engine_.answer(*known, origin.session, now_));
        handle({origin, *command});
    } else if (const auto* const question = std::get_if<model::QuestionBody>(&request.body)) {
        answered(engine_.answer(*question, origin.session, now_));
    } else if (const auto* const refusal = std::get_if<model::Refusal>(&request.body)) {
        answered(*refusal);
    } else if (const auto* const no_book = std::get_if<model::MarketDataRefusal>(&request.body)) {
        answered(*no_book);
    }
}

void DoorVenue::handle(const model::Command& command) {
    ++now_.nanoseconds;
    engine_.handle(command, now_, forming_.events);
    while (const auto next = engine_.follow_up()) engine_.handle({{}, *next}, now_, forming_.events);
}

bool DoorVenue::commit() {
    model::Group group = std::exchange(forming_, {});
    if (group.events.empty() && group.answers.empty() && group.numbers.empty() && group.outbound.empty()) return false;
    events_.insert(events_.end(), group.events.begin(), group.events.end());
    runs_.insert(runs_.end(), group.outbound.begin(), group.outbound.end());
    group.last = engine_.last_sequence();
    door_.release(group);
    return true;
}

}  // namespace venue::fuzz
