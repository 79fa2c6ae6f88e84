// The FIX front door: listens, keeps one session port per FIX session, decodes what arrives into requests, and encodes
// what was released into reports.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "venue/fix/recorded_message.hpp"
#include "venue/fix/traffic.hpp"
#include "venue/model/access.hpp"
#include "venue/model/request.hpp"
#include "venue/model/session_look.hpp"

namespace venue::fix {

/// Which certificates clients are asked for.
enum class ClientCertificates { none, asked, required };

/// The encrypted port; zero: there is none.
struct TlsSettings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;
    std::string certificate;  ///< In PEM, with those that lead to its authority.
    std::string key;          ///< In PEM.
    bool only_1_3 = false;
    ClientCertificates client_certificates = ClientCertificates::none;
    std::string client_authority;  ///< Who must have signed a client's, in PEM; empty: anybody.
};

struct Settings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 9878;
    std::string comp_id = "VENUE";
    std::string dictionaries;  ///< The folder of the dictionaries that fix-spec/ generates.
    /// Files of the operator's own, by the CompIDs of the sessions that they are for.
    std::map<std::string, std::string> session_dictionaries;
    TlsSettings tls;
    /// Where connections begin with a header of the PROXY protocol. Nowhere else one is believed.
    std::vector<model::AddressRange> proxies;
    int handshake_timeout_ms = 5'000;  ///< For a proxy's header and TLS together.
    int logon_timeout_ms = 10'000;
    int write_timeout_ms = 10'000;  ///< A write that makes no progress for so long never will.
    std::size_t prelogon_bytes_max = 4'096;
    std::size_t pending_logons_max = 256;  ///< Connections without a logon; a further one is closed at once.
    std::size_t message_bytes_max = 65'536;
    std::size_t output_queue_bytes_max = 4'194'304;  ///< A client that lets more than this wait is disconnected.
    int stale_after_ms = 5'000;                      ///< An order or replace that comes later is declined.
    std::int64_t number_block = 10'000;              ///< Outbound numbers reserved at a time.
    std::size_t resend_page = 1'000;                 ///< Events read from the journal at a time.
    /// What every participant must know when it logs on: told in RawData (96) of the Logon, which then calls the venue
    /// a test system (464=Y). Empty for a venue that keeps its promises.
    std::string logon_notice;
    model::Access access;  ///< Who may log on to which session, from where and how.
};

/// What the gateway needs of the venue. All may be called from any thread; only the two readers block, and the gateway
/// calls them on a thread of their own.
struct Wiring {
    /// Into the sequencer.
    std::function<void(model::Request)> submit;
    /// What may come in now; it is asked before each message.
    std::function<model::Admission()> admission;
    /// To be made durable with the next group, or alone within 100 ms; comes back in Group::numbers when it is.
    std::function<void(const model::SessionNumbers&)> note;
    std::function<void(model::OutboundRun)> record;
    std::function<std::vector<model::SentEvent>(model::SessionId, model::Incarnation, std::int64_t first,
                                                std::int64_t last, std::size_t limit)>
        read_sent;
    std::function<std::vector<model::Event>(model::SessionId, model::Sequence after, model::Sequence until,
                                            std::size_t limit)>
        read_addressed;
    /// Everything up to the event is in the kernel's hands, for one connection. For measuring; on the worker's thread.
    std::function<void(model::Sequence)> written = [](model::Sequence) {};
    /// What came of requests that were read at these moments (see model::Passage) is in the kernel's hands. As above.
    std::function<void(std::span<const std::int64_t>)> told = [](std::span<const std::int64_t>) {};
    /// Whole messages that a session said, or is told. For recording; on the worker's thread. May be empty.
    std::function<void(std::string_view comp_id, Way way, std::string_view messages)> recorded;
    std::shared_ptr<Traffic> traffic = std::make_shared<Traffic>();
};

/// A session as recovery found it.
struct RestoredSession {
    model::SessionNumbers numbers;
    model::Sequence last_numbered;  ///< Last event that was given a number in this incarnation; zero for none.
};

/// The dictionary's file isn't one.
struct DictionaryUnreadable : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Certificate or key can't be used.
struct CertificateUnusable : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The address can't be listened on.
struct CannotListen : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Gateway {
  public:
    /// Throws DictionaryUnreadable and CertificateUnusable.
    Gateway(Settings settings, Wiring wiring);
    ~Gateway();

    /// Takes the ports, without accepting yet. Throws CannotListen.
    void bind();
    /// Before `start`: the sessions, and the last event that is durable. Unnumbered events of a session are numbered
    /// again with PossResend=Y. Until `lived_until` the venue was there before, and did what was due at some time of
    /// the day.
    void restore(const model::Reference& reference, const std::vector<RestoredSession>& sessions, model::Sequence last,
                 std::optional<model::Timestamp> lived_until = {});
    /// Accepts connections, on threads of its own.
    void start();
    /// Waits while many groups were released that the worker has not taken: whoever commits asks before each release,
    /// so that what one request or the time of day causes is bounded, too. Any thread but the worker.
    void wait_for_room();
    /// Hands over what is durable now. Groups come in order. Any thread.
    void release(std::shared_ptr<const model::Group> group);
    /// From here on logons are judged by these terms; who is logged on stays. Any thread.
    void use(model::Access access);
    /// Whoever comes from here on is shown the certificate that is in its file now. Any thread. Throws
    /// CertificateUnusable, and then the old one stays.
    void read_certificate_again();
    // What an operator asks of the sessions. Any thread; the worker answers, or nobody where it ends before.
    /// As they are at this moment, by CompID: one of this name alone, or all where it is empty.
    void look(std::string comp_id, std::function<void(std::vector<model::SessionLook>)> told);
    /// Tells why it can't be done; nothing when it is, and everything that it changes was submitted.
    void carry_out(model::SessionWish wish, std::function<void(const std::string& fault)> told);
    /// Logs every session out and closes; returns when the threads have ended.
    void stop();

  private:
    class Body;
    std::unique_ptr<Body> body_;
};

}  // namespace venue::fix
