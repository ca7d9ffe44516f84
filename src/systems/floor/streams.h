// systems/floor/streams.h: who is told when something in a hall is another: its screen, its desks.
//
// An event says which hall and nothing else: what is now there is asked for through the ordinary query. Anybody
// may listen; so many at a time. Thread rule: any.
#pragma once
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "platform/http/http.h"

namespace banyan::floor {

inline constexpr char const* kMoved = "floor.moved";  ///< Nodes: in a hall something is another

class Streams {
  public:
    /// Null: too many listen to this hall.
    std::shared_ptr<http::EventStream> open(std::string const& hall);
    void tell(std::string const& hall);
    void close();

  private:
    struct Listener {
        std::string hall;
        std::shared_ptr<http::EventStream> stream;
    };
    std::mutex mutex_;
    std::vector<Listener> listeners_;
    std::int64_t told_ = 0;
};

}  // namespace banyan::floor
