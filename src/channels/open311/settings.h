// channels/open311/settings.h: what of the endpoint is data: data/open311/open311.toml, and for which
// jurisdictions it speaks.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kernel/publication/shelf.h"

namespace banyan::open311 {

/// Who asks names one where there are several: its web address, by custom.
struct Jurisdiction {
    std::string id;
    std::string region;  ///< its requests lie in it; empty: anywhere
};

struct Settings {
    std::string changeset, channel;
    publication::Box province;
    std::int64_t posts_a_minute = 0, reads_a_minute = 0, most_days = 0;
    std::int64_t most_requests = 0, most_paged = 0, most_ids = 0, most_description = 0;
    std::vector<Jurisdiction> jurisdictions;  ///< at least one
};

/// `jurisdictions`: "fuzhou.gov.cn", or several, each with the region it stands for:
/// "gulou.gov.cn=350102, jinan.gov.cn=350111". Refused: toml.*, georeport.settings, georeport.jurisdictions.
Result<Settings> read_settings(std::string_view toml, std::string_view jurisdictions);

}  // namespace banyan::open311
