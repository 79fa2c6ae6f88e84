#include "venue/fix/outbox.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

#include "venue/fix/encode.hpp"
#include "venue/fix/log.hpp"
#include "venue/fix/resend.hpp"
#include "venue/model/trace.hpp"

namespace venue::fix {
namespace {

/// Numbers that reports leave to heartbeats and their like, where a block is large enough.
constexpr std::int64_t admin_numbers = 16;
/// Answers that may wait for reports; a participant that asks on and on without reading is cut.
constexpr std::size_t answers_max = 1'000;
/// Of an answer of many messages these leave before other sessions have their turn.
constexpr int messages_per_turn = 500;
constexpr std::size_t resends_max = 16;
/// Events kept while others are read from the journal, so that a busy session becomes live again.
constexpr std::size_t recent_max = 1'024;
/// MsgSeqNum is an int in the session engine.
constexpr std::int64_t number_max = std::numeric_limits<int>::max() - 1;

bool ends_a_mass_status(const model::Answer& answer) {
    const auto* const refusal = std::get_if<model::Refusal>(&answer.body);
    if (refusal != nullptr) return refusal->message_type == "AF";
    return std::holds_alternative<model::MassStatusAnswer>(answer.body);
}

}  // namespace

Outbox::Outbox(PortContext& context, SessionEngine& engine, SessionWatch& watch, model::SessionId session,
               std::string participant)
    : context_(context), engine_(engine), watch_(watch), session_(session), participant_(std::move(participant)) {}

void Outbox::start(const OutboxStart& start) {
    hand_over_run();
    ++generation_;
    reading_ = false;
    resends_.clear();
    forget_answers();
    incarnation_ = start.incarnation;
    reserved_ = requested_ = start.reserved;
    recorded_ = durable_ = start.reserved;
    recorded_event_ = start.last_numbered;
    cursor_ = start.last_numbered;
    last_written_ = start.last_written;
    away_ = {};
    leaving_ = nullptr;
    if (start.last_numbered > start.last_written) away_ = {start.reserved, start.last_numbered};
    poss_resend_until_ = start.poss_resend_until;
    recent_after_ = start.released;
    recent_.clear();
    live_ = false;
    engine_.set_next_sender(start.reserved + 1);
}

void Outbox::attach(Connection& connection) {
    ++generation_;
    reading_ = false;
    connection_ = &connection;
    if (leaving_ == &connection) leaving_ = nullptr;
    // What was queued on it under earlier numbers is given up with them.
    connection.forget_marks();
    traces_.clear();
}

void Outbox::detach() {
    ++generation_;
    reading_ = false;
    if (connection_ != nullptr) leaving_ = away_.number == 0 ? connection_ : nullptr;
    connection_ = nullptr;
    if (recorded_event_ > last_written_) away_ = {recorded_, recorded_event_};
    resends_.clear();
    forget_answers();
}

void Outbox::closed(const Connection& connection) {
    if (leaving_ == &connection) leaving_ = nullptr;
}

// ---- Numbers --------------------------------------------------------------------------------------------------------

std::int64_t Outbox::numbers_left() const {
    const auto spare = std::min(admin_numbers, context_.settings.number_block / 4);
    return reserved_ - spare - engine_.next_sender() + 1;
}

void Outbox::reserve() {
    const auto block = context_.settings.number_block;
    const auto left = reserved_ - engine_.next_sender() + 1;
    if (requested_ > reserved_ || left >= (block + 1) / 2 || reserved_ >= number_max) return;
    requested_ = std::min(reserved_ + block, number_max);
    // A new incarnation begins with what was written in the last one.
    context_.wiring.note({session_, incarnation_, 0, requested_, last_written_});
}

void Outbox::numbers(const model::SessionNumbers& numbers) {
    if (numbers.incarnation == incarnation_) reserved_ = std::max(reserved_, numbers.outbound_reserved);
}

void Outbox::outbound(const model::OutboundRun& run) {
    if (run.incarnation == incarnation_ && !run.numbers.empty()) {
        durable_ = std::max(durable_, run.numbers.back().number);
    }
}

void Outbox::hand_over_run() {
    if (run_.numbers.empty()) return;
    run_.session = session_;
    run_.incarnation = incarnation_;
    context_.wiring.record(std::exchange(run_, {}));
}

// ---- Reports --------------------------------------------------------------------------------------------------------

bool Outbox::may_number() const {
    const bool waits = waits_while_away_ && connection_ == nullptr;
    return numbers_left() > 0 && resends_.empty() && !waits;
}

void Outbox::event(const model::Event& event) {
    if (event.sequence <= cursor_) return;
    if (live_ && number_in_turn(event)) return;
    if (std::exchange(live_, false)) recent_after_ = cursor_;
    keep(event);
}

void Outbox::keep(const model::Event& event) {
    if (recent_.size() < recent_max) {
        recent_.push_back(event);
    } else {
        recent_.clear();
        recent_after_ = event.sequence;
    }
}

/// An answer that read what was before the event goes first, or it would take back what the report has told. False
/// when either has to wait.
bool Outbox::number_in_turn(const model::Event& event) {
    while (!answers_.empty() && answers_.front().after < event.sequence) {
        if (!has_room() || !may_number() || !deliver_front()) return false;
    }
    if (!may_number()) return false;
    number(event);
    return true;
}

/// A report for a session that is away takes its number at once and waits as a gap.
void Outbox::number(const model::Event& event) {
    const model::OutboundNumber as{engine_.next_sender(), event.sequence, sending_time_now(),
                                   event.sequence <= poss_resend_until_};
    cursor_ = event.sequence;
    if (connection_ != nullptr) {
        const Header header{
            context_.settings.comp_id, participant_, as.number, as.sending_time, false, as.poss_resend, {},
            &engine_.dialect()};
        auto& output = connection_->output();
        const auto begin = output.size();
        if (!encode_report(event, *context_.reference, header, output)) return;
        watch_.left(std::string_view(output).substr(begin), as.number, as.sending_time);
        connection_->queued(event.sequence);
        note_trace(event, as.number);
    } else {
        away_ = {as.number, event.sequence};
    }
    engine_.set_next_sender(as.number + 1);
    recorded_ = as.number;
    recorded_event_ = event.sequence;
    run_.numbers.push_back(as);
}

/// What is written beyond reports that are away doesn't count before those: a reset would skip them.
void Outbox::written(const Connection& by, model::Sequence mark) {
    log_written(mark);
    if (&by == connection_ && away_.number > 0) {
        away_.written_behind = std::max(away_.written_behind, mark);
        if (away_.writes_left > 0 && --away_.writes_left == 0) settle(away_.event);
    } else if (&by == connection_ || &by == leaving_) {
        settle(mark);
    }
}

void Outbox::settle(model::Sequence mark) {
    if (mark >= away_.event) mark = std::max(mark, std::exchange(away_, {}).written_behind);
    if (mark <= last_written_) return;
    last_written_ = mark;
    context_.wiring.note({session_, incarnation_, 0, 0, mark});
}

/// What a line will say once the report is written. One that is read from the journal has no trace at hand.
void Outbox::note_trace(const model::Event& event, std::int64_t number) {
    if (!log().should_log(spdlog::level::debug)) return;
    auto fields = model::log_field("session", participant_) + model::log_field("sequence", event.sequence.value) +
                  model::log_field("number", number);
    if (const auto* const order = model::order_of(event.body)) fields += model::log_field("order_id", order->id.value);
    if (context_.passages != nullptr) {
        const auto cause = std::ranges::lower_bound(*context_.passages, event.sequence, {}, &model::Passage::last);
        const bool is_known = cause != context_.passages->end() && cause->first <= event.sequence;
        if (is_known) fields += model::log_field("trace", model::trace_of(cause->origin, *context_.reference));
    }
    traces_.emplace_back(event.sequence, std::move(fields));
}

void Outbox::log_written(model::Sequence mark) {
    for (; !traces_.empty() && traces_.front().first <= mark; traces_.pop_front()) {
        log().debug("written{}", traces_.front().second);
    }
}

// ---- Answers --------------------------------------------------------------------------------------------------------

void Outbox::answer(const model::Answer& answer) {
    if (connection_ == nullptr || answer.incarnation != incarnation_) return;
    if (answers_.size() >= answers_max) return connection_->close("too many answers wait for it");
    answers_.push_back(answer);
    deliver_answers();
}

void Outbox::deliver_answers() {
    while (!answers_.empty() && connection_ != nullptr && has_room()) {
        const auto& next = answers_.front();
        if (!resends_.empty() || (!live_ && cursor_ < next.after) || !deliver_front()) return;
    }
}

/// False when there are no numbers, or no room, for all of it yet, or it is too much for one turn. An answer is not
/// recorded: a resend leaves a gap where it was.
bool Outbox::deliver_front() {
    const auto& answer = answers_.front();
    const auto count = message_count(answer.body);
    for (int told = 0; front_told_ < count && told < messages_per_turn; ++told, ++front_told_) {
        if (numbers_left() == 0 || !has_room()) return false;
        deliver(answer, front_told_);
        reserve();
    }
    if (front_told_ < count) return false;
    if (ends_a_mass_status(answer)) owes_orders_ = false;
    answers_.pop_front();
    front_told_ = 0;
    return true;
}

void Outbox::deliver(const model::Answer& answer, std::size_t place) {
    const Header header{
        context_.settings.comp_id, participant_, engine_.next_sender(), sending_time_now(), false, false, {},
        &engine_.dialect()};
    answer_bytes_.clear();
    encode_answer(answer, place, *context_.reference, header, answer_bytes_);
    watch_.left(answer_bytes_, header.number, header.sending_time);
    connection_->output() += answer_bytes_;
    connection_->queued();
    engine_.set_next_sender(header.number + 1);
}

void Outbox::forget_answers() {
    answers_.clear();
    front_told_ = 0;
    owes_orders_ = false;
}

// ---- From the journal -----------------------------------------------------------------------------------------------

/// A reader that is slower than the journal is given no more than half of what may wait for it.
bool Outbox::has_room() const {
    return connection_ == nullptr || connection_->waiting() < context_.settings.output_queue_bytes_max / 2;
}

bool Outbox::may_read() const { return !reading_ && has_room(); }

void Outbox::advance() {
    reserve();
    if (!resends_.empty()) {
        read_resend();
    } else if (!live_) {
        catch_up();
    }
    deliver_answers();
    hand_over_run();
}

template <class Read, class Use>
void Outbox::ask(Read read, Use use) {
    reading_ = true;
    context_.reader.ask([this, read, use, generation = generation_]() -> JournalReader::Use {
        using Found = decltype(read());
        std::shared_ptr<Found> found;
        try {
            found = std::make_shared<Found>(read());
        } catch (const std::exception& error) {
            log().error("the journal can't be read for {}: {}", participant_, error.what());
        }
        return [this, use, generation, found] {
            if (generation != generation_) return;
            reading_ = false;
            if (!found) {
                if (connection_ != nullptr) connection_->close("the journal can't be read");
                return;
            }
            use(*found);
            advance();
        };
    });
}

void Outbox::catch_up() {
    if (cursor_ >= recent_after_) return number_recent();
    if (!may_read() || !may_number()) return;
    ask([&wiring = context_.wiring, session = session_, after = cursor_, until = recent_after_,
         limit = context_.settings.resend_page] { return wiring.read_addressed(session, after, until, limit); },
        [this, until = recent_after_](const std::vector<model::Event>& events) { number_all(events, until); });
}

void Outbox::number_all(const std::vector<model::Event>& events, model::Sequence until) {
    for (const auto& event : events) {
        if (!number_in_turn(event)) return;
    }
    if (events.size() < context_.settings.resend_page) cursor_ = std::max(cursor_, until);
}

void Outbox::number_recent() {
    for (; !recent_.empty(); recent_.pop_front()) {
        if (recent_.front().sequence <= cursor_) continue;
        if (!number_in_turn(recent_.front())) return;
    }
    live_ = true;
}

void Outbox::resend(std::int64_t first, std::int64_t last) {
    const auto newest = engine_.next_sender() - 1;
    if (connection_ == nullptr) return;
    if (resends_.size() >= resends_max) return connection_->close("too many resend requests wait");
    resends_.push_back({first, last == 0 ? newest : std::min(last, newest)});
    advance();
}

void Outbox::read_resend() {
    const auto range = resends_.front();
    // Which event has which number becomes durable a moment after the report left; until then the journal would tell
    // of a gap where there was a report.
    const auto last = durable_ < recorded_ ? std::min(range.last, durable_) : range.last;
    if (connection_ == nullptr || !may_read() || last < range.first) return;
    const auto read = [&wiring = context_.wiring, session = session_, incarnation = incarnation_,
                       reference = context_.reference, limit = context_.settings.resend_page,
                       stretch = ResendStretch{context_.settings.comp_id, participant_, &engine_.dialect(), range.first,
                                               last, sending_time_now()}] {
        const auto sent = wiring.read_sent(session, incarnation, stretch.first, stretch.last, limit);
        return resend_page(stretch, sent, sent.size() < limit, *reference);
    };
    ask(read, [this](const ResendPage& page) {
        connection_->output() += page.bytes;
        // Who asks from a number on has what came before it; who is given everything up to here lacks nothing.
        const bool went_as_far = away_.number > 0 && page.next > away_.number;
        if (went_as_far && away_.writes_left == 0) away_.writes_left = connection_->is_writing() ? 2 : 1;
        connection_->queued();
        auto& front = resends_.front();
        front.first = page.next;
        if (front.first > front.last) resends_.pop_front();
    });
}

}  // namespace venue::fix
