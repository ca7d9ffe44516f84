// api/administrators.h: what the three administrators have, as each operation is used once.
#pragma once
#include <thread>

#include "api/demo_city.h"

namespace banyan::api_test {

inline void look_after_people() {
    std::string const people = "/api/v1/people";
    as("sec").post(people, {{"login", "shape-01"},
                            {"role", "seat"},
                            {"zh", "形"},
                            {"en", "Shape"},
                            {"phone", "0591-0000 0166"},
                            {"employer", "话务公司"}});
    for (int tries = 0; tries < 5; ++tries)  // locked out
        as("nobody").post("/api/v1/sessions", {{"login", "shape-01"}, {"password", "wrong"}});
    EXPECT_TRUE(as("sec").get(people + "?text=shape-01").has("/people/0/locked_until"));
    EXPECT_TRUE(as("sec").get(people + "?limit=1").has("/next"));
    as("sec").post(people + "/shape-01", {{"role", "reviewer"}});
    as("sec").post(people + "/shape-01/password", json::object{});
    as("sec").post(people + "/shape-01/end", json::object{});
    as("sec").post("/api/v1/keys", {{"login", "partner01"}, {"label", "shape"}});
    as("sec").send(http::Method::del, "/api/v1/keys/" + as("sec").get("/api/v1/keys").at("/keys/0/id"));
}

inline void reorganise_units() {
    std::string const changes = "/api/v1/unit_changes", head = "what,unit,into,parent,code,zh,en\n";
    as("sys").post(changes, {{"csv", head + "add,,,centre,shape-a,甲,A\nadd,,,centre,shape-b,乙,B\n"}});
    json::object const merge{{"csv", head + "merge,shape-a,shape-b,,,,\n"}};
    as("sys").post(changes + "/try", merge);
    as("sys").post(changes, merge);
    for (char const* code : {"cg", "shape-a", "shape-b"}) as("sys").get(std::string("/api/v1/units/") + code);
}

inline void keep_lists() {
    std::string const csv = as("sys").get("/api/v1/catalogues/catalogue").text;
    as("sys").post("/api/v1/lists/catalogue/try", {{"csv", csv + "no.such,,cg,,,0\n"}});
    as("sys").post("/api/v1/lists/catalogue", {{"csv", csv}});
    json::object const days{{"csv", "date,name,kind\n2036-01-01,元旦,off\n"}};
    as("sys").post("/api/v1/calendar/try", {{"csv", "date,name,kind\n2036-01-01,元旦,holiday\n"}});
    as("sys").post("/api/v1/calendar", days);
    for (int tries = 0; tries < 100 && as("sys").get("/api/v1/calendar/dating").at("/stage") != "done"; ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    as("sys").get("/api/v1/knowledge/entries?over=true");
}

/// `read`: a matter that somebody has read.
inline void prove_the_journal(std::string const& read) {
    as("audit").get("/api/v1/journal");
    as("audit").get("/api/v1/journal/matters/" + read);
    as("audit").post("/api/v1/journal/verification", json::object{});
    for (int tries = 0; tries < 600; ++tries) {
        if (as("audit").get("/api/v1/journal/verification").has("/report")) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    as("audit").get("/api/v1/administrative_acts?limit=1");
}

inline void administer(std::string const& read) {
    look_after_people();
    reorganise_units();
    keep_lists();
    prove_the_journal(read);
}

}  // namespace banyan::api_test
