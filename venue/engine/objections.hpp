// Why a command that configures is declined: a sentence, empty for none.
#pragma once

#include "venue/engine/recorder.hpp"

namespace venue::engine {

std::string exists(std::string_view what, std::string_view name);
std::string unknown(std::string_view what, std::string_view name);
std::string objection_to_rate(model::FeeRate rate);
std::string objection_to_display(std::int32_t display_min_bp);
std::string objection_to_band(std::int32_t basis_points);
std::string objection_to_volatility(std::int32_t seconds);
std::string objection_to_reference(const model::Decimal& price, const model::Decimal& tick);
std::string objection_to_day(const std::vector<model::ScheduledPhase>& schedule, std::int32_t day_end);
std::string objection_to_self_trade(model::SelfTrade self_trade);
std::string objection_to_remembered(const model::Remembered& remembered);
std::string objection_to_account(const model::Reference& reference, const model::Participant& owner,
                                 const std::string& account);
std::string objection_to_rule(const model::DisconnectRule& rule);
std::string objection_to_speech(model::ReplaceQuantity quantity, model::FixVersion version);
std::string objection_to_limits(const model::AskedLimits& asked, const model::Decimal& lot, const model::Asset& quote);

/// What the limits come to. There is no objection.
model::Limits changed(model::Limits before, const model::AskedLimits& asked, const model::Decimal& lot,
                      const model::Asset& quote);

/// Records the objection; false when there is none.
bool declined(Recorder& out, std::string objection, std::int64_t call = 0);

}  // namespace venue::engine
