#include "venue/model/session_numbers.hpp"

#include <algorithm>
#include <utility>

namespace venue::model {
namespace {

std::pair<SessionId, Incarnation> key(const SessionNumbers& numbers) { return {numbers.session, numbers.incarnation}; }

}  // namespace

void add_numbers(std::vector<SessionNumbers>& gathered, const SessionNumbers& newer) {
    const auto same = std::ranges::lower_bound(gathered, key(newer), {}, key);
    if (same == gathered.end() || key(*same) != key(newer)) {
        gathered.insert(same, newer);
        return;
    }
    same->inbound_judged = std::max(same->inbound_judged, newer.inbound_judged);
    same->outbound_reserved = std::max(same->outbound_reserved, newer.outbound_reserved);
    same->last_written = std::max(same->last_written, newer.last_written);
}

}  // namespace venue::model
