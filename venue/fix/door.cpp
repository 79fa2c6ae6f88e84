#include "venue/fix/door.hpp"

#include <algorithm>
#include <utility>

#include "venue/fix/log.hpp"
#include "venue/fix/spec_tables.hpp"

namespace venue::fix {

Door::Door(Settings settings, Wiring wiring, JournalReader& reader, FIX::DataDictionaryProvider dictionaries,
           std::function<void()> quiet)
    : context_{settings,
               std::move(wiring),
               reader,
               SessionDictionaries(std::move(dictionaries), settings.session_dictionaries),
               std::make_shared<const model::Reference>(),
               {},
               {}},
      registry_(context_),
      guard_(context_.settings.access),
      events_{[this](Connection& connection) { return arrived(connection); },
              [this](Connection& from, std::string_view message) { received(from, message); },
              [this](Connection& by, model::Sequence mark, auto read_at) { written(by, mark, read_at); },
              [this](std::string_view comp_id, std::string_view messages) { record(comp_id, Way::out, messages); },
              [this](Connection& connection) { closed(connection); },
              [this] { return context_.wiring.admission() != model::Admission::slow; },
              *context_.wiring.traffic},
      quiet_(std::move(quiet)) {}

void Door::restore(const model::Reference& reference, const std::vector<RestoredSession>& sessions,
                   model::Sequence last, std::optional<model::Timestamp> lived_until) {
    for (const auto& [id, session] : reference.sessions) {
        context_.dictionaries.check(session.comp_id, dialect(session));
    }
    guard_.begin(sending_time_now());
    context_.lived_until = lived_until.value_or(sending_time_now());
    context_.reference = std::make_shared<const model::Reference>(reference);
    registry_.restore(sessions, last);
}

void Door::open() {
    for (const auto& port : registry_.all()) port->advance();
}

void Door::use(model::Access access) {
    context_.settings.access = std::move(access);
    for (const auto& port : registry_.all()) port->use_access();
}

void Door::let_in(boost::asio::ip::tcp::socket socket, std::shared_ptr<boost::asio::ssl::context> tls) {
    if (pending_.size() >= context_.settings.pending_logons_max) return turn_away(std::move(socket));
    const auto connection = std::make_shared<Connection>(std::move(socket), std::move(tls), context_.settings, events_);
    connections_.push_back(connection);
    pending_.insert(connection.get());
    ++context_.wiring.traffic->connections;
    ++context_.wiring.traffic->connections_total;
    connection->start();
}

/// The socket closes as it goes: who can open connections must not be able to use up the venue's descriptors.
void Door::turn_away(boost::asio::ip::tcp::socket /*socket*/) {
    if (!turned_away_.add()) return;
    log().warn("{} connections wait for their logon; another one is closed, the {}. time", pending_.size(),
               turned_away_.count());
}

bool Door::arrived(Connection& connection) {
    if (guard_.lets_in(connection.address(), std::chrono::steady_clock::now())) return true;
    if (locked_out_.add()) log().warn("{} is locked out, the {}. time", connection.peer(), locked_out_.count());
    return false;
}

// ---- What connections tell ------------------------------------------------------------------------------------------

void Door::received(Connection& from, std::string_view message) {
    if (from.port == nullptr) return first_message(from, message);
    record(from.comp_id, Way::in, message);
    if (!from.port->receive(message)) log_on_again(from, message, *from.port);
}

/// Who doesn't name a session that exists hears nothing at all.
void Door::first_message(Connection& from, std::string_view message) {
    Fields logon;
    const bool is_whole = logon.parse(message) && !logon.invalid_tag();
    if (!is_whole || logon.message_type() != "A") return from.close("its first message is no Logon");
    auto* port = registry_.find(logon.text(tag::sender_comp_id));
    if (port == nullptr || logon.text(tag::target_comp_id) != context_.settings.comp_id) {
        guard_.note_stranger(from.address(), std::chrono::steady_clock::now());
        return from.close("its CompIDs are not known here");
    }
    // To FIX the version is a part of a session's name.
    if (logon.text(tag::begin_string) != port->dialect().begin_string) {
        return from.close("its session has another version of FIX, " + std::string(port->dialect().begin_string));
    }
    if (!guard_.may_come_from(from.address(), port->session())) {
        return from.close("its session may not log on from there");
    }
    from.comp_id = port->session().comp_id;
    record(from.comp_id, Way::in, message);
    log_on(from, message, logon, *port);
}

void Door::record(std::string_view comp_id, Way way, std::string_view messages) const {
    if (context_.wiring.recorded && !comp_id.empty()) context_.wiring.recorded(comp_id, way, messages);
}

void Door::log_on(Connection& from, std::string_view message, const Fields& logon, SessionPort& port) {
    const bool shows_nothing = needs_no_proof(port);
    if (shows_nothing && is_dropped_in_silence(logon, port.dialect(), sending_time_now())) {
        return from.close("its Logon is of another time, or doesn't say which application it speaks");
    }
    const auto judged = judge(from, message, logon, port);
    if (const auto* refused = std::get_if<Refused>(&judged)) {
        // A Logout would take a number from whoever is on or about to be.
        if (port.is_taken()) {
            log().warn("{} may not log on as {}: {}", from.peer(), from.comp_id, refused->text);
            return from.close("refused");
        }
        return port.refuse(from, refused->text, refused->status);
    }
    if (port.is_taken() && !port.give_way()) {
        if (shows_nothing) return from.close("its session is logged on already");
        return port.refuse(from, "This session is logged on already.");
    }
    pending_.erase(&from);
    port.hold(from, message, std::get<LogonTerms>(judged));
}

void Door::log_on_again(Connection& from, std::string_view message, SessionPort& port) {
    Fields logon;
    if (!logon.parse(message)) return;
    const auto judged = judge(from, message, logon, port);
    if (const auto* refused = std::get_if<Refused>(&judged)) return port.log_out(refused->text);
    port.log_on_again(message, std::get<LogonTerms>(judged));
}

std::variant<LogonTerms, Refused> Door::judge(const Connection& from, std::string_view message, const Fields& logon,
                                              const SessionPort& port) {
    auto judged = guard_.judge(logon, port.session(), port.dialect(), *context_.reference, from,
                               std::chrono::steady_clock::now());
    const auto* const terms = std::get_if<LogonTerms>(&judged);
    if (terms == nullptr) return judged;
    if (port.is_disabled()) return Refused{std::string(disabled_text), SessionStatus::account_locked};
    if (auto flaw = find_flaw(message, port.dialect(), port.dictionaries()); !flaw.empty()) return Refused{flaw};
    if (auto fault = port.number_fault(*terms); !fault.empty()) return Refused{fault};
    return judged;
}

/// Who has to show nothing hears as little as the library's own acceptor says.
bool Door::needs_no_proof(const SessionPort& port) const {
    const auto& access = context_.settings.access.of(port.session().comp_id);
    return access.authentication == model::Authentication::none;
}

void Door::written(Connection& by, model::Sequence mark, std::span<const std::int64_t> read_at) {
    if (mark) context_.wiring.written(mark);
    if (!read_at.empty()) context_.wiring.told(read_at);
    if (by.port == nullptr) return;
    by.port->answered(read_at);
    by.port->written(by, mark);
}

void Door::closed(Connection& connection) {
    const auto kept = connection.shared_from_this();
    if (auto* port = std::exchange(connection.port, nullptr)) port->closed(connection);
    pending_.erase(&connection);
    std::erase(connections_, kept);
    --context_.wiring.traffic->connections;
    if (connections_.empty()) quiet_();
}

void Door::tick(std::chrono::steady_clock::time_point now) {
    std::size_t waiting = 0;
    for (const auto& connection : connections_) {
        connection->check_progress(now);
        waiting += connection->waiting();
    }
    for (const auto& port : registry_.all()) port->tick();
    context_.lived_until = sending_time_now();
    context_.wiring.traffic->waiting_bytes = static_cast<std::int64_t>(waiting);
    context_.wiring.traffic->beat =
        std::chrono::duration_cast<std::chrono::nanoseconds>(now.time_since_epoch()).count();
}

// ---- What an operator asks ------------------------------------------------------------------------------------------

std::vector<model::SessionLook> Door::look(std::string_view comp_id) const {
    std::vector<model::SessionLook> looks;
    for (const auto& port : registry_.all()) {
        if (comp_id.empty() || port->session().comp_id == comp_id) looks.push_back(port->look());
    }
    std::ranges::sort(looks, {}, &model::SessionLook::comp_id);
    return looks;
}

std::string Door::carry_out(const model::SessionWish& wish) {
    auto* const port = registry_.find(wish.comp_id);
    return port == nullptr ? "The session " + wish.comp_id + " is not known." : port->carry_out(wish);
}

void Door::say_goodbye() {
    for (const auto& port : registry_.all()) port->log_out("The venue is closing.");
}

}  // namespace venue::fix
