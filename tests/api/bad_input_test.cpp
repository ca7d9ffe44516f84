// What bad input gets: a refusal with a key, a field and both languages (Caller looks at each), never a 5xx, and
// nothing half done.
#include <gtest/gtest.h>

#include "api/demo_city.h"

namespace banyan::api_test {
namespace {

std::string const kFile = "/api/v1/matters";

json::object appeal(json::object const& more = {}) {
    json::object form{{"title", "路灯不亮"}, {"body", "三天不亮了"}, {"channel", "web"}};
    for (auto const& member : more) form[member.key()] = member.value();
    return {{"procedure", "appeal"}, {"form", form}};
}
std::string bytes(json::value const& value) { return json::serialize(value); }

struct Row {
    char const* what;
    http::Method method;
    std::string who, target, body;
    http::NamedValues headers;
    int status;
    char const *key, *field;
};

void expect(Row const& row) {
    SCOPED_TRACE(row.what);
    http::NamedValues headers = row.headers;
    bool typed = false;
    for (auto const& [name, value] : headers) typed = typed || name == "Content-Type";
    if (row.method == http::Method::post && !typed) headers.emplace_back("Content-Type", "application/json");
    Heard heard = as(row.who).send(row.method, row.target, headers, row.body);
    EXPECT_EQ(heard.status, row.status) << heard.text;
    EXPECT_EQ(heard.key(), row.key) << heard.text;
    EXPECT_EQ(heard.at("/field"), row.field) << heard.text;
}

constexpr http::Method kGet = http::Method::get, kPost = http::Method::post;

/// An appeal that somebody without an account sends.
Row filing(char const* what, std::string body, int status, char const* key, char const* field) {
    return {what, kPost, "nobody", kFile, std::move(body), {}, status, key, field};
}
Row getting(char const* what, char const* who, std::string target, int status, char const* key,
            char const* field) {
    return {what, kGet, who, std::move(target), {}, {}, status, key, field};
}

TEST(BadInput, OfABodyIsRefusedByName) {
    std::string deep =
        R"({"procedure":"appeal","form":{"title":)" + std::string(40, '[') + std::string(40, ']') + "}}";
    std::string very_deep = std::string(100'000, '[');
    std::string long_text(70'000, 'x');
    std::string const good = bytes(appeal());
    // clang-format off
    std::vector<Row> const rows{
        filing("no JSON", "<xml/>", 400, "json.syntax", ""),
        filing("half a JSON", good.substr(0, good.size() - 1), 400, "json.syntax", ""),
        filing("two JSONs", good + good, 400, "json.syntax", ""),
        filing("an array", "[]", 400, "json.not_object", ""),
        filing("a number", "1", 400, "json.not_object", ""),
        filing("nothing", "", 422, "field.required", "procedure"),
        filing("invalid UTF-8", R"({"procedure":"appeal","form":{"title":")" "\xff\xfe" R"("}})", 400, "json.utf8", ""),
        filing("an overlong NUL", R"({"procedure":"appeal","form":{"title":")" "\xc0\x80" R"("}})", 400, "json.utf8", ""),
        filing("a surrogate as bytes", R"({"procedure":"appeal","form":{"title":")" "\xed\xa0\x80" R"("}})", 400, "json.utf8", ""),
        filing("a NUL byte as \\u0000", R"({"procedure":"appeal","form":{"title":"a\u0000b","body":"bb","channel":"web"}})", 422, "field.utf8", "form.title"),
        filing("a bare NUL byte", std::string("{\"procedure\":\"app\0eal\"}", 22), 400, "json.syntax", ""),
        filing("40 deep", deep, 400, "json.too_deep", ""),
        filing("100,000 deep", very_deep, 400, "json.too_deep", ""),
        filing("a key twice", R"({"procedure":"appeal","procedure":"appeal","form":{}})", 400, "json.duplicate_key", ""),
        filing("a key twice inside", R"({"procedure":"appeal","form":{"title":"aa","title":"bb"}})", 400, "json.duplicate_key", ""),
        {"another content type", kPost, "nobody", kFile, good, {{"Content-Type", "text/plain"}}, 415, "http.type", ""},
        {"a form", kPost, "nobody", kFile, "procedure=appeal", {{"Content-Type", "application/x-www-form-urlencoded"}}, 415, "http.type", ""},
        filing("a form that is no object", R"({"procedure":"appeal","form":"x"})", 422, "field.type", "form"),
        filing("a number as procedure", R"({"procedure":7})", 422, "field.type", "procedure"),
        filing("an unknown field outside", R"({"procedure":"appeal","colour":"red"})", 422, "field.unknown", "colour"),
        filing("an unknown field inside", bytes(appeal({{"colour", "red"}})), 422, "field.unknown", "form.colour"),
        filing("an unknown procedure", R"({"procedure":"apeal","form":{}})", 404, "procedure.unknown", "procedure"),
        filing("an unknown step to open with", R"({"procedure":"appeal","step":"open","form":{}})", 404, "step.unknown", "step"),
        filing("an unknown kind", bytes(appeal({{"kind", "joke"}})), 422, "field.choice", "form.kind"),
        filing("an unknown channel", bytes(appeal({{"channel", "pigeon"}})), 422, "field.choice", "form.channel"),
        filing("a title of one character", bytes(appeal({{"title", "灯"}})), 422, "field.too_short", "form.title"),
        filing("a title of spaces", bytes(appeal({{"title", "   　"}})), 422, "field.required", "form.title"),
        filing("a body too long", bytes(appeal({{"body", long_text}})), 422, "field.too_long", "form.body"),
        filing("a number as text", bytes(appeal({{"title", 12}})), 422, "field.type", "form.title"),
        filing("a text as flag", bytes(appeal({{"urgent", "true"}})), 422, "field.type", "form.urgent"),
        filing("a list as text", bytes(appeal({{"place", json::array{1}}})), 422, "field.type", "form.place"),
        filing("a place on the moon", bytes(appeal({{"point", {{"lat", 126.0}, {"lon", 10.0}}}})), 422, "field.range", "form.point.lat"),
        filing("half a place", bytes(appeal({{"point", {{"lat", 26.0}}}})), 422, "field.type", "form.point"),
        filing("a place that is no number", R"({"procedure":"appeal","form":{"title":"aa","body":"bb","channel":"web","point":{"lat":1e999,"lon":1}}})", 422, "field.range", "form.point.lat"),
        filing("a phone of letters", bytes(appeal({{"phone", "call me"}})), 422, "field.format", "form.phone"),
        filing("a wrong check digit", bytes(appeal({{"identity", "110105194912310021"}})), 422, "field.identity", "form.identity"),
        filing("a region of letters", bytes(appeal({{"region", "Fuzhou"}})), 422, "field.format", "form.region"),
        filing("an unknown unit", bytes(appeal({{"about", "nowhere"}})), 422, "unit.unknown", "form.about"),
        filing("the centre as accused", bytes(appeal({{"about", "centre"}})), 422, "about.centre", "form.about"),
        {"a session with nothing", kPost, "nobody", "/api/v1/sessions", "{}", {}, 422, "field.required", "login"},
        {"a login of 1 MB less a little", kPost, "nobody", "/api/v1/sessions", bytes({{"login", std::string(3000, 'x')}}), {}, 422, "field.too_long", "login"},
        {"a password as number", kPost, "nobody", "/api/v1/sessions", R"({"login":"seat01","password":1})", {}, 422, "field.type", "password"},
        {"no commands", kPost, "seat01", "/api/v1/commands", R"({"commands":[]})", {}, 422, "field.required", "commands"},
        {"a command that is none", kPost, "seat01", "/api/v1/commands", R"({"commands":[1]})", {}, 422, "field.type", "commands[0]"},
    };
    // clang-format on
    for (Row const& row : rows) expect(row);
}

TEST(BadInput, OfAnAddressIsRefusedByName) {
    // clang-format off
    std::vector<Row> const rows{
        getting("no such path", "nobody", "/api/v1/nothing", 404, "http.not_found", ""),
        getting("up and out", "nobody", "/../../etc/passwd", 400, "http.malformed", ""),
        getting("up and out, encoded", "nobody", "/%2e%2e/%2e%2e/etc/passwd", 400, "http.malformed", ""),
        getting("a NUL in the path", "nobody", "/api/v1/matters/1%00", 400, "http.malformed", ""),
        getting("invalid UTF-8 in the path", "nobody", "/api/v1/matters/%ff", 400, "http.malformed", ""),
        {"an unknown method here", http::Method::put, "nobody", "/api/v1/matters", "", {}, 405, "http.method_not_allowed", ""},
        getting("an unknown query parameter", "seat01", kFile + "?colour=red", 422, "field.unknown", "query.colour"),
        getting("a parameter twice", "seat01", kFile + "?limit=1&limit=2", 400, "query.twice", "limit"),
        getting("limit 0", "seat01", kFile + "?limit=0", 422, "field.range", "query.limit"),
        getting("limit -1", "seat01", kFile + "?limit=-1", 422, "field.type", "query.limit"),
        getting("limit 101", "seat01", kFile + "?limit=101", 422, "field.range", "query.limit"),
        getting("limit of 20 digits", "seat01", kFile + "?limit=99999999999999999999", 422, "field.type", "query.limit"),
        getting("limit as word", "seat01", kFile + "?limit=ten", 422, "field.type", "query.limit"),
        getting("limit as hex", "seat01", kFile + "?limit=0x10", 422, "field.type", "query.limit"),
        getting("limit and space", "seat01", kFile + "?limit=%205", 422, "field.type", "query.limit"),
        getting("a flag as word", "seat01", kFile + "?overdue=yes", 422, "field.type", "query.overdue"),
        getting("an unknown order", "seat01", kFile + "?order=random", 422, "field.choice", "query.order"),
        getting("SQL for a stage", "seat01", kFile + "?stage='%20OR%201=1--", 422, "field.format", "query.stage"),
        getting("an unknown unit", "seat01", kFile + "?unit=nowhere", 422, "unit.unknown", "query.unit"),
        getting("a cursor of noise", "seat01", kFile + "?cursor=%21%21%21", 400, "cursor.bad", "query.cursor"),
        getting("a cursor of words", "seat01", kFile + "?cursor=aGVsbG8", 400, "cursor.bad", "query.cursor"),
        getting("a cursor of signs", "seat01", kFile + "?cursor=LS06LS0", 400, "cursor.bad", "query.cursor"),  // "--:--"
        getting("a cursor without end", "seat01", kFile + "?cursor=" + std::string(200, 'A'), 422, "field.too_long", "query.cursor"),
        getting("an unknown rulebook", "nobody", "/api/v1/procedures/none", 404, "procedure.unknown", ""),
        getting("an unknown catalogue", "nobody", "/api/v1/catalogues/none", 404, "catalogue.unknown", ""),
        getting("an unknown language", "nobody", "/api/v1/texts/fr", 404, "route.unknown", ""),
        getting("an unknown parent", "seat01", "/api/v1/units?parent=nowhere", 404, "unit.not_found", "query.parent"),
        getting("no limit", "nobody", "/api/v1/due", 422, "field.required", "query.limit"),
        getting("a limit of bananas", "nobody", "/api/v1/due?limit=3%20bananas", 422, "limit.unreadable", "query.limit"),
        getting("a time without offset", "nobody", "/api/v1/due?limit=3%20working%20days&from=2026-10-09T09:00:00", 422, "field.format", "query.from"),
        getting("a matter that is not", "seat01", kFile + "/424242", 404, "matter.unknown", ""),
        getting("a matter of words", "seat01", kFile + "/abc", 404, "matter.unknown", ""),
        getting("a number too long", "seat01", kFile + "/99999999999999999999999", 404, "matter.unknown", ""),
        getting("a matter below zero", "seat01", kFile + "/-1", 404, "matter.unknown", ""),
        getting("nobody's list", "nobody", kFile, 401, "session.needed", ""),
        {"nobody's step", kPost, "nobody", kFile + "/1/steps/accept", "{}", {}, 401, "session.needed", ""},
        {"a token of noise", kGet, "nobody", kFile, "", {{"Authorization", "Bearer nonsense"}}, 401, "session.needed", ""},
        {"a token without end", kGet, "nobody", kFile, "", {{"Authorization", "Bearer " + std::string(5000, 'x')}}, 401, "session.needed", ""},
        {"another scheme", kGet, "nobody", kFile, "", {{"Authorization", "Basic c2VhdDAxOngK"}}, 401, "session.needed", ""},
    };
    // clang-format on
    for (Row const& row : rows) expect(row);
}

TEST(BadInput, OfAStepIsRefusedByName) {
    json::value filed = as("nobody").file(appeal().at("form").as_object());
    std::string const matter(filed.at("id").as_string()), steps = kFile + "/" + matter + "/steps/";
    // clang-format off
    std::vector<Row> const rows{
        {"an unknown step", kPost, "seat01", steps + "dance", "{}", {}, 404, "step.unknown", "step"},
        {"a step that opens", kPost, "seat01", steps + "file", "{}", {}, 404, "step.unknown", "step"},
        {"a step of the clock", kPost, "seat01", steps + "lapse_rating", "{}", {}, 403, "step.wrong_desk", ""},
        {"by the wrong desk", kPost, "disp01", steps + "accept", R"({"form":{"kind":"help"}})", {}, 403, "step.wrong_desk", ""},
        {"by a stranger's desk", kPost, "unit-cg", steps + "sign", "{}", {}, 404, "matter.unknown", ""},
        {"out of turn", kPost, "disp01", steps + "dispatch", R"({"form":{"lead":"cg"}})", {}, 409, "step.out_of_turn", ""},
        {"without what it needs", kPost, "seat01", steps + "accept", "{}", {}, 422, "field.required", "form.kind"},
        {"with an unknown kind", kPost, "seat01", steps + "accept", R"({"form":{"kind":"joke"}})", {}, 422, "field.choice", "form.kind"},
        {"of a stale version", kPost, "seat01", steps + "accept", R"({"form":{"kind":"help"}})", {{"If-Match", "\"7\""}}, 412, "version.stale", ""},
        {"of no version at all", kPost, "seat01", steps + "accept", R"({"form":{"kind":"help"}})", {{"If-Match", "\"x\""}}, 400, "header.if_match", "If-Match"},
        {"of half a version", kPost, "seat01", steps + "accept", R"({"form":{"kind":"help"}})", {{"If-Match", "\"1"}}, 400, "header.if_match", "If-Match"},
        {"of a weak version", kPost, "seat01", steps + "accept", R"({"form":{"kind":"help"}})", {{"If-Match", "W/\"1\""}}, 400, "header.if_match", "If-Match"},
        {"of a version too big", kPost, "seat01", steps + "accept", R"({"form":{"kind":"help"}})", {{"If-Match", "\"99999999999\""}}, 400, "header.if_match", "If-Match"},
        {"with a key too long", kPost, "seat01", steps + "accept", R"({"form":{"kind":"help"}})", {{"Idempotency-Key", std::string(129, 'k')}}, 400, "header.idempotency_key", "Idempotency-Key"},
        {"on a share that is not", kPost, "seat01", steps + "accept", R"({"assignment":"12","form":{"kind":"help"}})", {}, 404, "assignment.unknown", "assignment"},
        {"on a share of words", kPost, "seat01", steps + "accept", R"({"assignment":"abc","form":{"kind":"help"}})", {}, 404, "assignment.unknown", "assignment"},
        {"on a share by number", kPost, "seat01", steps + "accept", R"({"assignment":12,"form":{"kind":"help"}})", {}, 422, "field.type", "assignment"},
        {"on a matter that is not", kPost, "seat01", kFile + "/424242/steps/accept", "{}", {}, 404, "matter.unknown", ""},
        {"on a matter of words", kPost, "seat01", kFile + "/abc/steps/accept", "{}", {}, 404, "matter.unknown", ""},
    };
    // clang-format on
    for (Row const& row : rows) expect(row);
    Heard still = as("seat01").get(kFile + "/" + matter);
    EXPECT_EQ(still.number("/version"), 1) << "a refused step leaves nothing";
    EXPECT_EQ(still.header("etag"), "\"1\"");

    as("seat01").take(matter, "accept", {{"kind", "help"}});
    // clang-format off
    std::vector<Row> const dispatching{
        {"to an unknown unit", kPost, "disp01", steps + "dispatch", R"({"form":{"lead":"nowhere"}})", {}, 422, "unit.unknown", "form.lead"},
        {"days as text", kPost, "disp01", steps + "dispatch", R"({"form":{"lead":"cg","days":"3"}})", {}, 422, "field.type", "form.days"},
        {"days as half", kPost, "disp01", steps + "dispatch", R"({"form":{"lead":"cg","days":1.5}})", {}, 422, "field.type", "form.days"},
        {"days below one", kPost, "disp01", steps + "dispatch", R"({"form":{"lead":"cg","days":0}})", {}, 422, "field.range", "form.days"},
        {"days beyond 64 bits", kPost, "disp01", steps + "dispatch", R"({"form":{"lead":"cg","days":99999999999999999999}})", {}, 422, "field.type", "form.days"},
        {"an assist twice", kPost, "disp01", steps + "dispatch", R"({"form":{"lead":"cg","assist":["zj","zj"]}})", {}, 422, "field.twice", "form.assist[1]"},
        {"an assist by number", kPost, "disp01", steps + "dispatch", R"({"form":{"lead":"cg","assist":[1]}})", {}, 422, "field.type", "form.assist[0]"},
        {"eleven assists", kPost, "disp01", steps + "dispatch", R"({"form":{"lead":"cg","assist":["a","b","c","d","e","f","g","h","i","j","k"]}})", {}, 422, "field.too_long", "form.assist"},
    };
    // clang-format on
    for (Row const& row : dispatching) expect(row);
    EXPECT_EQ(as("seat01").get(kFile + "/" + matter).number("/version"), 2);
}

TEST(BadInput, TooBigIs413AndTheServerGoesOn) {
    for (std::size_t bytes_sent :
         {std::size_t{256 * 1024 + 1}, std::size_t{1024 * 1024}, std::size_t{16 * 1024 * 1024}}) {
        Caller once(port());  // the connection is closed after it
        try {
            Heard heard =
                once.send(kPost, kFile, {{"Content-Type", "application/json"}}, std::string(bytes_sent, ' '));
            EXPECT_EQ(heard.status, 413);
            EXPECT_EQ(heard.key(), "http.body_too_large");
        } catch (std::runtime_error const& closed) {  // told while it was still sending
            EXPECT_GT(bytes_sent, std::size_t{1024 * 1024}) << closed.what();
        }
    }
    EXPECT_EQ(as("nobody").get("/healthz").status, 200);
}

TEST(BadInput, AtTheLimitIsTaken) {
    std::string body = bytes(appeal());
    body.append(256 * 1024 - body.size(), ' ');
    EXPECT_EQ(as("nobody").send(kPost, kFile, {{"Content-Type", "application/json"}}, body).status, 201);
    EXPECT_EQ(as("nobody").post(kFile, appeal({{"body", std::string(5000, 'x')}})).status, 201);
}

TEST(Input, OfFourBytesComesBackAsItWas) {
    std::string const title = "𠮷野家😀门口", body = "第一行\n第二行\t“引号” \\ / <b> & \u2028 𝄞";
    json::value filed = as("citizen").file({{"title", title}, {"body", body}, {"channel", "app"}});
    Heard heard = as("citizen").get(kFile + "/" + std::string(filed.at("id").as_string()));
    EXPECT_EQ(heard.at("/fields/title"), title);
    EXPECT_EQ(heard.at("/fields/body"), body);
}

TEST(Input, MayNameTheMatterByIdOrNumber) {
    json::value filed = as("citizen").file({{"title", "路灯不亮"}, {"body", "三天了"}, {"channel", "app"}});
    Heard by_id = as("citizen").get(kFile + "/" + std::string(filed.at("id").as_string()));
    Heard by_number = as("citizen").get(kFile + "/" + std::string(filed.at("number").as_string()));
    EXPECT_EQ(by_id.status, 200);
    EXPECT_EQ(by_number.at("/id"), by_id.at("/id"));
}

TEST(Input, PastThePublishedCalendarIsDatedProvisionally) {
    Heard heard = as("nobody").get("/api/v1/due?limit=60%20working%20days&from=2026-12-20T09:00:00%2B08:00");
    EXPECT_EQ(heard.status, 200);
    EXPECT_EQ(heard.body.at("provisional"), json::value(true)) << heard.text;
    Heard known = as("nobody").get("/api/v1/due?limit=3%20working%20days&from=2026-09-30T16:00:00%2B08:00");
    EXPECT_EQ(known.at("/due"), "2026-10-11T00:00:00+08:00");
    EXPECT_EQ(known.body.at("provisional"), json::value(false));
}

TEST(Idempotency, GivesTheSameAnswerOnce) {
    http::NamedValues const once{{"Idempotency-Key", "api-test-一次"}};
    Heard first = as("citizen").post(kFile, appeal(), once), again = as("citizen").post(kFile, appeal(), once);
    EXPECT_EQ(first.status, 201);
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.header("idempotency-replayed"), "true");
    EXPECT_EQ(again.at("/id"), first.at("/id"));
    EXPECT_EQ(again.at("/event"), first.at("/event"));
    EXPECT_FALSE(again.has("/code")) << "the query code is told once";
    EXPECT_EQ(as("seat01").get(kFile + "/" + first.at("/id")).number("/version"), 1);

    Heard other = as("citizen").post(kFile, appeal({{"title", "另一件事"}}), once);
    EXPECT_EQ(other.status, 422);
    EXPECT_EQ(other.key(), "idempotency.other_body");
    EXPECT_EQ(other.at("/field"), "Idempotency-Key");
    EXPECT_EQ(as("citizen2").post(kFile, appeal(), once).status, 201) << "another person's key is another key";
}

TEST(Idempotency, HoldsForStepsToo) {
    std::string const matter(as("nobody").file(appeal().at("form").as_object()).at("id").as_string());
    http::NamedValues const once{{"Idempotency-Key", "api-test-accept"}};
    json::value const form{{"form", {{"kind", "help"}}}};
    Heard first = as("seat01").post(kFile + "/" + matter + "/steps/accept", form, once);
    Heard again = as("seat01").post(kFile + "/" + matter + "/steps/accept", form, once);
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.text, first.text);
    EXPECT_EQ(as("seat01").get(kFile + "/" + matter).number("/version"), 2);
}

TEST(Version, IsOfTheShareThatIsActedOn) {
    std::string const matter(as("nobody").file(appeal().at("form").as_object()).at("id").as_string());
    as("seat01").take(matter, "accept", {{"kind", "complaint"}});
    json::value dispatched = as("disp01").take(matter, "dispatch", {{"lead", "cg"}, {"assist", {"water"}}});
    std::int64_t share = dispatched.at("assignments").at(0).at("version").as_int64();
    as("unit-water").take(matter, "sign");  // disturbs the matter's version, not cg's
    Heard fresh = as("unit-cg").post(kFile + "/" + matter + "/steps/sign", json::object{},
                                     {{"If-Match", "\"" + std::to_string(share) + "\""}});
    EXPECT_EQ(fresh.status, 200) << fresh.text;
    Heard stale = as("unit-cg").post(kFile + "/" + matter + "/steps/contact", {{"form", {{"reached", true}}}},
                                     {{"If-Match", "\"" + std::to_string(share) + "\""}});
    EXPECT_EQ(stale.status, 412) << stale.text;
    EXPECT_FALSE(stale.at("/params/version").empty()) << "says which it is now";
}

}  // namespace
}  // namespace banyan::api_test
