// A FIX message as a flat list of fields over the received bytes. It owns nothing: the bytes must outlive it.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace venue::fix {

struct MessageUse;

struct Field {
    int tag = 0;
    std::string_view value;
};

class Fields {
  public:
    /// Splits `message` ("8=FIX.4.4␁9=…␁10=…␁"). False when it isn't a sequence of tag=value fields; data fields are
    /// taken with the length that stands before them. A field whose tag is no number from 1 to 99,999 is left out.
    bool parse(std::string_view message);
    /// The first field of that tag.
    [[nodiscard]] std::optional<std::string_view> get(int tag) const;
    /// Empty when absent.
    [[nodiscard]] std::string_view text(int tag) const { return get(tag).value_or(std::string_view{}); }
    /// The first tag that stands twice although no repeating group of the message could explain it; zero for none.
    [[nodiscard]] int duplicate(const MessageUse& use) const;
    /// The first number that is no tag; empty when all are.
    [[nodiscard]] std::optional<int> invalid_tag() const { return invalid_tag_; }
    [[nodiscard]] const std::vector<Field>& all() const { return fields_; }
    /// The entries of a repeating group, each a message of `type` by itself: what stands from one `first` to the next,
    /// or up to a field that the whole message has outside of the group.
    [[nodiscard]] std::vector<Fields> entries(int first, std::string_view type, const MessageUse& use) const;
    [[nodiscard]] std::string_view message_type() const { return text(35); }

  private:
    bool note_invalid(std::string_view field);

    std::vector<Field> fields_;
    std::optional<int> invalid_tag_;
};

}  // namespace venue::fix
