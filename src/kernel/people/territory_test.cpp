#include "kernel/people/territory.h"

#include <gtest/gtest.h>

#include "base/testing.h"

namespace banyan {
namespace {

Territory const& fujian() {
    static Territory const made = Territory::read(testing::source_text("data/divisions/fujian.csv"),
                                                  testing::source_text("data/divisions/outline.csv"))
                                      .value();
    return made;
}

TEST(Territory, KnowsItsDivisionsOfEveryLevel) {
    for (char const* code : {"35", "3501", "350102", "350102001", "350102001001"})
        EXPECT_TRUE(fujian().has(code)) << code;
    for (char const* code : {"", "11", "3599", "350199", "350102999", "3501020010011"})
        EXPECT_FALSE(fujian().has(code)) << code;
}

TEST(Territory, HoldsWhatLiesOnItsLandAndCoast) {
    struct Place {
        char const* name;
        double lat, lon;
        bool holds;
    };
    for (Place const& place :
         {Place{"鼓楼, Fuzhou's middle", 26.0820, 119.3035, true},
          Place{"厦门, on its island", 24.4798, 118.0894, true},
          Place{"平潭, on its island", 25.5037, 119.7908, true}, Place{"武夷山", 27.7567, 118.0354, true},
          Place{"长汀, at the border of Jiangxi", 25.8330, 116.3574, true},
          Place{"诏安, the southernmost county", 23.7116, 117.1753, true},
          Place{"a boat off 长乐, three kilometres out", 25.93, 119.70, true},
          Place{"温州 in Zhejiang", 28.0006, 120.6994, false},
          Place{"汕头 in Guangdong", 23.3541, 116.6819, false}, Place{"赣州 in Jiangxi", 25.8310, 114.9350, false},
          Place{"台北", 25.0375, 121.5637, false}, Place{"the strait", 25.0, 120.3, false},
          Place{"lat and lon exchanged", 119.3035, 26.0820, false}, Place{"nowhere", 0, 0, false}})
        EXPECT_EQ(fujian().holds(place.lat, place.lon), place.holds) << place.name;
}

TEST(Territory, IsReadOrRefusedByName) {
    auto key = [](std::string_view divisions, std::string_view outline) {
        auto const read = Territory::read(divisions, outline);
        return read ? std::string() : read.error().key;
    };
    EXPECT_EQ(key("code\n35\n", "part,lat,lon\n1,0,0\n1,0,1\n1,1,1\n"), "");
    EXPECT_EQ(key("name\n35\n", "part,lat,lon\n"), "territory.columns");
    EXPECT_EQ(key("code\n35\n", "part,lat\n1,0\n"), "territory.columns");
    EXPECT_EQ(key("code\n35\n", "part,lat,lon\n1,0,x\n"), "territory.number");
    EXPECT_EQ(key("code\n35\n", "part,lat,lon\n1,nan,1\n"), "territory.number");
}

}  // namespace
}  // namespace banyan
