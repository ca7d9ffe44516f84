// A batch of steps, and the list of what of it may still be taken back.
#include <gtest/gtest.h>

#include "api/demo_city.h"

namespace banyan::api_test {
namespace {

std::vector<std::string> listed(std::string const& login) {
    Heard const heard = as(login).get("/api/v1/undo");
    EXPECT_EQ(heard.status, 200) << heard.text;
    std::vector<std::string> all;
    for (json::value const& one : heard.body.at("steps").as_array())
        all.push_back(std::string(one.at("undoes").as_string()) + " " +
                      std::string(one.at("matter").at("id").as_string()));
    return all;
}

json::array batch(std::string const& login, json::array commands) {
    Heard const heard = as(login).post("/api/v1/commands", {{"commands", std::move(commands)}});
    EXPECT_EQ(heard.status, 200) << heard.text;
    return heard.body.at("answers").as_array();
}

TEST(UndoList, HasWhatOneDidInABatchAndMayTakeBack) {
    std::vector<std::string> ids;
    json::array commands;
    for (char const* title : {"路灯不亮一", "路灯不亮二", "路灯不亮三"}) {
        json::value const filed = as("seat01").file(
            {{"title", title}, {"body", "整排不亮"}, {"channel", "phone"}, {"class", "road.lamp"}});
        ids.emplace_back(filed.at("id").as_string());
        commands.push_back({{"matter", ids.back()}, {"step", "accept"}, {"form", {{"kind", "complaint"}}}});
    }
    auto const before = listed("seat02");
    for (json::value const& answer : batch("seat02", std::move(commands))) EXPECT_TRUE(answer.at("ok").as_bool());

    std::vector<std::string> expected{"accept " + ids[2], "accept " + ids[1], "accept " + ids[0]};
    expected.insert(expected.end(), before.begin(), before.end());
    EXPECT_EQ(listed("seat02"), expected);
    Heard const list = as("seat02").get("/api/v1/undo");
    EXPECT_GT(list.body.at("steps").at(0).at("until").as_string(),
              list.body.at("steps").at(0).at("at").as_string());
    for (char const* other : {"seat01", "citizen2", "disp01"})  // who filed them may not take that back
        for (std::string const& one : listed(other))
            for (std::string const& id : ids) EXPECT_EQ(one.find(id), one.npos) << other;
    EXPECT_EQ(as("nobody").get("/api/v1/undo").status, 401);

    // Dispatched meanwhile: that one is no longer the last thing that happened to it.
    EXPECT_EQ(
        as("disp01").post("/api/v1/matters/" + ids[1] + "/steps/dispatch", {{"form", {{"lead", "cg"}}}}).status,
        200);
    json::array undo;
    for (std::string const& id : ids) undo.push_back({{"matter", id}, {"step", "undo"}});
    json::array const answers = batch("seat02", std::move(undo));
    EXPECT_TRUE(answers[0].at("ok").as_bool());
    EXPECT_FALSE(answers[1].at("ok").as_bool());
    EXPECT_TRUE(answers[2].at("ok").as_bool());
    EXPECT_EQ(listed("seat02"), before);
    EXPECT_EQ(as("seat01").get("/api/v1/matters/" + ids[0]).at("/stage"), "filed");
}

}  // namespace
}  // namespace banyan::api_test
