// The session ports, by the names that connections and events use. Ports are added while the venue runs and live as
// long as the gateway.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "venue/fix/session_port.hpp"

namespace venue::fix {

class PortRegistry {
  public:
    explicit PortRegistry(PortContext& context) : context_(context) {}

    /// Sessions found by recovery; `last` is the last durable event.
    void restore(const std::vector<RestoredSession>& sessions, model::Sequence last);
    /// Hands over what is durable now, in its order.
    void release(const model::Group& group);

    /// Null when there is none of that name.
    [[nodiscard]] SessionPort* find(std::string_view comp_id) const;
    [[nodiscard]] const std::vector<std::unique_ptr<SessionPort>>& all() const { return ports_; }

  private:
    SessionPort& add(const model::Session& session);
    [[nodiscard]] SessionPort* find(model::SessionId id) const;
    SessionPort* touch(model::SessionId id);
    void fold_reference(const model::Group& group);
    void release_events(const model::Group& group);
    void release_event(const model::Event& event);
    void note_outcomes(const model::Group& group);

    PortContext& context_;
    std::vector<std::unique_ptr<SessionPort>> ports_;
    std::unordered_map<model::SessionId, SessionPort*> by_id_;
    std::map<std::string, SessionPort*, std::less<>> by_comp_id_;
    std::vector<SessionPort*> touched_;  ///< Ports that the present release concerns; kept for its memory.
};

}  // namespace venue::fix
