// kernel/index/find.h: matters found by what was typed, as one viewer may see them.
//
// The index proposes; every hit is loaded from the store and looked at again: may_see(), view_of(), and whether
// what the viewer may read says what was asked for. What does not pass is neither shown nor counted.
#pragma once
#include <memory>

#include "kernel/engine/view.h"
#include "kernel/index/passages.h"
#include "platform/search/windows.h"

namespace banyan::index {

/// What a search works with; `names` and `searcher` are snapshots.
struct Tools {
    store::Session& session;
    Procedures const& procedures;
    crypto::Keyring const& keys;
    text::Reader const& reader;
    Names const& names;
    search::Searcher const& searcher;
};

inline constexpr std::uint32_t kCounted = 1000;     ///< it is not counted further
inline constexpr std::uint32_t kFarthest = 10'000;  ///< nor shown

/// How far a list was shown: so many proposals were looked at, in that way of searching.
struct Cursor {
    std::uint32_t from = 0;
    bool loosely = false;
    search::Place place{};  ///< where the next one is
    std::string text() const;
    static std::optional<Cursor> read(std::string_view text);  ///< nothing: not one of ours
};

struct FindAsk {
    Asked asked;
    Order order = Order::relevance;
    std::size_t limit = 20;
    std::optional<Cursor> cursor;
    std::uint32_t counted = kCounted;  ///< so many are ranked together at least, and counted
};

struct FoundMatter {
    json::object row;  ///< view_of() as in a list
    std::vector<Passage> passages;
};
struct FoundMatters {
    std::vector<FoundMatter> matters;
    std::uint64_t about = 0;  ///< how many there are: exact below kCounted; loosely an estimate, at most so many
    bool more_than_about = false;
    bool loosely = false;           ///< nothing has all the words: most of them
    std::vector<std::string> also;  ///< names that were not typed, and which some of these matters say
    std::optional<Cursor> next;
};

/// Refused: search.unknown_unit, search.not_yours (tel: of who may not read telephone numbers).
Result<FoundMatters> find(FindAsk ask, Viewer const& viewer, Tools const& tools);

/// Whether the viewer reads that text in some matter.
bool reads_somewhere(std::string_view text, Viewer const& viewer, Tools const& tools);

}  // namespace banyan::index
