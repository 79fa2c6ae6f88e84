// Nothing here believes the bytes: whatever a writer can't have written is refused before the state takes it over.
#include <algorithm>
#include <string>
#include <vector>

#include "venue/engine/gathering.hpp"
#include "venue/engine/hash.hpp"
#include "venue/engine/rights.hpp"
#include "venue/engine/sessions.hpp"
#include "venue/engine/snapshot.hpp"
#include "venue/engine/snapshot_bytes.hpp"
#include "venue/engine/snapshot_fields.hpp"

namespace venue::engine {
namespace {

void require(bool holds, const char* otherwise) {
    if (!holds) throw SnapshotUnreadable(std::string("The snapshot is damaged: ") + otherwise + ".");
}

class Reading {
  public:
    explicit Reading(const SnapshotSource& source) : stream_(source) {}

    std::unique_ptr<State> all() {
        head();
        reference();
        sessions();
        balances();
        transfers();
        names();
        resting_orders();
        closed_orders();
        other_orders();
        if (stream_.format() >= first_format_with_prices) last_prices();
        if (stream_.format() >= first_format_with_prices) mass_cancelling();
        if (stream_.format() >= first_format_with_prices) auctions();
        if (stream_.format() >= first_format_with_prices) pegs();
        if (stream_.format() >= first_format_with_prices) revised_trades();
        if (stream_.format() >= first_format_with_prices) fees();
        end();
        return std::move(owner_);
    }

  private:
    void head() {
        std::string magic(snapshot_magic.size(), '\0');
        stream_.bytes(magic.data(), magic.size());
        if (magic != snapshot_magic) throw SnapshotUnreadable("These bytes are no snapshot.");
        const auto format = stream_.next<std::uint32_t>();
        if (!is_read(format)) {
            throw SnapshotUnreadable("The snapshot is of format " + std::to_string(format) +
                                     ", which this release doesn't read.");
        }
        stream_.set_format(format);
        stream_(state_.last_sequence, state_.last_time, state_.sweeping, order_count_);
    }
    std::size_t begin(SnapshotPart part) {
        const auto letter = stream_.next<std::uint8_t>();
        require(letter == static_cast<std::uint8_t>(part), "a part is not where it belongs");
        return stream_.next<std::size_t>();
    }

    template <class Id, class Thing>
    void things(SnapshotPart part, std::map<Id, Thing>& things) {
        for (auto count = begin(part); count > 0; --count) {
            Thing thing;
            pass(stream_, thing);
            require(things.empty() || things.rbegin()->first < thing.id, "reference data is out of order");
            things.emplace_hint(things.end(), thing.id, std::move(thing));
        }
    }
    void reference() {
        model::Reference& reference = state_.reference;
        things(SnapshotPart::assets, reference.assets);
        things(SnapshotPart::instruments, reference.instruments);
        things(SnapshotPart::participants, reference.participants);
        things(SnapshotPart::accounts, reference.accounts);
        things(SnapshotPart::sessions, reference.sessions);
        for (const auto& [id, instrument] : reference.instruments) {
            if (!instrument.delisted) state_.symbols[instrument.symbol] = id;
            state_.add_book(id);
        }
        for (const auto& [id, participant] : reference.participants) note_rights(state_, participant);
        for (const auto& [id, account] : reference.accounts) note_rights(state_, account);
        for (const auto& [id, account] : reference.accounts) state_.account_names[account.name] = id;
    }
    void sessions() {
        for (const auto& [id, session] : state_.reference.sessions) {
            SessionState& known = state_.sessions[id];
            stream_(known.incarnation, known.on);
            if (stream_.format() >= first_format_with_prices) stream_(known.cancels_at);
            if (stream_.format() >= first_format_with_agreements) {
                stream_(known.cancels);
                pass_optional(stream_, known.chosen);
            }
            if (stream_.format() >= first_format_with_spared) {
                stream_(known.spares_good_till);
            } else {
                note_wait(known, {}, session.on_disconnect);
            }
            const bool is_lost = !known.on && known.cancels_at != model::Timestamp{};
            if (is_lost) state_.lost.emplace(known.cancels_at, id);
        }
    }
    void balances() {
        auto& balances = state_.balances;
        std::pair<model::AccountId, model::AssetId> last;
        for (auto count = begin(SnapshotPart::balances); count > 0; --count) {
            std::pair<model::AccountId, model::AssetId> key;
            Balance balance;
            stream_(key.first, key.second, balance.available, balance.held);
            require(last < key, "balances are out of order");
            require(is_known(key.first), "a balance is of no known account");
            balances.at(key.first, key.second) = balance;
            last = key;
        }
    }
    [[nodiscard]] bool is_known(model::AccountId account) const {
        if (account < model::first_participant_account) return account.value > 0;
        return state_.reference.accounts.contains(account);
    }
    void transfers() {
        for (auto count = begin(SnapshotPart::transfers); count > 0; --count) {
            const auto event = stream_.next<model::Sequence>();
            require(event.value > 0, "a transfer has no event");
            model::FundsTransferred transfer;
            pass(stream_, transfer);
            TransferRecord& record = state_.transfers[transfer.participant];
            require(!record.find(transfer.id), "two transfers have the same id");
            record.remember(event, transfer);
        }
    }
    void names() {
        for (auto count = begin(SnapshotPart::names); count > 0; --count) {
            const auto participant = stream_.next<model::ParticipantId>();
            const auto [entry, is_new] = name_counts_.emplace(participant, stream_.next<std::size_t>());
            require(is_new, "a participant stands there twice");
            state_.participations[participant];
        }
    }

    KnownOrder& order() {
        model::Order order;
        pass(stream_, order);
        check(order);
        require(state_.find(order.id) == nullptr, "an order stands there twice");
        require_new(order.participant, order.cl_ord_id);
        KnownOrder& known = state_.orders.add(order);
        state_.named_lists.add(order);
        const auto name_count = stream_.next<std::size_t>();
        require(name_count <= earlier_names_max, "an order has too many names");
        for (std::size_t i = 0; i < name_count; ++i) {
            const auto name = stream_.next<model::ClOrdId>();
            require_new(order.participant, name);
            state_.orders.add_earlier_name(known, name);
        }
        participation(order.participant).name_count += 1 + name_count;
        if (order.state == model::OrderState::open) open_.emplace_back(order.id, known.place);
        return known;
    }
    void check(const model::Order& order) {
        require(order.id.value > 0 && order.id.value <= state_.last_sequence.value, "an order has no such number");
        require(state_.books.contains(order.instrument), "an order's instrument isn't listed");
        require(order.price.ticks >= 0 && order.price.ticks <= model::price_ticks_max, "a price is out of range");
        require(order.leaves.lots >= 0 && order.leaves.lots <= model::quantity_lots_max, "a quantity is out of range");
        check(order, order.special.get());
        if (order.state == model::OrderState::open && order.expires != model::Timestamp{}) {
            due_.emplace_back(order.expires, order.id);
        }
    }
    static void check(const model::Order& order, const model::SpecialTerms& terms) {
        for (const model::Price price : {terms.trigger, terms.anchor, terms.band_end, terms.protection_end}) {
            require(price.ticks >= 0 && price.ticks <= model::price_ticks_max, "a trigger price is out of range");
        }
        const auto shown = terms.displayed.lots;
        require(shown >= 0 && shown <= model::quantity_lots_max, "a displayed quantity is out of range");
        const bool waits_outside = waits_for_a_price(order.type);
        require((terms.peg != model::Peg::none) == (order.type == model::OrderType::pegged), "a peg is amiss");
        require(order.type != model::OrderType::pegged || is_within_limit(order), "a pegged order is beyond its limit");
        require(terms.waits_for == model::WaitsFor::nothing || waits_outside, "an order waits for a price by mistake");
    }
    void require_new(model::ParticipantId participant, const model::ClOrdId& name) {
        require(state_.find(participant, name) == nullptr, "two orders have the same name");
    }
    /// Orders of one participant mostly follow each other.
    Participation& participation(model::ParticipantId id) {
        if (last_participation_ == nullptr || last_participant_ != id) {
            last_participation_ = &state_.participations[id];
            last_participant_ = id;
        }
        return *last_participation_;
    }

    void resting_orders() {
        for (auto count = begin(SnapshotPart::resting_orders); count > 0; --count) {
            KnownOrder& known = order();
            require(known.order.state == model::OrderState::open, "a closed order rests");
            Book& book = state_.books.at(known.order.instrument);
            book.append(known);
            if (is_for_auction(known.order)) take_part(state_, known);
            if (is_pegged(known.order)) state_.pegs[known.order.instrument].add(known.order);
            // Orders that follow prices come to a level without asking whether it has room.
            constexpr auto followers = static_cast<std::int64_t>(pegged_orders_max) * model::quantity_lots_max;
            const model::Quantity most = level_size_max + model::Quantity{followers};
            require(book.size_at(known.order.side, known.order.price) <= most, "a level is too large");
        }
    }
    void closed_orders() {
        for (auto count = begin(SnapshotPart::closed_orders); count > 0; --count) {
            const KnownOrder& known = order();
            const model::Order& closed = known.order;
            require(closed.state != model::OrderState::open, "an open order is among the closed ones");
            model::Timestamp at;
            if (stream_.format() >= first_format_with_agreements) stream_(at);
            auto& before = participation(closed.participant).closed;
            require(at <= state_.last_time && (before.empty() || before.back().at <= at), "an order closed too late");
            before.push_back({known.place, at});
        }
    }
    void other_orders() {
        for (auto count = begin(SnapshotPart::other_orders); count > 0; --count) {
            const KnownOrder& known = order();
            const model::Order& open = known.order;
            require(open.state == model::OrderState::open, "a closed order is among the open ones");
            if (waits(open) && !is_dormant(open)) state_.triggers[open.instrument].add(open);
            if (is_for_auction(open)) take_part(state_, known);
        }
        require(state_.orders.size() == order_count_, "orders are missing");
        for (const auto& [id, participation] : state_.participations) {
            require(participation.name_count == name_counts_[id], "names of orders are missing");
        }
        std::ranges::sort(due_);
        for (const auto& due : due_) state_.due.insert(state_.due.end(), due);
        std::ranges::sort(open_);
        for (const auto& [id, place] : open_) {
            const KnownOrder& open = state_.orders.at(place);
            Participation& owner = participation(open.order.participant);
            state_.orders.link(owner.open, open);
            ++owner.open_count(open.order.instrument);
            if (open.order.special.get().role == model::ListRole::none) continue;
            state_.add_to_list(open.order);
            const KnownOrder* const first = state_.find(open.order.special->list);
            const bool is_first_open = first != nullptr && first->order.state == model::OrderState::open;
            if (is_dormant(open.order) && !is_first_open) come_alive_later(state_, open.order.instrument, {&id, 1});
        }
    }
    void last_prices() {
        for (auto count = begin(SnapshotPart::last_prices); count > 0; --count) {
            const auto id = stream_.next<model::InstrumentId>();
            require(state_.books.contains(id), "a price is of no instrument");
            Triggers& triggers = state_.triggers[id];
            require(triggers.last() == model::Price{}, "an instrument has two last prices");
            triggers.set_last(stream_.next<model::Price>());
            triggers.set_band_center(stream_.next<model::Price>());
            review(state_, id);
        }
    }
    void mass_cancelling() {
        const auto count = begin(SnapshotPart::mass_cancelling);
        require(count <= 1, "two mass cancels go on");
        if (count == 1) {
            const model::MassCancelling& going = state_.mass_cancelling.emplace();
            pass(stream_, *state_.mass_cancelling);
            const auto& next = state_.find(going.next);
            require(!going.next || (next != nullptr && next->order.state == model::OrderState::open),
                    "a mass cancel goes on nowhere");
            require(going.scope.participant || state_.books.contains(going.scope.instrument),
                    "a mass cancel is of nothing");
        }
        for (auto killed = begin(SnapshotPart::killed); killed > 0; --killed) {
            state_.killed.insert(stream_.next<model::ParticipantId>());
        }
    }
    void auctions() {
        for (const auto& [id, instrument] : state_.reference.instruments) {
            begin_phase(state_, instrument);
            if (state_.auctions.contains(id)) set_indication_due(state_, id, {});
        }
        for (auto count = begin(SnapshotPart::auctions); count > 0; --count) {
            const auto id = stream_.next<model::InstrumentId>();
            const auto found = state_.auctions.find(id);
            require(found != state_.auctions.end(), "an auction is of no instrument");
            Auction& auction = found->second;
            require(!auction.has_more_than_orders(), "an instrument has two auctions");
            auction.told.instrument = id;
            model::Timestamp due;
            stream_(auction.told.price, auction.told.volume, auction.told.surplus, auction.told_at, due);
            if (stream_.next<bool>()) uncross(id);
            set_indication_due(state_, id, due);
        }
    }
    void uncross(model::InstrumentId id) {
        model::UncrossBegun begun;
        begun.instrument = id;
        stream_(begun.price, begun.next, begun.until);
        begin_uncross(state_, begun);
    }
    void pegs() {
        require(begin(SnapshotPart::pegs) == state_.pegs.size(), "pegged orders follow nothing");
        for (auto& [id, pegs] : state_.pegs) {
            require(stream_.next<model::InstrumentId>() == id, "pegged orders are of another instrument");
            Touch touch;
            stream_(touch.bid, touch.offer);
            pegs.set_priced(touch, stream_.next<model::OrderId>());
            pegs.set_followed_at(stream_.next<model::Timestamp>());
            review_pegs(state_, id);
        }
    }
    void revised_trades() {
        const auto count = begin(SnapshotPart::revised_trades);
        require(count <= revised_trades_max, "too many trades were revised");
        state_.revised.forget_up_to(stream_.next<model::MatchId>());
        for (auto left = count; left > 0; --left) {
            const auto match = stream_.next<model::MatchId>();
            require(!state_.revised.is_too_old(match), "a forgotten trade is remembered");
            state_.revised.remember(match, stream_.next<model::Price>());
        }
        for (auto left = begin(SnapshotPart::owing); left > 0; --left) {
            const auto account = stream_.next<model::AccountId>();
            const auto asset = stream_.next<model::AssetId>();
            require(is_known(account), "a debt is of no known account");
            state_.owing[{account, asset}] = stream_.next<model::Amount>();
        }
    }
    void fees() {
        model::FeeSchedule& schedule = state_.reference.fees;
        const auto tier_count = begin(SnapshotPart::fees);
        require(tier_count <= model::fee_tiers_max, "too many tiers of fees");
        state_.fees_due = stream_.next<model::Timestamp>();
        require((state_.fees_due == model::Timestamp{}) == (tier_count == 0), "fees by volume have no day");
        state_.volumes.begin(stream_.next<model::Sequence>());
        schedule.currency = stream_.next<model::AssetId>();
        const auto priced_count = stream_.next<std::size_t>();
        for (auto left = tier_count; left > 0; --left) {
            const auto volume = stream_.next<model::Amount>();
            const auto maker_rate = stream_.next<model::FeeRate>();
            schedule.tiers.push_back({volume, maker_rate, stream_.next<model::FeeRate>()});
        }
        for (auto left = priced_count; left > 0; --left) {
            schedule.priced_by.push_back(stream_.next<model::InstrumentId>());
            require(state_.reference.instruments.contains(schedule.priced_by.back()),
                    "fees are priced by no instrument");
        }
        for (const auto& [id, participant] : state_.reference.participants) {
            const bool is_one =
                participant.fee_tier >= 0 && static_cast<std::size_t>(participant.fee_tier) <= tier_count;
            require(is_one, "a participant is in no tier");
        }
        for (auto left = begin(SnapshotPart::volumes); left > 0; --left) {
            const auto participant = stream_.next<model::ParticipantId>();
            const auto asset = stream_.next<model::AssetId>();
            DailyVolumes days;
            for (model::Amount& volume : days) volume = stream_.next<model::Amount>();
            require(state_.reference.participants.contains(participant) && state_.reference.assets.contains(asset),
                    "who traded is not known");
            state_.volumes.restore({participant, asset}, days);
        }
    }
    void end() {
        require(begin(SnapshotPart::end) == 0 && !state_.sweeping == !state_.find(state_.sweeping), "its end is wrong");
        const auto version = stream_.next<std::int16_t>();
        const auto hash = stream_.next<std::uint64_t>();
        require(stream_.at_end(), "it goes on behind its end");
        if (version != state_hash_version) return;
        require(hash == hash_of(state_), "it doesn't come to its own state hash");
        state_.hashed = {state_.last_sequence, hash};
    }

    SnapshotReader stream_;
    std::unique_ptr<State> owner_ = std::make_unique<State>();
    State& state_ = *owner_;
    std::size_t order_count_ = 0;
    std::map<model::ParticipantId, std::size_t> name_counts_;
    std::vector<std::pair<model::Timestamp, model::OrderId>> due_;
    std::vector<std::pair<model::OrderId, OrderIndex::Place>> open_;
    Participation* last_participation_ = nullptr;
    model::ParticipantId last_participant_;
};

}  // namespace

Engine read_snapshot(const SnapshotSource& source) { return Engine(Reading(source).all()); }

}  // namespace venue::engine
