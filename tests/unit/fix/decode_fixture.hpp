// What a message becomes, as decode's tests write it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "venue/fix/decode.hpp"

namespace venue::fix {

/// Messages are written with "|" here, where the wire has 0x01.
inline Decoded decoded(std::string text, bool stale = false, model::FixVersion version = model::FixVersion::fix44) {
    std::ranges::replace(text, '|', '\x01');
    Fields fields;
    EXPECT_TRUE(fields.parse(text)) << text;
    return decode(fields, dialect(version, false), stale);
}

template <class Body>
Body question(const Decoded& decoded) {
    const auto* questions = std::get_if<Questions>(&decoded);
    EXPECT_TRUE(questions != nullptr && questions->size() == 1);
    return questions == nullptr ? Body{} : std::get<Body>(questions->front());
}

}  // namespace venue::fix
