// kernel/index/status.h: how far the index of matters is.
#pragma once
#include <cstdint>

namespace banyan::index {

/// How far it is, for /metrics and /healthz.
struct IndexStatus {
    bool complete = false;  ///< it has everything but the last seconds
    std::int64_t lag_events = 0;
    double lag_s = 0;  ///< since the oldest event that it does not have
    std::uint64_t documents = 0;
    std::int64_t written = 0;    ///< documents, since the start
    double documents_per_s = 0;  ///< while it had something to catch up with
    std::int64_t commits = 0, made_anew = 0, faults = 0;
};

}  // namespace banyan::index
