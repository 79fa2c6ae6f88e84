#include "venue/control/operator_message.hpp"

#include "venue/control/onboarding_message.hpp"

namespace venue::control {
namespace {

using model::Decimal;

model::Decimal decimal(const std::string& what, const std::string& text) {
    const auto number = model::parse_decimal(text);
    if (!number) throw NoCommand(what + " is no decimal number: " + text);
    return *number;
}

std::vector<model::ScheduledPhase> schedule(const std::string& text) {
    if (text.empty()) return {};
    const auto schedule = model::parse_schedule(text);
    if (!schedule) throw NoCommand("schedule is no row of times and phases: " + text);
    return *schedule;
}

void write(const model::AskedLimits& asked, v1::Limits& limits) {
    if (asked.quantity) limits.set_max_quantity(to_text(*asked.quantity));
    if (asked.notional) limits.set_max_notional(to_text(*asked.notional));
    if (asked.open_orders) limits.set_max_open_orders(*asked.open_orders);
    if (asked.fat_finger_bp) limits.set_fat_finger_bp(*asked.fat_finger_bp);
}

model::AskedLimits read(const v1::Limits& limits) {
    model::AskedLimits asked;
    if (limits.has_max_quantity()) asked.quantity = decimal("max_quantity", limits.max_quantity());
    if (limits.has_max_notional()) asked.notional = decimal("max_notional", limits.max_notional());
    if (limits.has_max_open_orders()) asked.open_orders = limits.max_open_orders();
    if (limits.has_fat_finger_bp()) asked.fat_finger_bp = limits.fat_finger_bp();
    return asked;
}

struct Writing {
    v1::OperateRequest& message;

    void operator()(const model::ListInstrument& c) const {
        auto& listed = *message.mutable_list();
        listed.set_symbol(c.symbol);
        listed.set_base(c.base);
        listed.set_quote(c.quote);
        listed.set_tick(to_text(c.tick));
        listed.set_lot(to_text(c.lot));
        listed.set_maker_fee(c.maker_rate);
        listed.set_taker_fee(c.taker_rate);
        if (c.auction_rate) listed.set_auction_fee(*c.auction_rate);
        listed.set_fee_in_quote(c.fee_source == model::FeeSource::quote);
        listed.set_display_min_bp(c.display_min_bp);
        listed.set_static_band_bp(c.static_band_bp);
        listed.set_dynamic_band_bp(c.dynamic_band_bp);
        listed.set_volatility_seconds(c.volatility_seconds);
        listed.set_protection_bp(c.protection_bp);
        listed.set_schedule(to_text(c.schedule));
        listed.set_day_end(c.day_end);
        if (c.reference_price) listed.set_reference_price(to_text(*c.reference_price));
        listed.set_phase(std::string(name(c.phase)));
        write(c.limits, *listed.mutable_limits());
    }
    void operator()(const model::ChangeInstrument& c) const {
        auto& change = *message.mutable_change();
        change.set_symbol(c.symbol);
        if (c.maker_rate) change.set_maker_fee(*c.maker_rate);
        if (c.taker_rate) change.set_taker_fee(*c.taker_rate);
        if (c.auction_rate) change.set_auction_fee(*c.auction_rate);
        if (c.display_min_bp) change.set_display_min_bp(*c.display_min_bp);
        if (c.static_band_bp) change.set_static_band_bp(*c.static_band_bp);
        if (c.dynamic_band_bp) change.set_dynamic_band_bp(*c.dynamic_band_bp);
        if (c.volatility_seconds) change.set_volatility_seconds(*c.volatility_seconds);
        if (c.protection_bp) change.set_protection_bp(*c.protection_bp);
        if (c.reference_price) change.set_reference_price(to_text(*c.reference_price));
        if (c.schedule) change.set_schedule(to_text(*c.schedule));
        if (c.day_end) change.set_day_end(*c.day_end);
        write(c.limits, *change.mutable_limits());
    }
    void operator()(const model::DelistInstrument& c) const { message.mutable_delist()->set_symbol(c.symbol); }
    void operator()(const model::LimitParticipant& c) const {
        auto& limit = *message.mutable_limit();
        limit.set_participant(c.participant);
        limit.set_symbol(c.symbol);
        write(c.limits, *limit.mutable_limits());
    }
    void operator()(const model::LimitRate& c) const {
        auto& limit = *message.mutable_rate();
        limit.set_participant(c.participant);
        limit.set_session(c.session);
        if (c.rate.requests) limit.set_requests(*c.rate.requests);
        if (c.rate.logout_at) limit.set_logout_at(*c.rate.logout_at);
        if (c.rate.window_ms) limit.set_window_ms(*c.rate.window_ms);
    }
    void operator()(const model::ReviseTrade& c) const {
        auto& revise = *message.mutable_revise();
        revise.set_match(c.match.value);
        if (c.price) revise.set_price(to_text(*c.price));
        revise.set_force(c.forced);
    }
    void operator()(const model::SetFees& c) const {
        auto& fees = *message.mutable_fees();
        fees.set_currency(c.currency);
        for (const auto& [volume, maker_rate, taker_rate] : c.tiers) {
            auto& tier = *fees.add_tiers();
            tier.set_volume(to_text(volume));
            tier.set_maker_fee(maker_rate);
            tier.set_taker_fee(taker_rate);
        }
        for (const auto& symbol : c.priced_by) fees.add_priced_by(symbol);
    }
    void operator()(const model::SettleReceivable& c) const {
        auto& settle = *message.mutable_settle();
        settle.set_account(c.account);
        settle.set_asset(c.asset);
    }
    void operator()(const model::Suspend& c) const {
        auto& suspend = *message.mutable_suspend();
        suspend.set_participant(c.participant);
        suspend.set_account(c.account);
        suspend.set_suspended(c.suspended);
    }
    void operator()(const auto& onboarding) const { control::write(onboarding, message); }
};

model::ListInstrument read(const v1::ListInstrument& listed) {
    const auto phase = model::phase_named(listed.phase());
    if (!phase) throw NoCommand("There is no phase " + listed.phase() + ".");
    model::ListInstrument command{listed.symbol(), listed.base(), listed.quote(), decimal("tick", listed.tick()),
                                  decimal("lot", listed.lot())};
    command.maker_rate = listed.maker_fee();
    command.taker_rate = listed.taker_fee();
    if (listed.has_auction_fee()) command.auction_rate = listed.auction_fee();
    if (listed.fee_in_quote()) command.fee_source = model::FeeSource::quote;
    command.display_min_bp = listed.display_min_bp();
    command.static_band_bp = listed.static_band_bp();
    command.dynamic_band_bp = listed.dynamic_band_bp();
    command.volatility_seconds = listed.volatility_seconds();
    command.protection_bp = listed.protection_bp();
    command.schedule = schedule(listed.schedule());
    command.day_end = listed.day_end();
    if (listed.has_reference_price()) {
        command.reference_price = decimal("reference_price", listed.reference_price());
    }
    command.phase = *phase;
    command.limits = read(listed.limits());
    return command;
}

model::SetFees read(const v1::SetFees& fees) {
    model::SetFees command{fees.currency()};
    for (const auto& tier : fees.tiers()) {
        command.tiers.push_back({decimal("volume", tier.volume()), tier.maker_fee(), tier.taker_fee()});
    }
    command.priced_by.assign(fees.priced_by().begin(), fees.priced_by().end());
    return command;
}

model::ReviseTrade read(const v1::ReviseTrade& revise) {
    model::ReviseTrade command{model::MatchId{revise.match()}};
    if (revise.has_price()) command.price = decimal("price", revise.price());
    command.forced = revise.force();
    return command;
}

model::ChangeInstrument read(const v1::ChangeInstrument& change) {
    model::ChangeInstrument command{.symbol = change.symbol()};
    if (change.has_maker_fee()) command.maker_rate = change.maker_fee();
    if (change.has_taker_fee()) command.taker_rate = change.taker_fee();
    if (change.has_auction_fee()) command.auction_rate = change.auction_fee();
    if (change.has_display_min_bp()) command.display_min_bp = change.display_min_bp();
    if (change.has_static_band_bp()) command.static_band_bp = change.static_band_bp();
    if (change.has_dynamic_band_bp()) command.dynamic_band_bp = change.dynamic_band_bp();
    if (change.has_volatility_seconds()) command.volatility_seconds = change.volatility_seconds();
    if (change.has_protection_bp()) command.protection_bp = change.protection_bp();
    if (change.has_reference_price()) command.reference_price = decimal("reference_price", change.reference_price());
    if (change.has_schedule()) command.schedule = schedule(change.schedule());
    if (change.has_day_end()) command.day_end = change.day_end();
    command.limits = read(change.limits());
    return command;
}

model::LimitRate read(const v1::LimitRate& message) {
    model::LimitRate limit{message.participant(), message.session()};
    if (message.has_requests()) limit.rate.requests = message.requests();
    if (message.has_logout_at()) limit.rate.logout_at = message.logout_at();
    if (message.has_window_ms()) limit.rate.window_ms = message.window_ms();
    return limit;
}

}  // namespace

v1::OperateRequest to_message(const OperatorCommand& command) {
    v1::OperateRequest message;
    std::visit(Writing{message}, command);
    return message;
}

OperatorCommand read(const v1::OperateRequest& message) {
    switch (message.wish_case()) {
        case v1::OperateRequest::kList:
            return read(message.list());
        case v1::OperateRequest::kChange:
            return read(message.change());
        case v1::OperateRequest::kDelist:
            return model::DelistInstrument{message.delist().symbol()};
        case v1::OperateRequest::kLimit:
            return model::LimitParticipant{message.limit().participant(), message.limit().symbol(),
                                           read(message.limit().limits())};
        case v1::OperateRequest::kSuspend:
            return model::Suspend{message.suspend().participant(), message.suspend().account(),
                                  message.suspend().suspended()};
        case v1::OperateRequest::kRate:
            return read(message.rate());
        case v1::OperateRequest::kRevise:
            return read(message.revise());
        case v1::OperateRequest::kFees:
            return read(message.fees());
        case v1::OperateRequest::kSettle:
            return model::SettleReceivable{message.settle().account(), message.settle().asset()};
        case v1::OperateRequest::kAddAsset:
            return read(message.add_asset());
        case v1::OperateRequest::kAddParticipant:
            return read(message.add_participant());
        case v1::OperateRequest::kChangeParticipant:
            return read(message.change_participant());
        case v1::OperateRequest::kOpenAccount:
            return read(message.open_account());
        case v1::OperateRequest::kAddSession:
            return read(message.add_session());
        case v1::OperateRequest::kChangeSession:
            return read(message.change_session());
        case v1::OperateRequest::WISH_NOT_SET:
            break;
    }
    throw NoCommand("The call asks for nothing that this venue knows.");
}

}  // namespace venue::control
