#include "venue/fix/used_signatures.hpp"

#include <algorithm>
#include <utility>

namespace venue::fix {

bool UsedSignatures::add(std::string_view session, std::string text, Time now) {
    auto& used = used_[std::string(session)];
    while (!used.empty() && (now - used.front().at > kept_for || used.size() >= of_session_max)) used.pop_front();
    if (std::ranges::find(used, text, &Used::text) != used.end()) return false;
    used.push_back({std::move(text), now});
    return true;
}

}  // namespace venue::fix
