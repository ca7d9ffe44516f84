// 转办单: a matter on paper, as who prints it may read it.
#include <gtest/gtest.h>

#include <thread>

#include "api/demo_city.h"

namespace banyan::api_test {
namespace {

bool tells(Heard const& heard, std::string_view words) { return heard.text.find(words) != std::string::npos; }

TEST(Slip, SaysWhatTheScreenWouldAndWhoPrintedIt) {
    json::value const filed = as("seat01").file({{"title", "<script>alert(1)</script>路灯"},
                                                 {"body", "第一行\n\"第二行\" & 其他"},
                                                 {"class", "road.lamp"},
                                                 {"channel", "phone"}});
    std::string const id(filed.at("id").as_string());
    std::string const number(filed.at("number").as_string());
    Heard const slip = as("seat01").get("/api/v1/matters/" + id + "/slip");
    ASSERT_EQ(slip.status, 200) << slip.text;
    EXPECT_TRUE(tells(slip, "<h1>转办单</h1>"));
    EXPECT_TRUE(tells(slip, number.substr(0, 4) + " " + number.substr(4, 4) + " " + number.substr(8)));
    EXPECT_TRUE(tells(slip, "路灯不亮")) << "the class by its name";
    EXPECT_TRUE(tells(slip, "阿榕 seat01")) << "who printed it";
    EXPECT_TRUE(tells(slip, "第一行<br>&quot;第二行&quot; &amp; 其他"));
    EXPECT_TRUE(tells(slip, "&lt;script&gt;"));
    EXPECT_FALSE(tells(slip, "<script"));
    EXPECT_EQ(slip.header("content-security-policy").find("script"), std::string::npos);
    bool recorded = false;  // readings are written a moment later
    for (int tries = 0; tries < 100 && !recorded; ++tries) {
        if (tries > 0) std::this_thread::sleep_for(std::chrono::milliseconds(50));
        recorded = tells(as("sup01").get("/api/v1/matters/" + id + "/readers"), "\"what\":\"print\"");
    }
    EXPECT_TRUE(recorded);
    EXPECT_EQ(as("unit-cg").get("/api/v1/matters/" + id + "/slip").status, 404);
    EXPECT_EQ(as("seat01").get("/api/v1/matters/1/slip").status, 404);
}

}  // namespace
}  // namespace banyan::api_test
