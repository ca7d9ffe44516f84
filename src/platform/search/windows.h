// platform/search/windows.h: long lists, a window of documents at a time, so that a page costs the same in however
// large a stock.
//
// What few documents match is ranked over all of the `widest` window, or a wider one where its terms are rare.
// What many match is ranked within one of those added last, as wide as it takes to hold `enough` of them; behind
// its last comes the next window, of older ones, ranked by itself. In the order `newest` the windows cannot be
// told from one long list.
#pragma once
#include <limits>

#include "platform/search/search.h"

namespace banyan::search {

/// In such a list: so many hits of that window were taken.
struct Place {
    Window window;
    std::uint32_t from = 0;
    bool operator==(Place const&) const = default;
};

/// How wide a window is, in documents: what it should hold, and what the first is not wider for it than unless the
/// terms are rare in all; those behind it are, so that what seldom is there is found in few of them.
struct Width {
    std::uint32_t enough;
    std::uint32_t widest = std::numeric_limits<std::uint32_t>::max();
    bool one_word = false;  ///< the query's terms are of one word: where one of them is, most are
};

class Windows {
  public:
    /// `options`: relevance or newest. One call at a time, as long as `searcher` lives.
    Windows(Searcher const& searcher, Query query, FindOptions const& options, Width width);

    struct Page {
        std::vector<Hit> hits;
        Place place;              ///< of the first of them; each hit that is taken adds one to its `from`
        std::uint64_t about = 0;  ///< in its window, exact up to `enough`
        bool older = false;       ///< there are documents behind this window
    };
    /// From `place` on, or from the beginning; of one window. No hits: nothing is left in any.
    Page page(std::optional<Place> const& place, std::uint32_t most) const;
    /// Of the next window behind one that held `found`. No hits: nothing is left in any.
    Page behind(Window const& window, std::uint64_t found, std::uint32_t most) const;

  private:
    Found find(Place const& place, std::uint32_t most, std::uint32_t fewest) const;
    Page window(std::uint32_t upto, std::uint32_t width, std::uint32_t widest, std::uint32_t most) const;
    std::uint32_t first_width() const;
    std::uint32_t further(std::uint32_t width, std::uint64_t found, std::uint32_t most) const;

    Searcher const& searcher_;
    Query const query_;
    FindOptions const options_;
    std::uint32_t const enough_, widest_;
    Bound const bound_;
    bool const together_;  ///< there are not many fewer than bound_ says
};

}  // namespace banyan::search
