#include "tests/unit/fix/stub_venue.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "tests/unit/fix/encode_fixture.hpp"
#include "tests/unit/fix/socket_client.hpp"
#include "venue/fix/credentials.hpp"

namespace venue::fix {
namespace {

using namespace std::chrono_literals;

std::uint16_t free_port() {
    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listener, reinterpret_cast<const sockaddr*>(&address), size);
    ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(listener);
    return ntohs(address.sin_port);
}

model::Session session_of(std::int32_t id, const std::string& comp_id, const std::string& username) {
    const auto salt = make_salt();
    return {model::SessionId(id),
            model::ParticipantId(1),
            model::AccountId(101),
            comp_id,
            username,
            salt,
            secret_hash(salt, StubVenue::secret())};
}

}  // namespace

std::string order(const std::string& cl_ord_id) {
    return "11=" + cl_ord_id + "|55=BTC-USD|54=1|60=" + utc_now() + "|38=0.5|40=2|44=20000|59=1|";
}

const std::string& StubVenue::secret() {
    static const auto text = make_secret();
    return text;
}

Settings StubVenue::quick() {
    Settings settings;
    settings.port = free_port();
    settings.dictionaries = DICTIONARIES;
    return settings;
}

StubVenue::StubVenue(Settings settings, decltype(Wiring::recorded) recorded)
    : settings_(std::move(settings)), recorded_(std::move(recorded)), reference_(demo_reference()) {
    if (settings_.dictionaries.empty()) settings_ = quick();
    reference_.sessions[alice] = session_of(alice.value, "ALICE", "alice");
    reference_.sessions[bob] = session_of(bob.value, "BOB", "bob");
    start(false);
}

StubVenue::~StubVenue() {
    {
        const std::lock_guard lock(mutex_);
        alive_ = false;
    }
    gateway_->stop();
}

void StubVenue::start(bool is_restart) {
    gateway_ = std::make_unique<Gateway>(settings_, wiring());
    gateway_->bind();
    gateway_->restore(reference_, restored(), is_restart ? events_.back().sequence : model::Sequence{}, lived_until);
    gateway_->start();
}

void StubVenue::restart() {
    {
        const std::lock_guard lock(mutex_);
        alive_ = false;
        forming_ = {};
    }
    gateway_.reset();
    alive_ = true;
    holding_ = losing_outbound_ = false;
    start(!events_.empty());
}

std::vector<RestoredSession> StubVenue::restored() {
    std::vector<RestoredSession> sessions;
    for (const auto& [id, session] : reference_.sessions) {
        auto& numbers = numbers_[id.value];
        numbers.session = id;
        if (!numbers.incarnation) numbers.incarnation = model::Incarnation(1);
        sessions.push_back({numbers, last_numbered_since(numbers.incarnation, id)});
    }
    return sessions;
}

// ---- What the gateway calls -----------------------------------------------------------------------------------------

Wiring StubVenue::wiring() {
    Wiring wiring;
    wiring.traffic = traffic_;
    wiring.recorded = recorded_;
    wiring.submit = [this](model::Request request) { submit(std::move(request)); };
    wiring.admission = [this] {
        const std::lock_guard lock(mutex_);
        return admission_;
    };
    wiring.note = [this](const model::SessionNumbers& numbers) {
        const std::lock_guard lock(mutex_);
        forming_.numbers.push_back(numbers);
        commit_if_free();
    };
    wiring.record = [this](model::OutboundRun run) {
        const std::lock_guard lock(mutex_);
        forming_.outbound.push_back(std::move(run));
        commit_if_free();
    };
    wiring.told = [this](auto read_at) {
        const std::lock_guard lock(mutex_);
        told_.insert(told_.end(), read_at.begin(), read_at.end());
        arrived_.notify_all();
    };
    wiring.read_sent = [this](auto session, auto incarnation, auto first, auto last, auto limit) {
        const std::lock_guard lock(mutex_);
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
        const std::lock_guard lock(mutex_);
        std::vector<model::Event> found;
        for (const auto& event : events_) {
            const bool wanted = event.session == session && event.sequence > after && event.sequence <= until;
            if (wanted && found.size() < limit) found.push_back(event);
        }
        return found;
    };
    return wiring;
}

void StubVenue::submit(model::Request request) {
    const std::lock_guard lock(mutex_);
    if (!alive_) return;
    const auto next = [this] {
        return model::Sequence{static_cast<std::int64_t>(events_.size() + forming_.events.size()) + 1};
    };
    model::Passage passage{request.origin, next()};
    judge(request);
    passage.last = model::Sequence{next().value - 1};
    if (!std::holds_alternative<model::Judged>(request.body)) passage.read_at = request.read_at;
    forming_.passages.push_back(passage);
    if (request.origin.number > 0) {
        forming_.numbers.push_back({request.origin.session, request.origin.incarnation, request.origin.number, 0, {}});
    }
    requests_.push_back(std::move(request));
    commit_if_free();
    arrived_.notify_all();
}

void StubVenue::judge(const model::Request& request) {
    const auto session = request.origin.session;
    if (is_command<model::PlaceOrder>(request)) {
        auto placed = demo_order();
        placed.cl_ord_id = command_of<model::PlaceOrder>(request).cl_ord_id;
        emit(session, model::OrderAccepted{placed, true});
    } else if (is_command<model::LogOnSession>(request)) {
        const bool reset = command_of<model::LogOnSession>(request).reset;
        const auto incarnation = model::Incarnation(request.origin.incarnation.value + (reset ? 1 : 0));
        emit({}, model::SessionLoggedOn{session, incarnation, reset});
    } else if (const auto* refusal = std::get_if<model::Refusal>(&request.body)) {
        answer(request.origin, *refusal);
    } else if (const auto* question = std::get_if<model::QuestionBody>(&request.body)) {
        const auto* const asked = std::get_if<model::MassStatusQuestion>(question);
        if (asked == nullptr) return;
        const std::vector<model::Order> open(open_orders, demo_order());
        answer(request.origin,
               model::MassStatusAnswer{*asked, std::make_shared<const std::vector<model::Order>>(open), {}});
    }
}

void StubVenue::answer(const model::Origin& asked, model::AnswerBody body) {
    const auto last = static_cast<std::int64_t>(events_.size() + forming_.events.size());
    forming_.answers.push_back(
        {asked.session, asked.incarnation, model::Sequence(last), asked.number, std::move(body)});
}

void StubVenue::emit(model::SessionId session, model::EventBody body) {
    const auto sequence = model::Sequence(static_cast<std::int64_t>(events_.size() + forming_.events.size()) + 1);
    if (auto* accepted = std::get_if<model::OrderAccepted>(&body)) accepted->order.id = model::OrderId(sequence.value);
    forming_.events.push_back(
        {sequence, sequence, true, {1'767'225'600'000'000'000}, session, {}, {}, std::move(body)});
}

// ---- Commits --------------------------------------------------------------------------------------------------------

void StubVenue::commit_if_free() {
    if (!holding_) commit();
}

void StubVenue::commit() {
    if (!alive_) return;
    model::Group group = std::exchange(forming_, {});
    if (losing_outbound_) group.outbound.clear();
    if (holding_outbound_) forming_.outbound = std::exchange(group.outbound, {});
    if (holding_numbers_) {
        std::erase_if(group.numbers, [&](const model::SessionNumbers& numbers) {
            if (numbers.outbound_reserved == 0) return false;
            forming_.numbers.push_back(numbers);
            return true;
        });
    }
    events_.insert(events_.end(), group.events.begin(), group.events.end());
    runs_.insert(runs_.end(), group.outbound.begin(), group.outbound.end());
    for (const auto& numbers : group.numbers) {
        auto& known = numbers_[numbers.session.value];
        if (numbers.incarnation > known.incarnation) known = {numbers.session, numbers.incarnation, 0, 0, {}};
        known.inbound_judged = std::max(known.inbound_judged, numbers.inbound_judged);
        known.outbound_reserved = std::max(known.outbound_reserved, numbers.outbound_reserved);
        known.last_written = std::max(known.last_written, numbers.last_written);
    }
    for (const auto& event : group.events) model::fold(reference_, event);
    group.last = model::Sequence(static_cast<std::int64_t>(events_.size()));
    gateway_->release(std::make_shared<const model::Group>(std::move(group)));
    ++commit_count_;
    arrived_.notify_all();
}

void StubVenue::hold_commits() {
    const std::lock_guard lock(mutex_);
    holding_ = true;
}

void StubVenue::let_commits_go() {
    const std::lock_guard lock(mutex_);
    holding_ = false;
    commit();
}

void StubVenue::hold_numbers(bool hold) {
    const std::lock_guard lock(mutex_);
    holding_numbers_ = hold;
    if (!hold) commit_if_free();
}

void StubVenue::hold_outbound(bool hold) {
    const std::lock_guard lock(mutex_);
    holding_outbound_ = hold;
    if (!hold) commit_if_free();
}

void StubVenue::set_admission(model::Admission admission) {
    const std::lock_guard lock(mutex_);
    admission_ = admission;
}

void StubVenue::lose_outbound(bool lose) {
    const std::lock_guard lock(mutex_);
    losing_outbound_ = lose;
}

void StubVenue::make_event(model::SessionId session) {
    const std::lock_guard lock(mutex_);
    emit(session, model::OrderAccepted{demo_order(), true});
    commit_if_free();
}

void StubVenue::limit_rate(model::RateLimit of_all, model::RateLimit of_alice) {
    const std::lock_guard lock(mutex_);
    auto limited = reference_.participants.at(model::ParticipantId(1));
    limited.rate = of_all;
    limited.session_rates = {{alice, of_alice}};
    emit({}, model::ParticipantChanged{std::move(limited)});
    commit_if_free();
}

void StubVenue::add_session(const std::string& comp_id, model::FixVersion version) {
    const std::lock_guard lock(mutex_);
    const auto id = static_cast<std::int32_t>(reference_.sessions.size()) + 1;
    auto added = session_of(id, comp_id, comp_id);
    added.version = version;
    emit({}, model::SessionAdded{added});
    commit_if_free();
}

void StubVenue::change_session(const std::string& comp_id, model::FixVersion version, bool extensions) {
    const std::lock_guard lock(mutex_);
    auto changed = *reference_.session(comp_id);
    const auto present = std::max(numbers_[changed.id.value].incarnation, model::Incarnation(1));
    const bool is_anew = changed.version != version || changed.extensions != extensions;
    changed.version = version;
    changed.extensions = extensions;
    emit({}, model::SessionChanged{changed, model::Incarnation(present.value + (is_anew ? 1 : 0))});
    commit_if_free();
}

void StubVenue::disable_session(const std::string& comp_id, bool disabled) {
    const std::lock_guard lock(mutex_);
    auto changed = *reference_.session(comp_id);
    changed.disabled = disabled;
    const auto present = std::max(numbers_[changed.id.value].incarnation, model::Incarnation(1));
    emit({}, model::SessionChanged{changed, present});
    commit_if_free();
}

// ---- What tests look at ---------------------------------------------------------------------------------------------

bool StubVenue::wait_for(const std::function<bool(const std::vector<model::Request>&)>& enough) {
    std::unique_lock lock(mutex_);
    return arrived_.wait_for(lock, 10s, [&] { return enough(requests_); });
}

bool StubVenue::wait_until(const std::function<bool()>& true_at_last) {
    for (;;) {
        std::unique_lock lock(mutex_);
        const auto seen = commit_count_;
        lock.unlock();
        if (true_at_last()) return true;
        lock.lock();
        if (!arrived_.wait_for(lock, 10s, [&] { return commit_count_ != seen; })) return false;
    }
}

std::vector<model::Request> StubVenue::requests() {
    const std::lock_guard lock(mutex_);
    return requests_;
}

std::vector<std::int64_t> StubVenue::told() {
    const std::lock_guard lock(mutex_);
    return told_;
}

bool StubVenue::wait_for_told(std::size_t count) {
    std::unique_lock lock(mutex_);
    return arrived_.wait_for(lock, 10s, [&] { return told_.size() >= count; });
}

model::SessionNumbers StubVenue::numbers(model::SessionId session) {
    const std::lock_guard lock(mutex_);
    return numbers_[session.value];
}

model::Sequence StubVenue::last_event() {
    const std::lock_guard lock(mutex_);
    return events_.back().sequence;
}

model::Sequence StubVenue::last_numbered(model::SessionId session) {
    const std::lock_guard lock(mutex_);
    return last_numbered_since({}, session);
}

model::Sequence StubVenue::last_numbered_since(model::Incarnation first, model::SessionId session) const {
    model::Sequence last;
    for (const auto& run : runs_) {
        if (run.session == session && run.incarnation >= first) last = run.numbers.back().event;
    }
    return last;
}

}  // namespace venue::fix
