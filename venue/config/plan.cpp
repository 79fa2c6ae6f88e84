#include "venue/config/plan.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace venue::config {
namespace {

using model::Reference;

model::AskedLimits asked(const model::Limits& limits, const model::Instrument& of, const Reference& reference) {
    const auto digits = reference.assets.at(of.quote).ledger_digits;
    return {times(of.lot, limits.quantity.lots), model::parse_decimal(to_text(limits.notional, digits)),
            limits.open_orders, limits.fat_finger_bp};
}

/// A limit that isn't given is none.
model::AskedLimits whole(const model::AskedLimits& limits) {
    return {limits.quantity.value_or(model::Decimal{}), limits.notional.value_or(model::Decimal{}),
            limits.open_orders.value_or(0), limits.fat_finger_bp.value_or(0)};
}

model::ListInstrument listing(const model::Instrument& known, const Reference& reference) {
    model::ListInstrument listed{known.symbol, reference.assets.at(known.base).code,
                                 reference.assets.at(known.quote).code, known.tick, known.lot};
    listed.maker_rate = known.maker_rate;
    listed.taker_rate = known.taker_rate;
    listed.fee_source = known.fee_source;
    listed.display_min_bp = known.display_min_bp;
    listed.schedule = known.schedule;
    listed.day_end = known.day_end;
    listed.auction_rate = known.auction_rate;
    listed.static_band_bp = known.static_band_bp;
    listed.dynamic_band_bp = known.dynamic_band_bp;
    listed.volatility_seconds = known.volatility_seconds;
    listed.protection_bp = known.protection_bp;
    listed.limits = asked(known.limits, known, reference);
    return listed;
}

/// The phase and the reference price are what it begins with, and trading moves them from there.
model::ChangeInstrument change(const model::ListInstrument& wanted) {
    model::ChangeInstrument change{.symbol = wanted.symbol};
    change.maker_rate = wanted.maker_rate;
    change.taker_rate = wanted.taker_rate;
    change.auction_rate = wanted.auction_rate;
    change.display_min_bp = wanted.display_min_bp;
    change.static_band_bp = wanted.static_band_bp;
    change.dynamic_band_bp = wanted.dynamic_band_bp;
    change.volatility_seconds = wanted.volatility_seconds;
    change.protection_bp = wanted.protection_bp;
    change.schedule = wanted.schedule;
    change.day_end = wanted.day_end;
    change.limits = whole(wanted.limits);
    return change;
}

model::SetFees fees_of(const Reference& reference) {
    const auto& known = reference.fees;
    if (!known.currency) return {};
    const auto& currency = reference.assets.at(known.currency);
    model::SetFees fees{currency.code};
    for (const auto& [volume, maker_rate, taker_rate] : known.tiers) {
        fees.tiers.push_back({*model::parse_decimal(to_text(volume, currency.ledger_digits)), maker_rate, taker_rate});
    }
    for (const auto id : known.priced_by) fees.priced_by.push_back(reference.instruments.at(id).symbol);
    return fees;
}

model::AddSession session_of(const model::Session& known, const Reference& reference) {
    model::AddSession added{reference.participants.at(known.participant).name,
                            reference.accounts.at(known.account).name,
                            known.comp_id,
                            known.username,
                            {},
                            {}};
    added.on_disconnect = known.on_disconnect;
    added.replace_quantity = known.replace_quantity;
    added.version = known.version;
    added.extensions = known.extensions;
    added.disabled = known.disabled;
    return added;
}

model::AskedRate asked(const model::RateLimit& rate) { return {rate.requests, rate.logout_at, rate.window_ms}; }

/// What isn't given is none.
model::AskedRate whole(const model::AskedRate& rate) {
    return {rate.requests.value_or(0), rate.logout_at.value_or(0), rate.window_ms.value_or(0)};
}

/// Of the participant's sessions together, and of those that have one of their own.
void append_rates(const model::Participant& known, const Reference& reference, std::vector<model::CommandBody>& all) {
    if (known.rate != model::RateLimit{}) all.emplace_back(model::LimitRate{known.name, "", asked(known.rate)});
    for (const auto& [id, rate] : known.session_rates) {
        all.emplace_back(model::LimitRate{known.name, reference.sessions.at(id).comp_id, asked(rate)});
    }
}

/// Collects what leads from one side to the other.
class Steps {
  public:
    Steps(const ReferenceFile& file, const Reference& journaled) : file_(file), journaled_(journaled) {}

    void add_all() {
        for (const auto& each : file_.assets) add(journaled_.asset(each.asset.code), each);
        for (const auto& each : file_.instruments) add(journaled_.instrument(each.symbol), each, change(each));
        for (const auto& each : file_.participants) add(journaled_.participant(each.name), each, change(each));
        for (const auto& each : file_.accounts) add(journaled_.account(each.name), each);
        add_limits();
        if (file_.fees.empty()) {
            steps_.emplace_back(model::SetFees{});
        } else {
            steps_.emplace_back(file_.fees.front());
        }
        for (const auto& each : file_.sessions) add(journaled_.session(each.comp_id), each, change(each));
        add_rates();
    }
    void remove_the_rest();
    std::vector<model::CommandBody> take() { return std::move(steps_); }

  private:
    [[nodiscard]] model::ChangeParticipant change(const model::AddParticipant& wanted) const {
        const auto* const known = journaled_.participant(wanted.name);
        // As in a difference: who was added before there was a choice, and makes none, stays as it is.
        const bool makes_none = known != nullptr && known->remembered == wanted.remembered;
        if (makes_none) return {wanted.name, wanted.self_trade};
        const auto remembered = wanted.remembered.or_usual();
        return {wanted.name, wanted.self_trade, remembered.orders, remembered.seconds};
    }
    static model::ChangeSession change(const model::AddSession& wanted) {
        const auto& rule = wanted.on_disconnect;
        return {wanted.comp_id,        wanted.account,          rule.cancels,   rule.grace_ms,
                rule.spares_good_till, wanted.replace_quantity, wanted.version, wanted.extensions};
    }
    static model::ChangeInstrument change(const model::ListInstrument& wanted) { return config::change(wanted); }

    void add(const void* known, const auto& wanted) {
        if (known == nullptr) steps_.emplace_back(wanted);
    }
    void add(const void* known, const auto& wanted, const auto& change) {
        add(known, wanted);
        if (known != nullptr) steps_.emplace_back(change);
    }
    void add_limits();
    void add_rates();

    const ReferenceFile& file_;
    const Reference& journaled_;
    std::vector<model::CommandBody> steps_;
};

/// Those of the file, and none where the journal has some that the file doesn't.
void Steps::add_limits() {
    for (auto line : file_.limits) {
        line.limits = whole(line.limits);
        steps_.emplace_back(line);
    }
    for (const auto& [id, participant] : journaled_.participants) {
        for (const auto& [instrument, limits] : participant.limits) {
            const auto& symbol = journaled_.instruments.at(instrument).symbol;
            const auto is_it = [&, &name = participant.name](const auto& line) {
                return line.participant == name && line.symbol == symbol;
            };
            if (journaled_.instruments.at(instrument).delisted || std::ranges::any_of(file_.limits, is_it)) continue;
            steps_.emplace_back(model::LimitParticipant{participant.name, symbol, whole(model::AskedLimits{})});
        }
    }
}

/// Likewise, of who stays.
void Steps::add_rates() {
    for (auto line : file_.rates) {
        line.rate = whole(line.rate);
        steps_.emplace_back(line);
    }
    std::vector<model::CommandBody> known;
    for (const auto& [id, participant] : journaled_.participants) append_rates(participant, journaled_, known);
    for (const auto& command : known) {
        const auto& line = std::get<model::LimitRate>(command);
        const auto is_it = [&](const auto& each) {
            return each.participant == line.participant && each.session == line.session;
        };
        if (std::ranges::any_of(file_.rates, is_it)) continue;
        steps_.emplace_back(model::LimitRate{line.participant, line.session, whole(model::AskedRate{})});
    }
}

/// What is of a participant that goes needs no step of its own.
void Steps::remove_the_rest() {
    const auto has = [](const auto& lines, auto name_of, const std::string& name) {
        return std::ranges::find(lines, name, name_of) != lines.end();
    };
    for (const auto& [id, instrument] : journaled_.instruments) {
        if (instrument.delisted || has(file_.instruments, &model::ListInstrument::symbol, instrument.symbol)) continue;
        steps_.emplace_back(model::DelistInstrument{instrument.symbol});
    }
    const auto stays = [&](model::ParticipantId id) {
        return has(file_.participants, &model::AddParticipant::name, journaled_.participants.at(id).name);
    };
    for (const auto& [id, participant] : journaled_.participants) {
        if (!stays(id)) steps_.emplace_back(model::Suspend{participant.name});
    }
    for (const auto& [id, account] : journaled_.accounts) {
        if (!stays(account.participant) || has(file_.accounts, &model::OpenAccount::name, account.name)) continue;
        steps_.emplace_back(model::Suspend{journaled_.participants.at(account.participant).name, account.name});
    }
    for (const auto& [id, session] : journaled_.sessions) {
        if (!stays(session.participant) || has(file_.sessions, &model::AddSession::comp_id, session.comp_id)) continue;
        steps_.emplace_back(model::ChangeSession{.comp_id = session.comp_id, .disabled = true});
    }
}

}  // namespace

std::vector<model::CommandBody> commands_for(const Reference& reference) {
    std::vector<model::CommandBody> all;
    for (const auto& [id, asset] : reference.assets) all.emplace_back(model::AddAsset{asset});
    for (const auto& [id, instrument] : reference.instruments) {
        if (!instrument.delisted) all.emplace_back(listing(instrument, reference));
    }
    for (const auto& [id, each] : reference.participants) {
        all.emplace_back(model::AddParticipant{each.name, each.self_trade, each.remembered});
        if (each.suspended) all.emplace_back(model::Suspend{each.name});
        for (const auto& [of, limits] : each.limits) {
            const auto& instrument = reference.instruments.at(of);
            if (instrument.delisted) continue;
            all.emplace_back(
                model::LimitParticipant{each.name, instrument.symbol, asked(limits, instrument, reference)});
        }
    }
    for (const auto& [id, account] : reference.accounts) {
        const auto& participant = reference.participants.at(account.participant).name;
        all.emplace_back(model::OpenAccount{participant, account.name});
        if (account.suspended) all.emplace_back(model::Suspend{participant, account.name});
    }
    if (reference.fees.currency) all.emplace_back(fees_of(reference));
    for (const auto& [id, session] : reference.sessions) all.emplace_back(session_of(session, reference));
    for (const auto& [id, each] : reference.participants) append_rates(each, reference, all);
    return all;
}

std::vector<model::CommandBody> steps_towards(const ReferenceFile& file, const Reference& journaled, bool removes) {
    Steps steps(file, journaled);
    steps.add_all();
    if (removes) steps.remove_the_rest();
    return steps.take();
}

std::string why_it_stays(const Difference& difference) {
    constexpr std::string_view balances = "balances are kept in it for ever";
    constexpr std::string_view reports = "reports of long ago are told in it: delist the instrument, and list it anew";
    constexpr std::string_view owner = "what it has done belongs to its participant";
    constexpr auto reasons = std::to_array<std::pair<std::string_view, std::string_view>>(
        {{"ledger_digits", balances},
         {"chain_digits", balances},
         {"base", reports},
         {"quote", reports},
         {"tick", reports},
         {"lot", reports},
         {"fee_in", "open orders hold their fees by it: delist the instrument, and list it anew"},
         {"auction_fee", "it can be changed and not taken away: give the maker's fee"},
         {"participant", owner},
         {"username", "its secret belongs to it: add another session"}});
    const auto* const found =
        std::ranges::find(reasons, difference.key, &std::pair<std::string_view, std::string_view>::first);
    return found == reasons.end() ? std::string() : std::string(found->second);
}

}  // namespace venue::config
