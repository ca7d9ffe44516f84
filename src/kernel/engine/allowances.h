// kernel/engine/allowances.h: so many a minute for each name, on all nodes together.
//
// Each node counts in memory. Who has used an eighth of what it may is told to the others with the beat, once a
// second, so together they let by at most what a second brings too many, and an eighth on each. Thread rule: any.
#pragma once
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/time.h"
#include "platform/store/store.h"

namespace banyan {

class Allowances {
  public:
    /// Counts one more of `name`; false: that was more than `most` in this minute of the clock.
    bool take(std::string const& name, std::int64_t most, Instant now);

    /// Tells what `node` has counted and hears of the others. REQUIRES: inside a transaction.
    void exchange(store::Session& writing, std::string_view node);

  private:
    static constexpr std::size_t kMostNames = 100'000;  ///< in one minute; more and all begin anew

    struct Taken {
        std::int64_t here = 0, told = 0, elsewhere = 0;
        bool worth_telling = false;
    };
    std::mutex mutex_;
    std::int64_t minute_ = 0;
    std::unordered_map<std::string, Taken> taken_;
};

}  // namespace banyan
