// Reference data: what is listed, who trades, with what rights. It changes by events only; every room that needs it
// keeps a copy folded from them.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "venue/model/fee_schedule.hpp"
#include "venue/model/ids.hpp"
#include "venue/model/limits.hpp"
#include "venue/model/number.hpp"
#include "venue/model/phase.hpp"
#include "venue/model/special_terms.hpp"
#include "venue/model/time.hpp"

namespace venue::model {

struct Asset {
    AssetId id;
    std::string code;              ///< "BTC"; unique; 1 to 12 printable characters.
    std::int32_t ledger_digits{};  ///< One ledger unit is 10^-ledger_digits of the asset; 0 to 18.
    std::int32_t chain_digits{};   ///< Smallest unit that can be withdrawn; at most ledger_digits.
    bool operator==(const Asset&) const = default;
};

/// What a fee is taken from.
enum class FeeSource : std::uint8_t { received = 1, quote = 2 };

struct Instrument {
    InstrumentId id;
    std::string symbol;  ///< "BTC-USD"; unique.
    AssetId base;
    AssetId quote;
    Decimal tick;               ///< Smallest step of price, in quote per base; positive.
    Decimal lot;                ///< Smallest step of quantity, in base; positive.
    Amount base_per_lot;        ///< Ledger units of base in one lot; derived when listed.
    Amount quote_per_tick_lot;  ///< Ledger units of quote that one lot is worth at a price of one tick; exact.
    FeeRate maker_rate{};
    FeeRate taker_rate{};
    FeeSource fee_source{FeeSource::received};
    std::int32_t display_min_bp{};  ///< What an iceberg shows at least, in basis points of its quantity; 0 to 10,000.
    /// How far an order's price may be from the reference price; zero for no such band.
    std::int32_t static_band_bp{};
    /// How far from the last trade before it an incoming order may trade; zero for no such band.
    std::int32_t dynamic_band_bp{};
    /// How long the auction is that begins where one would trade beyond; zero: its rest is cancelled.
    std::int32_t volatility_seconds{};
    /// How far from the best price of its arrival an order at the market may trade; zero for no such limit.
    std::int32_t protection_bp{};
    Price reference_price{};                 ///< Of the last uncross, or as configured; zero for none.
    std::optional<FeeRate> auction_rate{};   ///< Of both sides of an uncross; where there is none, the maker's.
    std::vector<ScheduledPhase> schedule{};  ///< The phases of each day, rising; empty: none ends by itself.
    std::int32_t day_end{};                  ///< The second of the day, UTC, at which a trading day ends.
    Phase phase{Phase::continuous};
    Timestamp phase_until{};  ///< When the phase ends by itself; zero: not before somebody asks.
    Limits limits{};
    bool delisted = false;  ///< It is kept for those who look back; its symbol may be listed again.
    bool operator==(const Instrument&) const = default;
};

/// Which closed orders are remembered, with all their names: the latest so many, and those that were closed so many
/// seconds ago or less. Both zero where nobody was asked: when a participant is added or changed it stands for the
/// usual, and in what earlier releases wrote for what there was then, whatever the time.
struct Remembered {
    static constexpr std::int32_t usual_orders = 1'000'000;
    static constexpr std::int32_t usual_seconds = 86'400;
    static constexpr std::int32_t earlier_orders = 100'000;
    std::int32_t orders = 0;
    std::int32_t seconds = 0;

    [[nodiscard]] Remembered or_usual() const {
        return {orders == 0 ? usual_orders : orders, seconds == 0 ? usual_seconds : seconds};
    }
    [[nodiscard]] std::int32_t at_most() const { return orders == 0 ? earlier_orders : orders; }
    bool operator==(const Remembered&) const = default;
};

struct Participant {
    ParticipantId id;
    std::string name;                          ///< Unique.
    SelfTrade self_trade{SelfTrade::allowed};  ///< For its orders that say nothing else.
    bool suspended = false;                    ///< Nothing of it is taken but cancels.
    std::map<InstrumentId, Limits> limits{};   ///< Its own, beside the instrument's.
    std::int32_t fee_tier = 0;                 ///< Counted from 1; zero for none.
    Remembered remembered{};
    RateLimit rate{};                                ///< Of all its sessions together.
    std::map<SessionId, RateLimit> session_rates{};  ///< Of each that has one of its own.
    bool operator==(const Participant&) const = default;
};

struct Account {
    AccountId id;
    ParticipantId participant;
    std::string name;        ///< Account (1) on FIX; unique among all accounts.
    bool suspended = false;  ///< No order for it is taken, nor a replace of one.
    bool operator==(const Account&) const = default;
};

/// Whose open orders are cancelled when a session is disconnected and isn't back in time.
enum class CancelOnDisconnect : std::uint8_t { off = 0, session = 1, participant = 2 };

std::string_view name(CancelOnDisconnect cancels);
inline constexpr auto all_cancels_on_disconnect = {CancelOnDisconnect::off, CancelOnDisconnect::session,
                                                   CancelOnDisconnect::participant};

struct DisconnectRule {
    CancelOnDisconnect cancels{CancelOnDisconnect::off};
    std::int32_t grace_ms = 0;      ///< From the disconnect on; 0 to `grace_ms_max`.
    bool spares_good_till = false;  ///< Orders that are good till cancel or till a date stay.
    bool operator==(const DisconnectRule&) const = default;
};

/// What a replace's quantity (38) says: how much the order is for, with what is filled of it, or how much shall be
/// open.
enum class ReplaceQuantity : std::uint8_t { total = 0, open = 1 };

std::string_view name(ReplaceQuantity quantity);
inline constexpr auto all_replace_quantities = {ReplaceQuantity::total, ReplaceQuantity::open};

/// The one of `all` that is called so; nothing for a name that none has.
template <class Word>
std::optional<Word> named(std::initializer_list<Word> all, std::string_view text) {
    for (const Word each : all) {
        if (name(each) == text) return each;
    }
    return std::nullopt;
}

/// The version of FIX that a session speaks; 5.0SP2 is carried by FIXT.1.1.
enum class FixVersion : std::uint8_t { fix44 = 0, fix42 = 1, fix50sp2 = 2 };

/// "4.2"; empty for one that there is not.
std::string_view name(FixVersion version);
inline constexpr auto all_fix_versions = {FixVersion::fix42, FixVersion::fix44, FixVersion::fix50sp2};

/// A FIX session as reference data. The secret itself is known to the participant alone.
struct Session {
    SessionId id;
    ParticipantId participant;
    AccountId account;        ///< Taken when an order names none.
    std::string comp_id;      ///< The participant's SenderCompID (49); unique.
    std::string username;     ///< 553.
    std::string salt;         ///< Hexadecimal.
    std::string secret_hash;  ///< Hexadecimal SHA-256 of salt bytes followed by the secret's text.
    DisconnectRule on_disconnect{};
    ReplaceQuantity replace_quantity{ReplaceQuantity::total};
    FixVersion version{FixVersion::fix44};
    bool extensions = false;  ///< It is sent what only our own dictionary has, too.
    bool disabled = false;    ///< Nobody may log on, and who is on is logged out.
    bool operator==(const Session&) const = default;
};

/// Whether what one has written says the same to the other.
inline bool speak_alike(const Session& one, const Session& other) {
    return one.version == other.version && one.extensions == other.extensions;
}

/// All reference data at one sequence number. Ordered maps: iteration is deterministic.
struct Reference {
    std::map<AssetId, Asset> assets;
    std::map<InstrumentId, Instrument> instruments;
    std::map<ParticipantId, Participant> participants;
    std::map<AccountId, Account> accounts;
    std::map<SessionId, Session> sessions;
    FeeSchedule fees;

    /// Null when there is none of that name.
    [[nodiscard]] const Asset* asset(std::string_view code) const;
    /// One that is delisted is none.
    [[nodiscard]] const Instrument* instrument(std::string_view symbol) const;
    [[nodiscard]] const Participant* participant(std::string_view name) const;
    [[nodiscard]] const Account* account(std::string_view name) const;
    [[nodiscard]] const Session* session(std::string_view comp_id) const;
    bool operator==(const Reference&) const = default;
};

/// Folds an event into reference data: the one that tells of a reference change replaces or adds, any other does
/// nothing.
struct Event;
void fold(Reference& reference, const Event& event);

}  // namespace venue::model
