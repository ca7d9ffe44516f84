// Cases of the service hall over HTTP: what is asked, what bad input gets, who sees them, paying, licences,
// ratings. The rules: tests/scenario/20_hall.txt
#include "api/cases.h"

#include <gtest/gtest.h>

#include <thread>

#include "base/text.h"

namespace banyan::api_test {

namespace {
std::string const kHall = "/api/v1/hall/";
std::string const kMatters = "/api/v1/matters/";
std::string const kApplications = kHall + "applications";

/// A PNG of one point.
std::string const kPoint = from_hex(
                               "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154"
                               "789c63105030000000a4006134667d"
                               "720000000049454e44ae426082")
                               .value();
}  // namespace

std::string paper_of(std::string const& login, std::string const& company) {
    http::NamedValues headers{{"Content-Type", "image/png"}};
    if (!company.empty()) headers.emplace_back("X-Company", company);
    Heard const sent = as(login).send(http::Method::post, "/api/v1/files", std::move(headers), kPoint);
    EXPECT_EQ(sent.status, 201) << sent.text;
    return sent.at("/file");
}

json::object food_application(std::string const& login) {
    json::array materials;
    for (char const* code : {"site-plan", "menu-equipment", "rules-food", "health-cert"})
        materials.push_back({{"code", code}, {"how", "upload"}, {"files", {paper_of(login)}}});
    return {{"item", kFoodLicence},
            {"version", 1},
            {"applicant", "person"},
            {"form",
             {{"name", kName},
              {"identity", kIdentity},
              {"phone", kPhone},
              {"address", kAddress},
              {"shop_name", "榕树下小馆"},
              {"shop_place", "茉莉巷八号"},
              {"floor_area", 86},
              {"food_business", "snack"},
              {"food_manager", "林小茉"}}},
            {"materials", std::move(materials)},
            {"delivery", "electronic"}};
}

Case applied(std::string const& login) {
    Heard const heard = as(login).post(kApplications, food_application(login));
    EXPECT_EQ(heard.status, 201) << heard.text;
    return {heard.at("/id"), heard.at("/number"), heard.at("/code")};
}

Case granted() {
    Case const made = applied("citizen");
    as("window01").take(made.id, "accept_case");
    as("unit-sj").take(made.id, "begin_examination");
    as("unit-sj").take(made.id, "bill", {{"amount", 20'000}, {"standard", "每证二百元"}});
    EXPECT_EQ(as("citizen").post(kApplications + "/" + made.id + "/payment", json::object{}).status, 200);
    as("unit-sj").take(made.id, "examine_case", {{"examination", "agree"}, {"finding", "符合条件"}});
    as("unit-sj-head").take(made.id, "grant_case", {{"licence_number", "RZ-77"}, {"licence_until", "2031-10-08"}});
    return made;
}

void apply_and_go_on() {
    as("citizen").get(kHall + "items/" + kFoodLicence + "/form?applicant=company");
    auto put = [](std::string const& target, json::value const& body) {
        return as("citizen").send(http::Method::put, target, {{"Content-Type", "application/json"}},
                                  json::serialize(body));
    };
    put(kHall + "drafts/" + kFoodLicence, {{"version", 1}, {"typed", {{"name", "陈"}}}});
    as("citizen").get(kHall + "drafts");
    as("citizen").get(kHall + "items/" + kFoodLicence + "/form");
    as("citizen").send(http::Method::del, kHall + "drafts/" + kFoodLicence);
    Case const made = granted();
    std::string const at = kApplications + "/" + made.id;
    as("citizen").get(at + "/payment");
    Heard const licence = as("citizen").get(at + "/licence");
    as("citizen").get(at + "/licence.pdf");
    as("nobody").get(kHall + "licences/" + made.number + "/" + licence.at("/check"));
    as("citizen").post(at + "/rating", {{"stars", 5}});
    as("nobody").get(kHall + "figures");
    as("citizen").get(kHall + "items/" + kFoodLicence + "/form");  // with what was given before
    as("unit-sj-head").post(at + "/refund", {{"reason", "多收了"}});
    Heard const newborn =  // 新生儿一件事
        as("nobody").get(kHall + "items?limit=1&q=%E6%96%B0%E7%94%9F%E5%84%BF%E4%B8%80%E4%BB%B6%E4%BA%8B");
    as("citizen").get(kHall + "items/" + newborn.at("/items/0/code") + "/form?applicant=person");
}

namespace {

std::vector<std::string> faults(Heard const& heard) {
    std::vector<std::string> all;
    auto add = [&](json::value const& fault) {
        all.push_back(std::string(fault.as_object().contains("field") ? fault.at("field").as_string() : "") + " " +
                      std::string(fault.at("key").as_string()));
    };
    add(heard.body);
    if (json::value const* others = heard.body.as_object().if_contains("others"))
        for (json::value const& other : others->as_array()) add(other);
    return all;
}

TEST(Cases, NameEveryFieldAndMaterialThatIsWrong) {
    Heard const heard = as("citizen").post(
        kApplications,
        {{"item", kFoodLicence},
         {"version", 1},
         {"applicant", "person"},
         {"form", {{"name", kName}, {"identity", "11010519491231002Y"}, {"phone", kPhone}, {"age", 5}}},
         {"materials", {{{"code", "menu-equipment"}, {"how", "upload"}}}}});
    ASSERT_EQ(heard.status, 422) << heard.text;
    auto const all = faults(heard);
    for (char const* fault :
         {"form.identity field.identity", "form.age field.unknown", "form.shop_name field.required",
          "materials.menu-equipment material.not_uploaded", "materials.site-plan material.missing"})
        EXPECT_NE(std::ranges::find(all, fault), all.end()) << fault << " in " << heard.text;

    auto with = [](char const* member, json::value value) {
        json::object body = food_application("citizen");
        body[member] = std::move(value);
        return as("citizen").post(kApplications, body);
    };
    EXPECT_EQ(with("version", 2).key(), "item.version_changed");
    EXPECT_EQ(with("item", "1135019900000006X7XK999999").key(), "item.unknown");
    EXPECT_EQ(with("applicant", "ghost").status, 422);
    EXPECT_EQ(with("delivery", "pigeon").status, 422);
    EXPECT_EQ(with("colour", "red").key(), "field.unknown");
    EXPECT_EQ(as("nobody").post(kApplications, food_application("nobody")).status, 401);
    EXPECT_EQ(as("seat01").post(kApplications, json::object{}).status, 403);
}

TEST(Cases, AFileOfSomebodyElseIsNotTheirs) {
    json::object body = food_application("citizen");
    body["materials"].as_array()[0].as_object()["files"] = {paper_of("citizen2")};
    EXPECT_EQ(as("citizen").post(kApplications, body).key(), "file.unknown");
}

TEST(Cases, AreBegunOnceHoweverOftenTheyAreSent) {
    json::object const body = food_application("citizen");
    http::NamedValues const once{{"Idempotency-Key", "a case that is sent twice, 1"}};
    std::vector<Heard> heard(4);
    std::vector<std::thread> all;
    for (Heard& each : heard)
        all.emplace_back([&each, &body, &once] {
            each = Caller(port(), as("citizen").token()).post(kApplications, body, once);
        });
    for (std::thread& each : all) each.join();
    std::set<std::string> ids;
    int created = 0;
    for (Heard const& each : heard) {
        ids.insert(each.at("/id"));
        created += each.status == 201 ? 1 : 0;
    }
    EXPECT_EQ(ids.size(), 1U);
    EXPECT_EQ(created, 1);
}

TEST(Cases, AreSeenByWhoHasThemInHandAndNobodyElse) {
    Case const made = applied("citizen");
    for (char const* login : {"citizen", "window01", "window02", "hall01", "unit-sj", "unit-sj-head"})
        EXPECT_EQ(as(login).get(kMatters + made.id).status, 200) << login;
    for (char const* login : {"citizen2", "seat01", "lead01", "disp01", "review01", "mayor", "sup01", "unit-cg",
                              "jinan-centre", "sys", "audit"}) {
        Heard const heard = as(login).get(kMatters + made.id);
        EXPECT_EQ(heard.status, 404) << login;
        for (char const* secret : {kName, kPhone, kIdentity, "榕树下小馆"})
            EXPECT_EQ(heard.text.find(secret), std::string::npos) << login;
        EXPECT_EQ(as(login).get(kApplications + "/" + made.id + "/payment").status, 404) << login;
    }
    Heard const seen = as("unit-sj").get(kMatters + made.id);
    for (char const* secret : {kName, kPhone, kIdentity, kAddress, "林小茉"})
        EXPECT_EQ(seen.text.find(secret), std::string::npos) << secret << " is masked until somebody says why";
    EXPECT_EQ(
        as("seat01").get("/api/v1/matters?stage=case_received&limit=100").body.at("matters").as_array().size(),
        0U);
    EXPECT_EQ(as("window01").get("/api/v1/matters?stage=filed&limit=100").body.at("matters").as_array().size(), 0U)
        << "nor has a window appeals";
    EXPECT_EQ(as("window01").get(kMatters + about_the_street().id).status, 404);
}

TEST(Cases, AtAWindowAreForWhoStandsBeforeIt) {
    Case const made = applied("window01");
    EXPECT_EQ(made.code.size(), 6U);
    EXPECT_EQ(as("citizen").get(kMatters + made.id).status, 404);
    Heard const session = as("nobody").post("/api/v1/sessions", {{"number", made.number}, {"code", made.code}});
    Caller who(port(), session.at("/token"));
    EXPECT_EQ(who.get(kMatters + made.id).at("/channel"), "counter");
    EXPECT_EQ(as("window01").post("/api/v1/matters", {{"procedure", "application"}, {"step", "apply_case"}}).key(),
              "step.wrong_desk")
        << "not without the hall's looking at it";
}

TEST(Cases, KeepWhatWasBegun) {
    auto put = [](Caller& who, json::value const& body) {
        return who.send(http::Method::put, kHall + "drafts/" + kFoodLicence,
                        {{"Content-Type", "application/json"}}, json::serialize(body));
    };
    EXPECT_EQ(put(as("citizen2"), {{"version", 1}, {"typed", {{"name", "江"}, {"nonsense", {1, 2}}}}}).status,
              200);
    Heard const form = as("citizen2").get(kHall + "items/" + kFoodLicence + "/form");
    EXPECT_EQ(form.at("/draft/typed/name"), "江");
    EXPECT_FALSE(as("citizen").get(kHall + "items/" + kFoodLicence + "/form").has("/draft/typed/nonsense"));
    EXPECT_EQ(put(as("citizen2"), {{"version", 1}, {"typed", {{"words", std::string(70'000, 'a')}}}}).key(),
              "draft.too_long");
    EXPECT_EQ(as("citizen2").post(kApplications, food_application("citizen2")).status, 201);
    for (int tries = 0; tries < 50; ++tries) {  // thrown away behind the answer
        if (!as("citizen2").get(kHall + "items/" + kFoodLicence + "/form").has("/draft/item")) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    ADD_FAILURE() << "what was sent is no draft any more";
}

TEST(Cases, KnowWhatWasSaidAndGivenBefore) {
    Case const made = applied("citizen");
    Heard const form = as("citizen").get(kHall + "items/" + kFoodLicence + "/form?applicant=person");
    EXPECT_EQ(form.at("/known/identity"), kIdentity);
    EXPECT_EQ(form.at("/known/address"), kAddress);
    EXPECT_EQ(form.at("/materials/1/before/number"), made.number);
    EXPECT_FALSE(as("window01").get(kHall + "items/" + kFoodLicence + "/form").has("/known/identity"))
        << "of whoever stands there nothing is known";
    EXPECT_FALSE(
        as("citizen").get(kHall + "items/" + kFoodLicence + "/form?applicant=company").has("/known/identity"))
        << "what a person said is not the company's";
}

TEST(Cases, ArePaidOnceHoweverManyPressTheButton) {
    Case const made = applied("citizen");
    std::string const pay = kApplications + "/" + made.id + "/payment";
    EXPECT_EQ(as("citizen").post(pay, json::object{}).key(), "payment.no_bill");
    as("window01").take(made.id, "accept_case");
    as("unit-sj").take(made.id, "bill", {{"amount", 30'013}, {"standard", "每证"}});
    EXPECT_EQ(as("citizen").post(pay, json::object{}).key(), "payment.declined");
    EXPECT_EQ(as("citizen").get(pay).at("/state"), "open");

    Case const other = applied("citizen");
    as("window01").take(other.id, "accept_case");
    as("unit-sj").take(other.id, "bill", {{"amount", 30'000}, {"standard", "每证"}});
    EXPECT_EQ(as("unit-sj").post(kApplications + "/" + other.id + "/payment", json::object{}).key(),
              "step.not_yours");
    std::vector<Heard> heard(6);
    std::vector<std::thread> all;
    for (Heard& each : heard)
        all.emplace_back([&each, &other] {
            each = Caller(port(), as("citizen").token())
                       .post(kApplications + "/" + other.id + "/payment", json::object{});
        });
    for (std::thread& each : all) each.join();
    int paid = 0;
    for (Heard const& each : heard)
        if (each.status == 200)
            ++paid;
        else
            EXPECT_EQ(each.key(), "payment.twice") << each.text;
    EXPECT_EQ(paid, 1);
    EXPECT_EQ(as("unit-sj-head").post(kApplications + "/" + other.id + "/refund", {{"reason", "多收"}}).status,
              409)
        << "not while the case goes on";
    as("citizen").take(other.id, "withdraw_case", {{"reason", "不办了"}});
    auto refund = [&](char const* login) {
        return as(login).post(kApplications + "/" + other.id + "/refund", {{"reason", "撤回退费"}});
    };
    EXPECT_EQ(refund("unit-sj-head").status, 404) << "whose share ended with the case";
    EXPECT_EQ(refund("window01").status, 403);
    EXPECT_EQ(refund("hall01").status, 200);
    EXPECT_EQ(refund("hall01").key(), "payment.refunded");
    EXPECT_EQ(as("citizen").get(kApplications + "/" + other.id + "/payment").at("/state"), "refunded");
}

TEST(Cases, ALicenceIsCheckedByItsCodeAlone) {
    Case const made = granted();
    std::string const at = kApplications + "/" + made.id + "/licence";
    Heard const licence = as("citizen").get(at);
    ASSERT_EQ(licence.status, 200) << licence.text;
    EXPECT_EQ(licence.at("/holder"), kName);
    std::string const check = licence.at("/check");
    Heard const told = as("nobody").get(kHall + "licences/" + made.number + "/" + check);
    ASSERT_EQ(told.status, 200);
    EXPECT_EQ(told.at("/number"), "RZ-77");
    EXPECT_EQ(told.text.find(kName), std::string::npos);
    std::string wrong = check;
    wrong[0] = wrong[0] == 'a' ? 'b' : 'a';
    Heard const no = as("nobody").get(kHall + "licences/" + made.number + "/" + wrong);
    EXPECT_EQ(no.status, 404);
    EXPECT_EQ(no.key(), as("nobody").get(kHall + "licences/" + applied("citizen").number + "/" + check).key());
    EXPECT_EQ(as("citizen2").get(at).status, 404);
    Heard const pdf = as("citizen").get(at + ".pdf");
    EXPECT_TRUE(pdf.text.starts_with("%PDF-")) << pdf.status;
    EXPECT_EQ(as("citizen").get(kApplications + "/" + applied("citizen").id + "/licence").key(),
              "licence.unknown");
}

TEST(Cases, ARatingIsForTheManagementsEyes) {
    Case const made = granted();
    std::string const rate = kApplications + "/" + made.id + "/rating";
    EXPECT_EQ(as("citizen").post(kApplications + "/" + applied("citizen").id + "/rating", {{"stars", 5}}).key(),
              "rating.too_early");
    EXPECT_EQ(as("citizen").post(rate, {{"stars", 2}, {"reasons", {{{"code", "510"}}}}}).key(), "rating.reasons");
    EXPECT_EQ(as("citizen").post(rate, {{"stars", 6}}).status, 422);
    EXPECT_EQ(as("window01").post(rate, {{"stars", 5}}).key(), "step.not_yours");
    char const* words = "窗口让我跑了三趟才说少一张表";
    EXPECT_EQ(as("citizen").post(rate, {{"stars", 2}, {"reasons", {{{"code", "209"}}}}, {"words", words}}).status,
              201);
    EXPECT_EQ(as("citizen").post(rate, {{"stars", 5}}).key(), "rating.twice");
    auto lists = [&](char const* login) {
        std::string all;
        for (char const* stage : {"rated", "handling"})
            all += as(login).get(std::string("/api/v1/matters?limit=100&order=filed&stage=") + stage).text;
        return all + as(login).get(kMatters + made.id).text;
    };
    Heard const mine = as("hall01").get("/api/v1/matters?stage=rated&limit=100");
    ASSERT_GE(mine.body.at("matters").as_array().size(), 1U);
    std::string const rating(mine.body.at("matters").as_array()[0].at("id").as_string());
    EXPECT_NE(as("hall01").get(kMatters + rating).text.find(words), std::string::npos);
    for (char const* login : {"window01", "window02", "unit-sj", "unit-sj-head", "seat01", "mayor"}) {
        EXPECT_EQ(as(login).get(kMatters + rating).status, 404) << login;
        EXPECT_EQ(lists(login).find(words), std::string::npos) << login;
    }
    EXPECT_EQ(as("hall01").get(kMatters + rating).at("/due/last_day"), "2026-10-10")
        << "a Saturday that is worked";
}

}  // namespace
}  // namespace banyan::api_test
