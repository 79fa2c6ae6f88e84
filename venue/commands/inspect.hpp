// The history of one order, account or session in words, from the journal: for whoever is asked what happened.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "venue/config/settings.hpp"

namespace venue::commands {

struct OrderWish {
    std::string name;  ///< The venue's number of the order, or the participant's ClOrdID.
    std::string participant;
};
struct NamedWish {
    std::string name;
};

/// Which of an account's events: the newest so many, or those from one event to another, where one is given.
struct AccountWish {
    std::string name;
    std::int64_t newest = 100;
    std::optional<std::int64_t> from;
    std::optional<std::int64_t> to;
};

// Each ends with `declined` when there is nothing of that name.

int inspect_order(const config::Settings& settings, const OrderWish& wish);
int inspect_account(const config::Settings& settings, const AccountWish& wish);
int inspect_session(const config::Settings& settings, const NamedWish& wish);

}  // namespace venue::commands
