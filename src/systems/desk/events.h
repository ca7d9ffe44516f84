// systems/desk/events.h: server-sent events: "this list has changed, ask again".
//
// An event carries a list's name, a matter's id and its version, nothing else; the browser asks through the
// ordinary query, so nothing is shown that the query would not show. Who may not find a matter hears nothing of
// it.
#pragma once
#include <mutex>
#include <vector>

#include "api/api.h"

namespace banyan::desk {

using namespace banyan::api;  // what every operation is made of

class Events {
  public:
    /// Follows the engine. REQUIRES: lives as long as it.
    explicit Events(House& house);
    void open(Call const& call, http::Respond respond);
    std::size_t listeners() const;
    void close();  ///< at shutdown

  private:
    struct Listener {
        Actor actor;
        Instant until;     ///< of the session
        std::string csrf;  ///< which session
        std::shared_ptr<http::EventStream> stream;
    };
    void end(std::string const& csrf);  ///< its session signed out
    void tell(std::vector<Changed> const& changed);

    House& house_;
    mutable std::mutex mutex_;
    std::vector<Listener> listeners_;
};

}  // namespace banyan::desk
