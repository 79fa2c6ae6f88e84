// When an outcome is told: the venue's promise, by its honest name.
#pragma once

#include <cstdint>
#include <string_view>

namespace venue::model {

enum class Durability : std::uint8_t {
    committed,   ///< It is on the disk of the database.
    replicated,  ///< It is on the disk of a synchronous standby too.
    relaxed,     ///< It may be lost: told before the commit. For simulators only.
};

constexpr std::string_view name(Durability durability) {
    switch (durability) {
        case Durability::committed:
            return "committed";
        case Durability::replicated:
            return "replicated";
        case Durability::relaxed:
            return "relaxed";
    }
    return {};
}

}  // namespace venue::model
