// What everybody reads and what only who filed it, filters, tokens, the updates extension, jurisdictions. On both
// databases.
#include "channels/open311/testing.h"

namespace banyan::open311 {
namespace {

class GeoReportRead : public GeoReport {};
BANYAN_ON_BOTH_ENGINES(GeoReportRead);

TEST_P(GeoReportRead, ShowsARequestToWhoFiledItAndToNobodyElse) {
    std::string const number =
        filed({{"last_name", "苏念慈"}, {"phone", "13987654321"}, {"lat", "26.0745"}, {"long", "119.2965"}});
    std::string const path = "/v2/requests/" + number;
    expect_error(get(path + ".json"), get(path + ".xml"), 404);
    expect_error(get(path + ".json", {{"api_key", other_key}}), get(path + ".xml", {{"api_key", other_key}}), 404);
    expect_error(get(path + ".json", {{"api_key", "wrong"}}), get(path + ".xml", {{"api_key", "wrong"}}), 403);
    EXPECT_EQ(get(path + ".json").body, get("/v2/requests/000000000000.json").body) << "the same as of none";
    json::value const own = get_json(path + ".json", {{"api_key", key}});
    ASSERT_EQ(own.as_array().size(), 1U) << "an array of one";
    json::object const& one = own.at(0).as_object();
    for (char const* field :
         {"service_request_id", "status", "status_notes", "service_name", "service_code", "description",
          "agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime",
          "address", "address_id", "zipcode", "lat", "long", "media_url"})
        EXPECT_TRUE(one.contains(field)) << field;
    EXPECT_EQ(text(one.at("description")), "晚上很黑\n不亮的范围：连续几盏");
    EXPECT_EQ(text(one.at("address")), "华林路12号");
    EXPECT_EQ(one.at("lat").as_double(), 26.0745);
    EXPECT_EQ(text(one.at("status")), "open");
    EXPECT_EQ(text(one.at("requested_datetime")), "2026-10-12T09:00:00+08:00");
    EXPECT_EQ(get_json("/v2/requests.json"), json::array()) << "nothing was released";
    EXPECT_EQ(get_json("/v2/requests.json", {{"api_key", key}, {"service_request_id", number}}).as_array().size(),
              1U);
    EXPECT_EQ(get_json("/v2/requests.json", {{"service_request_id", number}}), json::array());
}

TEST_P(GeoReportRead, ShowsEverybodyWhatWasReleasedAndNothingElse) {
    std::string const number = filed({{"last_name", "苏念慈"},
                                      {"phone", "13987654321"},
                                      {"email", "nianci@example.org"},
                                      {"description", "乙正文不公开"},
                                      {"address_string", "丙地点不公开"},
                                      {"lat", "26.0745"},
                                      {"long", "119.2965"},
                                      {"attribute[may_publish]", "yes"}});
    release(number);
    answer_it(number);
    json::value const listed = get_json("/v2/requests.json");
    ASSERT_EQ(listed.as_array().size(), 1U);
    json::object const& one = listed.at(0).as_object();
    EXPECT_EQ(text(one.at("service_request_id")), number);
    EXPECT_EQ(text(one.at("description")), "路灯不亮\n步道路灯不亮");
    EXPECT_EQ(text(one.at("address")), "华林路");
    EXPECT_EQ(one.at("lat").as_double(), 26.081);
    EXPECT_EQ(text(one.at("status_notes")), "路灯已修好");
    EXPECT_EQ(text(one.at("agency_responsible")), "城市管理局");
    EXPECT_TRUE(one.at("expected_datetime").is_null());
    std::string all;
    for (char const* path : {"/v2/requests", "/v2/servicerequestupdates"})
        for (char const* format : {".json", ".xml"}) all += get(path + std::string(format)).body;
    for (char const* format : {".json", ".xml"}) {
        http::Reply const single = get("/v2/requests/" + number + format, {{"api_key", other_key}});
        EXPECT_EQ(single.status, 200);
        all += single.body + get("/v2/tokens/" + number + format).body;
    }
    for (char const* planted : {"苏念慈", "13987654321", "nianci", "乙正文", "丙地点", "26.0745", "内部经过"})
        EXPECT_EQ(all.find(planted), std::string::npos) << planted;
    take("disp01", number, "retract", {{"reason", "测试"}});
    publisher->run_once();
    EXPECT_EQ(get_json("/v2/requests.json"), json::array());
    EXPECT_EQ(get("/v2/requests/" + number + ".json").status, 404);
}

TEST_P(GeoReportRead, FiltersRequests) {
    http::NamedValues const agreed{{"attribute[may_publish]", "yes"}};
    std::string const lamp_number = filed(agreed);
    release(lamp_number);
    city->set_clock(at("2026-10-13 09:00"));
    http::Reply const made = post({{"api_key", key},
                                   {"service_code", "city.ad"},
                                   {"address_id", "350111001"},
                                   {"attribute[may_publish]", "yes"}});
    std::string const ad(json::parse(made.body).at(0).at("service_request_id").as_string());
    release(ad, "小广告");
    answer_it(ad);
    city->go_to(at("2026-10-20 09:00"));  // nobody rates it
    take("callback01", ad, "call_back", {{"outcome", "solved"}, {"rating", "satisfied"}, {"final", "satisfied"}});
    publisher->run_once();
    auto ids = [&](http::NamedValues const& wanted) {
        std::vector<std::string> found;
        json::value const listed = get_json("/v2/requests.json", wanted);
        for (json::value const& one : listed.as_array())
            found.emplace_back(one.at("service_request_id").as_string());
        return found;
    };
    using Ids = std::vector<std::string>;
    EXPECT_EQ(ids({}), (Ids{ad, lamp_number})) << "the newest first";
    EXPECT_EQ(ids({{"status", "closed"}}), Ids{ad});
    EXPECT_EQ(ids({{"status", "open"}}), Ids{lamp_number});
    EXPECT_EQ(ids({{"status", "open,closed"}}), (Ids{ad, lamp_number}));
    EXPECT_EQ(ids({{"status", "open"}, {"status", "closed"}}), (Ids{ad, lamp_number})) << "declared several times";
    EXPECT_EQ(ids({{"service_code", "city.ad"}, {"service_code", "road.lamp"}}), (Ids{ad, lamp_number}));
    std::string const closed_at(
        get_json("/v2/requests.json", {{"status", "closed"}}).at(0).at("updated_datetime").as_string());
    EXPECT_EQ(closed_at, rfc3339(city->engine().now())) << "when it was closed";
    take("disp01", ad, "retract", {{"reason", "测试"}});
    release_words(ad, "小广告");
    EXPECT_EQ(text(get_json("/v2/requests.json", {{"status", "closed"}}).at(0).at("updated_datetime")), closed_at)
        << "also when other words are released";
    EXPECT_EQ(ids({{"status", ""}, {"service_code", ""}}), (Ids{ad, lamp_number})) << "empty is not given";
    EXPECT_EQ(ids({{"service_code", "city.ad"}}), Ids{ad});
    EXPECT_EQ(ids({{"service_code", "city.ad,road.lamp,road.lamp"}}), (Ids{ad, lamp_number}));
    EXPECT_EQ(ids({{"service_code", "none"}}), Ids{});
    EXPECT_EQ(ids({{"start_date", "2026-10-13T00:00:00+08:00"}}), Ids{ad});
    EXPECT_EQ(ids({{"start_date", "2026-10-12T00:00:00Z"}, {"end_date", "2026-10-12T09:00:00+08:00"}}),
              (Ids{lamp_number}));
    EXPECT_EQ(ids({{"end_date", "2026-10-12T23:00:00+08:00"}}), Ids{lamp_number});
    EXPECT_EQ(ids({{"service_request_id", ad + "," + ad + ",000000000000,x"}, {"status", "open"}}), Ids{ad})
        << "a number goes before all else";
    EXPECT_EQ(ids({{"page_size", "1"}}), Ids{ad});
    EXPECT_EQ(ids({{"page_size", "1"}, {"page", "2"}}), Ids{lamp_number});
    EXPECT_EQ(ids({{"bbox", "119.3,26.08,119.31,26.09"}}), (Ids{ad, lamp_number}));
    EXPECT_EQ(ids({{"bbox", "118,25,118.5,25.5"}}), Ids{});
    EXPECT_EQ(ids({{"updated_after", "2026-10-13T00:00:00+08:00"}}), Ids{ad});
    EXPECT_EQ(ids({{"updated_before", "2026-10-13T00:00:00+08:00"}}), Ids{lamp_number});
    city->set_clock(at("2027-02-01 09:00"));
    EXPECT_EQ(ids({}), Ids{}) << "without dates the last 90 days";
}

TEST_P(GeoReportRead, RefusesFiltersThatCannotBe) {
    struct Row {
        http::NamedValues asked;
        char const* says;
    };
    std::string many;
    for (int i = 0; i < 101; ++i) many += "1,";
    for (Row const& row : std::vector<Row>{
             {{{"start_date", "2026-10-12"}}, "start_date"},
             {{{"start_date", "2026-10-12T00:00:00"}}, "start_date"},
             {{{"end_date", "yesterday"}}, "end_date"},
             {{{"start_date", "2026-01-01T00:00:00Z"}, {"end_date", "2026-04-02T00:00:00Z"}}, "90"},
             {{{"start_date", "2026-10-12T00:00:00Z"}, {"end_date", "2026-10-11T00:00:00Z"}}, "end_date"},
             {{{"status", "done"}}, "status"},
             {{{"bbox", "1,2,3"}}, "bbox"},
             {{{"bbox", "3,2,1,4"}}, "bbox"},
             {{{"page", "0"}}, "page"},
             {{{"page_size", "1001"}}, "page_size"},
             {{{"page", "20"}, {"page_size", "1000"}}, "page_size"},
             {{{"updated_after", "x"}}, "updated_after"},
             {{{"service_request_id", many}}, "100"},
             {{{"bbox", "1,2,3,4"}, {"bbox", "1,2,3,4"}}, "bbox"}}) {
        SCOPED_TRACE(encoded(row.asked));
        http::Reply const as_json = get("/v2/requests.json", row.asked);
        expect_error(as_json, get("/v2/requests.xml", row.asked), 400);
        EXPECT_NE(as_json.body.find(row.says), std::string::npos) << as_json.body;
    }
}

TEST_P(GeoReportRead, GivesTheNumberOfAToken) {
    std::string const number = filed();
    json::value const made = get_json("/v2/tokens/" + number + ".json", {{"api_key", key}});
    EXPECT_EQ(made, (json::array{json::object{{"service_request_id", number}, {"token", number}}}));
    expect_error(get("/v2/tokens/" + number + ".json"), get("/v2/tokens/x.xml"), 404);
}

TEST_P(GeoReportRead, TellsWhatHasBecomeOfRequests) {
    std::string const number = filed({{"attribute[may_publish]", "yes"}}), quiet = filed();
    EXPECT_EQ(get_json("/v2/servicerequestupdates.json"), json::array());
    release(number);
    answer_it(number);
    json::value const told = get_json("/v2/servicerequestupdates.json");
    ASSERT_EQ(told.as_array().size(), 2U);
    std::set<std::string> ids;
    for (json::value const& one : told.as_array()) {
        EXPECT_EQ(text(one.at("service_request_id")), number);
        EXPECT_EQ(text(one.at("status")), "open");
        ids.emplace(one.at("update_id").as_string());
        EXPECT_TRUE(parse_rfc3339(one.at("updated_datetime").as_string()));
    }
    EXPECT_EQ(ids.size(), 2U);
    EXPECT_EQ(text(told.at(1).at("description")), "路灯已修好");
    http::Reply const xml = get("/v2/servicerequestupdates.xml");
    EXPECT_TRUE(is_well_formed(xml.body));
    EXPECT_NE(xml.body.find("<service_requests_updates><request_update><update_id>"), std::string::npos);
    EXPECT_EQ(get_json("/v2/servicerequestupdates.json", {{"end_date", "2026-10-12T08:00:00+08:00"}}),
              json::array());
    EXPECT_EQ(get_json("/v2/servicerequestupdates.json", {{"service_request_id", quiet}}), json::array());
    EXPECT_EQ(get_json("/v2/servicerequestupdates.json", {{"service_request_id", quiet}, {"api_key", other_key}}),
              json::array());
    EXPECT_EQ(get_json("/v2/servicerequestupdates.json", {{"service_request_id", quiet}, {"api_key", key}})
                  .as_array()
                  .size(),
              1U)
        << "its filer hears that it is there";
}

TEST_P(GeoReportRead, TakesUpdatesOfTheirOwnRequestsFromPartners) {
    std::string const number = filed();
    auto update = [&](http::NamedValues more, char const* format = ".json") {
        more.insert(more.begin(), {{"service_request_id", number}});
        return post(more, "/v2/servicerequestupdates" + std::string(format));
    };
    http::NamedValues const good{
        {"api_key", key}, {"update_id", "77"}, {"description", "现在全黑了"}, {"status", "FIXED"}};
    http::Reply const made = update(good);
    ASSERT_EQ(made.status, 200) << made.body;
    EXPECT_FALSE(json::parse(made.body).at(0).at("update_id").as_string().empty());
    EXPECT_EQ(update(good).status, 200) << "sent again";
    auto const matter = city->matter(*read_receipt_number(number));
    auto const history = load_history(city->reader(), *matter);
    ASSERT_EQ(history.size(), 2U) << "it was added once";
    EXPECT_EQ(history[1].step, "supplement");
    EXPECT_EQ(text(json::parse(history[1].body).at("form").at("text")), "[fixed] 现在全黑了");
    http::Reply const xml = update({{"api_key", key}, {"description", "还是黑的"}}, ".xml");
    EXPECT_NE(xml.body.find("<service_requests_updates><request_update><update_id>"), std::string::npos)
        << xml.body;
    http::NamedValues const strange{{"api_key", other_key}, {"description", "不是我的"}};
    expect_error(update(strange), update(strange, ".xml"), 404);
    expect_error(update({{"description", "无密钥"}}), update({{"description", "无密钥"}}, ".xml"), 403);
    expect_error(update({{"api_key", key}}), update({{"api_key", key}}, ".xml"), 400);
    http::NamedValues const odd{{"api_key", key}, {"description", "状态不对"}, {"status", "gone"}};
    expect_error(update(odd), update(odd, ".xml"), 400);
}

TEST_P(GeoReportRead, ServesSeveralJurisdictions) {
    serve("gulou.example=350102, jinan.example=350111");
    expect_error(get("/v2/services.json"), get("/v2/services.xml"), 400);
    expect_error(get("/v2/services.json", {{"jurisdiction_id", "x"}}),
                 get("/v2/services.xml", {{"jurisdiction_id", "x"}}), 404);
    EXPECT_EQ(get("/v2/services.json", {{"jurisdiction_id", "jinan.example"}}).status, 200);
    std::string const number = filed({{"jurisdiction_id", "gulou.example"}, {"attribute[may_publish]", "yes"}});
    EXPECT_EQ(city->matter(*read_receipt_number(number))->region, "350102");
    EXPECT_EQ(post(lamp({{"jurisdiction_id", "gulou.example"}, {"address_id", "350111001"}})).status, 400);
    release(number);
    auto listed = [&](char const* path, char const* where) {
        return get_json(path, {{"jurisdiction_id", where}}).as_array().size();
    };
    EXPECT_EQ(listed("/v2/requests.json", "gulou.example"), 1U);
    EXPECT_EQ(listed("/v2/requests.json", "jinan.example"), 0U);
    EXPECT_EQ(listed("/v2/servicerequestupdates.json", "jinan.example"), 0U);
    EXPECT_EQ(get("/v2/requests/" + number + ".json", {{"jurisdiction_id", "jinan.example"}}).status, 404);
}

}  // namespace
}  // namespace banyan::open311
