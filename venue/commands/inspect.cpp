#include "venue/commands/inspect.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <span>

#include "venue/commands/exit_code.hpp"
#include "venue/commands/history_text.hpp"
#include "venue/journal/archive.hpp"
#include "venue/journal/history.hpp"

namespace venue::commands {
namespace {

int nothing(const std::string& sentence) {
    spdlog::error("{}", sentence);
    return declined;
}

/// Line by line: when and what; who asked for it and how; what it moved.
void print(const model::Event& event, std::span<const model::Posting> postings, const model::Reference& reference) {
    fmt::print("{}  event {}  {}\n", time_text(event.time), event.sequence.value, in_words(event, reference));
    if (!event.asked.empty()) fmt::print("    asked by {}: {}\n", trace_in(event.asked, reference), event.asked);
    for (const auto& posting : postings) fmt::print("    posting  {}\n", in_words(posting, reference));
}

void print(const std::vector<model::Event>& events, const model::Reference& reference, journal::History& history) {
    for (const auto& event : events) print(event, history.postings_of(event.sequence), reference);
}

/// Said before a history of which a part is archived: a fill alone would be taken for all that there was. `began` is
/// where the history began, as far as it is known.
void say_what_is_archived(const config::Settings& settings, model::Sequence began) {
    const auto archived = journal::archived_until(settings.journal.url);
    if (archived < began || !archived) return;
    fmt::print("The events up to {} are archived: of them only what is still needed is here, and no posting.\n",
               archived.value);
}

/// An order's number is the sequence of its first event.
model::Sequence beginning_of(const std::vector<model::Event>& events) {
    auto began = events.front().sequence;
    for (const auto& event : events) {
        const auto* const order = model::order_of(event.body);
        if (order != nullptr && order->id) began = std::min(began, model::Sequence{order->id.value});
    }
    return began;
}

/// Zero when the text is no whole number.
model::OrderId order_id_of(const std::string& text) {
    std::int64_t number = 0;
    const auto* const end = text.data() + text.size();
    return std::from_chars(text.data(), end, number).ptr == end ? model::OrderId{number} : model::OrderId{};
}

/// A participant may call its order by a number that is another order's id.
std::vector<model::Event> events_of(const std::string& name, const model::Participant* participant,
                                    journal::History& history) {
    const model::ClOrdId called(name);
    if (participant != nullptr) return history.of_name(called, participant->id);
    const auto id = order_id_of(name);
    if (!id) return history.of_name(called, {});
    auto events = history.of_order(id);
    if (events.empty()) return history.of_name(called, {});
    spdlog::info("{} is taken for an OrderID; --participant asks for an order that somebody called so", name);
    return events;
}

}  // namespace

int inspect_order(const config::Settings& settings, const OrderWish& wish) {
    if (wish.name.size() > model::ClOrdId::size_max) {
        return nothing(
            fmt::format("no order is called so: a ClOrdID has at most {} characters", model::ClOrdId::size_max));
    }
    journal::History history(settings.journal.url);
    const auto reference = history.reference();
    const auto* const participant = reference.participant(wish.participant);
    if (!wish.participant.empty() && participant == nullptr) {
        return nothing("there is no participant " + wish.participant);
    }
    const auto events = events_of(wish.name, participant, history);
    if (events.empty()) return nothing("no order was ever called " + wish.name + history.but_archived());
    say_what_is_archived(settings, beginning_of(events));
    print(events, reference, history);
    return ok;
}

int inspect_account(const config::Settings& settings, const AccountWish& wish) {
    journal::History history(settings.journal.url);
    const auto reference = history.reference();
    const auto* const account = reference.account(wish.name);
    if (account == nullptr) return nothing("there is no account " + wish.name);
    journal::Stretch stretch;
    if (wish.from) stretch.first = model::Sequence{*wish.from};
    if (wish.to) stretch.last = model::Sequence{*wish.to};
    if (!wish.from) stretch.newest = wish.newest;
    say_what_is_archived(settings, stretch.first);
    const bool is_all = history.of_account(
        account->id, stretch, [&](const auto& event, const auto& postings) { print(event, postings, reference); });
    if (!is_all) spdlog::info("these are the newest {}; --last N, or --from EVENT, tells more", wish.newest);
    return ok;
}

int inspect_session(const config::Settings& settings, const NamedWish& wish) {
    journal::History history(settings.journal.url);
    const auto reference = history.reference();
    const auto* const session = reference.session(wish.name);
    if (session == nullptr) return nothing("there is no session " + wish.name);
    say_what_is_archived(settings, model::Sequence{1});
    print(history.of_session(session->id), reference, history);
    for (const auto& numbers : history.numbers_of(session->id)) {
        fmt::print(
            "incarnation {}: {} messages of the participant's judged, our numbers up to {} reserved, event {} "
            "last written\n",
            numbers.incarnation.value, numbers.inbound_judged, numbers.outbound_reserved, numbers.last_written.value);
    }
    return ok;
}

}  // namespace venue::commands
