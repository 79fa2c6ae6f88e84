// Says a FIX message in words, for people: names of messages, fields and values in place of numbers.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace venue::fix {

class MessageWords {
  public:
    /// By the dictionaries in that folder, as `[fix] dictionaries` names it. Throws DictionaryUnreadable.
    explicit MessageWords(const std::string& dictionaries);
    ~MessageWords();

    /// "NewOrderSingle 17: ClOrdID=a1 Symbol=BTC-USD Side=1(BUY) OrderQty=1". What every message has, its version,
    /// length, CompIDs, sending time and checksum, is left out; what no dictionary knows is told by its tag.
    [[nodiscard]] std::string tell(std::string_view message) const;

  private:
    struct Names;
    std::unique_ptr<Names> names_;
};

}  // namespace venue::fix
