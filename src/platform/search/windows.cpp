#include "platform/search/windows.h"

#include <algorithm>

namespace banyan::search {
namespace {

constexpr std::uint32_t kFirst = 16;     ///< times enough: no window is narrower
constexpr double kMoreThanEnough = 1.5;  ///< a little too wide costs less than looking once more
constexpr double kApart = 4;  ///< the same of several words, which are together less often than the rarest
constexpr std::uint32_t kFurther = 4;    ///< times as wide: the next one, where the widest held nothing;
constexpr double kGoneThrough = 50'000;  ///< or as wide as it takes to hold the rarest of the terms so often
constexpr double kMostWider = 16;        ///< times; how often it is in a few documents is no more than a guess

/// A window of `width` held `found`, not enough: how wide it has to be, of `left` documents. How often words are
/// there says little of how often they are there together, so it is counted. Half of all is not much less than
/// all.
std::uint32_t wider(double width, double found, double enough, double left) {
    double const wanted = width * std::clamp(kMoreThanEnough * enough / std::max(found, 1.0), 2.0, kMostWider);
    return static_cast<std::uint32_t>(std::max(1.0, wanted) > left / 2 ? left : wanted);
}

}  // namespace

Windows::Windows(Searcher const& searcher, Query query, FindOptions const& options, Width width)
    : searcher_(searcher),
      query_(std::move(query)),
      options_(options),
      enough_(width.enough),
      widest_(width.widest),
      bound_(searcher.bound(query_)),
      together_(bound_.near || width.one_word) {}

/// By how often the query's terms are there in all. Of rare ones it may be wider than the widest: what is gone
/// through in it is not more. What is nearly as wide as the widest would only be looked at twice.
std::uint32_t Windows::first_width() const {
    double const all = searcher_.last_number(), least = kFirst * enough_,
                 wanted = (together_ ? kMoreThanEnough : kApart) * enough_ * all /
                          std::max(1.0, static_cast<double>(bound_.most)),
                 widest = std::min<double>(all, widest_);
    return static_cast<std::uint32_t>(wanted > widest / 2 ? std::clamp(wanted, widest, all)
                                                          : std::max(wanted, least));
}

/// The one behind a window of the widest that held so many: wide enough for `most` by what that held. What seldom
/// is there is not looked for in many small windows.
std::uint32_t Windows::further(std::uint32_t width, std::uint64_t found, std::uint32_t most) const {
    double const all = searcher_.last_number(),
                 rare = kGoneThrough * all / std::max(1.0, static_cast<double>(bound_.most)),
                 widest = std::max(rare, static_cast<double>(width) * kFurther),
                 wanted = found == 0 ? widest
                                     : std::clamp(kMoreThanEnough * most / static_cast<double>(found) * width,
                                                  static_cast<double>(width), widest);
    return static_cast<std::uint32_t>(std::min(wanted, all));
}

Windows::Page Windows::page(std::optional<Place> const& place, std::uint32_t most) const {
    if (!place) {
        std::uint32_t const first = first_width();
        return window(searcher_.last_number(), first, std::max(first, widest_), most);
    }
    Found found = find(*place, most, 0);
    bool const older = place->window.above > 0;
    if (!found.hits.empty() || !older) return {std::move(found.hits), *place, found.about, older};
    return behind(place->window, found.about, most);
}

Windows::Page Windows::behind(Window const& before, std::uint64_t found, std::uint32_t most) const {
    std::uint32_t const width = before.upto - before.above;
    if (width < widest_) return window(before.above, width, widest_, most);
    std::uint32_t const next = further(width, found, most);
    return window(before.above, next, next, most);
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
            width = widest = further(widest, 0, most);
        } else {
            width = wider(width, static_cast<double>(found.about), enough_, upto);
        }
    }
}

}  // namespace banyan::search
