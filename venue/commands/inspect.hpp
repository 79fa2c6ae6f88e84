// The history of one order, account or session in words, from the journal: for whoever is asked what happened.
#pragma once

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

// Each ends with `declined` when there is nothing of that name.

int inspect_order(const config::Settings& settings, const OrderWish& wish);
int inspect_account(const config::Settings& settings, const NamedWish& wish);
int inspect_session(const config::Settings& settings, const NamedWish& wish);

}  // namespace venue::commands
