// What an account has in the hall besides its cases: messages, licences, items it keeps, places, companies it acts
// for; what bad input gets, and what a mandate that is over does.
#include "api/home.h"

#include <gtest/gtest.h>

#include "api/cases.h"

namespace banyan::api_test {
namespace {

std::string const kHall = "/api/v1/hall/", kMine = "/api/v1/messages/mine";
std::string const kFavourites = kHall + "favourites/", kCompanies = kHall + "companies";
std::string const kCompany = "91350199MA0000015J";  ///< of the demo; legal representative: citizen3
std::string const kMandates = kCompanies + "/" + kCompany + "/mandates";

Heard put(std::string const& login, std::string const& target) {
    return as(login).send(http::Method::put, target);
}
Heard del(std::string const& login, std::string const& target) {
    return as(login).send(http::Method::del, target);
}
/// In the company's name.
http::NamedValues for_it(std::string const& code = kCompany) { return {{"X-Company", code}}; }
Heard get_for(std::string const& login, std::string const& target, std::string const& code = kCompany) {
    return as(login).send(http::Method::get, target, for_it(code));
}
Heard post_for(std::string const& login, std::string const& target, json::value const& body) {
    return as(login).post(target, body, for_it());
}
json::object mandate(std::string const& login, std::string const& name, std::string const& scope = "act",
                     std::string const& until = "2026-12-31") {
    return {{"login", login}, {"person_name", name}, {"scope", scope}, {"until", until}};
}

/// The food licence, in the company's name.
Heard apply_for_it(std::string const& login, json::object form) {
    json::array materials;
    for (char const* code : {"site-plan", "menu-equipment", "rules-food", "health-cert"})
        materials.push_back({{"code", code}, {"how", "upload"}, {"files", {paper_of(login, kCompany)}}});
    json::object body = food_application(login);
    body["materials"] = std::move(materials);
    body["applicant"] = "company";
    body["form"] = std::move(form);
    return post_for(login, kHall + "applications", body);
}
json::object company_form() {
    return {{"name", "冒名公司"},         {"credit_code", "91350199MA0000015J"},
            {"legal_person", "某某"},     {"phone", kPhone},
            {"address", kAddress},        {"shop_name", "管线食堂"},
            {"shop_place", "五四路一号"}, {"floor_area", 86},
            {"food_business", "snack"},   {"food_manager", "林小茉"}};
}

TEST(Messages, OfOnesOwnMattersAreReadOnce) {
    Case const made = applied("citizen2");
    Heard const told = as("citizen2").get(kMine);
    ASSERT_EQ(told.status, 200) << told.text;
    EXPECT_EQ(told.at("/messages/0/number"), made.number) << "the newest first";
    EXPECT_EQ(told.at("/messages/0/text"), "case_received");
    EXPECT_EQ(told.at("/messages/0/said").find(made.code), std::string::npos) << "the query code is never shown";
    EXPECT_FALSE(told.body.at("messages").at(0).at("read").as_bool());
    std::int64_t const unread = told.number("/unread");
    json::object const one{{"ids", {{{"id", told.at("/messages/0/id")}}}}};
    EXPECT_EQ(as("citizen").post(kMine + "/read", one).status, 200) << "another's is passed over";
    EXPECT_EQ(as("citizen2").get(kMine).number("/unread"), unread) << "and stays unread";
    EXPECT_EQ(as("citizen2").post(kMine + "/read", one).number("/unread"), unread - 1);
    EXPECT_EQ(as("citizen2").post(kMine + "/read", one).number("/unread"), unread - 1) << "twice is once";
    EXPECT_TRUE(as("citizen2").get(kMine).body.at("messages").at(0).at("read").as_bool());
    EXPECT_EQ(as("citizen2").post(kMine + "/read", json::object{}).number("/unread"), 0) << "all of them";
    EXPECT_EQ(as("seat01").get(kMine).status, 403);
}

TEST(Licences, AreThoseOfOnesOwnCases) {
    Case const made = granted();
    Heard const mine = as("citizen").get(kHall + "licences");
    ASSERT_EQ(mine.status, 200) << mine.text;
    EXPECT_EQ(mine.at("/licences/0/case"), made.number);
    EXPECT_EQ(mine.at("/licences/0/number"), "RZ-77");
    EXPECT_EQ(mine.at("/licences/0/until"), "2031-10-08");
    EXPECT_EQ(as("nobody").get(kHall + "licences/" + made.number + "/" + mine.at("/licences/0/check")).status,
              200);
    EXPECT_EQ(as("citizen2").get(kHall + "licences").text.find("RZ-77"), std::string::npos);
    EXPECT_EQ(as("nobody").get(kHall + "licences").status, 401);
}

TEST(Favourites, AreKeptOnceAndDroppedOnce) {
    for (int again = 0; again < 2; ++again) EXPECT_EQ(put("citizen2", kFavourites + kFoodLicence).status, 200);
    Heard const kept = as("citizen2").get(kHall + "favourites");
    ASSERT_EQ(kept.body.at("favourites").as_array().size(), 1U) << kept.text;
    EXPECT_EQ(kept.at("/favourites/0/item"), kFoodLicence);
    EXPECT_EQ(kept.at("/favourites/0/state"), "published");
    EXPECT_EQ(as("citizen").get(kHall + "favourites").text.find(kFoodLicence), std::string::npos)
        << "not another's";
    for (int again = 0; again < 2; ++again) EXPECT_EQ(del("citizen2", kFavourites + kFoodLicence).status, 200);
    EXPECT_EQ(as("citizen2").get(kHall + "favourites").body.at("favourites").as_array().size(), 0U);
    EXPECT_EQ(put("citizen2", kFavourites + "11350128345071904JXK009999").key(), "item.unknown");
    EXPECT_EQ(put("nobody", kFavourites + kFoodLicence).status, 401);
}

TEST(Places, AreThoseOfARegionAndOfAnItem) {
    Heard const all = as("nobody").get(kHall + "places");
    ASSERT_EQ(all.status, 200) << all.text;
    EXPECT_GE(all.body.at("places").as_array().size(), 13U);
    EXPECT_TRUE(all.body.at("places").at(0).at("open").as_bool()) << "a Friday at nine";
    Heard const gulou = as("nobody").get(kHall + "places?region=350102");
    EXPECT_EQ(gulou.at("/places/0/code"), "350102-xz");
    EXPECT_NE(gulou.text.find("\"xz\""), std::string::npos) << "the city's too";
    EXPECT_EQ(gulou.text.find("350103-xz"), std::string::npos);
    Heard const food = as("nobody").get(kHall + "places?item=" + kFoodLicence);
    ASSERT_EQ(food.body.at("places").as_array().size(), 1U) << food.text;
    EXPECT_EQ(food.at("/places/0/code"), "xz");
    EXPECT_EQ(as("nobody").get(kHall + "places?item=x").status, 404);
}

TEST(Drafts, ThatWereSavedElsewhereAreNotWrittenOver) {
    std::string const at = kHall + "drafts/" + kFoodLicence;
    auto save = [&](std::string const& typed, std::string const& on) {
        http::NamedValues headers{{"Content-Type", "application/json"}};
        if (!on.empty()) headers.emplace_back("If-Match", "\"" + on + "\"");
        return as("citizen2")
            .send(http::Method::put, at, std::move(headers),
                  json::serialize(json::object{{"version", 1}, {"typed", {{"name", typed}}}}));
    };
    del("citizen2", at);
    Heard const first = save("甲", "0");
    ASSERT_EQ(first.status, 200) << first.text;
    Heard const second = save("乙", first.at("/tag"));
    ASSERT_EQ(second.status, 200) << second.text;
    for (std::string const& on : {first.at("/tag"), std::string("0")}) {
        Heard const late = save("丙", on);
        EXPECT_EQ(late.status, 412) << late.text;
        EXPECT_EQ(late.key(), "draft.stale");
        EXPECT_EQ(late.at("/params/typed"), "{\"name\":\"乙\"}") << "what is there";
        EXPECT_EQ(late.at("/params/tag"), second.at("/tag"));
    }
    EXPECT_EQ(save("丁", "").status, 200) << "who says nothing writes over it, as before";
    del("citizen2", at);
}

TEST(Applying, TellsByWhenItIsAnswered) {
    Heard const heard = as("citizen").post(kHall + "applications", food_application("citizen"));
    ASSERT_EQ(heard.status, 201) << heard.text;
    EXPECT_EQ(heard.at("/answered_by"), "2026-10-15") << "five working days, the Saturday among them";
    EXPECT_EQ(heard.at("/promised_by"), "2026-10-15");
}

TEST(Companies, AreOpenedAtAWindow) {
    json::object const good{{"code", "91350199MA00000318"},
                            {"name", "茉莉花茶公司"},
                            {"legal", "citizen2"},
                            {"person_name", "江依姆"}};
    auto with = [&](char const* member, char const* value) {
        json::object body = good;
        body[member] = value;
        return as("window01").post(kCompanies, body);
    };
    EXPECT_EQ(with("code", "91350199MA0000015K").key(), "company.code") << "a sign that does not check";
    EXPECT_EQ(with("code", kCompany.c_str()).key(), "company.twice");
    EXPECT_EQ(with("legal", "citizen9").key(), "person.unknown");
    EXPECT_EQ(with("legal", "seat01").key(), "person.unknown") << "staff represent nobody";
    EXPECT_EQ(with("person_name", "别人").key(), "person.unknown");
    EXPECT_EQ(as("citizen2").post(kCompanies, good).status, 403);
}

TEST(Mandates, AreGivenByTheLegalRepresentativeOnly) {
    EXPECT_EQ(as("citizen").get(kMandates).key(), "mandate.not_legal");
    EXPECT_EQ(as("citizen").post(kMandates, mandate("citizen2", "江依姆")).key(), "mandate.not_legal");
    EXPECT_EQ(as("citizen3").post(kMandates, mandate("citizen2", "陈小榕")).key(), "person.unknown");
    EXPECT_EQ(as("citizen3").post(kMandates, mandate("citizen3", "何于山")).key(), "mandate.yourself");
    EXPECT_EQ(as("citizen3").post(kMandates, mandate("citizen2", "江依姆", "act", "2026-10-08")).key(),
              "mandate.past");
    EXPECT_EQ(as("citizen3").post(kMandates, mandate("citizen2", "江依姆", "act", "2036-10-08")).key(),
              "mandate.too_long");
    EXPECT_EQ(as("citizen3").post(kMandates, mandate("citizen", "陈小榕")).key(), "mandate.twice");
    EXPECT_EQ(del("citizen", kHall + "mandates/99").key(), "mandate.unknown");
}

TEST(Mandates, HoldUntilTheyAreWithdrawn) {
    EXPECT_EQ(get_for("citizen2", kHall + "licences").key(), "mandate.none");
    EXPECT_EQ(get_for("citizen2", kHall + "licences", "91350199MA9999999X").key(), "mandate.none")
        << "no company, or not theirs: the same";
    Heard const given = as("citizen3").post(kMandates, mandate("citizen2", "江依姆", "see"));
    ASSERT_EQ(given.status, 200) << given.text;
    EXPECT_EQ(get_for("citizen2", "/api/v1/matters").status, 200);
    EXPECT_EQ(post_for("citizen2", kMine + "/read", json::object{}).key(), "mandate.only_see");
    EXPECT_EQ(del("citizen", kHall + "mandates/" + given.at("/id")).key(), "mandate.unknown") << "not theirs";
    EXPECT_EQ(del("citizen3", kHall + "mandates/" + given.at("/id")).at("/state"), "withdrawn");
    Heard const after = get_for("citizen2", "/api/v1/matters");
    EXPECT_EQ(after.key(), "mandate.withdrawn") << "at once, by name";
    EXPECT_NE(after.at("/title").find("榕州管线工程公司"), std::string::npos);
    EXPECT_EQ(as("citizen2").get("/api/v1/matters").status, 200) << "as themselves as before";
    EXPECT_NE(as("citizen2").get(kCompanies).text.find("withdrawn"), std::string::npos) << "and it is said";
    EXPECT_NE(as("audit").get("/api/v1/administrative_acts").text.find("mandate.end"), std::string::npos);
}

TEST(Mandates, LetApplyInTheCompanysName) {
    Heard const made = apply_for_it("citizen", company_form());
    ASSERT_EQ(made.status, 201) << made.text;
    std::string const at = "/api/v1/matters/" + made.at("/id");
    EXPECT_EQ(as("citizen").get(at).status, 404) << "the company's, not theirs";
    Heard const seen = get_for("citizen", at);
    ASSERT_EQ(seen.status, 200) << seen.text;
    EXPECT_EQ(get_for("citizen3", at).status, 200) << "whoever acts for it finds it";
    Heard const desk = as("window01").post(at + "/personal", {{"reason", "核对申请人"}});
    ASSERT_EQ(desk.status, 200) << desk.text;
    EXPECT_NE(desk.text.find("榕州管线工程公司"), std::string::npos) << "its own name, whatever was typed";
    EXPECT_EQ(desk.text.find("冒名公司"), std::string::npos);
    EXPECT_NE(desk.text.find("陈小榕"), std::string::npos) << "who acts for it";
    EXPECT_NE(get_for("citizen", kMine).text.find(made.at("/number")), std::string::npos) << "told to the company";
    EXPECT_EQ(as("citizen").get(kMine).text.find(made.at("/number")), std::string::npos);
    EXPECT_EQ(post_for("citizen", at + "/steps/withdraw_case", {{"form", {{"reason", "不办了"}}}}).status, 200);
    EXPECT_NE(as("citizen3").get(kMandates).text.find("hall.apply"), std::string::npos)
        << "and it is known who did it";
    json::object body = food_application("citizen");
    EXPECT_EQ(post_for("citizen", kHall + "applications", body).key(), "mandate.company_only");
    EXPECT_EQ(get_for("seat01", "/api/v1/matters").key(), "mandate.none") << "staff act for nobody";
}

}  // namespace

void be_at_home() {
    applied("citizen");
    as("citizen").get(kMine);
    as("citizen").post(kMine + "/read", json::object{});
    granted();
    as("citizen").get(kHall + "licences");
    Heard const two = as("nobody").get(kHall + "items?limit=100&class=social-insurance");
    put("citizen", kFavourites + kFoodLicence);
    if (two.has("/items"))
        for (json::value const& row : two.body.at("items").as_array())
            put("citizen", kFavourites + std::string(row.at("code").as_string()));
    as("citizen").get(kHall + "favourites");
    del("citizen", kFavourites + kFoodLicence);
    as("nobody").get(kHall + "places");
    as("window01")
        .post(kCompanies, {{"code", "91350199MA00000318"},
                           {"name", "茉莉花茶公司"},
                           {"legal", "citizen2"},
                           {"person_name", "江依姆"}});
    for (char const* login : {"citizen", "citizen3"}) as(login).get(kCompanies);
    Heard const given = as("citizen3").post(kMandates, mandate("citizen2", "江依姆"));
    post_for("citizen2", kMine + "/read", json::object{});
    del("citizen2", kHall + "mandates/" + given.at("/id"));
    as("citizen3").get(kMandates);
}

}  // namespace banyan::api_test
