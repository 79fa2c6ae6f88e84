// The words of the published dictionaries: names of fields to tags, names of values to values. Scripts are written in
// them, and nothing else is taken from the venue's own code to read or write a message.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace scenario {

class Dictionary {
  public:
    /// Reads QuickFIX dictionaries; what an earlier one says holds. Throws std::runtime_error when there is none.
    explicit Dictionary(const std::vector<std::string>& files);
    /// Those that fix-spec/ generates, FIX 4.4's first.
    static const Dictionary& published();

    /// By name or by number.
    [[nodiscard]] std::optional<int> tag(const std::string& name) const;
    /// "Side" for 54; the number itself for a tag without a name.
    [[nodiscard]] std::string name(int tag) const;
    /// "1" for BUY of Side; the text itself where the field has no value of that name.
    [[nodiscard]] std::string value(int tag, const std::string& text) const;

  private:
    void read(const std::string& file);

    std::map<std::string, int> tags_;
    std::map<int, std::string> names_;
    std::map<std::pair<int, std::string>, std::string> values_;
};

}  // namespace scenario
