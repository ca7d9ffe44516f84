// Who finds which matters and reads which of their words: role × route × what must not appear. Each kind of field
// of a planted appeal has words of its own (api/demo_city.h), so a word in an answer says which kind has leaked.
#include <gtest/gtest.h>

#include <thread>

#include "api/demo_city.h"

namespace banyan::api_test {
namespace {

std::string const kMatters = "/api/v1/matters/";

bool tells(std::string const& text, std::string_view words) { return text.find(words) != std::string::npos; }

/// Everything one can read of a matter without changing it, one after another.
std::string everything(Caller& caller, Planted const& planted) {
    std::string all;
    for (std::string const& name : {planted.id, planted.number})
        for (char const* what : {"", "/receipt", "/readers", "/slip", "/messages"})
            all += caller.get(kMatters + name + what).text + "\n";
    for (char const* list : {"/api/v1/matters?limit=100&region=350102004",
                             "/api/v1/matters?limit=100&class=city.ad", "/api/v1/matters?limit=100&order=due"})
        all += caller.get(list).text + "\n";
    return all;
}

/// Without what may differ between two requests.
std::string without_request_id(Heard heard) {
    std::string text;
    for (auto const& [name, value] : heard.headers)
        if (name != "X-Request-Id" && name != "Date") text += name + ": " + value + "\n";
    if (json::object* body = heard.body.if_object()) body->erase("request");
    return std::to_string(heard.status) + "\n" + text + json::serialize(heard.body);
}

struct Viewer {
    char const* login;
    bool finds, asker, handler, centre, sealed;
};

void expect_sight(Planted const& planted, Viewer const& viewer, bool accuses) {
    SCOPED_TRACE(viewer.login);
    Heard heard = as(viewer.login).get(kMatters + planted.id);
    EXPECT_EQ(heard.status, viewer.finds ? 200 : std::string(viewer.login) == "nobody" ? 401 : 404);
    std::string all = everything(as(viewer.login), planted);
    EXPECT_EQ(tells(all, "\"" + planted.id + "\""), viewer.finds) << "id";
    EXPECT_EQ(tells(all, planted.number), viewer.finds) << "number";
    EXPECT_EQ(tells(all, kSummary), viewer.finds) << "the public summary";
    EXPECT_EQ(tells(all, planted.title), viewer.asker) << "the appellant's words";
    EXPECT_EQ(tells(all, kNote), viewer.handler) << "the handlers' words";
    EXPECT_EQ(tells(all, kSuperior), viewer.centre) << "the centre's words";
    EXPECT_EQ(tells(heard.text, "\"confidential\""), viewer.handler || viewer.centre) << "that it is confidential";
    EXPECT_EQ(tells(heard.text, "\"about\""), accuses && viewer.sealed) << "who is complained about";
    EXPECT_EQ(tells(heard.text, "139****4321"), viewer.centre) << "the masked phone";
    for (char const* whole : {kName, kPhone, kEmail, kAddress, kIdentity})
        EXPECT_FALSE(tells(all, whole)) << whole << " whole";
}

TEST(Sight, OfAnAppealAboutAUnit) {
    for (Viewer const& viewer : {
             Viewer{"citizen", true, true, false, false, false},
             Viewer{"citizen2", false, false, false, false, false},
             Viewer{"seat01", true, true, true, true, true},
             Viewer{"lead01", true, true, true, true, true},
             Viewer{"disp01", true, true, true, true, true},
             Viewer{"review01", true, true, true, true, true},
             Viewer{"unit-cg", true, true, true, false, false},
             Viewer{"unit-cg-head", true, true, true, false, false},
             Viewer{"unit-water", true, true, true, false, false},
             Viewer{"dept01", false, false, false, false, false},
             Viewer{"jinan-centre", false, false, false, false, false},
             Viewer{"gulou", false, false, false, false, false},
             Viewer{"street-ry", false, false, false, false, false},
             Viewer{"callback01", true, true, true, true, false},
             Viewer{"sup01", true, true, true, true, true},
             Viewer{"appraise01", true, false, true, false, false},
             Viewer{"mayor", true, true, true, false, false},
             Viewer{"sys", false, false, false, false, false},
             Viewer{"sec", false, false, false, false, false},
             Viewer{"audit", false, false, false, false, false},
             Viewer{"nobody", false, false, false, false, false},
         })
        expect_sight(about_the_street(), viewer, true);
}

TEST(Sight, BelowTheLeadIsTheSummary) {
    for (Viewer const& viewer : {
             Viewer{"street-ry", true, false, false, false, false},
             Viewer{"gulou", true, true, true, true, false},
             Viewer{"unit-cg", false, false, false, false, false},
             Viewer{"jinan-centre", false, false, false, false, false},
             Viewer{"citizen", true, true, false, false, false},
         })
        expect_sight(below_gulou(), viewer, false);
    Heard street = as("street-ry").get(kMatters + below_gulou().id);
    EXPECT_EQ(street.body.at("assignments").as_array().size(), 1U) << "its own share";
    EXPECT_FALSE(tells(street.text, "苏")) << "not even the first character of a name";
    Heard receipt = as("street-ry").get(kMatters + below_gulou().id + "/receipt");
    EXPECT_FALSE(tells(receipt.text, "\"contact\"")) << "what others did is not in its receipt: " << receipt.text;
}

TEST(Story13, IsNotThereForTheAccused) {
    Story const& story = report();
    Caller& street = as("street-ry");
    for (std::string const& name : {story.id, story.number}) {
        std::string unknown = name.size() < 12
                                  ? "424242"
                                  : as("nobody")
                                        .file({{"title", "别的"}, {"body", "别的"}, {"channel", "web"}})
                                        .at("number")
                                        .as_string()
                                        .c_str();
        for (char const* what : {"", "/receipt"}) {
            Heard heard = street.get(kMatters + name + what), other = street.get(kMatters + unknown + what);
            EXPECT_EQ(heard.status, 404);
            EXPECT_EQ(without_request_id(heard), without_request_id(other)) << what;
        }
        EXPECT_EQ(without_request_id(street.get(kMatters + name + "/readers")),
                  without_request_id(street.get(kMatters + unknown + "/readers")));
        for (char const* step : {"sign", "reply", "accept", "unmask", "nonsense"}) {
            json::value body{{"form", {{"reason", "想看看"}}}};
            Heard heard = street.post(kMatters + name + "/steps/" + step, body),
                  other = street.post(kMatters + unknown + "/steps/" + step, body);
            EXPECT_EQ(heard.status, 404);
            EXPECT_EQ(without_request_id(heard), without_request_id(other)) << step;
        }
        Heard heard = street.post(kMatters + name + "/personal", {{"reason", "想看看"}}),
              other = street.post(kMatters + unknown + "/personal", {{"reason", "想看看"}});
        EXPECT_EQ(heard.status, 404);
        EXPECT_EQ(without_request_id(heard), without_request_id(other));
        Heard batch = street.post(
            "/api/v1/commands",
            {{"commands", {{{"matter", name}, {"step", "sign"}}, {{"matter", unknown}, {"step", "sign"}}}}});
        EXPECT_EQ(json::serialize(batch.body.at("answers").at(0)),
                  json::serialize(batch.body.at("answers").at(1)));
    }
    for (char const* query : {"?limit=100", "?limit=100&kind=report", "?limit=100&class=gov.conduct",
                              "?limit=100&order=due", "?limit=100&mine=true", "?limit=100&unit=350102-cg",
                              "?limit=100&open=true", "?limit=100&region=350102"}) {
        Heard list = street.get(std::string("/api/v1/matters") + query);
        EXPECT_EQ(list.status, 200);
        EXPECT_FALSE(tells(list.text, story.number) || tells(list.text, "\"" + story.id + "\"") ||
                     tells(list.text, "举报协管员") || tells(list.text, "郑茉莉"))
            << query;
    }
}

TEST(Dispatch, NeverReachesTheAccused) {
    json::object form = planted_form("丙标题");
    form["about"] = "350102004";
    std::string const matter(as("citizen").file(form).at("id").as_string());
    as("seat01").take(matter, "accept", {{"kind", "complaint"}});
    struct Try {
        char const *step, *login;
        json::object form;
    };
    for (Try const& way :
         {Try{"dispatch", "disp01", {{"lead", "350102004"}}},
          Try{"dispatch", "disp01", {{"lead", "cg"}, {"assist", {"350102004"}}}},
          Try{"designate", "review01", {{"lead", "350102004"}, {"as", "lead"}, {"basis", "三定方案"}}}}) {
        Heard heard = as(way.login).post(kMatters + matter + "/steps/" + way.step, {{"form", way.form}});
        EXPECT_EQ(heard.status, 422) << heard.text;
        EXPECT_TRUE(heard.key().find("about") != std::string::npos ||
                    heard.key().find("accused") != std::string::npos)
            << heard.text;
    }
    EXPECT_EQ(as("seat01").get(kMatters + matter).number("/version"), 2);
}

TEST(Unmasking, IsForWhoMayAndIsAStep) {
    Planted const& planted = about_the_street();
    struct May {
        char const* login;
        int status;
        char const* key;
    };
    for (May const& may : {May{"citizen", 403, "step.wrong_desk"}, May{"mayor", 403, "step.wrong_desk"},
                           May{"appraise01", 403, "step.wrong_desk"}, May{"unit-water", 403, "step.not_yours"},
                           May{"street-ry", 404, "matter.unknown"}, May{"dept01", 404, "matter.unknown"},
                           May{"sys", 404, "matter.unknown"}, May{"sec", 404, "matter.unknown"},
                           May{"audit", 404, "matter.unknown"}, May{"nobody", 401, "session.needed"}}) {
        SCOPED_TRACE(may.login);
        Heard heard = as(may.login).post(kMatters + planted.id + "/personal", {{"reason", "核实情况"}});
        EXPECT_EQ(heard.status, may.status) << heard.text;
        EXPECT_EQ(heard.key(), may.key);
        EXPECT_FALSE(tells(heard.text, kPhone));
    }
    Heard without = as("seat01").post(kMatters + planted.id + "/personal", json::object{});
    EXPECT_EQ(without.status, 422);
    EXPECT_EQ(without.at("/field"), "reason");
    std::int64_t before = as("sup01").get(kMatters + planted.id).number("/version");
    for (char const* login :
         {"seat01", "lead01", "disp01", "review01", "unit-cg", "unit-cg-head", "callback01", "sup01"}) {
        Heard heard = as(login).post(kMatters + planted.id + "/personal", {{"reason", "核实情况"}});
        EXPECT_EQ(heard.status, 200) << login << heard.text;
        EXPECT_EQ(heard.at("/personal/phone"), kPhone) << login;
        EXPECT_EQ(heard.at("/personal/name"), kName) << login;
        ++before;
        EXPECT_EQ(as("sup01").get(kMatters + planted.id).number("/version"), before) << "each is an event";
    }
    EXPECT_EQ(as("street-ry").post(kMatters + below_gulou().id + "/personal", {{"reason", "核实情况"}}).status,
              403)
        << "below the lead: through the centre";
}

TEST(Reading, IsKept) {
    as("mayor").get(kMatters + about_the_street().id);
    as("unit-cg").get(kMatters + about_the_street().id);
    Heard readers;
    for (int tries = 0; tries < 50 && !tells(readers.text, "unit_clerk");
         ++tries) {  // written within half a second
        readers = as("sup01").get(kMatters + about_the_street().id + "/readers");
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    EXPECT_TRUE(tells(readers.text, "\"leader\"") && tells(readers.text, "\"unit_clerk\"")) << readers.text;
    EXPECT_EQ(as("unit-cg").get(kMatters + about_the_street().id + "/readers").status, 403);
    EXPECT_EQ(as("citizen").get(kMatters + about_the_street().id + "/readers").status, 403);
}

TEST(Log, KnowsNobodysSecrets) {
    about_the_street();
    as("seat01").post(kMatters + about_the_street().id + "/personal", {{"reason", "核实情况"}});
    std::string log = log_text();
    for (char const* whole :
         {kName, kPhone, kEmail, kAddress, kIdentity, about_the_street().title.c_str(), journey::kDemoPassword})
        EXPECT_FALSE(tells(log, whole)) << whole;
    EXPECT_FALSE(tells(log, as("seat01").token()));
    EXPECT_FALSE(tells(as("nobody").get("/metrics").text, kName));
}

TEST(Database, KeepsPersonalDataSealed) {
    if (journey::on_postgresql()) GTEST_SKIP() << "the same rows in another's files";
    about_the_street();
    std::string bytes = journey::text_of(folder() + "/banyan.db") + journey::text_of(folder() + "/banyan.db-wal");
    for (char const* whole : {kName, kPhone, kEmail, kAddress, kIdentity})
        EXPECT_FALSE(tells(bytes, whole)) << whole;
    EXPECT_FALSE(tells(bytes, as("seat01").token()));
}

TEST(Partner, ReadsWhatItFiled) {
    Heard key = as("sec").post("/api/v1/keys", {{"login", "partner01"}, {"label", "12328"}});
    ASSERT_EQ(key.status, 201) << key.text;
    Caller partner(port(), key.at("/key"));
    json::value filed = partner.file({{"title", "公交不停站"}, {"body", "连续两天"}, {"channel", "superior"}});
    EXPECT_EQ(partner.get(kMatters + std::string(filed.at("id").as_string())).status, 200);
    EXPECT_EQ(partner.get(kMatters + about_the_street().id).status, 404);
    EXPECT_EQ(as("seat01").post("/api/v1/keys", {{"login", "partner01"}, {"label", "x"}}).status, 403);
    EXPECT_EQ(as("sec").post("/api/v1/keys", {{"login", "seat01"}, {"label", "x"}}).key(), "key.not_partner");
}

}  // namespace
}  // namespace banyan::api_test
