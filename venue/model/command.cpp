#include "venue/model/command.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace venue::model {
namespace {

/// Appends " key=value" for what is there; text with a space, a quote or a control character is quoted and escaped.
class Line {
  public:
    explicit Line(std::string_view command) : text_(command) { text_.reserve(160); }

    Line& field(std::string_view key, std::string_view value) {
        if (value.empty()) return *this;
        begin(key);
        append_text(value);
        return *this;
    }
    Line& field(std::string_view key, std::int64_t value) {
        if (value == 0) return *this;
        begin(key);
        std::array<char, 20> digits{};
        text_.append(digits.data(), std::to_chars(digits.begin(), digits.end(), value).ptr);
        return *this;
    }
    Line& field(std::string_view key, const Decimal& value) { return field(key, to_text(value)); }
    Line& field(std::string_view key, const std::optional<Decimal>& value) {
        return value ? field(key, *value) : *this;
    }
    Line& field(std::string_view key, const std::optional<Timestamp>& value) {
        return value ? field(key, value->nanoseconds) : *this;
    }
    Line& self_trade(SelfTrade self_trade) {
        return field("self_trade", self_trade == SelfTrade::allowed ? "" : name(self_trade));
    }
    Line& special(const Box<AskedTerms>& special) {
        if (!special) return *this;
        field("post_only", name(special->post_only)).field("min_quantity", special->min_quantity);
        field("cash", special->cash).field("display", special->display).field("expires", special->expires);
        field("valid_until", special->valid_until).self_trade(special->self_trade);
        field("self_trade_group", special->self_trade_group).field("trigger", special->trigger);
        field("waits_for", name(special->waits_for)).field("trail", special->trail);
        field("trail_in", special->trail && special->trail_in_bp ? "basis_points" : "");
        return field("peg", name(special->peg)).field("outlives_session", special->outlives_session ? "yes" : "");
    }
    Line& limits(const AskedLimits& limits) {
        field("max_quantity", limits.quantity).field("max_notional", limits.notional);
        return number("max_open_orders", limits.open_orders).number("fat_finger_bp", limits.fat_finger_bp);
    }
    /// A zero that is said is told.
    Line& number(std::string_view key, const std::optional<std::int32_t>& value) {
        return value ? field(key, std::to_string(*value)) : *this;
    }
    template <class Word>
    Line& word(std::string_view key, const std::optional<Word>& value) {
        return field(key, value ? name(*value) : "");
    }
    Line& flaw(const Flaw& flaw) { return field("flaw", name(flaw.reason)).field("flaw_tag", flaw.tag); }
    std::string take() { return std::move(text_); }

  private:
    void begin(std::string_view key) {
        text_.push_back(' ');
        text_.append(key);
        text_.push_back('=');
    }
    void append_text(std::string_view value) {
        const auto plain = [](char c) { return c > ' ' && c < '\x7f' && c != '"' && c != '\\'; };
        if (std::all_of(value.begin(), value.end(), plain)) {
            text_.append(value);
            return;
        }
        text_.push_back('"');
        for (const char c : value) append_escaped(c);
        text_.push_back('"');
    }
    void append_escaped(char c) {
        constexpr std::string_view hex = "0123456789abcdef";
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            text_.append({'\\', c});
        } else if (byte < 0x20 || byte >= 0x7f) {
            text_.append({'\\', 'x', hex[byte >> 4], hex[byte & 15]});
        } else {
            text_.push_back(c);
        }
    }

    std::string text_;
};

struct Describing {
    const Origin& origin;

    Line line(std::string_view command) const {
        Line line(command);
        line.field("session", origin.session.value).field("incarnation", origin.incarnation.value);
        line.field("number", origin.number);
        return line;
    }
    static void add(Line& text, const PlaceOrder& c) {
        text.field("cl_ord_id", c.cl_ord_id.view()).field("account", c.account).field("symbol", c.symbol);
        text.field("side", name(c.side)).field("type", name(c.type)).field("time_in_force", name(c.time_in_force));
        text.field("quantity", c.quantity).field("price", c.price).special(c.special).flaw(c.flaw);
    }
    Line operator()(const PlaceOrder& c) const {
        auto text = line("PlaceOrder");
        add(text, c);
        return text;
    }
    Line operator()(const PlaceList& c) const {
        auto text = line("PlaceList");
        text.field("list_id", c.id.view()).field("kind", name(c.kind));
        std::int64_t leg = 0;
        for (const PlaceOrder& order : c.legs) add(text.field("leg", ++leg), order);
        return text;
    }
    Line operator()(const CancelList& c) const { return line("CancelList").field("list_id", c.id.view()); }
    Line operator()(const ActivateLeg& c) const { return line("ActivateLeg").field("order", c.order.value); }
    Line operator()(const CancelOrder& c) const {
        auto text = line("CancelOrder");
        text.field("cl_ord_id", c.cl_ord_id.view()).field("orig_cl_ord_id", c.orig_cl_ord_id.view());
        text.field("order", c.order.value).field("symbol", c.symbol).field("side", name(c.side)).flaw(c.flaw);
        return text;
    }
    Line operator()(const ReplaceOrder& c) const {
        auto text = line("ReplaceOrder");
        text.field("cl_ord_id", c.cl_ord_id.view()).field("orig_cl_ord_id", c.orig_cl_ord_id.view());
        text.field("order", c.order.value).field("symbol", c.symbol).field("side", name(c.side));
        text.field("type", name(c.type)).field("quantity", c.quantity).field("price", c.price);
        text.field("account", c.account).field("time_in_force", c.time_in_force ? name(*c.time_in_force) : "");
        text.special(c.special).flaw(c.flaw);
        return text;
    }
    Line operator()(const MassCancel& c) const {
        auto text = line("MassCancel");
        text.field("cl_ord_id", c.cl_ord_id.view()).field("account", c.account).field("symbol", c.symbol);
        text.field("side", c.side ? name(*c.side) : "").field("kill_switch", name(c.kill_switch)).flaw(c.flaw);
        return text;
    }
    Line operator()(const ContinueMassCancel&) const { return line("ContinueMassCancel"); }
    Line operator()(const AdvanceTime& c) const { return line("AdvanceTime").field("until", c.until.nanoseconds); }
    Line operator()(const ContinueSweep& c) const { return line("ContinueSweep").field("order", c.order.value); }
    Line operator()(const TriggerOrder& c) const { return line("TriggerOrder").field("order", c.order.value); }
    Line operator()(const MoveTrails& c) const { return line("MoveTrails").field("instrument", c.instrument.value); }
    Line operator()(const MovePegs& c) const { return line("MovePegs").field("instrument", c.instrument.value); }
    Line operator()(const LogOnSession& c) const {
        return line("LogOnSession")
            .field("on", c.session.value)
            .field("reset", c.reset ? "yes" : "no")
            .field("cancels", c.cancels ? name(*c.cancels) : "");
    }
    Line operator()(const DisconnectSession& c) const {
        return line("DisconnectSession").field("off", c.session.value).field("reason", name(c.reason));
    }
    Line operator()(const AddAsset& c) const {
        auto text = line("AddAsset");
        text.field("code", c.asset.code).field("ledger_digits", c.asset.ledger_digits);
        text.field("chain_digits", c.asset.chain_digits);
        return text;
    }
    Line operator()(const ListInstrument& c) const {
        auto text = line("ListInstrument");
        text.field("symbol", c.symbol).field("base", c.base).field("quote", c.quote).field("tick", c.tick);
        text.field("lot", c.lot).field("maker_rate", c.maker_rate).field("taker_rate", c.taker_rate);
        text.field("fee_source", c.fee_source == FeeSource::quote ? "quote" : "received");
        text.field("display_min_bp", c.display_min_bp);
        text.field("phase", c.phase == Phase::continuous ? "" : name(c.phase));
        if (c.auction_rate) text.field("auction_rate", std::to_string(*c.auction_rate));
        text.field("reference_price", c.reference_price).field("static_band_bp", c.static_band_bp);
        text.field("schedule", to_text(c.schedule)).field("day_end", c.day_end);
        text.field("dynamic_band_bp", c.dynamic_band_bp).field("volatility_seconds", c.volatility_seconds);
        text.field("protection_bp", c.protection_bp);
        return text.limits(c.limits);
    }
    Line operator()(const AddParticipant& c) const {
        auto text = line("AddParticipant").field("name", c.name).self_trade(c.self_trade);
        text.field("remembered_orders", c.remembered.orders);
        return text.field("remembered_seconds", c.remembered.seconds);
    }
    Line operator()(const ChangeParticipant& c) const {
        auto text = line("ChangeParticipant").field("name", c.name).word("self_trade", c.self_trade);
        text.number("remembered_orders", c.remembered_orders);
        return text.number("remembered_seconds", c.remembered_seconds);
    }
    Line operator()(const ChangeSession& c) const {
        auto text = line("ChangeSession").field("comp_id", c.comp_id).field("account", c.account.value_or(""));
        text.word("cancel_on_disconnect", c.cancels).number("grace_ms", c.grace_ms);
        if (c.spares_good_till) text.field("spares", *c.spares_good_till ? "good_till" : "nothing");
        text.word("replace_quantity", c.replace_quantity).word("version", c.version);
        if (c.extensions) text.field("extensions", *c.extensions ? "yes" : "no");
        if (c.disabled) text.field("disabled", *c.disabled ? "yes" : "no");
        if (c.secret) text.field("secret", "another");
        return text;
    }
    Line operator()(const OpenAccount& c) const {
        return line("OpenAccount").field("participant", c.participant).field("name", c.name);
    }
    Line operator()(const AddSession& c) const {
        auto text = line("AddSession");
        text.field("participant", c.participant).field("account", c.account).field("comp_id", c.comp_id);
        text.field("username", c.username);
        if (c.replace_quantity != ReplaceQuantity::total) text.field("replace_quantity", name(c.replace_quantity));
        if (c.version != FixVersion::fix44) text.field("version", name(c.version));
        if (c.extensions) text.field("extensions", "true");
        if (c.disabled) text.field("disabled", "true");
        if (c.on_disconnect == DisconnectRule{}) return text;
        text.field("cancel_on_disconnect", name(c.on_disconnect.cancels)).field("grace_ms", c.on_disconnect.grace_ms);
        text.field("spares", c.on_disconnect.spares_good_till ? "good_till" : "");
        return text;
    }
    Line operator()(const DepositFunds& c) const {
        return line("DepositFunds").field("account", c.account).field("asset", c.asset).field("amount", c.amount);
    }
    Line operator()(const ChangePhase& c) const {
        auto text = line("ChangePhase");
        text.field("symbol", c.symbol).field("phase", c.phase ? name(*c.phase) : "");
        return text.field("cancel_orders", c.cancel_orders ? "yes" : "");
    }
    Line operator()(const CancelOrders& c) const {
        return line("CancelOrders").field("symbol", c.symbol).field("participant", c.participant);
    }
    Line operator()(const ContinueUncross& c) const {
        return line("ContinueUncross").field("instrument", c.instrument.value);
    }
    Line operator()(const JoinAuction& c) const { return line("JoinAuction").field("instrument", c.instrument.value); }
    Line operator()(const ChangeInstrument& c) const {
        auto text = line("ChangeInstrument").field("symbol", c.symbol);
        text.number("maker_rate", c.maker_rate).number("taker_rate", c.taker_rate);
        text.number("auction_rate", c.auction_rate).number("display_min_bp", c.display_min_bp);
        text.number("static_band_bp", c.static_band_bp).number("dynamic_band_bp", c.dynamic_band_bp);
        text.number("volatility_seconds", c.volatility_seconds).number("protection_bp", c.protection_bp);
        text.field("reference_price", c.reference_price).number("day_end", c.day_end);
        if (c.schedule) text.field("schedule", c.schedule->empty() ? "none" : to_text(*c.schedule));
        return text.limits(c.limits);
    }
    Line operator()(const DelistInstrument& c) const { return line("DelistInstrument").field("symbol", c.symbol); }
    Line operator()(const LimitParticipant& c) const {
        auto text = line("LimitParticipant").field("participant", c.participant).field("symbol", c.symbol);
        return text.limits(c.limits);
    }
    Line operator()(const LimitRate& c) const {
        auto text = line("LimitRate").field("participant", c.participant).field("on", c.session);
        text.number("requests", c.rate.requests).number("logout_at", c.rate.logout_at);
        return text.number("window_ms", c.rate.window_ms);
    }
    Line operator()(const Suspend& c) const {
        auto text = line("Suspend").field("participant", c.participant).field("account", c.account);
        return text.field("suspended", c.suspended ? "yes" : "no");
    }
    Line operator()(const ReviseTrade& c) const {
        auto text = line("ReviseTrade").field("match", c.match.value).field("price", c.price);
        for (const TradeHalf& half : c.halves) text.field("order", half.order.id.value);
        if (c.forced) text.field("forced", "yes");
        return text;
    }
    Line operator()(const SetFees& c) const {
        auto text = line("SetFees").field("currency", c.currency);
        for (const AskedFeeTier& tier : c.tiers) {
            text.field("volume", tier.volume).field("maker_rate", std::to_string(tier.maker_rate));
            text.field("taker_rate", std::to_string(tier.taker_rate));
        }
        for (const std::string& symbol : c.priced_by) text.field("priced_by", symbol);
        return text;
    }
    Line operator()(const SettleReceivable& c) const {
        return line("SettleReceivable").field("account", c.account).field("asset", c.asset);
    }
    Line operator()(const TransferFunds& c) const {
        auto text = line("TransferFunds");
        text.field("id", c.id).field("from", c.from).field("to", c.to).field("asset", c.asset);
        text.field("amount", c.amount);
        if (c.even_suspended) text.field("even_suspended", "yes");
        return text;
    }
};

}  // namespace

std::string_view name(DisconnectReason reason) {
    switch (reason) {
        case DisconnectReason::logout:
            return "logout";
        case DisconnectReason::dropped:
            return "dropped";
        case DisconnectReason::declined:
            return "declined";
        case DisconnectReason::restart:
            return "restart";
    }
    return "";
}

std::string describe(const Command& command) { return std::visit(Describing{command.origin}, command.body).take(); }

}  // namespace venue::model
