// Who is logged on, under which numbers, and what is configured: kept from what was released, so that asking holds
// nobody up.
#pragma once

#include <map>
#include <mutex>
#include <vector>

#include "venue/control/status.hpp"
#include "venue/model/request.hpp"

namespace venue::control {

class Board {
  public:
    /// As recovery found it.
    void restore(const model::Reference& reference, const std::vector<model::SessionNumbers>& numbers);
    /// Groups come in order. Any thread.
    void released(const model::Group& group);

    /// By CompID. Any thread.
    [[nodiscard]] std::vector<SessionStatus> sessions() const;
    [[nodiscard]] std::size_t sessions_on() const;
    /// The configuration that is durable.
    [[nodiscard]] model::Reference reference() const;

  private:
    void add(const model::Session& session);
    void take(const model::Event& event);
    void take(const model::SessionNumbers& numbers);

    mutable std::mutex mutex_;
    model::Reference reference_;
    std::map<model::SessionId, SessionStatus> sessions_;
};

}  // namespace venue::control
