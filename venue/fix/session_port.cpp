#include "venue/fix/session_port.hpp"

#include <algorithm>
#include <utility>

#include "venue/fix/decode.hpp"
#include "venue/fix/encode.hpp"
#include "venue/fix/log.hpp"
#include "venue/fix/message_writer.hpp"
#include "venue/fix/spec_tables.hpp"
#include "venue/fix/stand_in.hpp"
#include "venue/fix/utc_time.hpp"
#include "venue/fix/whole_number.hpp"
#include "venue/model/trace.hpp"

namespace venue::fix {
namespace {

/// Seconds that a participant may take to answer a Logout.
constexpr int logout_ticks_max = 3;

/// Zero, which no message has, when it isn't there or is none that the engine could count. Of two the engine might take
/// the other one.
std::int64_t number_of(const Fields& fields) {
    if (std::ranges::count(fields.all(), tag::msg_seq_num, &Field::tag) != 1) return 0;
    return std::max(whole_number<int>(fields.text(tag::msg_seq_num)).value_or(0), 0);
}

/// What the session engine can't be left to reject: it would end the connection.
std::optional<SyntaxReject> header_fault(const Dialect& dialect, const Fields& fields) {
    constexpr int required_tag_missing = 1;
    constexpr int unsupported_application_version = 18;
    if (!dialect.appl_ver_id.empty()) {
        const auto version = fields.get(tag::appl_ver_id);
        if (version && *version != dialect.appl_ver_id) {
            return SyntaxReject{unsupported_application_version, tag::appl_ver_id,
                                "ApplVerID (1128) must be " + std::string(dialect.appl_ver_id) + " where it is there."};
        }
    }
    if (fields.get(tag::sending_time)) return std::nullopt;
    return SyntaxReject{required_tag_missing, tag::sending_time, "Required tag missing"};
}

/// Else it is garbled; the framer has seen to the first two.
bool has_its_type_third(const Fields& fields) {
    return fields.all().size() > 2 && fields.all()[2].tag == tag::msg_type;
}

/// Of something that the venue said.
bool is_refusal(std::string_view type) { return type == "3" || type == "j"; }

/// A standard message that this venue doesn't take, and whose fields its dictionary therefore doesn't know.
bool is_only_refused(const Dialect& dialect, std::string_view type) {
    constexpr std::string_view sent_by_the_venue = "89NjryWY";
    const bool is_known = type.size() == 1 && sent_by_the_venue.find(type) != std::string_view::npos;
    return !is_known && dialect.has_message(type) && dialect.use_of(type) == nullptr &&
           !FIX::Message::isAdminMsgType(std::string(type));
}

constexpr auto one_at_a_time = "The answer to the OrderMassStatusRequest before this one hasn't been told to its end.";

}  // namespace

SessionPort::SessionPort(PortContext& context, const model::Session& session)
    : context_(context),
      session_(session),
      engine_(context.settings.comp_id, session.comp_id, fix::dialect(session),
              context.dictionaries.of(session.comp_id, fix::dialect(session)),
              context.dictionaries.rules_of(session.comp_id, fix::dialect(session)),
              {[this](const std::string& message) { send(message); }, [this] { submit_decoded(); }},
              context.settings.logon_notice),
      outbox_(context, engine_, watch_, session.id, session.comp_id),
      rate_(session.id, session.participant, context.meter_of(session.participant)) {
    outbox_.wait_while_away(access().resets_with_each_connection());
}

void SessionPort::start(const OutboxStart& start, std::int64_t inbound_judged) {
    outbox_.start(start);
    engine_.set_next_target(inbound_judged + 1);
    submitted_ = inbound_judged;
}

// ---- What arrives ---------------------------------------------------------------------------------------------------

bool SessionPort::receive(std::string_view message) {
    if (connection_ == nullptr) return true;
    if (!fields_.parse(message) || !has_its_type_third(fields_)) {
        if (garbled_.add()) {
            log().warn("{} sent a garbled message, the {}. one; it is ignored", session_.comp_id, garbled_.count());
        }
        return true;
    }
    const auto number = number_of(fields_);
    note_arrived(number);
    if (fields_.message_type() == "A") return receive_logon(message);
    if (number == 0) {
        log_out_and_end("MsgSeqNum (34) must be one positive number below 2147483648.");
        return true;
    }
    note_refusal();
    waited_ = false;
    if (waits_for_its_turn(number) && !is_rejected_at_once(message)) {
        keep(number, message);
    } else {
        take(message);
        take_what_waited();
    }
    const auto too_much = std::exchange(logout_, {});
    // Who is off already, whatever ended it, needs no second end.
    if (too_much.empty() || !engine_.is_logged_on()) {
        after_engine();
    } else {
        ++context_.wiring.traffic->rate_logouts_total;
        log_out_and_end(too_much);
    }
    return true;
}

void SessionPort::note_refusal() {
    if (!is_refusal(fields_.message_type()) || !refusals_.add()) return;
    log().warn("{} refused our message {}, the {}. that it refuses: {}", session_.comp_id,
               fields_.text(tag::ref_seq_num), refusals_.count(), model::log_text(fields_.text(tag::text)));
}

/// A Logout, a SequenceReset that fills no gap and a ResendRequest are acted on whatever their number: to wait for what
/// is missing on the other side could take forever, if that side waits as well.
bool SessionPort::waits_for_its_turn(std::int64_t number) const {
    const auto type = fields_.message_type();
    const bool is_reset = type == "4" && fields_.text(tag::gap_fill_flag) != "Y";
    const bool acts_at_once = (type == "5" || type == "2" || is_reset) && !header_fault(dialect(), fields_);
    return number > engine_.next_target() && !acts_at_once;
}

/// What is malformed, or of somebody else, needs no turn.
bool SessionPort::is_rejected_at_once(std::string_view message) const {
    const auto type = fields_.message_type();
    if (is_refusal(type) || header_fault(dialect(), fields_)) return false;
    return engine_.finds_fault(is_shown_in_short(type) ? stand_in(type, fields_) : message);
}

/// A refusal doesn't depend on the fields, and must not fail because of one, unless the operator's own dictionary knows
/// them.
bool SessionPort::is_shown_in_short(std::string_view type) const {
    return is_only_refused(dialect(), type) && !context_.dictionaries.has_own(session_.comp_id, dialect());
}

/// What is missing is asked for once, unless it is more than may wait here.
void SessionPort::keep(std::int64_t number, std::string_view message) {
    const auto expected = engine_.next_target();
    if (!ahead_.keep(number, expected, message) && dropped_.add()) {
        log().warn("{} sent message {} where {} is expected, the {}. that can't wait; it is dropped", session_.comp_id,
                   number, expected, dropped_.count());
    }
    if (expected <= asked_until_) return;
    asked_until_ = std::min(number - 1, expected + AheadQueue::span_max);
    engine_.request_resend(expected);
}

void SessionPort::take_what_waited() {
    while (connection_ != nullptr && engine_.is_logged_on() && logout_.empty()) {
        const auto message = ahead_.take(engine_.next_target());
        if (!message) return;
        waited_ = true;
        if (fields_.parse(*message)) take(*message);
    }
}

/// The message in `fields_`, whose turn it is or was.
void SessionPort::take(std::string_view message) {
    const auto type = fields_.message_type();
    excess_ = count_request();
    if (is_refusal(type)) {
        count_refusal();
    } else if (const auto fault = header_fault(dialect(), fields_)) {
        if (count_only()) engine_.reject(fields_, *fault);
    } else if (const auto wish = resend_wish(); wish && !engine_.finds_fault(message)) {
        heed(*wish);
    } else if (type == "5" && number_of(fields_) > engine_.next_target()) {
        take_early_logout(message);
    } else if (engine_.next_target() <= asked_until_ + 1 || !engine_.take_plain(fields_)) {
        engine_.receive(is_shown_in_short(type) ? stand_in(type, fields_) : message);
    }
}

/// Before anybody looks for a fault in it: what is malformed is too much as well.
std::optional<RateExcess> SessionPort::count_request() {
    const auto type = fields_.message_type();
    const bool is_request = !is_refusal(type) && !FIX::Message::isAdminMsgType(std::string(type));
    if (!is_request || number_of(fields_) < engine_.next_target()) return std::nullopt;
    auto excess = rate_.take(type, {connection_->read_at(), sending_time_now()}, context_.reference);
    if (excess && excess->ends_session) logout_ = excess->text;
    return excess;
}

/// The engine would count it in the place of the message that it overtook, and nobody would ever ask for that one.
void SessionPort::take_early_logout(std::string_view message) {
    const auto expected = engine_.next_target();
    engine_.receive(message);
    engine_.set_next_target(expected);
}

/// The engine sees a Heartbeat with the same header in its place, which it judges and counts alike. False when the
/// message was counted before, or the engine found a fault in its header and has answered it.
bool SessionPort::count_only() {
    const bool is_new = number_of(fields_) >= engine_.next_target();
    const auto next_sender = engine_.next_sender();
    engine_.receive(fields_.get(tag::sending_time) ? stand_in("0", fields_) : heartbeat_now());
    return is_new && engine_.is_logged_on() && engine_.next_sender() == next_sender;
}

/// People answer a refusal of what the venue said: to refuse it in turn could go on forever. So the engine counts it by
/// a header in which there is nothing to reject, unless that ends the session: a refusal of somebody else.
void SessionPort::count_refusal() {
    const bool was_counted = number_of(fields_) < engine_.next_target();
    if (was_counted && fields_.text(tag::poss_dup_flag) == "Y") return;
    const auto header = stand_in("0", fields_);
    const bool is_of_somebody_else = engine_.is_foreign(header) && !engine_.is_flawed(header);
    engine_.receive(is_of_somebody_else ? reject_in_short(fields_) : heartbeat_now());
}

std::string SessionPort::heartbeat_now() const { return numbered_heartbeat(fields_, fix_time(sending_time_now())); }

/// The engine would load the whole range at once, so it doesn't see the request. One without numbers is the engine's to
/// reject.
std::optional<SessionPort::ResendWish> SessionPort::resend_wish() const {
    if (fields_.message_type() != "2" || header_fault(dialect(), fields_)) return std::nullopt;
    const auto first = whole_number<std::int64_t>(fields_.text(tag::begin_seq_no));
    const auto last = whole_number<std::int64_t>(fields_.text(tag::end_seq_no));
    return first && last ? std::optional(ResendWish{*first, *last}) : std::nullopt;
}

/// Whatever its number, but it is counted only in its turn.
void SessionPort::heed(const ResendWish& wish) {
    if (number_of(fields_) == engine_.next_target()) engine_.receive(stand_in("0", fields_));
    const bool is_range = wish.last >= 0 && (wish.last == 0 || wish.first <= wish.last);
    if (wish.first < 1 || wish.first >= engine_.next_sender() || !is_range) {
        const int blamed = is_range ? tag::begin_seq_no : tag::end_seq_no;
        return engine_.reject(fields_, {5, blamed, "No messages have these numbers."});
    }
    outbox_.resend(wish.first, wish.last);
}

void SessionPort::submit_decoded() {
    const auto number = number_of(fields_);
    std::visit(
        [&](auto&& decoded) {
            using Kind = std::decay_t<decltype(decoded)>;
            if constexpr (std::is_same_v<Kind, SyntaxReject>) {
                engine_.reject(fields_, decoded);
            } else if constexpr (std::is_same_v<Kind, Questions>) {
                for (auto& question : decoded) submit(number, std::move(question));
            } else if constexpr (std::is_same_v<Kind, AnsweredCommand>) {
                submit(number, std::move(decoded.command));
                submit(number, std::move(decoded.question));
            } else {
                submit(number, std::move(decoded));
            }
        },
        decode_admitted());
}

/// While the venue is busy a participant may still take risk away. One who asks for its orders hears of all of them
/// before it may ask anew: each answer is work for everybody's engine, and may be ten thousand messages long.
Decoded SessionPort::decode_admitted() {
    if (excess_) return refusal(fields_, model::RejectReason::rate_limited, 0, excess_->text);
    auto decoded = decode(fields_, dialect(), is_stale());
    if (wants_more(decoded) && context_.wiring.admission() == model::Admission::busy) {
        return refusal(fields_, model::RejectReason::venue_busy);
    }
    if (!asks_for_orders(decoded)) return decoded;
    if (outbox_.owes_orders()) return refusal(fields_, model::RejectReason::venue_busy, 0, one_at_a_time);
    outbox_.owe_orders();
    return decoded;
}

/// A message that was sent before, or waited behind a gap, carries an intention of then.
bool SessionPort::is_stale() const {
    const bool was_sent_before = fields_.text(tag::poss_dup_flag) == "Y";
    if (!was_sent_before && !waited_) return false;
    const auto first_sent = parse_utc_time(fields_.text(was_sent_before ? tag::orig_sending_time : tag::sending_time));
    const auto limit = std::int64_t{context_.settings.stale_after_ms} * 1'000'000;
    return !first_sent || sending_time_now().nanoseconds - first_sent->nanoseconds > limit;
}

// ---- What the sequencer hears ---------------------------------------------------------------------------------------

void SessionPort::submit(std::int64_t number, decltype(model::Request::body) body) {
    if (number > submitted_) submitted_ = number;
    const model::Origin origin{session_.id, outbox_.incarnation(), number};
    if (number > 0 && !std::holds_alternative<model::Judged>(body)) log_arrived(origin);
    model::Request request{origin, std::move(body)};
    request.may_be_known = number > 0 && fields_.text(tag::poss_resend) == "Y";
    if (number > 0 && connection_ != nullptr) request.read_at = connection_->read_at();
    context_.wiring.submit(std::move(request));
}

void SessionPort::log_arrived(const model::Origin& origin) const {
    if (!log().should_log(spdlog::level::debug)) return;
    log().debug("arrived{}{}{}",
                model::log_field("trace", model::trace_of(session_.comp_id, origin.incarnation, origin.number)),
                model::log_field("session", session_.comp_id), model::log_field("type", fields_.message_type()));
}

void SessionPort::submit_disconnect(model::DisconnectReason reason) {
    submit(0, model::CommandBody{model::DisconnectSession{session_.id, reason}});
}

/// What the engine consumed by itself was judged too; and it may have ended the connection.
void SessionPort::after_engine() {
    if (engine_.next_target() - 1 > submitted_) submit(engine_.next_target() - 1, model::Judged{});
    outbox_.reserve();
    if (connection_ != nullptr && !engine_.is_logged_on()) {
        end(engine_.saw_logout() ? model::DisconnectReason::logout : model::DisconnectReason::dropped);
    }
}

// ---- What leaves, and the end ---------------------------------------------------------------------------------------

void SessionPort::send(const std::string& message) {
    if (message.find("\00135=3\001") != std::string::npos) ++context_.wiring.traffic->session_rejects_total;
    if (connection_ == nullptr) return;
    if (engine_.next_sender() - 1 > outbox_.last_number()) {
        engine_.set_next_sender(outbox_.last_number() + 1);
        return connection_->close("no number is reserved for what it must be told");
    }
    connection_->output() += message;
    connection_->queued();
    watch_.left(message, engine_.next_sender() - 1, sending_time_now());
}

void SessionPort::written(const Connection& by, model::Sequence mark) {
    outbox_.written(by, mark);
    outbox_.advance();
}

void SessionPort::tick() {
    reset_when_due();
    if (connection_ == nullptr) return;
    // The engine waits for the answer to its Logout only where there are heartbeats.
    if (engine_.saw_logout() && ++ticks_after_logout_ > logout_ticks_max) return end(model::DisconnectReason::logout);
    engine_.tick();
    after_engine();
}

void SessionPort::log_out(const std::string& text) {
    if (connection_ == nullptr) return;
    engine_.log_out(text);
    after_engine();
}

void SessionPort::note_outcome(const model::Passage& passage) {
    if (connection_ != nullptr) connection_->note_outcome(passage.read_at);
}

void SessionPort::advance() {
    admit();
    outbox_.advance();
}

void SessionPort::closed(const Connection& connection) {
    if (connection_.get() == &connection) {
        end(engine_.saw_logout() ? model::DisconnectReason::logout : model::DisconnectReason::dropped);
    } else if (held_ && held_->connection.get() == &connection) {
        held_->connection = nullptr;
        admit();
    }
    outbox_.closed(connection);
}

void SessionPort::log_out_and_end(const std::string& text) {
    engine_.log_out(text);
    end(model::DisconnectReason::logout);
}

/// The connection, with which neither the engine nor the outbox has to do any more.
std::shared_ptr<Connection> SessionPort::detach() {
    if (engine_.next_target() - 1 > submitted_) submit(engine_.next_target() - 1, model::Judged{});
    auto connection = std::exchange(connection_, nullptr);
    outbox_.detach();
    engine_.disconnect();
    ahead_.clear();
    ticks_after_logout_ = 0;
    return connection;
}

void SessionPort::end(model::DisconnectReason reason) {
    const auto connection = detach();
    log().info("{} is off: {}", session_.comp_id, model::name(reason));
    watch_.logged_off();
    connection->finish();
    submit_disconnect(reason);
    if (reason == model::DisconnectReason::logout && access().reset == model::NumberReset::on_logout) begin_anew();
}

}  // namespace venue::fix
