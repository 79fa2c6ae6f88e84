// The transfers of one participant that are remembered, so that asking again under the same id changes nothing.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "venue/model/event.hpp"

namespace venue::engine {

class TransferRecord {
  public:
    /// Takes over a transfer, later than all before. Beyond `transfers_max` the oldest is forgotten, and its id is
    /// free.
    void remember(model::Sequence event, const model::FundsTransferred& transfer);

    /// The event of the transfer with that id; zero when none is remembered.
    [[nodiscard]] model::Sequence find(std::string_view id) const;
    /// By sequence. Remembering them in this order makes the same record.
    [[nodiscard]] const std::map<model::Sequence, model::FundsTransferred>& transfers() const { return transfers_; }

  private:
    std::map<model::Sequence, model::FundsTransferred> transfers_;
    std::map<std::string, model::Sequence, std::less<>> ids_;
};

}  // namespace venue::engine
