// systems/desk/lights.h: how many shares that lead units work on are green, yellow, red or grey now.
//
// Lights are asked, never stored, so counting them means looking at every open lead. Their dues are kept in memory
// and learned anew as matters change; what is counted is true of the snapshot it is counted on. It hears of what
// this process changes; several nodes come later.
#pragma once
#include <array>
#include <memory>
#include <mutex>
#include <set>
#include <string_view>
#include <vector>

#include "kernel/engine/engine.h"

namespace banyan::desk {

/// Rulebooks whose matters the city's numbers leave out: the centre's own, which nobody has asked the city for,
/// and the service hall's, which has figures of its own (GET /api/v1/hall/figures).
inline std::set<std::string_view> const kNotTheHotlines{"notice",      "call_check", "caller_limit", "handover",
                                                        "application", "rating",     "item"};

class Lights {
  public:
    /// Follows the engine for as long as that lives.
    static std::shared_ptr<Lights> of(Engine& engine);

    using Counts = std::array<std::int64_t, 4>;  ///< by Light
    /// On a reader's thread, inside its snapshot; one at a time.
    Counts count(store::Session& session, Procedures const& procedures, Moment const& moment);

    explicit Lights(OpenMatters const& open) : open_(open) {}

  private:
    struct Lead {
        Due due;
        int yellow_days = 1;
        bool held = false;
    };
    void note(std::vector<Changed> const& changed);
    void learn(store::Session& session, std::vector<std::int64_t> const& ids, Procedures const& procedures);

    OpenMatters const& open_;
    std::mutex counting_;
    store::FlatMap<std::int64_t, Lead> leads_;  ///< by matter; with counting_, as the next
    bool complete_ = false;

    std::mutex mutex_;
    store::FlatMap<std::int64_t, int> changed_;  ///< matter → version that is to be learned
    bool too_many_ = false;                      ///< to be learned one by one
};

}  // namespace banyan::desk
