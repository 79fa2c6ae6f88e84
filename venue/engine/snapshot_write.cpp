#include <algorithm>
#include <vector>

#include "venue/engine/hash.hpp"
#include "venue/engine/snapshot.hpp"
#include "venue/engine/snapshot_bytes.hpp"
#include "venue/engine/snapshot_fields.hpp"

namespace venue::engine {
namespace {

class Writing {
  public:
    Writing(const State& state, const SnapshotSink& sink) : state_(state), stream_(sink) {}

    void all() {
        head();
        reference();
        sessions();
        balances();
        transfers();
        names();
        resting_orders();
        closed_orders();
        other_orders();
        last_prices();
        mass_cancelling();
        auctions();
        pegs();
        revised_trades();
        fees();
        end();
    }

  private:
    void head() {
        stream_.bytes(snapshot_magic);
        stream_(snapshot_format, state_.last_sequence, state_.last_time, state_.sweeping, state_.orders.size());
    }
    void begin(SnapshotPart part, std::size_t count) { stream_(static_cast<std::uint8_t>(part), count); }

    template <class Things>
    void things(SnapshotPart part, const Things& things) {
        begin(part, things.size());
        for (const auto& [id, thing] : things) pass(stream_, thing);
    }
    void reference() {
        things(SnapshotPart::assets, state_.reference.assets);
        things(SnapshotPart::instruments, state_.reference.instruments);
        things(SnapshotPart::participants, state_.reference.participants);
        things(SnapshotPart::accounts, state_.reference.accounts);
        things(SnapshotPart::sessions, state_.reference.sessions);
    }
    void sessions() {
        for (const auto& [id, session] : state_.sessions) {
            stream_(session.incarnation, session.on, session.cancels_at, session.cancels);
            pass_optional(stream_, session.chosen);
            stream_(session.spares_good_till);
        }
    }
    void balances() {
        begin(SnapshotPart::balances, state_.balances.size());
        state_.balances.each([&](model::AccountId account, model::AssetId asset, const Balance& balance) {
            stream_(account, asset, balance.available, balance.held);
        });
    }
    /// Oldest first, because that is the one that is forgotten first.
    void transfers() {
        std::size_t count = 0;
        for (const auto& [id, record] : state_.transfers) count += record.transfers().size();
        begin(SnapshotPart::transfers, count);
        for (const auto& [id, record] : state_.transfers) {
            for (const auto& [event, transfer] : record.transfers()) {
                stream_(event);
                pass(stream_, transfer);
            }
        }
    }
    /// How many names each participant's orders have, so that a reader makes room for them at once.
    void names() {
        begin(SnapshotPart::names, state_.participations.size());
        for (const auto& [id, participation] : state_.participations) stream_(id, participation.name_count);
    }

    void order(const KnownOrder& known) {
        pass(stream_, known.order);
        stream_(known.earlier_names.size());
        for (const model::ClOrdId& name : known.earlier_names) stream_(name);
        ++written_count_;
    }
    /// Level by level and each in its queue's order, so that appending them one after the other gives the same book.
    void resting_orders() {
        std::size_t count = 0;
        each_level([&](const Book&, const Level& level) { count += static_cast<std::size_t>(level.order_count); });
        begin(SnapshotPart::resting_orders, count);
        each_level([&](const Book& book, const Level& level) {
            for (const KnownOrder* at = book.first_of(level); at != nullptr; at = book.behind(*at)) order(*at);
        });
    }
    template <class Each>
    void each_level(Each each) const {
        for (const auto& [id, book] : state_.books) {
            for (const model::Side side : {model::Side::buy, model::Side::sell}) {
                for (auto level = book.best(side); level; level = book.after(*level)) each(book, *level);
            }
        }
    }
    /// In closing order, because the one that closed first is forgotten first.
    void closed_orders() {
        std::size_t count = 0;
        for (const auto& [id, participation] : state_.participations) count += participation.closed.size();
        begin(SnapshotPart::closed_orders, count);
        for (const auto& [id, participation] : state_.participations) {
            for (const auto& [place, at] : participation.closed) {
                order(state_.orders.at(place));
                stream_(at);
            }
        }
    }
    /// Open orders that don't rest: those that wait for a price or an auction, and one whose sweep must go on.
    void other_orders() {
        std::vector<const KnownOrder*> others;
        // Sorted afterwards, so that it may be walked; and walked only where there is something to find.
        if (written_count_ < state_.orders.size()) {
            state_.orders.each([&](const KnownOrder& known) {
                if (known.at_rest == 0 && known.order.state == model::OrderState::open) others.push_back(&known);
            });
        }
        std::ranges::sort(others, {}, [](const KnownOrder* known) { return known->order.id; });
        begin(SnapshotPart::other_orders, others.size());
        for (const KnownOrder* known : others) order(*known);
    }
    void last_prices() {
        const auto was_traded = [](const auto& entry) { return entry.second.last() != model::Price{}; };
        begin(SnapshotPart::last_prices, static_cast<std::size_t>(std::ranges::count_if(state_.triggers, was_traded)));
        for (const auto& [id, triggers] : state_.triggers) {
            if (triggers.last() != model::Price{}) stream_(id, triggers.last(), triggers.band_center());
        }
    }
    void mass_cancelling() {
        begin(SnapshotPart::mass_cancelling, state_.mass_cancelling ? 1 : 0);
        if (state_.mass_cancelling) pass(stream_, *state_.mass_cancelling);
        begin(SnapshotPart::killed, state_.killed.size());
        for (const model::ParticipantId killed : state_.killed) stream_(killed);
    }
    void auctions() {
        const auto has_more = [](const auto& entry) { return entry.second.has_more_than_orders(); };
        begin(SnapshotPart::auctions, static_cast<std::size_t>(std::ranges::count_if(state_.auctions, has_more)));
        for (const auto& [id, auction] : state_.auctions) {
            if (!auction.has_more_than_orders()) continue;
            stream_(id, auction.told.price, auction.told.volume, auction.told.surplus, auction.told_at,
                    auction.indication_due, auction.uncross.has_value());
            if (auction.uncross) stream_(auction.uncross->price, auction.uncross->next, auction.uncross->until);
        }
    }
    void pegs() {
        begin(SnapshotPart::pegs, state_.pegs.size());
        for (const auto& [id, pegs] : state_.pegs) {
            stream_(id, pegs.priced_by().bid, pegs.priced_by().offer, pegs.next(), pegs.followed_at());
        }
    }
    void revised_trades() {
        begin(SnapshotPart::revised_trades, state_.revised.prices().size());
        stream_(state_.revised.forgotten());
        for (const auto& [match, price] : state_.revised.prices()) stream_(match, price);
        begin(SnapshotPart::owing, state_.owing.size());
        for (const auto& [who, owed] : state_.owing) stream_(who.first, who.second, owed);
    }
    void fees() {
        const model::FeeSchedule& schedule = state_.reference.fees;
        begin(SnapshotPart::fees, schedule.tiers.size());
        stream_(state_.fees_due, state_.volumes.begun(), schedule.currency, schedule.priced_by.size());
        for (const model::FeeTier& tier : schedule.tiers) stream_(tier.volume, tier.maker_rate, tier.taker_rate);
        for (const model::InstrumentId id : schedule.priced_by) stream_(id);
        begin(SnapshotPart::volumes, state_.volumes.all().size());
        for (const auto& [key, days] : state_.volumes.all()) {
            stream_(key.first, key.second);
            for (const model::Amount volume : days) stream_(volume);
        }
    }
    void end() {
        begin(SnapshotPart::end, 0);
        stream_(state_hash_version, hash_of(state_));
        stream_.finish();
    }

    const State& state_;
    SnapshotWriter stream_;
    std::size_t written_count_ = 0;
};

}  // namespace

void write_snapshot(const Engine& engine, const SnapshotSink& sink) { Writing(engine.state(), sink).all(); }

}  // namespace venue::engine
