// Every answer is of the shape that /openapi.json says: all that these tests hear (demo_city.h), and here at least
// one good answer of every operation and every member that is described.
#include <gtest/gtest.h>

#include <thread>

#include "api/administrators.h"
#include "api/cases.h"
#include "api/demo_city.h"
#include "api/floor.h"
#include "api/hall.h"
#include "api/home.h"
#include "api/released.h"
#include "api/rulebooks.h"
#include "api/sessions.h"
#include "api/telephone.h"
#include "api/week.h"

namespace banyan::api_test {
namespace {

std::string const kMatters = "/api/v1/matters";

std::string id_of(json::value const& outcome) { return std::string(outcome.at("id").as_string()); }

/// An appeal in handling by cg.
std::string dispatched(json::object form) {
    form["title"] = "井盖缺失";
    form["body"] = "人行道上井盖缺了。";
    form["channel"] = "phone";
    form["phone"] = kPhone;
    std::string id = id_of(as("seat01").file(form));
    as("seat01").take(id, "accept", {{"kind", "complaint"}});
    as("disp01").take(id, "dispatch", {{"lead", "cg"}, {"assist", {"water"}}});
    as("unit-cg").take(id, "sign");
    as("unit-cg").take(id, "contact", {{"reached", true}, {"note", kNote}});
    return id;
}

/// More time for the lead, and a clock that stands.
void delay(std::string const& id) {
    as("unit-cg-head").take(id, "ask_extension", {{"days", 2}, {"reason", "等待材料到货"}});
    as("seat01").get(kMatters + "/" + id);
    as("review01").take(id, "grant_extension", {{"reason", "同意"}});
    as("review01").take(id, "hold", {{"ground", "weather"}, {"hold_until", "2026-10-20"}});
    as("seat01").get(kMatters + "/" + id);
}

/// Of each kind of matter the demo has, whole and as a row, for each who may see it.
void look_around() {
    for (char const* login : {"seat01", "unit-cg", "gulou", "citizen", "mayor", "street-ry"}) {
        std::string next;
        for (int page = 0; page < 7; ++page) {
            Heard list = as(login).get(kMatters + "?limit=100" + (next.empty() ? "" : "&cursor=" + next));
            std::set<std::string> looked_at;
            for (json::value const& row : list.body.at("matters").as_array())
                if (looked_at.insert(std::string(row.at("stage").as_string())).second)
                    as(login).get(kMatters + "/" + id_of(row));
            next = list.at("/next");
            if (next.empty()) break;
        }
    }
}

/// An entry that the city wrote, marked and corrected.
void write_an_entry() {
    Heard const made = as("seat01").post(kMatters, {{"procedure", "knowledge"},
                                                    {"step", "draft"},
                                                    {"form",
                                                     {{"title", "路灯杆歪了找谁"},
                                                      {"answer", "由路灯管理处扶正。"},
                                                      {"class", "road.lamp"},
                                                      {"region", "3501"},
                                                      {"from", "2026-10-09"},
                                                      {"until", "2027-10-09"},
                                                      {"lead", "cg"}}}});
    std::string const id = made.at("/id"), at = "/api/v1/knowledge/entries/" + made.at("/number");
    as("unit-cg").take(id, "sign", json::object{});
    as("unit-cg-head").take(id, "endorse", json::object{});
    as("review01")
        .take(id, "publish", {{"from", "2026-10-09"}, {"until", "2027-10-09"}, {"remind_on", "2027-09-09"}});
    as("seat02").take(id, "revise",
                      {{"title", "路灯杆歪了找谁"},
                       {"answer", "由路灯管理处当天扶正。"},
                       {"region", "3501"},
                       {"from", "2026-11-01"},
                       {"until", "2027-11-01"}});
    EXPECT_EQ(as("seat01").get(kMatters + "/" + id).number("/redone"), 1);
    for (int tries = 0; tries < 900 && !as("seat01").get(at).has("/matter"); ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    EXPECT_EQ(as("citizen").post(at + "/marks", {{"version", 1}, {"helpful", true}}).status, 200);
    EXPECT_EQ(as("unit-cg").post(at + "/corrections", {{"version", 1}, {"text", "电话已改"}}).status, 201);
}

/// Entries and laws in every state: sure, not sure, over, cited, by another.
void look_up() {
    std::string const knowledge = "/api/v1/knowledge/";
    char const* const marriage =
        "search?q=%E7%BB%93%E5%A9%9A%E7%99%BB%E8%AE%B0%20%E6%88%B7%E5%8F%A3%E7%B0%BF&expired=true&limit=50";
    char const* const minimum_living =
        "search?limit=50&q=%E5%9F%8E%E5%B8%82%E5%B1%85%E6%B0%91%E6%9C%80%E4%BD%8E%E7%94%9F%E6%B4%BB%E4%BF%9D%E9%"
        "9A%9C";
    for (char const* target : {marriage, minimum_living, "entries/marriage-registration", "laws/marriage-2003",
                               "laws/urban-minimum-living-1999", "laws/household-1958/articles/7",
                               "laws/marriage-2003/articles/4", "laws/urban-minimum-living-1999/articles/2"})
        as("seat01").get(knowledge + target);
    write_an_entry();
}

void claim_one() {
    json::value const filed =
        as("seat01").file({{"title", "楼道灯坏了"}, {"body", "三单元"}, {"channel", "phone"}});
    std::string const id(filed.at("id").as_string());
    as("seat01").take(id, "claim");
    as("seat01").get(kMatters + "/" + id);
    as("seat01").get(kMatters + "?claimed=me");
    as("seat01").take(id, "release_claim");
}

void take_many() {
    json::object const good{{"procedure", "appeal"},
                            {"step", "file"},
                            {"form", {{"title", "路灯不亮"}, {"body", "三天了"}, {"channel", "web"}}}};
    json::object const bad{{"procedure", "appeal"}, {"step", "file"}, {"form", {{"title", "路"}}}};
    Heard heard = as("seat01").post("/api/v1/commands", {{"commands", {good, bad}}});
    ASSERT_EQ(heard.status, 200) << heard.text;
    EXPECT_EQ(heard.body.at("answers").at(0).at("ok"), json::value(true));
    EXPECT_EQ(heard.body.at("answers").at(1).at("ok"), json::value(false));
}

void hear_a_change() {
    http::EventReader stream("127.0.0.1", port(), "/api/v1/events", as("seat01").signed_by(), seconds(5));
    EXPECT_EQ(stream.next()->event, "ready");
    as("citizen").file({{"title", "路灯不亮"}, {"body", "三天了"}, {"channel", "web"}});
    auto changed = stream.next();
    ASSERT_TRUE(changed && changed->event == "changed");
    described().hold_event("/api/v1/events", json::parse(changed->data));
}

/// Readings are written within half a second.
void wait_for_readers(std::string const& matter) {
    for (int tries = 0; tries < 50; ++tries) {
        if (as("sup01").get(matter + "/readers").has("/readers/0/unit")) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

/// A slip, and what a screen shows before and after it is taken back.
void take_back() {
    json::value const filed =
        as("seat02").file({{"title", "井盖松动"}, {"body", "车一过就响"}, {"channel", "phone"}});
    std::string const at = kMatters + "/" + id_of(filed);
    as("seat02").take(id_of(filed), "accept", {{"kind", "complaint"}});
    Heard const before = as("seat02").get(at);
    EXPECT_EQ(before.at("/steps/" + std::to_string(before.body.at("steps").as_array().size() - 1) + "/undoes"),
              "accept");
    as("seat02").take(id_of(filed), "undo", json::object{});
    EXPECT_EQ(as("seat02").get(at).at("/timeline/2/step"), "undo");
}

/// Two calls about one power cut, which becomes an incident.
void merge_two() {
    auto filed = [](char const* title) {
        return as("seat02").file({{"title", title}, {"body", "整个片区停电"}, {"channel", "phone"}});
    };
    json::value const one = filed("台风后停电"), other = filed("没电了");
    as("seat02").take(id_of(one), "accept", {{"kind", "help"}});
    as("disp01").take(id_of(one), "declare_incident", {{"reason", "台风"}});
    as("seat02").take(id_of(other), "attach", {{"into", one.at("number")}, {"kind", "help"}});
    Heard const main = as("disp01").get(kMatters + "/" + id_of(one));
    EXPECT_TRUE(main.has("/incident"));
    EXPECT_TRUE(main.has("/merged"));
    Heard const merged = as("disp01").get(kMatters + "/" + id_of(other));
    EXPECT_EQ(merged.at("/main"), one.at("number").as_string());
    EXPECT_FALSE(as("citizen").get(kMatters + "/" + id_of(one)).has("/merged"));
}

/// One citizen's matter is released, once it is answered; another finds it.
void see_what_is_released() {
    json::value const filed = as("citizen").file({{"title", "榕荫路路灯不亮"},
                                                  {"body", "榕荫路整排路灯不亮三天了"},
                                                  {"class", "road.lamp"},
                                                  {"may_publish", true},
                                                  {"channel", "app"}});
    std::string const id = id_of(filed);
    as("seat01").take(id, "accept", {{"kind", "help"}});
    as("disp01").take(id, "dispatch", {{"lead", "cg"}});
    as("unit-cg").take(id, "sign", json::object{});
    as("unit-cg-head").take(id, "reply", {{"account", "已更换"}, {"public_reply", "榕荫路路灯已修好。"}});
    as("review01").take(id, "approve", json::object{});
    as("review01")
        .take(id, "release",
              {{"public_title", "榕荫路路灯不亮"},
               {"public_text", "榕荫路整排路灯不亮"},
               {"public_place", "榕荫路"}});
    for (int tries = 0; tries < 600; ++tries) {  // threads behind the journal
        Heard const found =
            as("citizen2")
                .post("/api/v1/hints/alike", {{"title", "榕荫路路灯不亮"}, {"body", "榕荫路的路灯不亮"}});
        auto released = [](Heard const& told) {
            return std::ranges::any_of(told.body.at("matters").as_array(),
                                       [](json::value const& row) { return row.as_object().contains("public"); });
        };
        if (released(found)) {
            Heard const nobody = as("nobody").post("/api/v1/hints/alike", {{"body", "榕荫路的路灯不亮"}});
            EXPECT_TRUE(released(nobody)) << "who has no account reads what everybody may read";
            EXPECT_FALSE(nobody.text.find("\"matter\"") != std::string::npos) << nobody.text;
            return;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    FAIL() << "what was released is not found";
}

/// Seven calls about one estate without water; what is done to a topic and taken back.
void talk() {
    std::string topic, other;
    for (int tries = 0; tries < 600 && topic.empty(); ++tries) {  // a thread behind the journal
        Heard const list = as("sup01").get("/api/v1/topics");
        for (json::value const& row : list.body.at("topics").as_array())
            if (row.at("place") == "白塔新村" && row.at("matters").as_int64() >= 7)
                topic = id_of(row);
            else
                other = id_of(row);
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    ASSERT_FALSE(topic.empty()) << "the demo's hot topic";
    std::string const at = "/api/v1/topics/" + topic;
    as("sup01").post(at + "/follow", json::object{});
    as("sup01").post(at + "/rename", {{"title", "白塔新村停水"}});
    as("sup01").post(at + "/undo", json::object{});
    as("sup01").post("/api/v1/topics/" + other + "/merge", {{"into", topic}});
    as("sup01").post(at + "/undo", json::object{});
    Heard const one = as("sup01").get(at + "?limit=3");
    as("sup01").post(at + "/take_out", {{"matter", one.at("/matters/0/id")}});
    as("sup01").post(at + "/undo", json::object{});
    as("sup01").post(at + "/unfollow", json::object{});
    EXPECT_EQ(as("sup01").post(at + "/merge", {{"into", topic}}).at("/key"), "topic.itself");
    EXPECT_EQ(as("unit-cg").get(at).status, 403) << "units have no topics";
    as("seat01").post("/api/v1/hints/alike",
                      {{"title", "白塔新村没水"}, {"body", "我们五栋也没有水"}, {"class", "utility.water_off"}});
    see_what_is_released();
    as("sup01").get("/api/v1/topics/words");
    as("sup01").get("/api/v1/topics/barometer");
    as("sup01").get("/api/v1/topics/warnings");
}

/// Everything that is proposed, and a step that says which proposals it was shown.
void be_advised() {
    char const* const gas = "鼓楼区安泰街道家里厨房闻到很大的煤气味，不敢开灯";
    Heard const shown = as("seat01").post("/api/v1/hints/intake", {{"body", gas}});
    json::value const filed = as("seat01").file({{"title", "煤气味"}, {"body", gas}, {"channel", "phone"}});
    as("seat01").post(kMatters + "/" + id_of(filed) + "/steps/accept",
                      {{"form", {{"kind", "help"}, {"class", "utility.gas_leak"}}},
                       {"hints", {{{"token", shown.at("/class/proposed/token")}}}}});
    as("seat01").get(kMatters + "/" + id_of(filed));
    for (int tries = 0; tries < 100; ++tries) {  // how dispatches went is counted behind everything else
        Heard const routed = as("seat01").post("/api/v1/hints/intake", {{"class", "road.lamp"}});
        if (routed.has("/unit/past/0/led")) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    as("seat01").get("/api/v1/knowledge/entries/marriage-registration?version=1");
    as("seat01").post("/api/v1/hints/redaction", {{"text", "我是郑茉莉，电话15400000001"}});
    for (char const* reply :
         {"您好，您反映的问题我单位高度重视，将积极推进，感谢您的关注与支持。", "由市路灯管理处负责。"})
        as("seat01").post("/api/v1/hints/reply", {{"title", "路灯不亮"},
                                                  {"body", "齐安路路灯不亮，请问什么时候能修好？由谁负责？"},
                                                  {"public_reply", reply}});
    for (int tries = 0; tries < 60; ++tries) {  // the tally is written once a second
        if (as("seat01").get("/api/v1/figures").has("/hints/class/shown")) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

std::string last_break() {
    return id_of(as("lead01").get("/api/v1/seats/breaks").body.at("breaks").as_array().back());
}

/// A call from the offer to its closing, breaks, a missed call that is rung back.
/// The demo's own telephone, and a file that a page of the web application names.
void practise() {
    sign_on("seat02");
    std::string const calls = "/api/v1/practice_calls";
    std::string const call = as("seat02").post(calls, json::object{}).at("/call");
    for (char const* what : {"/answer", "/hang_up"}) as("seat02").post(calls + "/" + call + what, json::object{});
    as("seat02").post("/api/v1/calls/" + call + "/close", {{"closing", "test"}});
    std::string const page = as("nobody").get("/desk").text;
    std::size_t const name = page.find("/web/assets/");
    as("nobody").get(page.substr(name, page.find('"', name) - name));
}

void ring() {
    std::string const since = sign_on("seat01");
    std::string const lined = tell("shape1", "offered", since, {{"number", kPhone}, {"line", "12333"}});
    for (char const* what : {"ringing", "answered"}) tell("shape1", what, since, {{"seat", "seat01"}});
    EXPECT_TRUE(as("seat01").get("/api/v1/seats/me").has("/call/id"));
    as("lead01").get("/api/v1/seats");
    std::string const matter = id_of(
        as("seat01").file({{"title", "路灯不亮"}, {"body", "三天了"}, {"channel", "phone"}, {"phone", kPhone}}));
    std::string const at = "/api/v1/calls/" + lined;
    as("seat01").post(at + "/attach", {{"matter", matter}});
    as("seat01").post(at + "/detach", {{"matter", matter}});
    as("seat01").post(at + "/attach", {{"matter", matter}});
    for (char const* language : {"fuzhou", "minnan"}) as("seat01").post(at + "/mark", {{"language", language}});
    as("seat01").post(at + "/unmask", {{"reason", "核对号码"}});
    tell("shape0", "offered", since, {{"number", kPhone}});
    tell("shape0", "abandoned", since);
    tell("shape3", "offered", since, {{"number", "154 0000 4444"}});
    tell("shape3", "abandoned", since);
    tell("shape4", "offered", since);
    EXPECT_TRUE(as("seat01").get(at + "/caller").has("/matters/0/id"));
    tell("shape1", "ended", since, {{"recording", "rec/1"}});
    tell("shape1", "rated", since, {{"rating", "fair"}});
    EXPECT_TRUE(as("seat01").get("/api/v1/seats/me").has("/to_close/0"));
    as("seat01").post(at + "/close", {{"closing", "filed"}, {"note", "夜间施工"}});
    as("seat01").post("/api/v1/seats/breaks", {{"minutes", 5}, {"reason", "喝水"}});
    std::string const rest = last_break();
    as("lead01").post("/api/v1/seats/breaks/" + rest + "/grant", json::object{});
    as("seat01").post("/api/v1/seats/me/state", {{"state", "break"}, {"note", "喝水"}});
    as("seat01").get("/api/v1/seats/me");
    as("seat01").post("/api/v1/seats/me/state", {{"state", "ready"}});
    as("seat01").post("/api/v1/seats/breaks", {{"minutes", 5}, {"reason", "喝水"}});
    std::string const other = last_break();
    as("lead01").post("/api/v1/seats/breaks/" + other + "/refuse", json::object{});
    as("seat01").get("/api/v1/seats/me/spans");
    as("seat01").get(at);
    as("lead01").get("/api/v1/calls?limit=1");
    as("lead01").get("/api/v1/calls?limit=100");
    as("lead01").get("/api/v1/calls/figures?by=hour");
    EXPECT_TRUE(as("seat01").get("/api/v1/ring_backs?limit=1").has("/next"));
    Heard const missed = as("seat01").get("/api/v1/ring_backs?limit=100");
    std::string const last(missed.body.at("ring_backs").as_array().back().at("id").as_string());
    std::string const back = "/api/v1/ring_backs/" + last;
    for (char const* what : {"/claim", "/release", "/claim", "/unmask"})
        as("seat01").post(back + what, json::object{});
    as("seat01").post(back + "/attempt", {{"outcome", "busy"}, {"note", "占线"}});
    as("lead01").post(back + "/close", {{"outcome", "not_needed"}, {"note", "测试"}});
    as("seat01").get(back);
    as("seat01").get("/api/v1/ring_backs?open=false");
}

/// A month that is frozen, and corrected by a call-back of a matter that was due in it.
void freeze_a_month() {
    for (char const* what : {"", "/units", "/values"})
        as("mayor").get("/api/v1/figures/months/2026-09" + std::string(what) + "?units=today" +
                        (std::string(what) == "/values" ? "&by=kind" : ""));
    std::string const months = "/api/v1/figures/months", month = months + "/2026-09";
    for (int tries = 0; tries < 600; ++tries) {  // a thread behind the journal
        if (as("mayor").get(month).at("/figures/0/value") != "") break;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    as("mayor").get("/api/v1/figures/indicators");
    as("mayor").get(month + "/units.csv");
    as("mayor").get(month + "/units.xlsx");
    as("mayor").get(month + "/values?by=class");
    as("unit-cg").get(month + "/values?by=class");  // some are too small to be told
    as("appraise01").post(month + "/freeze", json::object());
    Heard const waiting = as("callback01").get(kMatters + "?stage=call_back&limit=100");
    for (json::value const& matter : waiting.body.at("matters").as_array()) {
        as("callback01").take(id_of(matter), "call_back", {{"outcome", "solved"}, {"final", "satisfied"}});
        if (as("appraise01").post(month + "/corrections", {{"reason", "补回访"}}).status == 201) break;
    }
    EXPECT_TRUE(as("mayor").get(month).has("/corrections/0/changed/0/before/key"));
    as("mayor").get(month + "/units?group=company");
    as("mayor").get(month + "/values?by=kind");
    as("mayor").get(months);
    for (int each = 0; each < 3; ++each) release_at(26.1, 119.3);
    EXPECT_TRUE(are_told_near(26.1, 119.3));
    as("nobody").get("/api/v1/open/figures");
    as("nobody").get("/api/v1/open/figures/2026-09");
}

/// Until the index has all that was said so far.
void wait_for_index() {
    for (int tries = 0; tries < 200; ++tries) {
        Heard const health = as("nobody").get("/healthz");
        if (health.body.at("index").at("complete").as_bool() && health.number("/index/lag_events") == 0) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    ADD_FAILURE() << "the index is behind";
}

void look_for_some() {
    wait_for_index();
    auto search = [](char const* query) { return as("seat01").get(std::string("/api/v1/search") + query); };
    EXPECT_TRUE(search("?q=open:yes&limit=1").has("/next"));
    EXPECT_TRUE(search("?q=%E8%B7%AF%E7%81%AF").has("/hits/0/passages/0/parts/0/text"));          // 路灯
    EXPECT_TRUE(search("?q=unit:%E5%9F%8E%E5%B8%82%E7%AE%A1%E9%87%8C%E5%B1%80").has("/also/0"));  // 城市管里局
    EXPECT_TRUE(
        search("?q=%E8%B7%AF%E7%81%AF%E4%B8%8D%E4%BA%AE%E4%BA%86%E5%90%97").has("/loosely"));  // 路灯不亮了吗
    for (char const* word :
         {"%E8%BD%A6", "%E6%B0%B4", "%E8%AF%B7", "%E6%82%A8%E5%A5%BD", "%E8%B0%A2"})  // long replies
        search((std::string("?limit=50&q=") + word).c_str());
    EXPECT_TRUE(as("seat01").get("/api/v1/search/names?q=csglj").has("/names/0/unit/code"));
    EXPECT_EQ(search("?q=colour:red").key(), "search.bad_filter");
}

/// What the demo has no case of.
bool rare(std::string const& member) {
    for (char const* known :
         {"clock_behind_s",                  // nobody sets the clock back
          "due/properties/provisional",      // the calendar's year is published
          "outcome/properties/provisional",  // so here
          "opened/properties/provisional",
          "opened/properties/due",
          "opened/properties/last_day",  // a clock that opening starts
          "opened/properties/assignments",
          "findings/items",                // the demo's journal fits
          "more_than_about",               // more than a thousand
          "properties/opened_by",          // one rulebook: none begins a matter of another
          "unit_in_tree/properties/heir",  // the demo's units are all there
          "opening/properties/",
          "timeline_entry/properties/opens",
          "hall_material/properties/sample",
          "hall_form/properties/materials/items/properties/sample",
          "hall_form/properties/materials/items/properties/template",
          "hall_form/properties/materials/items/properties/when",  // the food licence asks the same of everybody
          "hall_material/properties/template",                     // a city's files
          "hall_place/properties/opens",                           // a Friday at nine: all are open
          "hall_favourite/properties/change",                      // no item ends meanwhile
          "floor_day/properties/provisional",                      // as above
          "floor_ticket/properties/over",                          // a day does not end meanwhile
          "hall~1changes/get/responses/200/content/application~1json/schema/properties/next"})
        if (member.find(known) != std::string::npos) return true;
    return false;
}

TEST(ReplyShapes, AreDescribedOfEveryOperationAndEveryMember) {
    for (std::string const& path : described().paths())
        if (path.find('{') == std::string::npos && path != "/api/v1/events") as("seat01").get(path);
    for (char const* target : {"/api/v1/procedures/appeal", "/api/v1/catalogues/classes", "/api/v1/texts/zh",
                               "/api/v1/due?limit=3%20working%20days"})
        as("nobody").get(target);
    come_and_go();
    std::string const id = dispatched({{"about", "350102004"},
                                       {"urgent", true},
                                       {"hazard", true},
                                       {"confidential", true},
                                       {"anonymous", true},
                                       {"no_reply", true}}),
                      at = kMatters + "/" + id;
    delay(dispatched({}));
    as("seat01").get(at);
    as("seat01").get(at + "/receipt");
    as("seat01").post(at + "/personal", {{"reason", "核实情况"}});
    as("gulou").get(kMatters + "/" + below_gulou().id);
    wait_for_readers(at);
    take_many();
    take_back();
    merge_two();
    claim_one();
    look_up();
    hear_a_change();
    be_advised();
    talk();
    ring();
    practise();
    run_a_week();
    look_around();
    freeze_a_month();
    look_for_some();
    keep_rulebooks();
    look_in_the_hall();
    apply_and_go_on();
    be_at_home();
    spend_a_morning_in_the_hall();
    edit_items();
    hear_of_items();
    edit_a_hall();
    watch_the_hall();
    administer(id);
    as("nobody").post(kMatters, {{"procedure", "appeal"}, {"form", {{"title", 1}, {"colour", "red"}}}});

    std::set<std::string> missed = described().operations();
    for (std::string const& answered : described().answered()) missed.erase(answered);
    for (std::string const& operation : missed) ADD_FAILURE() << "no good answer was heard of " << operation;
    for (std::string const& member : described().never_seen())
        EXPECT_TRUE(rare(member)) << "described, and in no answer: " << member;
}

}  // namespace
}  // namespace banyan::api_test
