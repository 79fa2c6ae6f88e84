// Answers a stretch of a ResendRequest: the reports as they were, everything else as gaps.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "venue/fix/encode.hpp"

namespace venue::fix {

struct ResendStretch {
    std::string sender;
    std::string target;
    const Dialect* dialect = nullptr;
    std::int64_t first = 0;
    std::int64_t last = 0;
    model::Timestamp now;
};

struct ResendPage {
    std::string bytes;
    std::int64_t next = 0;  ///< The first number that is not answered yet; last + 1 when all are.
};

/// `sent` are the reports of the stretch, ascending; `all` tells that there are no more of them up to its end.
ResendPage resend_page(const ResendStretch& stretch, const std::vector<model::SentEvent>& sent, bool all,
                       const model::Reference& reference);

}  // namespace venue::fix
