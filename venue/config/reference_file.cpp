#include "venue/config/reference_file.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>

#include "venue/config/table_reader.hpp"
#include "venue/model/listing_rules.hpp"

namespace venue::config {
namespace {

/// Whether one of the things read before has this name.
template <class Things, class NameOf>
bool is_taken(const Things& things, const std::string& name, NameOf name_of) {
    return std::ranges::find(things, name, name_of) != things.end();
}

constexpr std::string_view taken = "is given a second time";
constexpr std::string_view unique = "a name that nothing else of its kind has";

/// Reads record by record, and holds each against those before it. The engine would decline what is refused here, but
/// only who reads can name the line.
class ReferenceReader {
  public:
    ReferenceReader(const std::string& file, const std::string& venue_comp_id)
        : source_{file}, venue_comp_id_(venue_comp_id) {}

    ReferenceFile read(const toml::table& table) {
        TableReader root(source_, "", table);
        for (const auto* asset : root.tables("asset")) read_asset({source_, "asset", *asset});
        for (const auto* instrument : root.tables("instrument")) {
            read_instrument({source_, "instrument", *instrument});
        }
        for (const auto* participant : root.tables("participant")) {
            read_participant({source_, "participant", *participant});
        }
        if (root.has("fees")) read_fees({source_, "fees", root.table("fees")});
        root.finish();
        return std::move(read_);
    }

  private:
    void read_asset(TableReader asset);
    void read_instrument(TableReader instrument);
    void read_participant(TableReader participant);
    void read_account(TableReader account, const std::string& participant);
    void read_balances(TableReader balances, const toml::table& table, const std::string& account);
    void read_session(TableReader session, const std::string& participant);

    [[nodiscard]] const model::Asset* asset(const std::string& code) const;
    void require_asset(const TableReader& reader, std::string_view key, const std::string& code) const;
    void require_units(const TableReader& reader, const model::ListInstrument& listed) const;
    void require_limits(const TableReader& reader, const model::AskedLimits& limits,
                        const model::ListInstrument& listed) const;
    void read_limits(TableReader limits, const std::string& participant);
    void read_fees(TableReader fees);

    Source source_;
    std::string venue_comp_id_;
    ReferenceFile read_;
    std::map<std::string, model::Amount> supply_;  ///< Of each asset, in all accounts together.
};

const model::Asset* ReferenceReader::asset(const std::string& code) const {
    const auto found = std::ranges::find(read_.assets, code, [](const auto& added) { return added.asset.code; });
    return found == read_.assets.end() ? nullptr : &found->asset;
}

void ReferenceReader::require_asset(const TableReader& reader, std::string_view key, const std::string& code) const {
    reader.require(asset(code) != nullptr, key, "no asset has the code " + code, "the code of an [[asset]]");
}

void ReferenceReader::read_asset(TableReader reader) {
    model::Asset added;
    added.code = reader.name("code", model::asset_code_size_max);
    added.ledger_digits = static_cast<std::int32_t>(reader.integer("ledger_digits", 0, model::ledger_digits_max));
    added.chain_digits = static_cast<std::int32_t>(reader.integer("chain_digits", 0, model::ledger_digits_max));
    reader.finish();
    reader.require(asset(added.code) == nullptr, "code", taken, unique);
    reader.require(added.chain_digits <= added.ledger_digits, "chain_digits", "is above ledger_digits",
                   "a ledger that is never coarser than the chain");
    read_.assets.push_back({added});
}

/// Tick and lot, one by one and together.
void ReferenceReader::require_units(const TableReader& reader, const model::ListInstrument& listed) const {
    const auto require_step = [&](std::string_view key, const model::Decimal& step) {
        reader.require(step.digits <= model::step_digits_max && step.scale <= model::step_scale_max, key,
                       "is too large or too precise",
                       "at most 1000000 without the point, and at most 18 digits behind it");
    };
    require_step("tick", listed.tick);
    require_step("lot", listed.lot);
    const auto base = model::base_per_lot(*asset(listed.base), listed.lot);
    reader.require(base.has_value(), "lot", "is no whole number of ledger units of " + listed.base,
                   "at most its ledger_digits behind the point");
    const auto quote = model::quote_per_tick_lot(*asset(listed.quote), listed.tick, listed.lot);
    reader.require(quote.has_value(), "tick", "tick times lot is no whole number of ledger units of " + listed.quote,
                   "a product with at most its ledger_digits behind the point");
    reader.require(std::max(*base, *quote) <= model::value_max, "lot", "is worth more than an order may be",
                   "at most 10^30 ledger units");
}

void ReferenceReader::require_limits(const TableReader& reader, const model::AskedLimits& limits,
                                     const model::ListInstrument& listed) const {
    const auto lots = steps_of(limits.quantity.value_or(listed.lot), listed.lot);
    reader.require(lots && *lots <= model::quantity_lots_max, "max_quantity", "is no quantity of an order",
                   "a whole number of lots");
    const auto notional = amount_of(limits.notional.value_or(model::Decimal{}), asset(listed.quote)->ledger_digits);
    reader.require(notional && *notional <= model::value_max, "max_notional", "is no value of an order",
                   "a whole number of ledger units of " + listed.quote);
}

/// Nothing of them must be given.
model::AskedLimits limits_of(TableReader& reader) {
    constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
    model::AskedLimits limits;
    if (reader.has("max_quantity")) limits.quantity = reader.decimal("max_quantity");
    if (reader.has("max_notional")) limits.notional = reader.decimal("max_notional");
    if (reader.has("max_open_orders")) {
        limits.open_orders = static_cast<std::int32_t>(reader.integer("max_open_orders", 0, most));
    }
    if (reader.has("fat_finger_bp")) {
        limits.fat_finger_bp = static_cast<std::int32_t>(reader.integer("fat_finger_bp", 0, model::basis_points));
    }
    return limits;
}

/// The day: its phases and its end.
void read_day(TableReader& reader, model::ListInstrument& listed) {
    if (reader.has("schedule")) {
        const auto schedule = model::parse_schedule(reader.text("schedule"));
        reader.require(schedule.has_value(), "schedule", "is no row of times and phases",
                       "like \"07:00 pre_open, 08:00 continuous\"");
        const auto objection = model::objection_to(*schedule);
        reader.require(objection.empty(), "schedule", "can't be a day's: " + objection,
                       "like \"07:00 pre_open, 08:00 continuous\"");
        listed.schedule = *schedule;
    }
    if (!reader.has("day_end")) return;
    const auto second = model::parse_time_of_day(reader.text("day_end"));
    reader.require(second.has_value(), "day_end", "is no time of the day", "like \"16:30\", UTC");
    listed.day_end = *second;
}

/// How it trades: nothing of it must be given.
void read_trading(TableReader& reader, model::ListInstrument& listed) {
    if (reader.has("phase")) {
        std::vector<std::string> names;
        for (const auto phase : model::all_phases) names.emplace_back(name(phase));
        listed.phase = *model::phase_named(reader.one_of("phase", names));
    }
    if (reader.has("auction_fee")) {
        listed.auction_rate =
            static_cast<model::FeeRate>(reader.integer("auction_fee", -model::fee_rate_max, model::fee_rate_max));
    }
    const auto number = [&](std::string_view key, std::int32_t most) {
        return reader.has(key) ? static_cast<std::int32_t>(reader.integer(key, 0, most)) : 0;
    };
    listed.static_band_bp = number("static_band_bp", model::basis_points);
    listed.dynamic_band_bp = number("dynamic_band_bp", model::basis_points);
    listed.volatility_seconds = number("volatility_seconds", model::volatility_seconds_max);
    listed.protection_bp = number("protection_bp", model::basis_points);
    listed.limits = limits_of(reader);
    read_day(reader, listed);
    if (!reader.has("reference_price")) return;
    listed.reference_price = reader.decimal("reference_price");
    const auto ticks = steps_of(*listed.reference_price, listed.tick);
    reader.require(ticks && *ticks > 0 && *ticks <= model::price_ticks_max, "reference_price",
                   "is no price of the instrument", "a whole number of ticks above zero");
}

void ReferenceReader::read_instrument(TableReader reader) {
    model::ListInstrument listed;
    listed.symbol = reader.name("symbol");
    listed.base = reader.text("base");
    listed.quote = reader.text("quote");
    listed.tick = reader.decimal("tick");
    listed.lot = reader.decimal("lot");
    const auto rate = [&](std::string_view key) {
        return static_cast<model::FeeRate>(reader.integer(key, -model::fee_rate_max, model::fee_rate_max));
    };
    listed.maker_rate = rate("maker_fee");
    listed.taker_rate = rate("taker_fee");
    const bool in_quote = reader.one_of("fee_in", {"received", "quote"}) == "quote";
    listed.fee_source = in_quote ? model::FeeSource::quote : model::FeeSource::received;
    if (reader.has("display_min_bp")) {
        listed.display_min_bp = static_cast<std::int32_t>(reader.integer("display_min_bp", 0, model::basis_points));
    }
    read_trading(reader, listed);
    reader.finish();
    reader.require(!is_taken(read_.instruments, listed.symbol, &model::ListInstrument::symbol), "symbol", taken,
                   unique);
    require_asset(reader, "base", listed.base);
    require_asset(reader, "quote", listed.quote);
    reader.require(listed.base != listed.quote, "quote", "is the base as well", "another asset");
    require_units(reader, listed);
    require_limits(reader, listed.limits, listed);
    read_.instruments.push_back(listed);
}

void ReferenceReader::read_balances(TableReader reader, const toml::table& table, const std::string& account) {
    for (const auto& [key, value] : table) {
        const std::string code(key.str());
        const auto number = reader.decimal(code);
        require_asset(reader, code, code);
        const auto digits = asset(code)->ledger_digits;
        reader.require(number.scale <= digits, code, "is no whole number of ledger units of " + code,
                       "at most " + std::to_string(digits) + " digits behind the point");
        const auto amount = model::amount_of(number, digits);
        const bool fits = amount && *amount <= model::value_max && supply_[code] + *amount <= model::value_max;
        reader.require(fits, code, "all balances of " + code + " come to more than the venue can keep",
                       "at most 10^30 ledger units in all");
        supply_[code] += *amount;
        read_.deposits.push_back({account, code, number});
    }
}

void ReferenceReader::read_account(TableReader reader, const std::string& participant) {
    const auto name = reader.name("name");
    const auto& balances = reader.table("balances");
    reader.finish();
    reader.require(!is_taken(read_.accounts, name, &model::OpenAccount::name), "name", taken, unique);
    read_.accounts.push_back({participant, name});
    read_balances({source_, "participant.account.balances", balances}, balances, name);
}

model::Remembered remembered_of(TableReader& reader) {
    model::Remembered remembered;
    const auto take = [&](std::string_view key, std::int32_t& number, std::int64_t most) {
        if (reader.has(key)) number = static_cast<std::int32_t>(reader.integer(key, 1, most));
    };
    take("remembered_orders", remembered.orders, model::remembered_orders_max);
    take("remembered_seconds", remembered.seconds, model::remembered_seconds_max);
    return remembered;
}

model::AskedRate rate_of(TableReader& reader) {
    model::AskedRate rate;
    const auto take = [&](std::string_view key, std::optional<std::int32_t>& number, std::int64_t most) {
        if (reader.has(key)) number = static_cast<std::int32_t>(reader.integer(key, 0, most));
    };
    take("rate_requests", rate.requests, model::rate_requests_max);
    take("rate_logout_at", rate.logout_at, model::rate_requests_max);
    take("rate_window_ms", rate.window_ms, model::rate_window_ms_max);
    const auto logout_at = rate.logout_at.value_or(0);
    reader.require(logout_at == 0 || logout_at >= rate.requests.value_or(0), "rate_logout_at",
                   "ends the session before its requests are refused", "at least rate_requests, or 0 for never");
    return rate;
}

model::DisconnectRule disconnect_rule_of(TableReader& reader) {
    using enum model::CancelOnDisconnect;
    model::DisconnectRule rule;
    if (reader.has("cancel_on_disconnect")) {
        const auto cancels = reader.one_of("cancel_on_disconnect", {"off", "session", "participant"});
        rule.cancels = cancels == "off" ? off : cancels == "session" ? session : participant;
    }
    if (reader.has("cancel_grace_ms")) {
        rule.grace_ms = static_cast<std::int32_t>(reader.integer("cancel_grace_ms", 0, model::grace_ms_max));
    }
    if (reader.has("cancel_spares")) {
        rule.spares_good_till = reader.one_of("cancel_spares", {"nothing", "good_till"}) == "good_till";
    }
    return rule;
}

/// The version of FIX, and whether it has our own fields.
void read_dialect(TableReader& reader, model::AddSession& added) {
    if (reader.has("version")) {
        std::vector<std::string> names;
        for (const auto version : model::all_fix_versions) names.emplace_back(name(version));
        added.version = *named(model::all_fix_versions, reader.one_of("version", names));
    }
    // What ours adds to 4.4 is the standard's own in 5.0 SP2.
    added.extensions = added.version == model::FixVersion::fix50sp2;
    if (reader.has("extensions")) added.extensions = reader.one_of("extensions", {"no", "yes"}) == "yes";
}

void ReferenceReader::read_session(TableReader reader, const std::string& participant) {
    model::AddSession added;
    added.participant = participant;
    added.account = reader.text("account");
    added.comp_id = reader.name("sender");
    added.username = reader.name("username");
    added.on_disconnect = disconnect_rule_of(reader);
    if (reader.has("replace_quantity") && reader.one_of("replace_quantity", {"total", "open"}) == "open") {
        added.replace_quantity = model::ReplaceQuantity::open;
    }
    read_dialect(reader, added);
    const auto rate = rate_of(reader);
    reader.finish();
    if (rate != model::AskedRate{}) read_.rates.push_back({participant, added.comp_id, rate});
    reader.require(!is_taken(read_.sessions, added.comp_id, &model::AddSession::comp_id), "sender", taken, unique);
    reader.require(added.comp_id != venue_comp_id_, "sender", added.comp_id + " is the venue's own CompID",
                   "another one than fix.comp_id");
    const auto owned = [&](const auto& account) {
        return account.name == added.account && account.participant == participant;
    };
    reader.require(std::ranges::any_of(read_.accounts, owned), "account",
                   participant + " has no account " + added.account, "the name of an account of " + participant);
    read_.sessions.push_back(added);
}

model::SelfTrade self_trade_of(TableReader& reader) {
    std::vector<std::string> names;
    for (const auto rule : model::all_self_trades) names.emplace_back(name(rule));
    return *named(model::all_self_trades, reader.one_of("self_trade", names));
}

void ReferenceReader::read_limits(TableReader reader, const std::string& participant) {
    const auto symbol = reader.text("symbol");
    const auto limits = limits_of(reader);
    reader.finish();
    const auto listed = std::ranges::find(read_.instruments, symbol, &model::ListInstrument::symbol);
    reader.require(listed != read_.instruments.end(), "symbol", "no instrument has the symbol " + symbol,
                   "the symbol of an [[instrument]]");
    require_limits(reader, limits, *listed);
    const auto is_same = [&](const auto& other) { return other.participant == participant && other.symbol == symbol; };
    reader.require(std::ranges::none_of(read_.limits, is_same), "symbol", taken, "another instrument");
    read_.limits.push_back({participant, symbol, limits});
}

/// By how much participants trade; the tiers' volumes rise.
void ReferenceReader::read_fees(TableReader reader) {
    model::SetFees fees{reader.text("currency")};
    const auto tiers = reader.tables("tier");
    const auto priced_by = reader.tables("priced_by");
    reader.finish();
    require_asset(reader, "currency", fees.currency);
    for (const auto* const table : tiers) {
        TableReader tier(source_, "fees.tier", *table);
        const auto rate = [&](std::string_view key) {
            return static_cast<model::FeeRate>(tier.integer(key, -model::fee_rate_max, model::fee_rate_max));
        };
        fees.tiers.push_back({tier.decimal("volume"), rate("maker_fee"), rate("taker_fee")});
        tier.finish();
        const auto volume = amount_of(fees.tiers.back().volume, asset(fees.currency)->ledger_digits);
        tier.require(volume && *volume <= model::value_max, "volume", "is no amount of " + fees.currency,
                     "a whole number of its ledger units");
    }
    for (const auto* const table : priced_by) {
        TableReader priced(source_, "fees.priced_by", *table);
        fees.priced_by.push_back(priced.text("symbol"));
        priced.finish();
        const auto listed = std::ranges::find(read_.instruments, fees.priced_by.back(), &model::ListInstrument::symbol);
        priced.require(listed != read_.instruments.end() && listed->quote == fees.currency, "symbol",
                       "is no instrument with prices in " + fees.currency, "the symbol of such an [[instrument]]");
    }
    reader.require(!fees.tiers.empty() && fees.tiers.size() <= model::fee_tiers_max, "tier",
                   "there are none, or too many", "1 to 32 of them");
    read_.fees.push_back(fees);
}

void ReferenceReader::read_participant(TableReader reader) {
    const auto name = reader.name("name");
    const auto self_trade = reader.has("self_trade") ? self_trade_of(reader) : model::SelfTrade::allowed;
    const auto remembered = remembered_of(reader);
    const auto rate = rate_of(reader);
    const auto accounts = reader.tables("account");
    const auto sessions = reader.tables("session");
    const auto limits = reader.tables("limits");
    reader.finish();
    reader.require(!is_taken(read_.participants, name, &model::AddParticipant::name), "name", taken, unique);
    read_.participants.push_back({name, self_trade, remembered});
    if (rate != model::AskedRate{}) read_.rates.push_back({name, "", rate});
    for (const auto* account : accounts) read_account({source_, "participant.account", *account}, name);
    for (const auto* own : limits) read_limits({source_, "participant.limits", *own}, name);
    for (const auto* session : sessions) read_session({source_, "participant.session", *session}, name);
}

}  // namespace

ReferenceFile load_reference(const std::string& file, const std::string& venue_comp_id) {
    return ReferenceReader(file, venue_comp_id).read(parse_file(file));
}

std::vector<model::CommandBody> commands(const ReferenceFile& file) {
    std::vector<model::CommandBody> all;
    const auto append = [&](const auto& list) { all.insert(all.end(), list.begin(), list.end()); };
    append(file.assets);
    append(file.instruments);
    append(file.participants);
    append(file.accounts);
    append(file.limits);
    append(file.fees);
    append(file.deposits);
    append(file.sessions);
    append(file.rates);
    return all;
}

}  // namespace venue::config
