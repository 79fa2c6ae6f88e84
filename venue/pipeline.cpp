#include "venue/pipeline.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "venue/ledger/postings.hpp"
#include "venue/model/session_numbers.hpp"
#include "venue/walk_log.hpp"

namespace venue {
namespace {

using namespace std::chrono_literals;

/// Session numbers alone need not be durable sooner than this.
constexpr auto numbers_wait = 100ms;
/// An idle venue looks this often whether its journal is still there.
constexpr auto watch_every = 1s;
/// Requests judged between two hand-overs to the committer, so that it never waits for a long batch.
constexpr std::size_t requests_per_batch = 256;
/// What one hand-over to the committer should not exceed by more than one command or answer.
constexpr std::size_t hand_over_weight = 1'024;
/// The engine pauses when this much waits for the disk: so no transaction is much larger, however much falls due at
/// once.
constexpr std::size_t forming_weight_max = 8'192;

template <class T>
void move_behind(std::vector<T>& front, std::vector<T>&& back) {
    if (front.empty()) {
        front = std::move(back);
    } else {
        front.insert(front.end(), std::make_move_iterator(back.begin()), std::make_move_iterator(back.end()));
    }
}

/// What an answer takes beside others: a whole book weighs as many events as it has levels, and orders each one.
std::size_t weight(const model::Answer& answer) {
    const auto* const orders = std::get_if<model::MassStatusAnswer>(&answer.body);
    if (orders != nullptr) return 1 + orders->orders->size();
    const auto* const book = std::get_if<model::BookAnswer>(&answer.body);
    return 1 + (book == nullptr ? 0 : book->bids.size() + book->offers.size());
}

std::size_t weight(const model::Group& group) {
    std::size_t sum = group.events.size();
    for (const auto& answer : group.answers) sum += weight(answer);
    // What was merely counted leaves nothing but its passage.
    return std::max(sum, group.passages.size());
}

/// On the committer's thread: the words cost more than the judging.
void say_what_was_asked(model::Group& group) {
    auto event = group.events.begin();
    for (const auto& asked : group.asked) {
        event = std::ranges::lower_bound(event, group.events.end(), asked.first, {}, &model::Event::sequence);
        event->asked = describe(asked.command);
    }
    group.asked.clear();
}

engine::Waiting waiting(const model::Request& request) {
    return {request.origin.session, std::get_if<model::CommandBody>(&request.body)};
}

/// It comes before what fell due while the venue was away: the time to come back begins anew, and doesn't run out
/// first.
bool is_restart(const model::Request& request) {
    const auto* const command = std::get_if<model::CommandBody>(&request.body);
    const auto* const lost = command == nullptr ? nullptr : std::get_if<model::DisconnectSession>(command);
    return lost != nullptr && lost->reason == model::DisconnectReason::restart;
}

bool is_empty(const model::Group& group) {
    return group.events.empty() && group.answers.empty() && group.numbers.empty() && group.outbound.empty();
}

}  // namespace

Pipeline::Pipeline(engine::Engine engine, const sequencer::Clock& clock, journal::Journal& journal,
                   FlightRecorder& recorder, model::Durability durability)
    : engine_(std::move(engine)),
      sequencer_(clock, engine_.last_time()),
      journal_(journal),
      recorder_(recorder),
      durability_(durability),
      posted_reference_(engine_.reference()),
      judged_(engine_.last_sequence().value),
      durable_(judged_.load()) {}

Pipeline::~Pipeline() { stop(); }

// ---- 2. sequencer ---------------------------------------------------------------------------------------------------

bool Pipeline::judge_waiting(std::chrono::milliseconds wait) {
    const auto batch = sequencer_.take(wait, requests_per_batch);
    const auto taken_at = sequencer::monotonic_now();
    engine_beat_ = taken_at;
    model::Group judged;
    if (batch.empty()) {
        const auto now = sequencer_.stamp();
        follow_up(now, judged);
        advance_to(now, judged);
    }
    for (std::size_t place = 0; place < batch.size(); ++place) {
        engine_.foresee(place, batch.size(), [&](std::size_t at) { return waiting(batch[at].request); });
        judge(batch[place], taken_at, judged);
    }
    gather(judged);
    return !batch.empty();
}

// ---- 3. engine ------------------------------------------------------------------------------------------------------

void Pipeline::judge(const sequencer::Stamped& stamped, std::int64_t taken_at, model::Group& group) {
    follow_up(stamped.time, group);
    if (!is_restart(stamped.request)) advance_to(stamped.time, group);
    const model::Sequence first{engine_.last_sequence().value + 1};
    decide(stamped, group);
    const auto& request = stamped.request;
    group.passages.push_back({request.origin, first, engine_.last_sequence(), request.submitted_at, taken_at});
    if (!std::holds_alternative<model::Judged>(request.body)) group.passages.back().read_at = request.read_at;
    log_judged(group.passages.back(), engine_.reference());
    if (weight(group) >= hand_over_weight) gather(group);
}

void Pipeline::decide(const sequencer::Stamped& stamped, model::Group& group) {
    const auto& [time, request] = stamped;
    // The number counts as judged in the very transaction that makes the outcome durable.
    if (request.origin.number > 0) {
        model::add_numbers(group.numbers,
                           {request.origin.session, request.origin.incarnation, request.origin.number, 0, {}});
    }
    const auto answer = [&](model::AnswerBody body) {
        group.answers.push_back({request.origin.session, request.origin.incarnation, engine_.last_sequence(),
                                 request.origin.number, std::move(body)});
    };
    if (const auto* command = std::get_if<model::CommandBody>(&request.body)) {
        const auto known = request.may_be_known ? engine_.known(*command, request.origin.session) : std::nullopt;
        if (known) return answer(engine_.answer(*known, request.origin.session, time));
        handle({request.origin, *command}, time, group);
        follow_up(time, group);
    } else if (const auto* question = std::get_if<model::QuestionBody>(&request.body)) {
        answer(engine_.answer(*question, request.origin.session, time));
    } else if (const auto* refusal = std::get_if<model::Refusal>(&request.body)) {
        answer(*refusal);
    } else if (const auto* market_data = std::get_if<model::MarketDataRefusal>(&request.body)) {
        answer(*market_data);
    }
}

void Pipeline::advance_to(model::Timestamp time, model::Group& group) {
    for (auto due = engine_.next_due(); due && *due <= time; due = engine_.next_due()) {
        const auto then = std::max(*due, engine_.last_time());
        handle({{}, model::AdvanceTime{*due}}, then, group);
        follow_up(then, group);
    }
}

void Pipeline::follow_up(model::Timestamp time, model::Group& group) {
    while (auto command = engine_.follow_up()) handle({{}, std::move(*command)}, time, group);
}

void Pipeline::handle(model::Command command, model::Timestamp time, model::Group& group) {
    const model::Sequence first{engine_.last_sequence().value + 1};
    engine_.handle(command, time, group.events);
    if (engine_.last_sequence() >= first) group.asked.push_back({first, std::move(command)});
    if (group.events.size() >= hand_over_weight) gather(group);
}

/// Hands whole commands to the committer and leaves the group empty; waits while too much lies there.
void Pipeline::gather(model::Group& judged) {
    if (is_empty(judged)) return;
    const auto added = weight(judged);
    const auto judged_at = sequencer::monotonic_now();
    for (auto& passage : judged.passages) passage.judged_at = judged_at;
    judged_ = engine_.last_sequence().value;
    std::unique_lock lock(mutex_);
    taken_.wait(lock, [&] { return forming_weight_ < forming_weight_max || !committer_thread_.joinable(); });
    move_behind(forming_.events, std::move(judged.events));
    move_behind(forming_.asked, std::move(judged.asked));
    move_behind(forming_.answers, std::move(judged.answers));
    move_behind(forming_.passages, std::move(judged.passages));
    for (const auto& numbers : judged.numbers) model::add_numbers(forming_.numbers, numbers);
    forming_weight_ += added;
    // Without a committer's thread, the one that judges commits too. The first configuration stays whole, however
    // large: a journal with half of it would count as configured.
    const bool is_first = !forming_.events.empty() && forming_.events.front().sequence == model::Sequence{1};
    const bool commits_here = !committer_thread_.joinable() && !is_first && forming_weight_ >= forming_weight_max;
    lock.unlock();
    judged = {};
    gathered_.notify_one();
    if (commits_here) commit(take_forming(0ms));
}

void Pipeline::note(const model::SessionNumbers& numbers) {
    const std::lock_guard lock(mutex_);
    model::add_numbers(forming_.numbers, numbers);
}

void Pipeline::record(model::OutboundRun run) {
    const std::lock_guard lock(mutex_);
    forming_.outbound.push_back(std::move(run));
}

// ---- 4. ledger, 5. journal, 6. fix ----------------------------------------------------------------------------------

bool Pipeline::is_urgent() const {
    return !forming_.events.empty() || !forming_.answers.empty() || forming_weight_ >= forming_weight_max;
}

model::Group Pipeline::take_forming(std::chrono::milliseconds wait) {
    std::unique_lock lock(mutex_);
    gathered_.wait_for(lock, wait, [&] { return is_urgent() || judging_ended_; });
    model::Group group = std::exchange(forming_, {});
    forming_weight_ = 0;
    lock.unlock();
    taken_.notify_one();
    return group;
}

std::shared_ptr<const model::Group> Pipeline::commit(model::Group&& group) {
    recorder_.reach(Step::taken);
    say_what_was_asked(group);
    for (const auto& event : group.events) {
        model::fold(posted_reference_, event);
        ledger::append_postings(event, posted_reference_, group.postings);
    }
    if (!group.events.empty()) group.last = group.events.back().sequence;

    recorder_.reach(Step::appending);
    group.appending_at = sequencer::monotonic_now();
    const bool tells_first = durability_ == model::Durability::relaxed;
    if (tells_first) release_(std::make_shared<const model::Group>(group));
    journal_.append(group);
    note_durable(group);
    log_durable(group, posted_reference_);
    recorder_.reach(Step::durable);

    const auto durable = std::make_shared<const model::Group>(std::move(group));
    if (!tells_first) release_(durable);
    recorder_.reach(Step::released);
    return durable;
}

void Pipeline::note_durable(model::Group& group) {
    group.durable_at = sequencer::monotonic_now();
    journal_seen_ = group.durable_at;
    if (group.last) durable_ = group.last.value;
}

Progress Pipeline::progress() const {
    // The durable one first: what is judged meanwhile may make the lag too large, but never negative.
    Progress progress;
    progress.durable = model::Sequence{durable_};
    progress.judged = model::Sequence{judged_};
    progress.inbox = sequencer_.depth();
    progress.engine_beat = engine_beat_;
    progress.committer_beat = committer_beat_;
    progress.journal_seen = journal_seen_;
    const std::lock_guard lock(mutex_);
    progress.forming = forming_weight_;
    return progress;
}

// ---- threads --------------------------------------------------------------------------------------------------------

std::shared_ptr<const model::Group> Pipeline::step() {
    while (judge()) continue;
    return commit();
}

void Pipeline::start(Failed failed) {
    failed_ = std::move(failed);
    committer_thread_ = std::thread([this] { committer_loop(); });
    engine_thread_ = std::thread([this] { engine_loop(); });
}

void Pipeline::engine_loop() {
    while (!sequencer_.closed()) judge_waiting(numbers_wait);
    while (judge_waiting(0ms)) continue;
    const std::lock_guard lock(mutex_);
    judging_ended_ = true;
    gathered_.notify_one();
}

void Pipeline::committer_loop() {
    try {
        auto idle = 0ms;
        for (bool ended = false; !ended;) {
            ended = [&] {
                const std::lock_guard lock(mutex_);
                return judging_ended_;
            }();
            auto group = take_forming(numbers_wait);
            committer_beat_ = sequencer::monotonic_now();
            if (!is_empty(group)) {
                commit(std::move(group));
                idle = 0ms;
            } else if ((idle += numbers_wait) >= watch_every) {
                journal_.watch();
                journal_seen_ = sequencer::monotonic_now();
                idle = 0ms;
            }
        }
    } catch (...) {
        failed_(std::current_exception());
    }
}

void Pipeline::stop() {
    sequencer_.close();
    if (engine_thread_.joinable()) engine_thread_.join();
    if (committer_thread_.joinable()) committer_thread_.join();
}

}  // namespace venue
