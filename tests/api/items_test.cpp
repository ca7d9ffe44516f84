// The item editor over the API: who may, what bad input gets, how a guide changes at once, samples for everybody.
// The rules themselves: src/systems/hall/editor_test.cpp
#include <gtest/gtest.h>

#include <thread>

#include "api/demo_city.h"
#include "api/hall.h"
#include "platform/media/testing/samples.h"

namespace banyan::api_test {
namespace {

std::string const kEditor = "/api/v1/hall/editor/", kRevisions = kEditor + "revisions";
/// Items of a unit that nobody revises now, by code.
std::vector<std::string> items_of(std::string const& login) {
    std::vector<std::string> all;
    Heard const heard = as(login).get(kEditor + "items");
    for (json::value const& row : heard.body.at("items").as_array())
        if (row.at("state").as_string() == "published") all.emplace_back(row.at("code").as_string());
    return all;
}

std::string begun(std::string const& login, json::object const& what) {
    Heard const heard = as(login).post(kRevisions, what);
    EXPECT_EQ(heard.status, 201) << heard.text;
    return kRevisions + "/" + heard.at("/id");
}
Heard step(std::string const& login, std::string const& at, char const* name, json::object more = {}) {
    more["step"] = name;
    return as(login).post(at + "/steps", more);
}
Heard save(std::string const& at, json::object const& body, std::int64_t draft,
           std::string const& login = "unit-sj") {
    return as(login).post(at + "/draft", {{"draft", draft}, {"body", body}});
}
json::object body_of(std::string const& at, std::string const& login = "unit-sj") {
    return as(login).get(at).body.at("body").as_object();
}
std::string state_of(std::string const& code) {
    return as("nobody").get("/api/v1/hall/items/" + code).at("/state");
}
/// What is found follows within a moment.
void wait_for_count(std::int64_t items) {
    for (int tries = 0; tries < 200; ++tries) {
        if (as("nobody").get("/api/v1/hall/counter").number("/items") == items) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    ADD_FAILURE() << "the counter does not say " << items;
}

TEST(Items, AreRevisedReviewedByTwoAndPublishedAtOnce) {
    std::string const code = items_of("unit-sj").back();
    std::string const at = begun("unit-sj", {{"kind", "revise"}, {"item", code}});
    EXPECT_EQ(state_of(code), "revising");
    Heard const guide = as("nobody").get("/api/v1/hall/items/" + code);
    EXPECT_NE(guide.at("/revising_since"), "");
    wait_for_count(819);
    EXPECT_EQ(as("unit-sj").post(kRevisions, {{"kind", "revise"}, {"item", code}}).key(),
              "revision.not_published");

    json::object body = body_of(at);
    EXPECT_EQ(step("unit-sj", at, "hand_in", {{"draft", 1}}).key(), "revision.no_change");
    json::array const materials = body.contains("materials") ? body.at("materials").as_array() : json::array();
    json::array with_other = materials;
    with_other.push_back({{"code", "other"}, {"name", "其他材料"}, {"form", "upload"}});
    body["materials"] = with_other;
    body["phone"] = "0591-0000 9999";
    Heard const saved = save(at, body, 1);
    ASSERT_EQ(saved.status, 200) << saved.text;
    EXPECT_EQ(saved.at("/faults/0/key"), "material.catch_all");
    EXPECT_EQ(saved.at("/faults/0/field"), "materials[" + std::to_string(materials.size()) + "].name");
    EXPECT_EQ(saved.number("/draft"), 2);
    EXPECT_EQ(save(at, body, 1).key(), "revision.stale");
    EXPECT_EQ(save(at, body, 1).status, 412);
    EXPECT_EQ(step("unit-sj", at, "hand_in", {{"draft", 1}}).key(), "revision.stale");
    Heard const refused = step("unit-sj", at, "hand_in", {{"draft", 2}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(refused.key(), "material.catch_all");

    body["materials"] = materials;
    ASSERT_EQ(save(at, body, 2).status, 200);
    ASSERT_EQ(step("unit-sj", at, "hand_in", {{"draft", 3}}).status, 200);
    EXPECT_EQ(save(at, body, 3).key(), "revision.not_drafting");
    EXPECT_EQ(step("unit-sj", at, "endorse").key(), "step.wrong_desk");
    EXPECT_EQ(step("hall01", at, "endorse").key(), "step.wrong_desk");
    EXPECT_EQ(step("hall01", at, "publish").key(), "step.out_of_turn");
    EXPECT_EQ(step("unit-ga-head", at, "endorse").key(), "revision.unknown");
    ASSERT_EQ(step("unit-sj-head", at, "send_back", {{"reason", "电话再核对"}}).status, 200);
    ASSERT_EQ(step("unit-sj", at, "hand_in", {{"draft", 3}}).status, 200);
    ASSERT_EQ(step("unit-sj-head", at, "endorse", {{"note", "同意"}}).status, 200);
    EXPECT_EQ(step("unit-sj-head", at, "publish").key(), "step.wrong_desk");
    EXPECT_EQ(step("hall01", at, "send_back").key(), "field.required");
    ASSERT_EQ(step("hall01", at, "publish").status, 200);

    EXPECT_EQ(state_of(code), "published");
    EXPECT_EQ(as("nobody").get("/api/v1/hall/items/" + code).number("/version"), 2);
    EXPECT_EQ(as("nobody").get("/api/v1/hall/items/" + code).at("/phone"), "0591-0000 9999");
    EXPECT_NE(as("nobody").get("/api/v1/hall/items/" + code + "?version=1").at("/until"), "");
    wait_for_count(820);
    Heard const history = as("unit-sj").get(kEditor + "items/" + code + "/history");
    EXPECT_EQ(history.number("/versions/1/version"), 2);
    EXPECT_EQ(history.number("/revisions/0/published"), 2);
    EXPECT_EQ(history.at("/revisions/0/steps/1/step"), "hand_in_item");
    EXPECT_EQ(history.at("/revisions/0/steps/2/said"), "电话再核对");
    EXPECT_EQ(history.at("/revisions/0/steps/5/by/zh"), "桂堂");
    Heard const differences = as("hall01").get(kEditor + "items/" + code + "/differences?from=1&to=2");
    ASSERT_EQ(differences.body.at("changes").as_array().size(), 1U) << differences.text;
    EXPECT_EQ(differences.at("/changes/0/field"), "phone");
    EXPECT_EQ(differences.at("/changes/0/after"), "\"0591-0000 9999\"");
}

TEST(Items, MayStayInForceAndComeBackWhenARevisionIsGivenUp) {
    std::string const code = items_of("unit-yb").front();
    std::string at = begun("unit-yb", {{"kind", "revise"}, {"item", code}, {"withdraw", false}});
    EXPECT_EQ(state_of(code), "published");
    EXPECT_EQ(as("unit-yb").post(kRevisions, {{"kind", "cancelled"}, {"item", code}}).key(), "revision.open");
    EXPECT_EQ(as("unit-yb").get(at).at("/may/0"), "save");
    EXPECT_EQ(as("unit-yb-head").get(at).at("/may/0"), "save") << "a head writes too";
    EXPECT_EQ(as("review01").get(at).body.at("may").as_array().size(), 0U);
    EXPECT_EQ(step("unit-yb", at, "give_up", {{"reason", "不改了"}}).status, 200);
    EXPECT_EQ(step("unit-yb", at, "give_up", {{"reason", "不改了"}}).key(), "step.out_of_turn");
    at = begun("unit-yb", {{"kind", "revise"}, {"item", code}});
    EXPECT_EQ(state_of(code), "revising");
    wait_for_count(819);
    EXPECT_EQ(step("unit-yb", at, "give_up", {{"reason", "不改了"}}).status, 200);
    EXPECT_EQ(state_of(code), "published");
    EXPECT_EQ(as("nobody").get("/api/v1/hall/items/" + code).number("/version"), 1);
    wait_for_count(820);
}

TEST(Items, KeepALimitBeyondTheLawToThoseThatHaveABasis) {
    std::string const code = [] {
        for (std::string const& each : items_of("unit-sj"))
            if (each.find("XK") != std::string::npos) return each;
        return std::string();
    }();
    ASSERT_NE(code, "");
    std::string const at = begun("unit-sj", {{"kind", "revise"}, {"item", code}, {"withdraw", false}});
    json::object body = body_of(at);
    body["kind"] = "promised";
    body["legal_days"] = -1;
    body["promised_days"] = 25;
    Heard const beyond = save(at, body, 1);
    EXPECT_NE(beyond.text.find("limit.beyond_law"), std::string::npos) << beyond.text;
    EXPECT_EQ(step("unit-sj", at, "hand_in", {{"draft", 2}}).key(), "limit.beyond_law");
    body["legal_over"] = "食品安全法:第三十五条";
    EXPECT_EQ(save(at, body, 2).text.find("limit.beyond_law"), std::string::npos);
    EXPECT_EQ(step("unit-sj", at, "hand_in", {{"draft", 3}}).status, 200);
    EXPECT_EQ(step("unit-sj", at, "give_up", {{"reason", "试一试"}}).status, 200);
}

TEST(Items, GiveSamplesToEverybodyOncePublished) {
    std::string const code = items_of("unit-rs").front();
    std::string const at = begun("unit-rs", {{"kind", "revise"}, {"item", code}, {"withdraw", false}});
    Heard const sent = as("unit-rs").send(http::Method::post, "/api/v1/files", {{"Content-Type", "image/png"}},
                                          media::testing::png({}));
    ASSERT_EQ(sent.status, 201) << sent.text;
    std::string const file = sent.at("/file"), address = "/api/v1/hall/files/" + file;
    json::object body = body_of(at, "unit-rs");
    json::array materials = body.contains("materials") ? body.at("materials").as_array() : json::array();
    materials.push_back({{"code", "photo"},
                         {"name", "一寸照片"},
                         {"form", "upload"},
                         {"grade", "B"},
                         {"sample", address},
                         {"template", address}});
    body["materials"] = materials;
    EXPECT_EQ(save(at, body, 1, "unit-rs").at("/faults/0/key"), "revision.file_unknown");
    EXPECT_EQ(as("unit-ga").post(at + "/files", {{"file", file}}).key(), "revision.unknown");
    ASSERT_EQ(as("unit-rs").post(at + "/files", {{"file", file}}).status, 200);
    EXPECT_EQ(as("unit-rs").post(at + "/files", {{"file", std::string(64, '0')}}).key(), "file.unknown");
    EXPECT_EQ(as("nobody").get(address).key(), "hall_file.unknown");
    EXPECT_EQ(as("citizen").get(address).status, 404);
    EXPECT_EQ(as("hall01").get(address).status, 200) << "who reviews it sees it before";
    ASSERT_EQ(save(at, body, 2, "unit-rs").status, 200);
    ASSERT_EQ(step("unit-rs", at, "hand_in", {{"draft", 3}}).status, 200);
    ASSERT_EQ(step("unit-rs-head", at, "endorse").status, 200);
    ASSERT_EQ(step("review01", at, "publish", {{"note", "同意"}}).status, 200);
    Heard const sample = as("nobody").get(address);
    EXPECT_EQ(sample.status, 200);
    EXPECT_EQ(sample.header("content-type"), "image/png");
    EXPECT_EQ(sample.header("content-security-policy"), "sandbox; default-src 'none'; frame-ancestors 'none'");
    EXPECT_EQ(as("nobody").get("/api/v1/hall/files/nothing").key(), "hall_file.unknown");
    Heard const guide = as("nobody").get("/api/v1/hall/items/" + code);
    EXPECT_NE(guide.text.find(address), std::string::npos);
}

TEST(Items, RefuseWhatCannotBe) {
    std::string const own = items_of("unit-sj").front(), other = items_of("unit-ga").front();
    struct Row {
        char const* login;
        json::object body;
        char const* key;
    };
    for (Row const& row : {Row{"unit-sj", {{"kind", "revise"}, {"item", other}}, "revision.not_your_unit"},
                           Row{"unit-sj", {{"kind", "revise"}, {"item", "nothing"}}, "item.unknown"},
                           Row{"unit-sj", {{"kind", "revise"}}, "revision.no_item"},
                           Row{"unit-sj", {{"kind", "new"}}, "revision.no_name"},
                           Row{"unit-sj", {{"kind", "burn"}, {"item", own}}, "field.choice"},
                           Row{"hall01", {{"kind", "revise"}, {"item", own}}, "step.wrong_desk"},
                           Row{"citizen", {{"kind", "revise"}, {"item", own}}, "step.wrong_desk"},
                           Row{"seat01", {{"kind", "new"}, {"name", "新事项"}}, "step.wrong_desk"}})
        EXPECT_EQ(as(row.login).post(kRevisions, row.body).key(), row.key) << json::serialize(row.body);
    EXPECT_EQ(as("nobody").get(kRevisions).key(), "session.needed");
    EXPECT_EQ(as("seat01").get(kRevisions).key(), "step.wrong_desk");
    EXPECT_EQ(as("unit-sj").get(kRevisions + "/1x").key(), "revision.unknown");
    EXPECT_EQ(as("unit-sj").get(kEditor + "items?unit=ga").key(), "revision.not_your_unit");
    EXPECT_EQ(as("unit-sj").get(kEditor + "items/" + other + "/history").key(), "item.unknown");
    EXPECT_EQ(as("unit-sj").get(kEditor + "items/" + own + "/differences?from=1&to=7").key(), "item.unknown");
    EXPECT_GT(as("hall01").get(kEditor + "items?unit=ga").body.at("items").as_array().size(), 0U);
    EXPECT_EQ(as("hall01").get(kEditor + "items").body.at("items").as_array().size(), 0U);

    // the rulebook's steps are nobody's to take elsewhere
    std::string const at = begun("unit-sj", {{"kind", "cancelled"}, {"item", own}});
    std::string const id = at.substr(at.rfind('/') + 1);
    for (char const* login : {"unit-sj", "hall01", "review01"}) {
        Heard const heard =
            as(login).post("/api/v1/matters/" + id + "/steps/publish_item", json::object{{"form", {}}});
        EXPECT_TRUE(heard.key() == "step.wrong_desk" || heard.key() == "matter.unknown") << heard.text;
    }
    EXPECT_EQ(as("unit-sj")
                  .post("/api/v1/matters", {{"procedure", "item"},
                                            {"step", "begin_item"},
                                            {"form", {{"title", "x"}, {"item_unit", "sj"}, {"revision", "new"}}}})
                  .key(),
              "step.wrong_desk");
    Heard const lacking = step("unit-sj", at, "hand_in", {{"draft", 1}});
    EXPECT_EQ(lacking.key(), "revision.no_basis");
    EXPECT_EQ(save(at, {{"basis", "国发〔2026〕1号"}, {"day", "2099-01-01"}}, 1).at("/faults/0/key"),
              "revision.day_ahead");
    EXPECT_EQ(step("unit-sj", at, "hand_in").key(), "field.required");
    EXPECT_EQ(step("unit-sj", at, "give_up", {{"reason", "不取消了"}}).status, 200);
}

}  // namespace

void edit_items() {
    std::string const at = begun("unit-sj", {{"kind", "new"}, {"name", "夜市摊位备案"}});
    as("unit-sj").get(at);
    as("unit-sj").get(kRevisions);
    json::object body = body_of(at);
    body.erase("star");
    save(at, body, 1);
    step("unit-sj", at, "give_up", {{"reason", "重复"}});
    std::string const code = items_of("unit-sj").back();
    std::string const revised = begun("unit-sj", {{"kind", "revise"}, {"item", code}});
    as("unit-sj").get(kEditor + "items");
    as("unit-sj").get(kRevisions);
    as("unit-sj").get(revised);
    json::object item = body_of(revised);
    item["phone"] = "0591-0000 8888";
    item.erase("keywords");
    save(revised, item, 1);
    as("unit-sj").get(revised);
    as("nobody").get("/api/v1/hall/items/" + code);
    step("unit-sj", revised, "hand_in", {{"draft", 2}});
    step("unit-sj-head", revised, "endorse", {{"note", "同意"}});
    as("hall01").get(revised);
    EXPECT_EQ(step("hall01", revised, "publish").status, 200);
    as("hall01").get(revised);
    for (char const* what : {"/history", "/differences?from=1&to=2"})
        as("unit-sj").get(kEditor + "items/" + code + what);
    as("nobody").get("/api/v1/hall/items/" + code);
    as("nobody").get("/api/v1/hall/items/" + code + "?version=1");

    std::string const with_file =
        begun("unit-rs", {{"kind", "revise"}, {"item", items_of("unit-rs").back()}, {"withdraw", false}});
    std::string const file =
        as("unit-rs")
            .send(http::Method::post, "/api/v1/files", {{"Content-Type", "image/png"}}, media::testing::png({}))
            .at("/file");
    as("unit-rs").post(with_file + "/files", {{"file", file}});
    as("unit-rs").get("/api/v1/hall/files/" + file);
    step("unit-rs", with_file, "give_up", {{"reason", "重复"}});
    wait_for_count(820);
}

}  // namespace banyan::api_test
