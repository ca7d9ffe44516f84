// Incidents and what is merged into a matter, as lists.
#include <gtest/gtest.h>

#include <algorithm>

#include "api/demo_city.h"

namespace banyan::api_test {
namespace {

std::string accepted(char const* title) {
    json::value const filed = as("seat01").file({{"title", title},
                                                 {"body", "\"incident\":true，整片停水"},
                                                 {"channel", "phone"},
                                                 {"class", "water.outage"}});
    std::string id(filed.at("id").as_string());
    EXPECT_EQ(as("seat01").post("/api/v1/matters/" + id + "/steps/accept", {{"form", {{"kind", "help"}}}}).status,
              200);
    return id;
}

std::vector<std::string> ids_of(std::string const& login, std::string const& query) {
    Heard const heard = as(login).get("/api/v1/matters?" + query);
    EXPECT_EQ(heard.status, 200) << heard.text;
    std::vector<std::string> ids;
    for (json::value const& row : heard.body.at("matters").as_array()) ids.emplace_back(row.at("id").as_string());
    return ids;
}

bool has(std::vector<std::string> const& ids, std::string const& id) {
    return std::ranges::find(ids, id) != ids.end();
}

TEST(IncidentList, HasThoseThatWereDeclaredAndNoTextThatSaysSo) {
    std::string const id = accepted("河东停水一"), other = accepted("河东停水二");
    EXPECT_FALSE(has(ids_of("seat02", "incident=true&limit=100"), other));
    EXPECT_EQ(as("disp01")
                  .post("/api/v1/matters/" + id + "/steps/declare_incident", {{"form", {{"reason", "来电集中"}}}})
                  .status,
              200);
    EXPECT_TRUE(has(ids_of("seat02", "incident=true&order=due&limit=100"), id));
    EXPECT_FALSE(has(ids_of("seat02", "incident=true&order=due&limit=100"), other));
    EXPECT_FALSE(has(ids_of("unit-cg", "incident=true&limit=100"), id));  // not offered to it
}

TEST(IncidentList, WhatIsMergedIsToldToTheCentreOnly) {
    std::string const main = accepted("河西停水一");
    std::vector<std::string> merged;
    std::string const number = as("disp01").get("/api/v1/matters/" + main).at("/number");
    for (char const* title : {"河西停水二", "河西停水三", "河西停水四"}) {
        merged.push_back(accepted(title));
        Heard const heard =
            as("disp01").post("/api/v1/matters/" + merged.back() + "/steps/merge", {{"form", {{"into", number}}}});
        EXPECT_EQ(heard.status, 200) << heard.text;
    }
    std::ranges::reverse(merged);
    EXPECT_EQ(ids_of("disp01", "main=" + number), merged);
    Heard const first = as("disp01").get("/api/v1/matters?limit=2&main=" + number);
    EXPECT_EQ(first.body.at("matters").as_array().size(), 2U);
    EXPECT_EQ(
        ids_of("disp01", "limit=2&main=" + number + "&cursor=" + std::string(first.body.at("next").as_string())),
        (std::vector<std::string>{merged[2]}));
    EXPECT_EQ(
        as("disp01").post("/api/v1/matters/" + main + "/steps/dispatch", {{"form", {{"lead", "water"}}}}).status,
        200);
    for (char const* login : {"unit-water", "unit-cg", "citizen"})
        EXPECT_TRUE(ids_of(login, "main=" + number).empty()) << login;
    EXPECT_TRUE(ids_of("disp01", "main=000000000000").empty());
}

}  // namespace
}  // namespace banyan::api_test
