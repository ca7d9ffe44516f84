// Open311 over real connections to the demo city: keys, filing, following, what is released, and that nothing else
// leaks.
#include <gtest/gtest.h>

#include <thread>

#include "api/demo_city.h"
#include "platform/store/testing/stores.h"

namespace banyan::api_test {
namespace {

std::string const kForm = "application/x-www-form-urlencoded; charset=utf-8";

http::Answer ask(http::Method method, std::string const& path, std::string const& body = {},
                 std::string const& type = kForm) {
    http::Client client("127.0.0.1", port(), seconds(30));
    http::NamedValues headers{{"Accept-Language", "en"}};
    if (method == http::Method::post) headers.emplace_back("Content-Type", type);
    return client.request(method, "/open311" + path, headers, body);
}
http::Answer get(std::string const& path) { return ask(http::Method::get, path); }

std::string const& key() {
    static std::string const kMade = [] {
        Heard heard = as("sec").post("/api/v1/keys", {{"login", "partner12328"}, {"label", "open311"}});
        EXPECT_EQ(heard.status, 201) << heard.text;
        return heard.at("/key");
    }();
    return kMade;
}

std::string file(std::string const& more) {
    http::Answer const made = ask(
        http::Method::post, "/v2/requests.json",
        "api_key=" + key() + "&service_code=road.lamp&attribute%5Bextent%5D=one&lat=26.0745&long=119.2965" + more);
    EXPECT_EQ(made.status, 200) << made.body;
    return std::string(json::parse(made.body).at(0).at("service_request_id").as_string());
}

/// What is asked until it is answered so, for two seconds: the public's table follows the journal.
bool comes(std::string const& path, int status) {
    for (int i = 0; i < 40; ++i) {
        if (get(path).status == status) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
}

TEST(Open311, IsThereInTheDemo) {
    http::Answer const xml = get("/discovery.xml"), all = get("/v2/services.json");
    EXPECT_EQ(xml.status, 200);
    EXPECT_EQ(xml.header("content-type"), "text/xml; charset=utf-8");
    EXPECT_NE(xml.body.find("/open311/v2</url>"), std::string::npos) << xml.body;
    EXPECT_EQ(all.header("content-type"), "application/json; charset=utf-8");
    EXPECT_EQ(all.header("access-control-allow-origin"), "*");
    EXPECT_EQ(json::parse(all.body).as_array().size(), 103U);
    EXPECT_EQ(ask(http::Method::head, "/v2/services.xml").status, 200);
}

TEST(Open311, FilesFollowsAndShowsWhatWasReleased) {
    std::string const name = "%E8%8B%8F%E5%BF%B5%E6%85%88";  // as in kName
    std::string const number = file("&last_name=" + name + "&phone=" + kPhone + "&email=" + kEmail +
                                    "&description=%E6%AD%A3%E6%96%87%E5%8F%AA%E7%BB%99%E8%AF%89%E6%B1%82%E4%BA%BA"
                                    "&attribute%5Bmay_publish%5D=yes");
    std::string const path = "/v2/requests/" + number;
    EXPECT_EQ(get(path + ".json").status, 404);
    EXPECT_EQ(get(path + ".json?api_key=" + key()).status, 200);
    EXPECT_EQ(get(path + ".json?api_key=wrong").status, 403);
    EXPECT_EQ(as("seat01").get("/api/v1/matters/" + number).at("/channel"), "superior");
    as("seat01").take(number, "accept", {{"kind", "help"}});
    as("disp01").take(number, "release", {{"public_title", "路灯不亮 <一盏>"}, {"public_text", "步道路灯不亮"}});
    ASSERT_TRUE(comes(path + ".xml", 200));
    std::string all;
    for (char const* format : {".xml", ".json"}) {
        all += get(path + format).body + get("/v2/requests" + std::string(format)).body +
               get("/v2/servicerequestupdates" + std::string(format)).body;
    }
    EXPECT_NE(all.find("路灯不亮 &lt;一盏&gt;"), std::string::npos) << all;
    for (char const* planted : {kName, kPhone, kEmail, "正文只给诉求人", "26.0745"})
        EXPECT_EQ(all.find(planted), std::string::npos) << planted;
    http::Answer const added = ask(
        http::Method::post, "/v2/servicerequestupdates.xml",
        "api_key=" + key() + "&service_request_id=" + number + "&description=still+dark&update_id=1&status=open");
    EXPECT_EQ(added.status, 200) << added.body;
    EXPECT_NE(added.body.find("<request_update><update_id>"), std::string::npos) << added.body;
    as("disp01").take(number, "retract", {{"reason", "测试"}});
    EXPECT_TRUE(comes(path + ".xml", 404)) << "and is gone when it is retracted";
}

TEST(Open311, NeverShowsWhatWasNotReleased) {
    file("&description=%E4%BB%8E%E6%9C%AA%E5%85%AC%E5%BC%80");
    for (std::string const& number : {about_the_street().number, below_gulou().number, report().number}) {
        for (char const* format : {".xml", ".json"}) {
            http::Answer const shown = get("/v2/requests/" + number + format),
                               never = get("/v2/requests/000000000000" + std::string(format));
            EXPECT_EQ(shown.status, 404);
            EXPECT_EQ(shown.body, never.body);
            EXPECT_EQ(get("/v2/tokens/" + number + format).status, 404);
            EXPECT_EQ(get("/v2/requests/" + number + format + "?api_key=" + key()).status, 404);
        }
    }
    std::string const all = get("/v2/requests.json").body + get("/v2/servicerequestupdates.json").body;
    for (std::string const& planted : {about_the_street().title, below_gulou().title, std::string("从未公开")})
        EXPECT_EQ(all.find(planted), std::string::npos) << planted;
}

TEST(Open311, AnswersBadInputInItsOwnWords) {
    struct Row {
        char const* body;
        int status;
    };
    for (Row const& row : {Row{"", 403}, Row{"service_code=road.lamp", 403}, Row{"api_key=x", 403}, Row{"%", 400},
                           Row{"a=%FF", 400}, Row{"a=%00", 400}}) {
        http::Answer const answer = ask(http::Method::post, "/v2/requests.json", row.body);
        EXPECT_EQ(answer.status, row.status) << row.body << answer.body;
        json::value const said = json::parse(answer.body);
        ASSERT_TRUE(said.is_array()) << answer.body;
        EXPECT_EQ(said.at(0).at("code").as_int64(), row.status);
        EXPECT_EQ(said.at(0).at("description").as_string().find("georeport"), json::string::npos);
    }
    std::string const good = "api_key=" + key() + "&service_code=road.lamp&attribute%5Bextent%5D=one&";
    for (char const* more : {"lat=39.9&long=116.4", "lat=26.07&long=119.29&attribute%5Bcolour%5D=red",
                             "address_id=110101", "address_string=%20"}) {
        http::Answer const answer = ask(http::Method::post, "/v2/requests.xml", good + more);
        EXPECT_EQ(answer.status, 400) << more << answer.body;
        EXPECT_NE(answer.body.find("<errors><error><code>400</code>"), std::string::npos) << answer.body;
    }
    EXPECT_EQ(ask(http::Method::post, "/v2/requests.json", "{}", "application/json").status, 400);
    EXPECT_EQ(ask(http::Method::post, "/v2/requests.json", std::string(70'000, 'x')).status, 413);
    EXPECT_EQ(get("/v2/nothing.xml").status, 404);
}

TEST(Open311, IsOffInServeUntilItIsAskedFor) {
    store::testing::TestFolder scratch;
    std::string const data = scratch / "city";
    journey::copy_demo(data);
    journey::Server server("serve", data);
    http::Client client("127.0.0.1", server.port(), seconds(30));
    EXPECT_EQ(client.request(http::Method::get, "/open311/discovery.json").status, 404);
    server.stop();
    journey::Server named("serve", data, {"--open311", "fuzhou.example"});
    http::Client other("127.0.0.1", named.port(), seconds(30));
    EXPECT_EQ(other.request(http::Method::get, "/open311/discovery.json").status, 200);
    EXPECT_EQ(other.request(http::Method::get, "/open311/v2/services.json?jurisdiction_id=x").status, 404);
}

}  // namespace
}  // namespace banyan::api_test
