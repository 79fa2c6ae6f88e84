// Everything that a later command's outcome may depend on. It changes by folding events and in no other way.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "venue/engine/auction.hpp"
#include "venue/engine/balances.hpp"
#include "venue/engine/book.hpp"
#include "venue/engine/by_id.hpp"
#include "venue/engine/engine.hpp"
#include "venue/engine/fee_tiers.hpp"
#include "venue/engine/named_lists.hpp"
#include "venue/engine/order_table.hpp"
#include "venue/engine/pegs.hpp"
#include "venue/engine/revised_trades.hpp"
#include "venue/engine/transfer_record.hpp"
#include "venue/engine/triggers.hpp"
#include "venue/model/ensure.hpp"

namespace venue::engine {

struct ClosedOrder {
    OrderIndex::Place place = 0;
    model::Timestamp at;  ///< Zero where it is remembered whatever the time.
};

/// How many names a participant's orders answer to, and which of its closed orders are remembered.
struct Participation {
    std::size_t name_count = 0;
    std::deque<ClosedOrder> closed;         ///< In closing order.
    OrderList open;                         ///< In the order of their ids.
    std::vector<std::int32_t> open_counts;  ///< Of them, by the instruments' numbers, which are dense.

    /// Begins at zero.
    [[nodiscard]] std::int32_t& open_count(model::InstrumentId instrument) {
        const auto at = static_cast<std::size_t>(instrument.value);
        if (at >= open_counts.size()) open_counts.resize(at + 1);
        return open_counts[at];
    }
};

struct SessionState {
    model::Incarnation incarnation;
    bool on = false;
    /// When orders are cancelled because it isn't back; zero for never. A logon only suspends it: one that is declined
    /// in the end must not have changed it.
    model::Timestamp cancels_at{};
    model::CancelOnDisconnect cancels{model::CancelOnDisconnect::off};  ///< Whose, then.
    bool spares_good_till = false;                                      ///< Which of them stay, as in DisconnectRule.
    std::optional<model::CancelOnDisconnect> chosen{};                  ///< By the present logon.
};

/// Of short texts that the operator chooses (FNV-1a). Finds by a view of a text, too.
struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
        std::uint64_t hash = 0xCBF29CE484222325U;
        for (const char letter : text) hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001B3U;
        return hash;
    }
};

struct State {
    model::Reference reference;
    /// Never walked through: it has no order. The operator chooses the symbols.
    std::unordered_map<std::string, model::InstrumentId, TextHash, std::equal_to<>> symbols;
    std::map<std::string, model::AccountId, std::less<>> account_names;
    Balances balances;
    OrderTable orders;
    book::OrderPool at_rest;  ///< Memory of all books.
    std::map<model::InstrumentId, Book> books;
    std::map<model::ParticipantId, Participation> participations;
    std::map<model::SessionId, SessionState> sessions;
    std::map<model::ParticipantId, TransferRecord> transfers;
    std::set<std::pair<model::Timestamp, model::OrderId>> due;     ///< Open orders that expire.
    std::set<std::pair<model::Timestamp, model::SessionId>> lost;  ///< Sessions that are off, by their `cancels_at`.
    model::OrderId sweeping;                                       ///< Zero, or the order whose sweep must go on.
    std::optional<model::MassCancelling> mass_cancelling;          ///< One that must go on.
    std::set<model::ParticipantId> killed;                         ///< Those whose kill switch is on.
    // What the reference data says of a few, so that the many don't have to be asked.
    std::set<model::ParticipantId> suspended_participants;
    std::set<model::AccountId> suspended_accounts;
    std::set<model::ParticipantId> limited_participants;  ///< Those with limits of their own.
    std::map<model::InstrumentId, Triggers> triggers;
    std::set<model::InstrumentId> triggering;         ///< Those of which an order is due or behind.
    std::map<model::InstrumentId, Auction> auctions;  ///< Where orders gather, or wait to.
    std::set<model::InstrumentId> uncrossing;         ///< Those of which an uncross must go on.
    std::set<model::InstrumentId> joining;            ///< Those of which an order is to join the auction.
    std::set<std::pair<model::Timestamp, model::InstrumentId>> phases_due;  ///< Phases that end by themselves.
    std::set<std::pair<model::Timestamp, model::InstrumentId>> indications_due;
    std::map<model::OrderId, std::vector<model::OrderId>> lists;  ///< Open orders that have a role in one, by its name.
    std::set<std::pair<model::InstrumentId, model::OrderId>> list_names;  ///< Of `lists`, by their instruments.
    NamedLists named_lists;
    std::map<model::InstrumentId, std::set<model::OrderId>> activating;  ///< Dormant ones whose time has come.
    std::set<model::InstrumentId> awakening;   ///< Those of which one may come alive in their phase.
    std::map<model::InstrumentId, Pegs> pegs;  ///< Of instruments that have pegged orders.
    std::set<std::pair<model::Timestamp, model::InstrumentId>> pegs_due;  ///< When those behind the touch follow it.
    TradedVolumes volumes;                                                ///< Kept while there is a schedule of fees.
    model::Timestamp fees_due;                                            ///< When its day ends; zero without one.
    RevisedTrades revised;
    std::map<std::pair<model::AccountId, model::AssetId>, model::Amount> owing;  ///< What accounts owe the venue.
    model::Sequence last_sequence;
    model::Timestamp last_time;
    /// The state's hash after an event, where it was taken already: it takes a second for a million orders.
    struct Hashed {
        model::Sequence sequence;
        std::uint64_t hash = 0;
    };
    std::optional<Hashed> hashed;

    /// When something falls due next: of one moment, phases before indications, orders, sessions and pegs.
    [[nodiscard]] std::optional<model::Timestamp> next_due() const;

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    void add_book(model::InstrumentId id) { books.try_emplace(id, at_rest, orders); }
    /// An open order that has a role in a list; those of one are of one instrument.
    void add_to_list(const model::Order& leg);
    void take_from_list(const model::Order& leg);

    /// Null when the order isn't known (any more).
    [[nodiscard]] const KnownOrder* find(model::OrderId id) const { return orders.find(id); }
    /// The participant's order of that name, the latest or an earlier one; null when there is none.
    [[nodiscard]] const KnownOrder* find(model::ParticipantId participant, const model::ClOrdId& name) const {
        return orders.find(participant, name);
    }
    /// Looks by id if one is given, else by name; where both are given they must agree. Another participant's order is
    /// not found.
    [[nodiscard]] const KnownOrder* find(model::ParticipantId participant, model::OrderId id,
                                         const model::ClOrdId& name) const;
    [[nodiscard]] const model::Instrument* instrument(std::string_view symbol) const;
    [[nodiscard]] const model::Instrument& instrument(model::InstrumentId id) const {
        const auto* const found = instrument_rows.find(reference.instruments, id);
        ensure(found != nullptr, "an order's instrument is listed");
        return *found;
    }
    /// The session a request came from.
    [[nodiscard]] const model::Session& session(model::SessionId id) const {
        const auto* const found = known_session(id);
        ensure(found != nullptr, "a request comes from a configured session");
        return *found;
    }
    /// Null when there is none.
    [[nodiscard]] const model::Session* known_session(model::SessionId id) const {
        return session_rows.find(reference.sessions, id);
    }
    [[nodiscard]] Balance balance(model::AccountId account, model::AssetId asset) const {
        return balances.find(account, asset);
    }
    /// The event of that account's participant's transfer of that id; zero when none is remembered.
    [[nodiscard]] model::Sequence transfer(std::string_view from_account, std::string_view id) const;
    /// Null when there is none.
    [[nodiscard]] const model::Participant* known_participant(model::ParticipantId id) const {
        return participant_rows.find(reference.participants, id);
    }
    [[nodiscard]] const model::Participant& participant(model::ParticipantId id) const {
        const auto* const found = known_participant(id);
        ensure(found != nullptr, "an order's participant is configured");
        return *found;
    }
    /// Begins with no order.
    [[nodiscard]] Participation& participation(model::ParticipantId id) {
        auto* const found = participation_rows.find(participations, id);
        return found != nullptr ? *found : participations[id];
    }
    [[nodiscard]] model::Amount owed(model::AccountId account, model::AssetId asset) const;
    [[nodiscard]] bool owes(model::AccountId account) const;
    /// The first debt of which something can be paid: out of what is available, or what orders hold. Debts are few.
    [[nodiscard]] std::optional<std::pair<model::AccountId, model::AssetId>> payable_debt() const;
    [[nodiscard]] const Book& book(model::InstrumentId id) const {
        const auto* const found = book_rows.find(books, id);
        ensure(found != nullptr, "a listed instrument has a book");
        return *found;
    }
    [[nodiscard]] Book& book(model::InstrumentId id) { return const_cast<Book&>(std::as_const(*this).book(id)); }
    /// Of the participant's orders in the instrument.
    [[nodiscard]] std::int32_t open_count(model::ParticipantId participant, model::InstrumentId instrument) const;
    /// Null before the instrument's first order that waits, or first trade.
    [[nodiscard]] const Triggers* triggers_of(model::InstrumentId id) const { return trigger_rows.find(triggers, id); }
    /// Those that the first of both begins.
    [[nodiscard]] Triggers& begun_triggers(model::InstrumentId id) {
        const auto* const found = triggers_of(id);
        return found != nullptr ? const_cast<Triggers&>(*found) : triggers[id];
    }

  private:
    ById<model::InstrumentId, const model::Instrument> instrument_rows;
    ById<model::ParticipantId, const model::Participant> participant_rows;
    ById<model::ParticipantId, Participation> participation_rows;
    ById<model::SessionId, const model::Session> session_rows;
    ById<model::InstrumentId, const Book> book_rows;
    ById<model::InstrumentId, const Triggers> trigger_rows;
};

}  // namespace venue::engine
