#include "systems/hall/cases/application.h"

#include <gtest/gtest.h>

#include "base/testing.h"
#include "systems/hall/testing.h"

namespace banyan::hall {
namespace {

using banyan::testing::source_text;

Day const kToday = *parse_day("2026-10-09");

Material material(std::string code, std::string form) {
    Material made;
    made.name = "材料" + code;
    made.code = std::move(code);
    made.form = std::move(form);
    return made;
}

/// ★5, three materials, one of which the government has; may be accepted with papers to follow.
Stored stored() {
    Stored made;
    made.version = 2;
    made.item = testing::good_item();
    made.item.catalogue = "1";
    made.item.audience = {"person"};
    made.item.type = Type::permit;
    made.item.kind = Kind::promised;
    made.item.star = 5;
    made.item.legal_days = 20;
    made.item.promised_days = 5;
    made.item.special = {{"现场核查", 5, "条例", "每次"}, {"听证", 10, "条例", "申请时"}};
    made.item.materials = {material("plan", "upload"), material("id", "licence"), material("lease", "noneed")};
    made.item.options = {"missing_papers", "promise"};
    made.item.result = {"许可证", "Licence", "licence", true};
    made.item.delivery = {"electronic", "pickup"};
    return made;
}

Said said() {
    Said made;
    made.applicant = "person";
    made.version = 2;
    made.form = {{"name", "陈小榕"}, {"identity", "350199190001010014"}, {"phone", "15400000001"}};
    made.materials = {{{"code", "plan"}, {"how", "upload"}, {"files", {"ab"}}},
                      {{"code", "id"}, {"how", "licence"}}};
    return made;
}

Hands const kHands{"sj", {}, {"xz"}};

Result<json::object> made(Said given, Stored const& of) {
    return application_form(std::move(given), of, Sheets::read(source_text("data/hall/forms.toml")).value(),
                            kHands, kToday);
}

/// "field key" of each fault.
std::vector<std::string> faults(Said given, Stored const& of = stored()) {
    auto const form = made(std::move(given), of);
    std::vector<std::string> all;
    if (form) return all;
    all.push_back(form.error().field + " " + form.error().key);
    for (Refusal const& other : form.error().others) all.push_back(other.field + " " + other.key);
    return all;
}
using Faults = std::vector<std::string>;

TEST(Applications, SayWhatTheItemSays) {
    json::object const form = made(said(), stored()).value();
    EXPECT_EQ(form.at("item_version"), 2);
    EXPECT_EQ(form.at("legal_days"), 20);
    EXPECT_EQ(form.at("promised_days"), 5);
    EXPECT_EQ(form.at("kind"), "with_promise");
    EXPECT_EQ(form.at("permit"), true);
    EXPECT_EQ(form.at("specials"), "现场核查=5;听证=10");
    EXPECT_EQ(form.at("lead"), "sj");
    EXPECT_EQ(form.at("informed"), json::value({"xz"}));
    EXPECT_EQ(form.at("delivery"), "electronic") << "the item's first";
    EXPECT_EQ(form.at("attachments"), json::value({"ab"}));
    EXPECT_EQ(form.at("answers"), R"({"applicant":"person"})");
    EXPECT_FALSE(form.contains("papers"));
}

TEST(Applications, WhatTellsOfAPersonIsApart) {
    Stored of = stored();
    of.item.catalogue = "000131007000";
    Said given = said();
    for (auto const& [name, value] : json::object{{"shop_name", "榕树下"},
                                                  {"shop_place", "茉莉巷 8 号"},
                                                  {"floor_area", 86},
                                                  {"food_business", "snack"},
                                                  {"food_manager", "林小茉"}})
        given.form[name] = value;
    json::object const form = made(given, of).value();
    EXPECT_EQ(form.at("private_answers"), R"({"food_manager":"林小茉"})");
    EXPECT_EQ(form.at("answers").as_string().find("林小茉"), std::string::npos);
    EXPECT_EQ(form.at("name"), "陈小榕");
}

TEST(Applications, EveryFaultIsNamedAtOnce) {
    Said given = said();
    given.form = {{"name", "陈"}, {"phone", "15400000001"}, {"height", 180}};
    given.materials = {{{"code", "plan"}, {"how", "upload"}},
                       {{"code", "lease"}, {"how", "upload"}, {"files", {"ab"}}}};
    given.delivery = "courier";
    Faults const all = faults(given);
    for (char const* fault :
         {"form.name field.too_short", "form.identity field.required", "form.height field.unknown",
          "materials.plan material.not_uploaded", "materials.lease material.unknown",
          "materials.id material.missing", "delivery delivery.not_offered"})
        EXPECT_NE(std::ranges::find(all, fault), all.end()) << fault;
    EXPECT_EQ(all.size(), 7U);
}

TEST(Applications, MaterialsAreGivenAsTheGuideSays) {
    auto with = [](json::array materials) {
        Said given = said();
        given.materials = std::move(materials);
        return given;
    };
    json::object const id{{"code", "id"}, {"how", "licence"}},
        plan{{"code", "plan"}, {"how", "upload"}, {"files", {"ab"}}};
    EXPECT_EQ(faults(with({plan, plan, id})), (Faults{"materials.plan material.given_twice"}));
    EXPECT_EQ(faults(with({{{"code", "plan"}, {"how", "licence"}}, id})),
              (Faults{"materials.plan material.not_shared"}));
    EXPECT_EQ(faults(with({{{"code", "plan"}, {"how", "paper"}}, id})),
              (Faults{"materials.plan material.not_uploaded"}))
        << "★5 takes no paper";
    EXPECT_EQ(faults(with({{{"code", "plan"}, {"how", "follow"}}, id})), Faults{});
    Stored strict = stored();
    strict.item.options.clear();
    EXPECT_EQ(faults(with({{{"code", "plan"}, {"how", "follow"}}, id}), strict),
              (Faults{"materials.plan material.no_following"}));
    strict.item.star = 3;
    Said paper = with({{{"code", "plan"}, {"how", "paper"}}, id});
    EXPECT_EQ(made(paper, strict).value().at("papers"), true) << "brought to the window before it is accepted";
}

TEST(Applications, AnotherVersionOrAnItemThatEndedIsRefusedByName) {
    Said old = said();
    old.version = 1;
    EXPECT_EQ(made(old, stored()).error().key, "item.version_changed");
    Stored ended = stored();
    ended.state = State::cancelled;
    EXPECT_EQ(made(said(), ended).error().key, "item.not_in_force");
    Said company = said();
    company.applicant = "company";
    EXPECT_EQ(made(company, stored()).error().key, "sheet.audience");
}

TEST(Applications, ACommitmentAndAnAgentOnlyWhereTheyMayBe) {
    Said given = said();
    given.committed = true;
    EXPECT_EQ(made(given, stored()).value().at("committed"), true);
    Stored strict = stored();
    strict.item.options = {"missing_papers"};
    EXPECT_EQ(faults(given, strict), (Faults{"committed promise.not_offered"}));
    given = said();
    given.form["by_agent"] = true;
    given.form["agent"] = "林代办";
    given.form["agent_until"] = "2026-10-08";
    EXPECT_EQ(faults(given), (Faults{"form.agent_until agent.ended"}));
    given.form["agent_until"] = "2026-10-09";
    EXPECT_EQ(made(given, stored()).value().at("agent"), "林代办");
}

}  // namespace
}  // namespace banyan::hall
