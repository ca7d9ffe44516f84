// The practice city beside the real one: the same people, nothing of it real.
#include <gtest/gtest.h>

#include <filesystem>

#include "journey/caller.h"
#include "journey/program.h"
#include "platform/store/store.h"
#include "platform/store/testing/stores.h"

namespace banyan::journey {
namespace {

std::int64_t matters_of(Caller& caller) {
    return caller.get("/api/v1/figures").body.at("total").at("filed").as_int64();
}

TEST(Practice, IsForThePeopleOfTheRealCityAndChangesNothingThere) {
    store::testing::TestFolder const at;
    std::string const real = (at.path() / "real").string();
    copy_demo(real);
    {
        auto const store = store::open_sqlite({.file = real + "/banyan.db", .read_only = false, .vfs = {}});
        auto session = store->open_writer();
        session->begin_write();
        session->execute("UPDATE person SET password = '' WHERE login = 'seat02'", {});  // has left
        session->commit();
    }
    Server const city("demo", real);
    std::int64_t before = 0, practised = 0;
    {
        Server practice("practice", real);
        Caller there = Caller::of(city.port(), "seat01"), here = Caller::of(practice.port(), "seat01");
        Heard const signed_in =
            Caller(practice.port()).post("/api/v1/sessions", {{"login", "seat01"}, {"password", kDemoPassword}});
        EXPECT_NE(signed_in.header("set-cookie").find("banyan_practice="), std::string::npos)
            << "a cookie is of the host, whatever the port: two names";
        Heard const figures = here.get("/api/v1/figures");
        EXPECT_EQ(figures.body.at("practice"), true);
        EXPECT_EQ(figures.header("banyan-practice"), "true");
        EXPECT_EQ(there.get("/api/v1/figures").body.at("practice"), false);
        EXPECT_EQ(Caller(practice.port())
                      .post("/api/v1/sessions", {{"login", "seat02"}, {"password", kDemoPassword}})
                      .key(),
                  "session.wrong");
        EXPECT_EQ(Caller(practice.port())
                      .post("/api/v1/sessions", {{"login", "citizen"}, {"password", kDemoPassword}})
                      .key(),
                  "session.wrong")
            << "who asks has nothing to practise";
        before = matters_of(there), practised = matters_of(here);
        json::value const filed = here.file({{"title", "练习：路灯不亮"}, {"body", "练习"}, {"channel", "phone"}});
        std::string const slip =
            here.get("/api/v1/matters/" + std::string(filed.at("id").as_string()) + "/slip").text;
        EXPECT_NE(slip.find("阿榕 seat01 · 演练，不是真的"), std::string::npos);
        EXPECT_EQ(there.get("/api/v1/matters?stage=filed").text.find("练习"), std::string::npos);
        EXPECT_NE(here.get("/api/v1/matters?stage=filed").text.find("练习"), std::string::npos);
        EXPECT_EQ(practice.stop(), 0);
    }
    {
        Server practice("practice", real, {"--anew"});
        Caller there = Caller::of(city.port(), "seat01"), here = Caller::of(practice.port(), "seat01");
        EXPECT_EQ(here.get("/api/v1/matters?stage=filed").text.find("练习"), std::string::npos);
        EXPECT_EQ(matters_of(here), practised);
        EXPECT_EQ(matters_of(there), before);
    }
}

TEST(Practice, NeedsARealCityAndTouchesNothingElse) {
    store::testing::TestFolder const at;
    std::string const nothing = (at.path() / "nothing").string();
    Ended const none = run({"practice", "--data", nothing});
    EXPECT_EQ(none.status, 1);
    EXPECT_NE(none.err.find("no such folder"), std::string::npos) << none.err;
    std::string const real = (at.path() / "real").string();
    copy_demo(real);
    std::filesystem::create_directories(real + "/practice");
    write_file(real + "/practice/diary.txt", "mine");
    for (std::vector<std::string> words : {std::vector<std::string>{}, {"--anew"}}) {
        words.insert(words.begin(), {"practice", "--data", real, "--listen", "127.0.0.1:0"});
        Ended const refused = run(words);
        EXPECT_EQ(refused.status, 1);
        EXPECT_NE(refused.err.find("practice: holds something"), std::string::npos) << refused.err;
    }
    EXPECT_EQ(text_of(real + "/practice/diary.txt"), "mine");
}

}  // namespace
}  // namespace banyan::journey
