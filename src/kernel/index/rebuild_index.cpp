#include "kernel/index/rebuild_index.h"

#include <chrono>

namespace banyan::index {
namespace {

using Clock = std::chrono::steady_clock;

std::uint64_t count_matters(store::Store& store) {
    std::uint64_t n = 0;
    store.open_reader()->query("SELECT COUNT(*) FROM matter", {},
                               [&](store::Row const& row) { n = static_cast<std::uint64_t>(row.integer(0)); });
    return n;
}

/// Everything into `path`. Nobody reads it before it is whole, so it is committed once.
RebuildProgress make(std::filesystem::path const& path, RebuildFrom const& from,
                     std::function<void(RebuildProgress const&)> const& on_progress) {
    auto const began = Clock::now();
    RebuildProgress progress{.documents = 0, .of = count_matters(from.store), .walking = true, .seconds = 0};
    search::Index index = search::Index::open(path);
    Following following(from.store, from.reader, index);
    following.fits();  // it is empty
    auto told = began;
    for (bool whole = false; !whole;) {
        whole = following.advance(from.procedures, std::nullopt).nothing_left;
        if (whole) following.commit();
        auto const now = Clock::now();
        if (!whole && now - told < std::chrono::seconds(2)) continue;
        told = now;
        progress.documents = index.count();
        progress.walking = following.walking();
        progress.seconds = std::chrono::duration<double>(now - began).count();
        if (on_progress) on_progress(progress);
    }
    return progress;
}

/// A server that has it open removes it itself, once it has taken the new one into use.
bool nobody_has(std::filesystem::path const& path) {
    try {
        search::Index const index = search::Index::open(path);
        return true;
    } catch (search::Error const& error) {
        return error.kind != search::Error::Kind::locked;
    }
}

}  // namespace

RebuildProgress rebuild_index(Folder const& folder, RebuildFrom const& from,
                              std::function<void(RebuildProgress const&)> const& on_progress) {
    Folder::Making const making(folder);
    std::filesystem::path const next = folder.next();
    RebuildProgress const progress = make(next, from, on_progress);
    auto const old = folder.current();
    folder.use(next);
    if (!old || nobody_has(*old)) folder.remove_others(next);
    return progress;
}

void leave_out_index(Folder const& folder, RebuildFrom const& from) {
    std::filesystem::path const next = folder.next();
    search::Index index = search::Index::open(next);
    Following(from.store, from.reader, index).pass_over();
    folder.use(next);
}

}  // namespace banyan::index
