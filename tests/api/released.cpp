#include "api/released.h"

#include <gtest/gtest.h>

#include <cmath>
#include <thread>

#include "api/demo_city.h"

namespace banyan::api_test {

void release_at(double lat, double lon) {
    json::value const filed = as("citizen").file({{"title", "井盖松动"},
                                                  {"body", "车一过就响。"},
                                                  {"channel", "app"},
                                                  {"class", "road.manhole"},
                                                  {"may_publish", true}});
    std::string const id(filed.at("id").as_string());
    as("seat01").take(id, "accept", {{"kind", "help"}});
    as("review01")
        .take(id, "release",
              {{"public_title", "井盖松动"},
               {"public_text", "井盖松动"},
               {"public_point", {{"lat", lat}, {"lon", lon}}}});
}

std::int64_t told_near(double lat, double lon) {
    constexpr double kNear = 0.1;
    Heard const heat = as("mayor").get("/api/v1/figures/heat?days=30");
    EXPECT_EQ(heat.status, 200) << heat.text;
    std::int64_t told = 0;
    for (json::value const& place : heat.body.at("places").as_array())
        if (std::abs(place.at("lat").to_number<double>() - lat) < kNear &&
            std::abs(place.at("lon").to_number<double>() - lon) < kNear)
            told += place.at("matters").as_int64();
    return told;
}

bool are_told_near(double lat, double lon) {
    for (int tries = 0; tries < 100; ++tries) {
        if (told_near(lat, lon) > 0) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return false;
}

}  // namespace banyan::api_test
