// Which messages the library's dictionary finds nothing wrong with, told at once and without parsing them a second
// time. The rules are taken from that dictionary. They don't know every good message; a message that they pass is good.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <string_view>
#include <vector>

#include "venue/fix/fields.hpp"
#include "venue/fix/quickfix.hpp"

namespace venue::fix {

class PlainRules {
  public:
    /// `transport` has the header; `application` the messages, and is the same where no transport carries them.
    PlainRules(const FIX::DataDictionary& transport, const FIX::DataDictionary& application);

    /// False says nothing: there is a fault, or something that these rules don't know, as repeating groups, data
    /// fields, values that consist of several, and header fields beyond those of a simple message.
    [[nodiscard]] bool pass(const Fields& message) const;

  private:
    static constexpr int tag_max = 2'048;
    using Tags = std::bitset<tag_max>;

    enum class Kind : std::uint8_t { text, character, boolean, whole, decimal, time };
    struct Rule {
        Kind kind = Kind::text;
        bool is_listed = false;  ///< Its value must be one of `values`.
        std::bitset<128> values;
    };
    /// What messages of one type have behind their header.
    struct Body {
        Tags allowed;
        std::vector<int> required;  ///< Of those that are allowed.
        bool is_known = false;      ///< There is such a message, and what it requires can be judged here.
    };

    void learn(const FIX::DataDictionary& dictionary, int tag);
    [[nodiscard]] Body read_body(const FIX::DataDictionary& transport, const FIX::DataDictionary& application,
                                 const std::string& type) const;
    [[nodiscard]] bool fits(const Field& field) const;

    std::vector<Rule> rules_;  ///< By tag.
    Tags known_;               ///< Tags that have a rule.
    Tags header_;
    std::array<Body, 128> messages_;  ///< By MsgType (35), where that is one character.
};

}  // namespace venue::fix
