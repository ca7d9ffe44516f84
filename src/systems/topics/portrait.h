// systems/topics/portrait.h: what a topic is about, from the matters of it that somebody may see: place, words,
// headline, heat. Pure. Nothing in it is invented: place and headline are taken from what citizens wrote.
#pragma once
#include <functional>
#include <span>

#include "systems/topics/clusters.h"

namespace banyan::topics {

struct Heat {
    double value = 0;
    int people = 0, votes = 0;
    int recent = 0;    ///< matters of the last days (Numbers::speed_days)
    double usual = 0;  ///< so many in as many days before
};
/// Matters later than `now`, or from before the window, do not count.
Heat heat_of(std::span<Member const* const> members, Instant now, int window_days, Numbers const& numbers);

struct Portrait {
    std::string place;               ///< the name most of them have; empty: none has one twice
    std::string headline;            ///< empty: nobody's words may be shown
    std::vector<std::string> words;  ///< of their titles, without the place's; at most five
    std::string class_code, region;  ///< the commonest
    Instant first, last;
};
/// `readable`: those whose title the viewer may read. `redact` takes out of a headline what betrays a person.
using Redact = std::function<std::string(std::string_view)>;
Portrait portrait_of(std::span<Member const* const> members, std::span<Member const* const> readable,
                     alike::Sketcher const& sketcher, Redact const& redact);

/// Numbers of telephones, identity cards and the like as ***.
std::string without_numbers(std::string_view text);

struct Rising {
    std::string word;
    int now = 0, before = 0;
    double growth = 0;
};
/// Words of titles in the last `days` days against the days before, for the same length. Confidential, anonymous
/// and reported matters have none.
std::vector<Rising> rising_words(Clusters const& clusters, Instant now, int days, Numbers const& numbers);

}  // namespace banyan::topics
