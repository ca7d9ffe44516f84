// kernel/index/rebuild_index.h: an index made anew beside the one in use (`banyan reindex`), also while a server
// runs.
#pragma once
#include <functional>

#include "kernel/index/folder.h"
#include "kernel/index/follow.h"

namespace banyan::index {

struct RebuildProgress {
    std::uint64_t documents = 0, of = 0;
    bool walking = true;  ///< else: what has happened since it began
    double seconds = 0;
};

/// Makes an index of everything that is committed, and takes it into use once it is whole; a server that runs on
/// the folder goes on from there. Throws when it cannot, and leaves the old one in use.
struct RebuildFrom {
    store::Store& store;
    Procedures const& procedures;
    text::Reader const& reader;
};
RebuildProgress rebuild_index(Folder const& folder, RebuildFrom const& from,
                              std::function<void(RebuildProgress const&)> const& on_progress = {});

/// One that leaves out all that is there now, taken into use. REQUIRES: no server runs.
void leave_out_index(Folder const& folder, RebuildFrom const& from);

}  // namespace banyan::index
