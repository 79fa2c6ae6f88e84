// Holds the reference file against the journaled state.
#include <algorithm>

#include "venue/config/reference_file.hpp"

namespace venue::config {
namespace {

class Comparison {
  public:
    explicit Comparison(const model::Reference& journaled) : journaled_(journaled) {}

    void asset(const model::Asset& wanted) {
        const auto* const known = journaled_.asset(wanted.code);
        const auto what = "asset " + wanted.code;
        if (!present(known, what)) return;
        compare(what, "ledger_digits", wanted.ledger_digits, known->ledger_digits);
        compare(what, "chain_digits", wanted.chain_digits, known->chain_digits);
    }
    void instrument(const model::ListInstrument& wanted) {
        const auto* const known = journaled_.instrument(wanted.symbol);
        const auto what = "instrument " + wanted.symbol;
        if (!present(known, what)) return;
        compare(what, "base", wanted.base, journaled_.assets.at(known->base).code);
        compare(what, "quote", wanted.quote, journaled_.assets.at(known->quote).code);
        compare(what, "tick", model::to_text(wanted.tick), model::to_text(known->tick));
        compare(what, "lot", model::to_text(wanted.lot), model::to_text(known->lot));
        compare(what, "maker_fee", wanted.maker_rate, known->maker_rate);
        compare(what, "taker_fee", wanted.taker_rate, known->taker_rate);
        compare(what, "fee_in", source(wanted.fee_source), source(known->fee_source));
        compare(what, "display_min_bp", wanted.display_min_bp, known->display_min_bp);
        // The phase and the reference price are what it begins with, and trading moves them from there.
        compare(what, "static_band_bp", wanted.static_band_bp, known->static_band_bp);
        compare(what, "dynamic_band_bp", wanted.dynamic_band_bp, known->dynamic_band_bp);
        compare(what, "volatility_seconds", wanted.volatility_seconds, known->volatility_seconds);
        compare(what, "protection_bp", wanted.protection_bp, known->protection_bp);
        compare(what, "schedule", model::to_text(wanted.schedule), model::to_text(known->schedule));
        compare(what, "day_end", wanted.day_end, known->day_end);
        compare(what, "auction_fee", rate(wanted.auction_rate), rate(known->auction_rate));
        limits(what, wanted.limits, known->limits, *known);
    }
    void participant(const model::AddParticipant& wanted) {
        const auto* const known = journaled_.participant(wanted.name);
        const auto what = "participant " + wanted.name;
        if (!present(known, what)) return;
        compare(what, "self_trade", std::string(name(wanted.self_trade)), std::string(name(known->self_trade)));
        remembered(what, wanted.remembered, known->remembered);
    }
    /// Who was added before there was a choice isn't told apart from who makes none.
    void remembered(const std::string& what, const model::Remembered& wanted, const model::Remembered& known) {
        const bool is_earlier = known == model::Remembered{};
        if (is_earlier && wanted == known) return;
        compare(what, "remembered_orders", wanted.or_usual().orders, known.at_most());
        compare(what, "remembered_seconds", wanted.or_usual().seconds, known.seconds);
    }
    /// Of the participant in each instrument, as the file has them or has none.
    void participant_limits(const std::string& name, const std::vector<model::LimitParticipant>& wanted) {
        const auto* const known = journaled_.participant(name);
        if (known == nullptr) return;
        for (const auto& [id, instrument] : journaled_.instruments) {
            if (instrument.delisted) continue;
            const auto is_it = [&, &symbol = instrument.symbol](const auto& line) {
                return line.participant == name && line.symbol == symbol;
            };
            const auto line = std::ranges::find_if(wanted, is_it);
            const auto own = known->limits.find(id);
            limits("participant " + name + " in " + instrument.symbol,
                   line == wanted.end() ? model::AskedLimits{} : line->limits,
                   own == known->limits.end() ? model::Limits{} : own->second, instrument);
        }
    }
    /// Of the participant's sessions together, or of one, as the file has it or has none.
    void rate(const std::string& what, const std::string& participant, const std::string& session,
              const std::vector<model::LimitRate>& wanted) {
        const auto* const known = journaled_.participant(participant);
        if (known == nullptr) return;
        const auto is_it = [&](const auto& line) { return line.participant == participant && line.session == session; };
        const auto line = std::ranges::find_if(wanted, is_it);
        const auto asked = line == wanted.end() ? model::AskedRate{} : line->rate;
        auto limit = known->rate;
        if (!session.empty()) {
            const auto* const of = journaled_.session(session);
            const auto own = of == nullptr ? known->session_rates.end() : known->session_rates.find(of->id);
            limit = own == known->session_rates.end() ? model::RateLimit{} : own->second;
        }
        compare(what, "rate_requests", asked.requests.value_or(0), limit.requests);
        compare(what, "rate_logout_at", asked.logout_at.value_or(0), limit.logout_at);
        compare(what, "rate_window_ms", asked.window_ms.value_or(0), limit.window_ms);
    }
    void fees(const std::vector<model::SetFees>& wanted) {
        const auto& known = journaled_.fees;
        model::SetFees journal;
        if (known.currency) {
            const auto& currency = journaled_.assets.at(known.currency);
            journal.currency = currency.code;
            for (const auto& [volume, maker_rate, taker_rate] : known.tiers) {
                journal.tiers.push_back(
                    {*model::parse_decimal(to_text(volume, currency.ledger_digits)), maker_rate, taker_rate});
            }
            for (const auto id : known.priced_by) journal.priced_by.push_back(journaled_.instruments.at(id).symbol);
        }
        compare("fees", "the schedule", text(wanted.empty() ? model::SetFees{} : wanted.front()), text(journal));
    }
    void account(const model::OpenAccount& wanted) {
        const auto* const known = journaled_.account(wanted.name);
        const auto what = "account " + wanted.name;
        if (!present(known, what)) return;
        compare(what, "participant", wanted.participant, journaled_.participants.at(known->participant).name);
    }
    void session(const model::AddSession& wanted) {
        const auto* const known = journaled_.session(wanted.comp_id);
        const auto what = "session " + wanted.comp_id;
        if (!present(known, what)) return;
        compare(what, "participant", wanted.participant, journaled_.participants.at(known->participant).name);
        compare(what, "account", wanted.account, journaled_.accounts.at(known->account).name);
        compare(what, "username", wanted.username, known->username);
        const auto& rule = known->on_disconnect;
        compare(what, "cancel_on_disconnect", std::string(name(wanted.on_disconnect.cancels)),
                std::string(name(rule.cancels)));
        compare(what, "cancel_grace_ms", wanted.on_disconnect.grace_ms, rule.grace_ms);
        compare(what, "cancel_spares", spared(wanted.on_disconnect), spared(rule));
        compare(what, "replace_quantity", std::string(name(wanted.replace_quantity)),
                std::string(name(known->replace_quantity)));
        compare(what, "version", std::string(name(wanted.version)), std::string(name(known->version)));
        compare(what, "extensions", yes_or_no(wanted.extensions), yes_or_no(known->extensions));
    }
    /// Tells of what is journaled, in use, and no longer in the file.
    template <class Known, class Wanted, class NameOf>
    void extra(const Known& known, const Wanted& wanted, const std::string& kind, NameOf name_of) {
        for (const auto& [id, item] : known) {
            const auto& name = name_of(item);
            if (is_out_of_use(item)) continue;
            const auto same = [&](const auto& line) { return name_of(line) == name; };
            if (std::ranges::none_of(wanted, same)) {
                found_.push_back({kind + " " + name, "", "", "there"});
            }
        }
    }
    std::vector<Difference> take() { return std::move(found_); }

  private:
    static bool is_out_of_use(const model::Asset& /*asset*/) { return false; }
    static bool is_out_of_use(const model::Instrument& instrument) { return instrument.delisted; }
    static bool is_out_of_use(const model::Participant& participant) { return participant.suspended; }
    bool is_out_of_use(const model::Account& account) const {
        return account.suspended || is_out_of_use(journaled_.participants.at(account.participant));
    }
    bool is_out_of_use(const model::Session& session) const {
        return session.disabled || is_out_of_use(journaled_.participants.at(session.participant));
    }
    void limits(const std::string& what, const model::AskedLimits& wanted, const model::Limits& known,
                const model::Instrument& of) {
        const auto digits = journaled_.assets.at(of.quote).ledger_digits;
        compare(what, "max_quantity", model::to_text(wanted.quantity.value_or(model::Decimal{})),
                model::to_text(times(of.lot, known.quantity.lots)));
        compare(what, "max_notional", model::to_text(wanted.notional.value_or(model::Decimal{})),
                model::to_text(known.notional, digits));
        compare(what, "max_open_orders", wanted.open_orders.value_or(0), known.open_orders);
        compare(what, "fat_finger_bp", wanted.fat_finger_bp.value_or(0), known.fat_finger_bp);
    }
    static std::string text(const model::SetFees& fees) {
        if (fees.tiers.empty()) return "none";
        std::string text = "by " + fees.currency;
        for (const auto& [volume, maker_rate, taker_rate] : fees.tiers) {
            text += ", " + to_text(volume) + ":" + std::to_string(maker_rate) + ":" + std::to_string(taker_rate);
        }
        for (const auto& symbol : fees.priced_by) text += ", priced by " + symbol;
        return text;
    }
    static std::string source(model::FeeSource source) {
        return source == model::FeeSource::quote ? "quote" : "received";
    }
    static std::string yes_or_no(bool value) { return value ? "yes" : "no"; }
    static std::string spared(const model::DisconnectRule& rule) {
        return rule.spares_good_till ? "good_till" : "nothing";
    }
    static std::string rate(const std::optional<model::FeeRate>& rate) { return rate ? std::to_string(*rate) : "none"; }
    bool present(const void* known, const std::string& what) {
        if (known == nullptr) found_.push_back({what, "", "there", ""});
        return known != nullptr;
    }
    void compare(const std::string& what, const std::string& key, const std::string& file, const std::string& journal) {
        if (file == journal) return;
        found_.push_back({what, key, file, journal});
    }
    void compare(const std::string& what, const std::string& key, std::int32_t file, std::int32_t journal) {
        compare(what, key, std::to_string(file), std::to_string(journal));
    }

    const model::Reference& journaled_;
    std::vector<Difference> found_;
};

struct NameOf {
    const std::string& operator()(const model::Asset& asset) const { return asset.code; }
    const std::string& operator()(const model::AddAsset& asset) const { return asset.asset.code; }
    const std::string& operator()(const auto& named) const {
        if constexpr (requires { named.symbol; }) {
            return named.symbol;
        } else if constexpr (requires { named.comp_id; }) {
            return named.comp_id;
        } else {
            return named.name;
        }
    }
};

}  // namespace

std::string to_text(const Difference& difference) {
    const auto& [what, key, file, journal] = difference;
    if (!key.empty()) return what + ": " + key + " is " + file + " in the file and " + journal + " in the journal";
    return what + (file.empty() ? ": journaled, but not in the file" : ": in the file, but not journaled");
}

std::vector<Difference> compare(const ReferenceFile& file, const model::Reference& journaled) {
    Comparison comparison(journaled);
    for (const auto& wanted : file.assets) comparison.asset(wanted.asset);
    for (const auto& wanted : file.instruments) comparison.instrument(wanted);
    for (const auto& wanted : file.participants) comparison.participant(wanted);
    for (const auto& wanted : file.participants) comparison.participant_limits(wanted.name, file.limits);
    for (const auto& wanted : file.accounts) comparison.account(wanted);
    for (const auto& wanted : file.sessions) comparison.session(wanted);
    for (const auto& wanted : file.participants) {
        comparison.rate("participant " + wanted.name, wanted.name, "", file.rates);
    }
    for (const auto& wanted : file.sessions) {
        comparison.rate("session " + wanted.comp_id, wanted.participant, wanted.comp_id, file.rates);
    }
    comparison.fees(file.fees);
    comparison.extra(journaled.assets, file.assets, "asset", NameOf{});
    comparison.extra(journaled.instruments, file.instruments, "instrument", NameOf{});
    comparison.extra(journaled.participants, file.participants, "participant", NameOf{});
    comparison.extra(journaled.accounts, file.accounts, "account", NameOf{});
    comparison.extra(journaled.sessions, file.sessions, "session", NameOf{});
    return comparison.take();
}

std::vector<std::string> differences(const ReferenceFile& file, const model::Reference& journaled) {
    std::vector<std::string> sentences;
    for (const auto& each : compare(file, journaled)) sentences.push_back(to_text(each));
    return sentences;
}

}  // namespace venue::config
