#include "tests/simulation/planted_fault.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace venue::simulation {
namespace {

using enum PlantedFault;

constexpr std::array<std::pair<std::string_view, PlantedFault>, 13> names = {{
    {"acknowledges_before_the_commit", acknowledges_before_the_commit},
    {"uses_a_number_again_after_a_crash", uses_a_number_again_after_a_crash},
    {"drops_the_last_event_of_a_group", drops_the_last_event_of_a_group},
    {"tries_a_commit_in_doubt_again", tries_a_commit_in_doubt_again},
    {"skips_a_posting", skips_a_posting},
    {"forgets_to_release_a_hold", forgets_to_release_a_hold},
    {"forgets_to_release_a_group", forgets_to_release_a_group},
    {"ignores_poss_dup", ignores_poss_dup},
    {"judges_a_command_twice", judges_a_command_twice},
    {"loses_a_command", loses_a_command},
    {"loses_an_order_of_a_list", loses_an_order_of_a_list},
    {"loses_a_list_cancel", loses_a_list_cancel},
    {"resends_a_numbered_report_differently", resends_a_numbered_report_differently},
}};

/// What an order was traded for less than it would have paid stays set aside.
void keep_a_hold(model::Event& event) {
    auto* const traded = std::get_if<model::OrderTraded>(&event.body);
    if (traded != nullptr && traded->order.state == model::OrderState::open) traded->order.hold += model::Amount{1};
}

/// A re-sent order is declined when it is old; the fault takes it for a new one.
void forget_that_it_is_stale(model::CommandBody& command) {
    const auto clear = [](auto& order) {
        if (order.flaw.reason == model::RejectReason::stale_resend) order.flaw = {};
    };
    if (auto* placed = std::get_if<model::PlaceOrder>(&command)) clear(*placed);
    if (auto* replaced = std::get_if<model::ReplaceOrder>(&command)) clear(*replaced);
    if (auto* list = std::get_if<model::PlaceList>(&command)) std::ranges::for_each(list->legs, clear);
}

/// True for a list cancel that is to be lost; of a list that is to lose an order nothing but that goes.
bool is_lost_of_a_list(PlantedFault fault, model::Request& request) {
    auto* const command = std::get_if<model::CommandBody>(&request.body);
    if (command == nullptr) return false;
    auto* const list = std::get_if<model::PlaceList>(command);
    if (list != nullptr && fault == loses_an_order_of_a_list && list->legs.size() > 2) list->legs.pop_back();
    // What asks for its outcome is still judged, and so is its number.
    return fault == loses_a_list_cancel && std::holds_alternative<model::CancelList>(*command);
}

}  // namespace

std::optional<PlantedFault> planted_fault(std::string_view name) {
    const auto found = std::ranges::find(names, name, &std::pair<std::string_view, PlantedFault>::first);
    return found == names.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string_view> planted_fault_names() {
    std::vector<std::string_view> all;
    for (const auto& [name, fault] : names) all.push_back(name);
    return all;
}

model::Group PlantedJournal::changed(model::Group group) const {
    if (fault_ == drops_the_last_event_of_a_group && group.events.size() > 1) group.events.pop_back();
    if (fault_ == skips_a_posting && !group.postings.empty()) group.postings.pop_back();
    if (fault_ == forgets_to_release_a_hold) std::ranges::for_each(group.events, keep_a_hold);
    return group;
}

void PlantedJournal::append(const model::Group& group) {
    if (fault_ == acknowledges_before_the_commit) tell_early(group);
    try {
        inner_.append(changed(group));
    } catch (const journal::FenceLost&) {
        throw;
    } catch (const journal::JournalFailed&) {
        if (fault_ != tries_a_commit_in_doubt_again) throw;
        inner_.append(group);
    }
}

std::vector<journal::SessionRecord> PlantedJournal::session_records() {
    auto records = inner_.session_records();
    if (fault_ != uses_a_number_again_after_a_crash) return records;
    for (auto& record : records)
        record.numbers.outbound_reserved = std::max<std::int64_t>(0, record.numbers.outbound_reserved - 30);
    return records;
}

void plant(PlantedFault fault, fix::Wiring& wiring) {
    if (fault == ignores_poss_dup || fault == judges_a_command_twice) {
        wiring.submit = [fault, submit = std::move(wiring.submit)](model::Request request) {
            auto* const command = std::get_if<model::CommandBody>(&request.body);
            if (command != nullptr && fault == ignores_poss_dup) forget_that_it_is_stale(*command);
            if (command != nullptr && fault == judges_a_command_twice) submit(request);
            submit(std::move(request));
        };
    }
    if (fault == loses_a_command) {
        constexpr int lost_one_in = 4;
        wiring.submit = [count = 0, submit = std::move(wiring.submit)](model::Request request) mutable {
            const auto* const command = std::get_if<model::CommandBody>(&request.body);
            const bool is_order = command != nullptr && std::holds_alternative<model::PlaceOrder>(*command);
            if (!is_order || ++count % lost_one_in != 0) submit(std::move(request));
        };
    }
    if (fault == loses_an_order_of_a_list || fault == loses_a_list_cancel) {
        wiring.submit = [fault, submit = std::move(wiring.submit)](model::Request request) {
            if (!is_lost_of_a_list(fault, request)) submit(std::move(request));
        };
    }
    if (fault == resends_a_numbered_report_differently) {
        wiring.read_sent = [read = std::move(wiring.read_sent)](auto... asked) {
            auto sent = read(asked...);
            for (auto& report : sent) report.event.time.nanoseconds += 1'000'000;
            return sent;
        };
    }
}

}  // namespace venue::simulation
