// api/sessions.h: signing in and out, each way once; keys; one's own password.
#pragma once
#include "api/demo_city.h"

namespace banyan::api_test {

inline void come_and_go() {
    json::value filed = as("nobody").file({{"title", "路灯不亮"}, {"body", "三天了"}, {"channel", "web"}});
    Heard by_code =
        as("nobody").post("/api/v1/sessions", {{"number", filed.at("number")}, {"code", filed.at("code")}});
    as("nobody").send(http::Method::get, "/api/v1/sessions/current",
                      {{"Authorization", "Bearer " + by_code.at("/token")}});
    Heard in = as("nobody").post("/api/v1/sessions", {{"login", "unit-cg"}, {"password", journey::kDemoPassword}});
    as("nobody").send(http::Method::del, "/api/v1/sessions/current",
                      {{"Authorization", "Bearer " + in.at("/token")}});
    as("seat01").get("/api/v1/sessions/current");
    auto change_password = [](std::string const& old, std::string const& chosen) {
        Heard const known = as("nobody").post("/api/v1/sessions", {{"login", "lock02"}, {"password", old}});
        as("nobody").send(
            http::Method::post, "/api/v1/sessions/current/password",
            {{"Authorization", "Bearer " + known.at("/token")}, {"Content-Type", "application/json"}},
            json::serialize(json::object{{"old", old}, {"new", chosen}}));
    };
    change_password(journey::kDemoPassword, "eine ganze Zeile");
    change_password("eine ganze Zeile", journey::kDemoPassword);
    as("sec").post("/api/v1/keys", {{"login", "partner01"}, {"label", "12328"}});
}

}  // namespace banyan::api_test
