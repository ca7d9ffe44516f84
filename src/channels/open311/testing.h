// channels/open311/testing.h: the endpoint on a small city, asked through its routes. For tests only.
#pragma once
#include <gtest/gtest.h>

#include <future>

#include "base/testing.h"
#include "channels/open311/asking.h"
#include "channels/open311/open311.h"
#include "kernel/engine/testing/story.h"
#include "kernel/publication/publisher.h"
#include "platform/http/target.h"

namespace banyan::open311 {
using namespace banyan::testing;

inline std::string text(json::value const& value) { return std::string(value.as_string()); }

inline std::shared_ptr<Rules const> rules_with_partners() {
    auto rules = std::make_shared<Rules>(*small_rules());
    std::vector<Unit> units = rules->directory->units();
    std::vector<Person> people = rules->directory->people();
    for (std::int64_t const n : {1, 2})
        people.push_back(
            {PersonId(900 + n), "partner0" + std::to_string(n), "partner", {}, "平台", "Partner", "", ""});
    rules->directory = std::make_shared<Directory>(std::move(units), std::move(people));
    return rules;
}

inline Texts all_texts() {
    Texts texts;
    for (char const* name : {"", "_open311"}) {
        EXPECT_TRUE(texts.add(Language::zh, source_text("texts/zh" + std::string(name) + ".json")));
        EXPECT_TRUE(texts.add(Language::en, source_text("texts/en" + std::string(name) + ".json")));
    }
    return texts;
}

/// As a form, or a query, writes it.
inline std::string encoded(http::NamedValues const& values) {
    std::string out;
    for (auto const& [name, value] : values) {
        if (!out.empty()) out += '&';
        for (std::string const* part : {&name, &value}) {
            for (char const c : *part) {
                char hex[4];
                std::snprintf(hex, sizeof hex, "%%%02X", static_cast<unsigned char>(c));
                out += hex;
            }
            if (part == &name) out += '=';
        }
    }
    return out;
}

/// Every element that is opened is closed, in order; no sign stands where XML forbids it.
inline bool is_well_formed(std::string_view xml) {
    constexpr std::string_view kDeclaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    if (!xml.starts_with(kDeclaration)) return false;
    xml.remove_prefix(kDeclaration.size());
    std::vector<std::string> open;
    for (std::size_t i = 0; i < xml.size(); ++i) {
        auto const c = static_cast<unsigned char>(xml[i]);
        if (c < 0x20 && c != '\n' && c != '\t') return false;
        if (xml[i] == '&') {
            std::string_view const rest = xml.substr(i, 6);
            bool known = false;
            for (char const* entity : {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#13;"})
                known = known || rest.starts_with(entity);
            if (!known) return false;
        }
        if (xml[i] != '<') continue;
        std::size_t const end = xml.find('>', i);
        if (end == std::string_view::npos) return false;
        std::string const tag(xml.substr(i + 1, end - i - 1));
        if (tag.starts_with('/')) {
            if (open.empty() || open.back() != tag.substr(1)) return false;
            open.pop_back();
        } else if (!tag.ends_with('/')) {
            open.push_back(tag);
        }
        i = end;
    }
    return open.empty();
}

class GeoReport : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam(), rules_with_partners());
        city->set_clock(at("2026-10-12 09:00"));
        readers = std::make_unique<store::Readers>(*city->db(), store::ReadersOptions{.threads = 1});
        sessions = std::make_unique<api::Sessions>(city->engine(), *city->db(), city->keys());
        house.reset(
            new api::House{city->engine(), *readers, *sessions, city->keys(), texts, log, "榕州市", true, {}});
        house->catalogues.put("classes", source_text("data/demo/classes.csv"));
        publisher =
            std::make_unique<publication::Publisher>(city->engine(), *city->db(), city->keys(), redactor());
        serve("rongzhou.example");
        key = key_of("partner01");
        other_key = key_of("partner02");
    }
    static language::Redactor const& redactor() {
        static auto const kRead = language::Redactor::read(source_text("data/language/redaction.csv")).value();
        return kRead;
    }
    void serve(std::string const& jurisdictions,
               std::string const& settings = source_text("data/open311/open311.toml")) {
        static std::string const attributes = source_text("data/open311/attributes.csv"),
                                 divisions = source_text("data/divisions/fujian.csv");
        auto made = Open311::make(*house, {settings, attributes, divisions}, jurisdictions);
        ASSERT_TRUE(made) << made.error().key;
        routes = http::Routes();
        endpoint = std::make_unique<Open311>(std::move(*made));
        endpoint->add_routes(routes);
    }
    std::string key_of(std::string_view login) {
        std::promise<std::string> told;
        sessions->make_key(city->actor(login).person, "test",
                           [&](Result<api::SignedIn> const& made) { told.set_value(made ? made->token : ""); });
        return told.get_future().get();
    }
    http::Reply send(http::Method method, std::string const& path, http::NamedValues const& values = {},
                     std::string const& type = "application/x-www-form-urlencoded; charset=utf-8") {
        bool const posted = method == http::Method::post;
        http::Target target;
        EXPECT_TRUE(http::parse_target(path + (posted || values.empty() ? "" : "?" + encoded(values)), target));
        auto const found = routes.find(method, target.path, target.segments);
        if (found.route == nullptr) return {404, "", "no route", {}, {}};
        http::Request request;
        request.method = method;
        request.path = target.path;
        request.query = target.query;
        request.path_params = found.params;
        request.remote = "192.0.2.1";
        request.add_header("Host", "open311.example");
        if (posted) {
            request.body = encoded(values);
            request.add_header("Content-Type", type);
        }
        std::promise<http::Reply> told;
        found.route->handle(std::move(request),
                            http::Respond([&](http::Reply&& reply) { told.set_value(std::move(reply)); }));
        return told.get_future().get();
    }
    http::Reply get(std::string const& path, http::NamedValues const& values = {}) {
        return send(http::Method::get, "/open311" + path, values);
    }
    json::value get_json(std::string const& path, http::NamedValues const& values = {}) {
        http::Reply const reply = get(path, values);
        EXPECT_EQ(reply.status, 200) << path << ": " << reply.body;
        EXPECT_EQ(reply.content_type, "application/json; charset=utf-8");
        return json::parse(reply.body);
    }
    http::Reply post(http::NamedValues const& values, std::string const& path = "/v2/requests.json") {
        return send(http::Method::post, "/open311" + path, values);
    }
    /// What is needed, and more or other values.
    http::NamedValues lamp(http::NamedValues const& more = {}) {
        http::NamedValues values{{"api_key", key},
                                 {"service_code", "road.lamp"},
                                 {"address_string", "华林路12号"},
                                 {"attribute[extent]", "several"},
                                 {"description", "晚上很黑"}};
        for (auto const& [name, value] : more) {
            std::erase_if(values, [&](auto const& one) { return one.first == name; });
            values.emplace_back(name, value);
        }
        return values;
    }
    std::string filed(http::NamedValues const& more = {}) {
        http::Reply const reply = post(lamp(more));
        EXPECT_EQ(reply.status, 200) << reply.body;
        if (reply.status != 200) return {};
        return std::string(json::parse(reply.body).at(0).at("service_request_id").as_string());
    }
    void take(std::string_view login, std::string const& number, std::string const& step, json::object form = {}) {
        city->set_clock(city->engine().now() + minutes(1));
        Answer const answer = city->step(login, *read_receipt_number(number), step, std::move(form));
        EXPECT_TRUE(answer.ok()) << step << ": " << describe(answer.refusal);
    }
    void release(std::string const& number, std::string const& title = "路灯不亮") {
        take("seat01", number, "accept", {{"kind", "complaint"}});
        release_words(number, title);
    }
    void release_words(std::string const& number, std::string const& title) {
        take("disp01", number, "release",
             {{"public_title", title},
              {"public_text", "步道路灯不亮"},
              {"public_place", "华林路"},
              {"public_point", {{"lat", 26.0812345}, {"lon", 119.3012345}}}});
        publisher->run_once();
    }
    void answer_it(std::string const& number) {
        take("disp01", number, "dispatch", {{"lead", "cg"}});
        take("unit-cg", number, "sign");
        take("unit-cg-head", number, "reply",
             {{"account", "内部经过"}, {"public_reply", "路灯已修好"}, {"solved", true}});
        take("review01", number, "approve");
        publisher->run_once();
    }
    /// Status, and the first code and description of the error in both formats.
    void expect_error(http::Reply const& as_json, http::Reply const& as_xml, int status) {
        EXPECT_EQ(as_json.status, status) << as_json.body;
        EXPECT_EQ(as_xml.status, status) << as_xml.body;
        EXPECT_EQ(as_xml.content_type, "text/xml; charset=utf-8");
        json::value const body = json::parse(as_json.body);
        ASSERT_TRUE(body.is_array()) << as_json.body;
        json::object const& first = body.at(0).as_object();
        EXPECT_EQ(first.at("code").as_int64(), status);
        std::string const words(first.at("description").as_string());
        EXPECT_FALSE(words.empty());
        EXPECT_EQ(words.find("refusal."), std::string::npos) << words;
        EXPECT_EQ(words.find('{'), std::string::npos) << words;
        EXPECT_TRUE(is_well_formed(as_xml.body)) << as_xml.body;
        EXPECT_NE(as_xml.body.find("<errors><error><code>" + std::to_string(status) + "</code><description>"),
                  std::string::npos)
            << as_xml.body;
    }

    telemetry::Log log{"/dev/null", telemetry::Level::error};
    Texts texts = all_texts();
    std::unique_ptr<City> city;
    std::unique_ptr<store::Readers> readers;
    std::unique_ptr<api::Sessions> sessions;
    std::unique_ptr<api::House> house;
    std::unique_ptr<publication::Publisher> publisher;
    std::unique_ptr<Open311> endpoint;
    http::Routes routes;
    std::string key, other_key;
};

}  // namespace banyan::open311
