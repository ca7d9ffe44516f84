// kernel/people/territory.h: the divisions and the land that a city's matters lie in.
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace banyan {

class Territory {
  public:
    /// `divisions`: code,parent,name,level (data/divisions/fujian.csv); `outline`: part,lat,lon, WGS-84 degrees,
    /// the corners of one piece of land after another (data/divisions/outline.csv). Refused, with the line: csv.*,
    /// territory.columns, territory.number.
    static Result<Territory> read(std::string_view divisions, std::string_view outline);

    bool has(std::string_view region) const { return regions_.contains(region); }
    /// On the land, or no further from it than its lines are exact and people are who look at it from a boat:
    /// about five kilometres.
    bool holds(double lat, double lon) const;

  private:
    struct Corner {
        double lat = 0, lon = 0;
    };
    struct Part {
        double south = 90, north = -90, west = 180, east = -180;
        std::vector<Corner> corners;
    };
    static bool inside(Part const& part, double lat, double lon);
    static bool near(Part const& part, double lat, double lon);

    std::set<std::string, std::less<>> regions_;
    std::vector<Part> parts_;
};

}  // namespace banyan
