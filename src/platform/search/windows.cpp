#include "platform/search/windows.h"

#include <algorithm>

namespace banyan::search {
namespace {

constexpr std::uint32_t kFirst = 16;     ///< times enough: no window is narrower
constexpr double kMoreThanEnough = 1.5;  ///< a little too wide costs less than looking once more
constexpr double kTogether = 4;          ///< so much rarer than the rarest of several terms they may be together
constexpr std::uint32_t kFurther = 4;    ///< times as wide: the next one, where the widest did not hold enough
constexpr double kMostWider = 16;        ///< times; how often it is in a few documents is no more than a guess

/// A window of `width` held `found`, not enough: how wide it has to be, of `left` documents. How often words are
/// there says little of how often they are there together, so it is counted. Half of all is not much less than
/// all.
std::uint32_t wider(double width, double found, double enough, double left) {
    double const wanted = width * std::clamp(kMoreThanEnough * enough / std::max(found, 1.0), 2.0, kMostWider);
    return static_cast<std::uint32_t>(std::max(1.0, wanted) > left / 2 ? left : wanted);
}

/// The first: by how often the query's terms are there in all.
std::uint32_t first_width(Searcher const& searcher, Query const& query, std::uint32_t enough) {
    Bound const bound = searcher.bound(query);
    double const wanted = (bound.near ? kMoreThanEnough : kTogether) * enough,
                 share = wanted / std::max(1.0, static_cast<double>(bound.most));
    if (share > 0.5) return std::numeric_limits<std::uint32_t>::max();
    return std::max(kFirst * enough, static_cast<std::uint32_t>(share * searcher.last_number()));
}

/// What seldom is there is not looked for in many small windows.
std::uint32_t further(std::uint32_t widest) {
    return widest > std::numeric_limits<std::uint32_t>::max() / kFurther ? widest : widest * kFurther;
}

}  // namespace

Windows::Windows(Searcher const& searcher, Query query, FindOptions const& options, Width width)
    : searcher_(searcher),
      query_(std::move(query)),
      options_(options),
      enough_(width.enough),
      widest_(width.widest) {}

Windows::Page Windows::page(std::optional<Place> const& place, std::uint32_t most) const {
    if (!place) return window(searcher_.last_number(), first_width(searcher_, query_, enough_), widest_, most);
    Found found = find(*place, most, 0);
    bool const older = place->window.above > 0;
    if (!found.hits.empty() || !older) return {std::move(found.hits), *place, found.about, older};
    std::uint32_t const width = place->window.upto - place->window.above;
    if (width >= widest_) return window(place->window.above, further(width), further(width), most);
    return window(place->window.above, width, widest_, most);
}

Found Windows::find(Place const& place, std::uint32_t most, std::uint32_t fewest) const {
    FindOptions options = options_;
    options.window = place.window;
    options.from = place.from;
    options.most = most;
    options.count_at_least = enough_;
    options.fewest = fewest;
    return searcher_.find(query_, options);
}

/// The newest up to `upto`, wider than `width` if that does not hold enough; older ones if the widest holds none.
Windows::Page Windows::window(std::uint32_t upto, std::uint32_t width, std::uint32_t widest,
                              std::uint32_t most) const {
    for (;;) {
        width = std::min(width, widest);
        Place const place{{upto > width ? upto - width : 0, upto}, 0};
        bool const older = place.window.above > 0, last = !older || width == widest;
        Found found = find(place, most, last ? 0 : enough_);
        if (!older || found.about >= enough_ || (last && !found.hits.empty()))
            return {std::move(found.hits), place, found.about, older};
        if (last) {
            upto = place.window.above;
            width = widest = further(widest);
        } else {
            width = wider(width, static_cast<double>(found.about), enough_, upto);
        }
    }
}

}  // namespace banyan::search
