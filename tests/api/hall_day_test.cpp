// The hall's day and what is taken in elsewhere, from outside: who sees what, whether figures and lists agree, the
// way of papers.
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "api/cases.h"
#include "api/hall.h"

namespace banyan::api_test {
namespace {

std::string const kToday = "/api/v1/hall/today",
                  kCases = kToday + "/cases?what=", kElsewhere = "/api/v1/hall/elsewhere";
std::string const kMatters = "/api/v1/matters/";

/// The cache of the figures is two seconds old at most.
Heard today(std::string const& login) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2100));
    return as(login).get(kToday);
}
json::array cases(std::string const& login, std::string const& what) {
    Heard const heard = as(login).get(kCases + what);
    EXPECT_EQ(heard.status, 200) << heard.text;
    return heard.body.at("cases").as_array();
}
bool holds(json::array const& all, std::string const& id) {
    return std::ranges::any_of(all,
                               [&](json::value const& row) { return row.at("case").at("id").as_string() == id; });
}
json::value row_of(std::string const& login, std::string const& side, std::string const& id) {
    Heard const heard = as(login).get(kElsewhere + "?side=" + side);
    for (json::value const& row : heard.body.at("cases").as_array())
        if (row.at("case").at("id").as_string() == id) return row;
    return nullptr;
}

}  // namespace

void watch_the_hall() {
    http::EventReader stream("127.0.0.1", port(), kToday + "/events", as("mayor").signed_by(), seconds(5));
    EXPECT_TRUE(stream.next());
    Case const made = applied("window-gl");
    auto const event = stream.next();
    ASSERT_TRUE(event);
    EXPECT_EQ(event->event, "changed");
    described().hold_event(kToday + "/events", json::parse(event->data));
    as("mayor").get(kToday);
    as("mayor").get(kCases + "received");
    as("window-gl")
        .take(made.id, "send_papers",
              {{"papers_sent", "申请书一份"}, {"papers_how", "courier"}, {"papers_waybill", "SF1"}});
    as("window01").take(made.id, "papers_here", {{"papers_found", "lacking"}, {"papers_lack", "少一张照片"}});
    as("window-gl").get(kElsewhere);
}

void hear_of_items() {
    Heard const news = as("unit-sj-head").get("/api/v1/hall/editor/news");
    as("unit-sj-head").post("/api/v1/hall/editor/news/seen", {{"through", news.at("/news/0/event")}});
}

namespace {

TEST(HallDay, CountsWhatItsListsHold) {
    Heard const before = today("mayor");
    Case const web = applied("citizen"), counter = applied("window01");
    Heard const after = today("hall01");
    EXPECT_EQ(after.number("/received/all"), before.number("/received/all") + 2);
    EXPECT_EQ(after.number("/received/web"), before.number("/received/web") + 1);
    EXPECT_EQ(after.number("/received/counter"), before.number("/received/counter") + 1);
    for (char const* login : {"mayor", "sup01", "hall01"}) {
        json::array const all = cases(login, "received");
        EXPECT_EQ(static_cast<std::int64_t>(all.size()), after.number("/received/all")) << login;
        EXPECT_TRUE(holds(cases(login, "received&way=web"), web.id)) << login;
        EXPECT_FALSE(holds(cases(login, "received&way=web"), counter.id)) << login;
    }
    for (char const* what : {"instant", "early", "on_time", "late"})
        EXPECT_EQ(static_cast<std::int64_t>(cases("mayor", what).size()),
                  after.number(std::string("/in_time/") + what))
            << what;
    std::int64_t overdue = 0, near = 0;
    for (json::value const& unit : after.body.at("units").as_array()) {
        overdue += unit.at("overdue").as_int64();
        near += unit.at("near").as_int64();
        std::string const code(unit.at("unit").at("code").as_string());
        EXPECT_EQ(static_cast<std::int64_t>(cases("mayor", "overdue&unit=" + code).size()),
                  unit.at("overdue").as_int64())
            << code;
    }
    EXPECT_GE(overdue, 1) << "the demo has one";
    json::array const late = cases("mayor", "overdue");
    EXPECT_EQ(static_cast<std::int64_t>(late.size()), overdue);
    for (json::value const& row : late) EXPECT_EQ(row.at("case").at("light").as_string(), "red");
    json::array const soon = cases("mayor", "near");
    EXPECT_EQ(static_cast<std::int64_t>(soon.size()), near);
    for (json::value const& row : soon) EXPECT_EQ(row.at("case").at("light").as_string(), "yellow");
}

/// Past the promise and within the law: late for the unit that promised, not by the matter's own due.
TEST(HallDay, GoesByTheShareLikeTheUnitsOwnList) {
    json::array const late = cases("mayor", "overdue&unit=sj");
    ASSERT_FALSE(late.empty());
    std::string const id(late[0].at("case").at("id").as_string());
    auto listed = [&](char const* login, std::string const& asked) {
        Heard const heard = as(login).get("/api/v1/matters?limit=100&overdue=true" + asked);
        EXPECT_EQ(heard.status, 200) << heard.text;
        return std::ranges::any_of(heard.body.at("matters").as_array(),
                                   [&](json::value const& row) { return row.at("id").as_string() == id; });
    };
    EXPECT_TRUE(listed("unit-sj", "&mine=true&order=due"));
    EXPECT_TRUE(listed("unit-sj", "&mine=true"));
    EXPECT_TRUE(listed("hall01", "&unit=sj&order=due"));
    EXPECT_FALSE(listed("unit-sj", "&order=due")) << "the law's limit is not over";
    EXPECT_FALSE(listed("hall01", "&unit=xz&order=due")) << "who is informed of it is late with nothing";
    Heard const first = as("unit-sj").get("/api/v1/matters?limit=1&overdue=true&mine=true&order=due");
    EXPECT_EQ(first.body.at("matters").as_array().size(), 1U);
}

TEST(HallDay, TellsWhoLeadsNothingOfAPerson) {
    Case const made = applied("citizen");
    for (char const* login : {"mayor", "hall01"}) {
        Heard const heard = as(login).get(kCases + "received");
        EXPECT_EQ(heard.text.find(kName), std::string::npos) << login;
        EXPECT_EQ(heard.text.find(kPhone), std::string::npos) << login;
    }
    json::array const seen = cases("mayor", "received");
    ASSERT_FALSE(seen.empty());
    EXPECT_FALSE(seen[0].at("opens").as_bool());
    EXPECT_FALSE(seen[0].at("case").as_object().contains("title"))
        << "the item's name, and nothing somebody wrote";
    EXPECT_EQ(as("mayor").get(kMatters + made.id).status, 404);
    EXPECT_TRUE(cases("hall01", "received")[0].at("opens").as_bool());
    for (char const* login : {"window01", "unit-sj", "seat01", "citizen"}) {
        EXPECT_EQ(as(login).get(kToday).status, 403) << login;
        EXPECT_EQ(as(login).get(kCases + "received").status, 403) << login;
    }
    EXPECT_EQ(as("nobody").get(kToday).status, 401);
    EXPECT_EQ(as("mayor").get(kCases + "all").key(), "field.choice");
    EXPECT_EQ(as("mayor").get(kCases + "open&unit=nobody").key(), "unit.unknown");
}

TEST(HallDay, KeepsRatingsToTheManagement) {
    Case const made = granted();
    std::int64_t const before = today("hall01").number("/ratings/3/n");
    EXPECT_EQ(as("citizen").post("/api/v1/hall/applications/" + made.id + "/rating", {{"stars", 2}}).status, 201);
    EXPECT_EQ(today("mayor").number("/ratings/3/n"), before + 1) << "how many is public";
    EXPECT_EQ(static_cast<std::int64_t>(cases("hall01", "rated_2").size()), before + 1);
    EXPECT_TRUE(cases("mayor", "rated_2").empty());
}

TEST(HallDay, SavesTheTripsThatWereNotMade) {
    std::int64_t const before = today("mayor").number("/saved");
    Case const made = granted();  // on line, no papers, an electronic licence: neither to apply nor to collect
    EXPECT_EQ(today("mayor").number("/saved"), before + 2);
    EXPECT_TRUE(holds(cases("mayor", "saved"), made.id));
}

TEST(Elsewhere, PapersGoOnAndTheResultComesBack) {
    Case const made = applied("window-gl");
    json::value const out = row_of("window-gl", "out", made.id);
    ASSERT_TRUE(out.is_object());
    EXPECT_EQ(out.at("taken_at").at("code").as_string(), "350102-xz");
    EXPECT_TRUE(row_of("window01", "in", made.id).is_object());
    EXPECT_TRUE(row_of("window01", "out", made.id).is_null());
    EXPECT_EQ(as("unit-sj").get(kElsewhere).status, 403);
    auto take = [&](char const* login, char const* step, json::object form = {}) {
        return as(login).post(kMatters + made.id + "/steps/" + step, {{"form", form}});
    };
    json::object const papers{
        {"papers_sent", "申请书、照片各一份"}, {"papers_how", "courier"}, {"papers_waybill", "SF77"}};
    EXPECT_EQ(take("window01", "papers_here", {{"papers_found", "whole"}}).key(), "elsewhere.nothing_sent");
    EXPECT_EQ(take("window-gl", "send_papers", {{"papers_sent", "申请书"}, {"papers_how", "courier"}}).key(),
              "deliver.no_waybill");
    ASSERT_EQ(take("window-gl", "send_papers", papers).status, 200);
    EXPECT_EQ(take("window-gl", "send_papers", papers).key(), "elsewhere.on_the_way");
    EXPECT_EQ(take("window-gl", "papers_here", {{"papers_found", "whole"}}).key(), "elsewhere.own");
    EXPECT_EQ(take("window01", "papers_here", {{"papers_found", "damaged"}}).key(), "elsewhere.say_what");
    ASSERT_EQ(take("window01", "papers_here", {{"papers_found", "whole"}}).status, 200);
    json::value const row = row_of("window-gl", "out", made.id);
    EXPECT_EQ(row.at("track").at(1).at("waybill").as_string(), "SF77");
    EXPECT_EQ(row.at("track").at(2).at("found").as_string(), "whole");
    Case const here = applied("window01");
    EXPECT_EQ(as("window01").post(kMatters + here.id + "/steps/send_papers", {{"form", papers}}).key(),
              "elsewhere.not_taken");
}

TEST(Elsewhere, TheDemosResultIsHandedOverOnceItIsThere) {
    std::string back;
    Heard const mine = as("window-gl").get(kElsewhere);
    for (json::value const& row : mine.body.at("cases").as_array())
        for (json::value const& told : row.at("track").as_array())
            if (told.at("step").as_string() == "send_result") back = row.at("case").at("id").as_string();
    ASSERT_FALSE(back.empty());
    auto take = [&](char const* login, char const* step, json::object form = {}) {
        return as(login).post(kMatters + back + "/steps/" + step, {{"form", form}});
    };
    EXPECT_EQ(take("window-gl", "deliver_case", {{"delivered_by", "elsewhere"}}).key(), "elsewhere.not_here");
    EXPECT_EQ(take("window02", "result_here").key(), "elsewhere.own");
    ASSERT_EQ(take("window-gl", "result_here").status, 200);
    ASSERT_EQ(take("window-gl", "deliver_case", {{"delivered_by", "elsewhere"}}).status, 200);
    EXPECT_TRUE(row_of("window-gl", "out", back).is_object()) << "still there today";
}

}  // namespace
}  // namespace banyan::api_test
