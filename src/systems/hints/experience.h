// systems/hints/experience.h: what became of dispatches.
//
// The dispatch catalogue says to whom a class goes; this says how that went: for a class and an area, which units
// led and how often each handed it back. Counted anew from the shares every ten minutes (with years of them less
// often), on a thread of its own at the lowest priority; the newest year or so counts. Thread rule: any.
#pragma once
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/id.h"
#include "platform/store/store.h"

namespace banyan::hints {

class Experience {
  public:
    struct Line {
        UnitId unit;
        std::int64_t led = 0, returned = 0;  ///< returned: of those
        bool operator==(Line const&) const = default;
    };
    ~Experience() { stop(); }

    /// Counts now, and every ten minutes until stop(). `store` outlives it.
    void start(store::Store& store);
    void stop();
    void count(store::Session& session);
    /// Who led matters of the class in the area (its six digits; empty: in the whole city), the most often first.
    std::vector<Line> of(std::string_view class_code, std::string_view area) const;

  private:
    using Lines = std::map<std::int64_t, Line>;                 ///< by unit
    using ByPlace = std::map<std::string, Lines, std::less<>>;  ///< by "class area"
    void serve(store::Store& store);
    bool to_stop() const;
    /// Of matters whose ids are in [from, before).
    static void count_between(store::Session& session, std::int64_t from, std::int64_t before, ByPlace& lines);

    mutable std::mutex mutex_;
    std::condition_variable stopping_;
    bool stop_ = false;
    ByPlace lines_;
    std::thread thread_;
};

}  // namespace banyan::hints
