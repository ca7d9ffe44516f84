// Every sentence of GeoReport v2 that a server can keep or break: what can be asked for, and filing. Through the
// routes, on both databases; reading is in requests_test.cpp, what only a real connection shows in
// tests/api/open311_test.cpp.
#include "channels/open311/testing.h"

namespace banyan::open311 {
namespace {

BANYAN_ON_BOTH_ENGINES(GeoReport);

TEST_P(GeoReport, IsDiscoveredInBothFormats) {
    for (char const* path : {"/discovery", "/v2/discovery"}) {
        json::value const found = get_json(std::string(path) + ".json");
        for (char const* field : {"changeset", "contact", "key_service"})
            EXPECT_FALSE(found.at(field).as_string().empty()) << field;
        json::value const& one = found.at("endpoints").at(0);
        EXPECT_EQ(text(one.at("specification")), "http://wiki.open311.org/GeoReport_v2");
        EXPECT_EQ(text(one.at("url")), "http://open311.example/open311/v2");
        EXPECT_EQ(text(one.at("type")), "test");
        EXPECT_EQ(one.at("formats"), (json::array{"text/xml", "application/json"}));
        EXPECT_FALSE(one.at("changeset").as_string().empty());
        http::Reply const xml = get(std::string(path) + ".xml");
        EXPECT_EQ(xml.content_type, "text/xml; charset=utf-8");
        EXPECT_TRUE(is_well_formed(xml.body)) << xml.body;
        EXPECT_NE(xml.body.find("<endpoints><endpoint><specification>"), std::string::npos);
    }
}

TEST_P(GeoReport, ListsTheClassesAsServices) {
    json::value const all = get_json("/v2/services.json");
    ASSERT_EQ(all.as_array().size(), 103U);
    for (json::value const& one : all.as_array()) {
        for (char const* field : {"service_code", "service_name", "description", "type", "keywords", "group"})
            EXPECT_FALSE(one.at(field).as_string().empty()) << field;
        EXPECT_TRUE(one.at("metadata").is_bool());
        EXPECT_EQ(text(one.at("type")), "realtime");
    }
    EXPECT_EQ(text(get_json("/v2/services.json", {{"lang", "en"}}).at(0).at("service_name")), "Street lamp out");
    http::Reply const xml = get("/v2/services.xml");
    EXPECT_TRUE(is_well_formed(xml.body));
    EXPECT_NE(xml.body.find("<services><service><service_code>road.lamp</service_code>"), std::string::npos);
    EXPECT_NE(xml.body.find("<metadata>true</metadata>"), std::string::npos);
}

TEST_P(GeoReport, DefinesEachService) {
    std::set<std::string> const types{"string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"};
    std::set<std::string> seen;
    json::value const all = get_json("/v2/services.json");
    for (json::value const& service : all.as_array()) {
        std::string const code(service.at("service_code").as_string());
        json::value const made = get_json("/v2/services/" + code + ".json");
        EXPECT_EQ(made.at("service_code"), service.at("service_code"));
        std::set<std::int64_t> orders;
        for (json::value const& attribute : made.at("attributes").as_array()) {
            EXPECT_TRUE(attribute.at("variable").is_bool() && attribute.at("required").is_bool());
            EXPECT_TRUE(orders.insert(attribute.at("order").as_int64()).second &&
                        attribute.at("order").as_int64() > 0);
            std::string const type(attribute.at("datatype").as_string());
            EXPECT_TRUE(types.contains(type)) << type;
            seen.insert(type);
            EXPECT_EQ(type.ends_with("list"), !attribute.at("values").as_array().empty());
            for (json::value const& value : attribute.at("values").as_array())
                EXPECT_FALSE(value.at("key").as_string().empty() || value.at("name").as_string().empty());
        }
    }
    EXPECT_EQ(seen, types) << "the data use every sort";
    http::Reply const xml = get("/v2/services/road.lamp.xml");
    EXPECT_TRUE(is_well_formed(xml.body));
    EXPECT_NE(xml.body.find("<service_definition><service_code>road.lamp</service_code><attributes><attribute>"),
              std::string::npos);
    EXPECT_NE(xml.body.find("<values><value><key>one</key>"), std::string::npos);
    expect_error(get("/v2/services/none.json"), get("/v2/services/none.xml"), 404);
}

TEST_P(GeoReport, FilesARequestByTheRulebook) {
    std::string const number = filed({{"attribute[pole]", "Z-17"},
                                      {"lat", "26.0745"},
                                      {"long", "119.2965"},
                                      {"address_id", "350102004"},
                                      {"email", "a@example.org"},
                                      {"phone", "154 0000 0001"},
                                      {"first_name", "小榕"},
                                      {"last_name", "陈"},
                                      {"media_url", "https://example.org/1.jpg"},
                                      {"attribute[may_publish]", "yes"}});
    auto const matter = city->matter(*read_receipt_number(number));
    ASSERT_TRUE(matter);
    EXPECT_EQ(matter->asker, city->actor("partner01").person);
    EXPECT_EQ(matter->class_code, "road.lamp");
    EXPECT_EQ(matter->region, "350102004");
    EXPECT_EQ(matter->channel, "superior");
    EXPECT_EQ(matter->title, "路灯不亮");
    EXPECT_EQ(matter->facts.at("may_publish").as_bool(), true);
    auto const history = load_history(city->reader(), *matter);
    json::value const form = json::parse(history[0].body).at("form");
    EXPECT_EQ(text(form.at("body")),
              "晚上很黑\n灯杆编号：Z-17\n不亮的范围：连续几盏\n图片或录音（未下载）：https://example.org/1.jpg");
    EXPECT_EQ(text(form.at("place")), "华林路12号");
    for (char const* sealed : {"154 0000 0001", "15400000001", "a@example.org", "小榕"})
        EXPECT_EQ(history[0].body.find(sealed), std::string::npos) << sealed << ": a person's fields are sealed";
}

TEST_P(GeoReport, AnswersARequestWithItsNumberInBothFormats) {
    http::Reply const as_json = post(lamp({{"account_id", "a-7"}}));
    json::value const made = json::parse(as_json.body);
    ASSERT_EQ(made.as_array().size(), 1U);
    EXPECT_TRUE(read_receipt_number(made.at(0).at("service_request_id").as_string()));
    EXPECT_FALSE(made.at(0).as_object().contains("token")) << "a number or a token, not both";
    EXPECT_NE(made.at(0).at("service_notice").as_string().find("查询码"), json::string::npos);
    EXPECT_EQ(text(made.at(0).at("account_id")), "a-7");
    http::Reply const xml = post(lamp(), "/v2/requests.xml");
    EXPECT_TRUE(is_well_formed(xml.body));
    EXPECT_NE(xml.body.find("<service_requests><request><service_request_id>"), std::string::npos) << xml.body;
}

TEST_P(GeoReport, TakesAnyOneOfTheThreeWaysToSayWhere) {
    http::NamedValues const none{{"address_string", ""}};
    auto with = [&](http::NamedValues more) {
        more.insert(more.begin(), none.begin(), none.end());
        return post(lamp(more)).status;
    };
    EXPECT_EQ(with({}), 400);
    EXPECT_EQ(with({{"lat", ""}, {"long", ""}, {"address_id", ""}}), 400) << "empty is not given";
    EXPECT_EQ(with({{"lat", "26.07"}, {"long", "119.29"}}), 200);
    EXPECT_EQ(with({{"address_id", "350102"}}), 200);
    EXPECT_EQ(with({{"address_string", "五一广场"}}), 200);
}

TEST_P(GeoReport, RefusesWhatIsWrongByName) {
    struct Row {
        http::NamedValues more;
        int status;
        char const* says;
    };
    std::string const long_text(4001, 'x');
    std::vector<Row> const rows{
        {{{"api_key", ""}}, 403, "api_key"},
        {{{"api_key", "nonsense"}}, 403, "api_key"},
        {{{"service_code", ""}}, 400, "service_code"},
        {{{"service_code", "none"}}, 404, "service_code"},
        {{{"service_code", "road"}}, 404, "service_code"},
        {{{"jurisdiction_id", "other.example"}}, 404, "jurisdiction_id"},
        {{{"lat", "26.07"}}, 400, "lat, long"},
        {{{"lat", "x"}, {"long", "119"}}, 400, "lat, long"},
        {{{"lat", "nan"}, {"long", "119"}}, 400, "lat, long"},
        {{{"lat", "91"}, {"long", "119"}}, 400, "lat, long"},
        {{{"lat", "39.9"}, {"long", "116.4"}}, 400, "不在本省"},
        {{{"address_id", "999999"}}, 400, "address_id"},
        {{{"attribute[colour]", "red"}}, 400, "attribute[colour]"},
        {{{"attribute[extent", "one"}}, 400, "attribute[extent"},
        {{{"attribute[extent]", "purple"}}, 400, "attribute[extent]"},
        {{{"attribute[extent]", ""}}, 400, "attribute[extent]"},
        {{{"attribute[extent][]", "one"}}, 400, "attribute[extent]"},
        {{{"attribute[pole]", "a\nb"}}, 400, "attribute[pole]"},
        {{{"description", long_text}}, 400, "4000"},
        {{{"media_url", "javascript:alert(1)"}}, 400, "media_url"},
        {{{"phone", "<b>"}}, 400, "phone"},
        {{{"last_name", std::string(61, 'x')}}, 400, "last_name"},
        {{{"email", std::string(121, 'x')}}, 400, "email"},
    };
    for (Row const& row : rows) {
        SCOPED_TRACE(encoded(row.more));
        http::Reply const as_json = post(lamp(row.more));
        expect_error(as_json, post(lamp(row.more), "/v2/requests.xml"), row.status);
        EXPECT_NE(as_json.body.find(row.says), std::string::npos) << as_json.body;
    }
    http::NamedValues const twice{{"api_key", key}, {"service_code", "road.lamp"}, {"service_code", "city.ad"}};
    EXPECT_EQ(post(twice).status, 400);
    EXPECT_EQ(send(http::Method::post, "/open311/v2/requests.json", lamp(), "application/json").status, 400);
    EXPECT_EQ(send(http::Method::post, "/open311/v2/requests.json", lamp(), "multipart/form-data").status, 400);
}

TEST_P(GeoReport, ChecksEachAttributeByItsDatatype) {
    auto status = [&](std::string const& service, http::NamedValues attributes) {
        attributes.insert(attributes.begin(),
                          {{"api_key", key}, {"service_code", service}, {"address_string", "五一路"}});
        return post(attributes).status;
    };
    EXPECT_EQ(status("utility.water_off", {{"attribute[since]", "2026-10-12T08:00:00+08:00"}}), 200);
    EXPECT_EQ(status("utility.water_off", {{"attribute[since]", "2026-10-12"}}), 400);
    EXPECT_EQ(status("utility.water_off", {{"attribute[households]", "12"}}), 200);
    EXPECT_EQ(status("utility.water_off", {{"attribute[households]", "many"}}), 400);
    EXPECT_EQ(status("utility.wire", {{"attribute[danger][]", "low"}, {"attribute[danger][]", "sparks"}}), 200);
    EXPECT_EQ(status("utility.wire", {{"attribute[danger][]", "low"}, {"attribute[danger][]", "green"}}), 400);
    EXPECT_EQ(status("utility.gas_leak", {{"attribute[warning]", "x"}}), 400) << "it tells, it does not ask";
    EXPECT_EQ(status("road.manhole", {}), 400) << "a required one";
}

TEST_P(GeoReport, IsRefusedWhoAsksTooOften) {
    std::string settings = source_text("data/open311/open311.toml");
    settings.replace(settings.find("reads_a_minute = 600"), 20, "reads_a_minute = 2  ");
    serve("rongzhou.example", settings);
    int refused = 0;
    http::Reply last;
    for (int i = 0; i < 7; ++i) {  // a minute may end in between
        last = get("/v2/services.json");
        refused += last.status == 429;
    }
    EXPECT_GE(refused, 3);
    EXPECT_EQ(json::parse(last.body).at(0).at("code").as_int64(), last.status);
}

TEST_P(GeoReport, EscapesWhatPeopleWrite) {
    std::string const number = filed({{"description", "<b>&\"'</b>]]>\x01\x0b\r\n\xEF\xBF\xBF😀Привет"}});
    http::Reply const xml = get("/v2/requests/" + number + ".xml", {{"api_key", key}});
    EXPECT_TRUE(is_well_formed(xml.body)) << xml.body;
    EXPECT_NE(xml.body.find("&lt;b&gt;&amp;&quot;&apos;&lt;/b&gt;]]&gt;"), std::string::npos) << xml.body;
    EXPECT_NE(xml.body.find("😀Привет"), std::string::npos);
    EXPECT_EQ(xml.body.find("\xEF\xBF\xBF"), std::string::npos);
    json::value const own = get_json("/v2/requests/" + number + ".json", {{"api_key", key}});
    EXPECT_NE(own.at(0).at("description").as_string().find("<b>&\"'</b>"), json::string::npos);
}

TEST_P(GeoReport, KnowsNoOtherResource) {
    for (char const* path : {"/v2/nothing", "/v2/requests/1.html", "/v2/services/road.lamp", "/v2", "/x"}) {
        http::Reply const reply = get(path);
        EXPECT_EQ(reply.status, 404) << path;
        EXPECT_NE(reply.body.find("<error><code>404</code>"), std::string::npos) << reply.body;
    }
    EXPECT_EQ(get("/v2/nothing.json").body.front(), '[');
    EXPECT_EQ(post({}, "/v2/nothing.json").status, 404);
}

TEST(GeoReportData, IsReadOrRefusedByName) {
    std::string const toml = source_text("data/open311/open311.toml");
    EXPECT_EQ(Services::read("code,parent,zh,en\n", "class,code\n").value().all().size(), 0U);
    for (char const* jurisdictions : {"", ",", "a,a", "a=x", "=350102"})
        EXPECT_EQ(read_settings(toml, jurisdictions).error().key, "georeport.jurisdictions") << jurisdictions;
    EXPECT_EQ(read_settings("x = 1", "a").error().key, "georeport.settings");
    std::string const head = "class,code,datatype,variable,required,field,zh,en,hint_zh,hint_en,values\n";
    for (char const* row : {",,string,true,false,,名,N,,,", ",c,colour,true,false,,名,N,,,",
                            ",c,string,true,false,,,N,,,", ",c,singlevaluelist,true,false,,名,N,,,",
                            ",c,string,true,false,,名,N,,,a=b|c", ",c,singlevaluelist,true,false,,名,N,,,a"})
        EXPECT_EQ(Services::read("code,parent,zh,en\n", head + row + "\n").error().key, "georeport.attributes")
            << row;
}

}  // namespace
}  // namespace banyan::open311
