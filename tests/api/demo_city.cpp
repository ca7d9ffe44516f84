#include "api/demo_city.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "kernel/engine/installation.h"
#include "platform/store/testing/stores.h"

namespace banyan::api_test {
namespace {

/// People whom only the database can have: there is no route for them yet.
void add_people(std::string const& data) {
    auto store = store::open_sqlite({.file = data + "/banyan.db", .read_only = false, .vfs = {}});
    auto keys = crypto::Keyring::create_or_open(data + "/keys");
    auto session = store->open_writer();
    std::string password;
    std::int64_t last = 0;
    std::map<std::string, std::int64_t> units;
    session->query("SELECT password FROM person WHERE login = 'seat01'", {},
                   [&](store::Row const& row) { password = row.text(0); });
    session->query("SELECT MAX(id) FROM person", {}, [&](store::Row const& row) { last = row.integer(0); });
    session->query("SELECT code, id FROM unit", {},
                   [&](store::Row const& row) { units[std::string(row.text(0))] = row.integer(1); });
    struct New {
        char const *login, *role, *unit;
    };
    session->begin_write();
    for (New const& person :
         {New{"gulou", "district_centre", "350102-centre"}, New{"dept01", "unit_head", "zj"},
          New{"lock01", "unit_clerk", "zj"}, New{"lock02", "unit_clerk", "zj"}, New{"partner01", "partner", ""}}) {
        Person made{
            PersonId(++last), person.login, person.role, UnitId(*person.unit != '\0' ? units.at(person.unit) : 0),
            "测试",           "Test",       "",          ""};
        put_person(*session, keys, made, password);
    }
    session->commit();
}

struct City {
    store::testing::TestFolder scratch;
    std::string data = scratch / "city";
    std::unique_ptr<journey::Server> server;
    std::map<std::string, std::unique_ptr<Caller>> callers;

    City() {
        journey::copy_demo(data);
        add_people(data);
        server = std::make_unique<journey::Server>("demo", data, journey::moved(data));
    }
};

City& city() {
    static City made;
    return made;
}

}  // namespace

std::uint16_t port() { return city().server->port(); }

std::string folder() { return city().data; }

std::string log_text() { return journey::text_of(city().data + "/banyan.log"); }

Caller& as(std::string const& login) {
    auto& caller = city().callers[login];
    if (!caller && login == "nobody") caller = std::make_unique<Caller>(port());
    if (!caller) caller = std::make_unique<Caller>(port(), Caller::of(port(), login).token());
    if (!caller->heard_by)
        caller->heard_by = [](http::Method method, std::string const& target, Heard const& heard) {
            described().hold(method, target, heard);
        };
    return *caller;
}

Description& described() {
    static Description made(json::parse(
        http::Client("127.0.0.1", port(), seconds(30)).request(http::Method::get, "/openapi.json").body));
    return made;
}

json::object planted_form(std::string const& title) {
    std::string body = title;
    body += "，正文。";
    json::object form{
        {"title", title}, {"body", body}, {"channel", "web"}, {"class", "city.ad"}, {"region", "350102004"}};
    form["place"] = title;
    form["name"] = kName;
    form["phone"] = kPhone;
    form["email"] = kEmail;
    form["address"] = kAddress;
    form["identity"] = kIdentity;
    form["confidential"] = true;
    form["superior_number"] = kSuperior;
    return form;
}

std::string share_of(json::value const& matter, std::string_view unit) {
    for (json::value const& share : matter.at("assignments").as_array()) {
        json::value const& of = share.at("unit");
        if ((of.is_string() ? of.as_string() : of.at("code").as_string()) == unit)
            return std::string(share.at("id").as_string());
    }
    throw std::runtime_error("no share of " + std::string(unit) + ": " + json::serialize(matter));
}

Planted const& about_the_street() {
    static Planted const kMade = [] {
        std::string const title = "甲标题只给诉求人和承办";
        json::object form = planted_form(title);
        form["about"] = "350102004";
        json::value filed = as("citizen").file(form);
        Planted made{std::string(filed.at("id").as_string()),
                     std::string(filed.at("number").as_string()),
                     std::string(filed.at("code").as_string()),
                     {},
                     {},
                     title};
        as("seat01").take(made.id, "accept", {{"kind", "report"}});
        json::value dispatched =
            as("disp01").take(made.id, "dispatch", {{"lead", "cg"}, {"assist", {"water"}}, {"summary", kSummary}});
        made.lead = share_of(dispatched, "cg");
        made.assist = share_of(dispatched, "water");
        as("unit-cg").take(made.id, "sign");
        as("unit-cg").take(made.id, "contact", {{"reached", true}, {"note", kNote}});
        return made;
    }();
    return kMade;
}

Planted const& below_gulou() {
    static Planted const kMade = [] {
        std::string const title = "乙标题只给诉求人和区中心";
        json::value filed = as("citizen").file(planted_form(title));
        Planted made{std::string(filed.at("id").as_string()),
                     std::string(filed.at("number").as_string()),
                     std::string(filed.at("code").as_string()),
                     {},
                     {},
                     title};
        as("seat01").take(made.id, "accept", {{"kind", "complaint"}});
        json::value dispatched =
            as("disp01").take(made.id, "dispatch", {{"lead", "350102-centre"}, {"summary", kSummary}});
        made.lead = share_of(dispatched, "350102-centre");
        as("gulou").take(made.id, "sign");
        as("gulou").take(made.id, "contact", {{"reached", true}, {"note", kNote}});
        as("gulou").take(made.id, "delegate", {{"unit", "350102004"}, {"summary", kSummary}}, made.lead);
        return made;
    }();
    return kMade;
}

Story const& report() {
    static Story const kFound = [] {
        Heard list = as("seat01").get("/api/v1/matters?kind=report&class=gov.conduct&limit=100");
        for (json::value const& matter : list.body.at("matters").as_array())
            if (matter.at("title").as_string() == "举报协管员乱收费" &&
                matter.at("about").as_string() == "350102004")
                return Story{std::string(matter.at("id").as_string()),
                             std::string(matter.at("number").as_string())};
        throw std::runtime_error("story 13 is not in the demo: " + list.text);
    }();
    return kFound;
}

}  // namespace banyan::api_test
