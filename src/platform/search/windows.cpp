#include "platform/search/windows.h"

#include <algorithm>
#include <cmath>

namespace banyan::search {
namespace {

constexpr double kMostWider = 16;
constexpr double kMoreThanEnough = 1.5;  ///< a little too wide costs less than looking twice
constexpr std::uint32_t kFewTimes = 3;   ///< so many times enough are ranked without a window

std::uint32_t times(std::uint32_t width, double factor) {
    return static_cast<std::uint32_t>(std::min(std::ceil(width * factor), 4e9));
}

}  // namespace

Windows::Windows(Searcher const& searcher, Query query, FindOptions const& options, std::uint32_t enough)
    : searcher_(searcher), query_(std::move(query)), options_(options), enough_(enough) {}

Windows::Page Windows::page(std::optional<Place> const& place, std::uint32_t most) const {
    std::uint32_t const stock = searcher_.last_number();
    if (!place) return window(stock, first_width(stock), most);
    Found found = find(*place, most);
    bool const older = place->window.above > 0;
    if (!found.hits.empty() || !older) return {std::move(found.hits), *place, found.about, older};
    return window(place->window.above, place->window.upto - place->window.above, most);
}

Found Windows::find(Place const& place, std::uint32_t most) const {
    FindOptions options = options_;
    options.window = place.window;
    options.from = place.from;
    options.most = most;
    options.count_at_least = enough_;
    return searcher_.find(query_, options);
}

/// By how many there are at most: an estimate would take the words of a sentence for strangers to each other.
std::uint32_t Windows::first_width(std::uint32_t stock) const {
    std::uint64_t const most = searcher_.at_most(query_);
    if (most <= std::uint64_t{kFewTimes} * enough_) return stock;
    return times(stock, kMoreThanEnough * enough_ / static_cast<double>(most));
}

/// The newest up to `upto`, wider than `width` if that does not hold enough.
Windows::Page Windows::window(std::uint32_t upto, std::uint32_t width, std::uint32_t most) const {
    for (;;) {
        Place const place{{upto > width ? upto - width : 0, upto}, 0};
        Found found = find(place, most);
        bool const older = place.window.above > 0;
        if (!older || found.about >= enough_) return {std::move(found.hits), place, found.about, older};
        double const wanted = kMoreThanEnough * enough_ / static_cast<double>(std::max<std::uint64_t>(found.about, 1));
        width = times(std::max(width, 1U), std::clamp(wanted, 2.0, kMostWider));
    }
}

}  // namespace banyan::search
