#include <gtest/gtest.h>

#include "platform/http/target.h"

namespace banyan::http {
namespace {

void nothing(Request&&, Respond) {}

Routes table() {
    Routes routes;
    routes.add({Method::get, "/", "home", nothing});
    routes.add({Method::get, "/matters", "matter.list", nothing});
    routes.add({Method::post, "/matters", "matter.create", nothing});
    routes.add({Method::get, "/matters/{id}", "matter.get", nothing});
    routes.add({Method::post, "/matters/overdue", "matter.overdue", nothing});
    routes.add({Method::get, "/matters/{id}/steps/{step}", "step.get", nothing});
    routes.add({Method::get, "/matters/overdue/report", "overdue.report", nothing});
    routes.add({Method::get, "/assets/{path*}", "asset", nothing});
    return routes;
}

/// "name:param,param", or the methods allowed.
std::string found(Routes const& routes, Method method, std::string_view raw) {
    Target target;
    if (!parse_target(raw, target)) return "malformed";
    auto const found = routes.find(method, target.path, target.segments);
    if (!found.route) return std::to_string(found.methods);
    auto out = found.route->name;
    for (auto const& param : found.params) out += ":" + param;
    return out;
}

TEST(Routes, WordsGoBeforeParametersBeforeTheRest) {
    auto const routes = table();
    struct {
        Method method;
        char const* target;
        char const* expected;
    } const rows[] = {
        {Method::get, "/", "home"},
        {Method::get, "/?a=1", "home"},
        {Method::get, "/matters", "matter.list"},
        {Method::head, "/matters", "matter.list"},
        {Method::post, "/matters", "matter.create"},
        {Method::get, "/matters/7", "matter.get:7"},
        {Method::get, "/matters/a%2Fb", "matter.get:a/b"},
        {Method::get, "/matters/%E4%B8%BE%E6%8A%A5", "matter.get:举报"},
        {Method::get, "/matters/overdue", "matter.get:overdue"},  // the word has only POST
        {Method::post, "/matters/overdue", "matter.overdue"},
        {Method::get, "/matters/overdue/report", "overdue.report"},
        {Method::get, "/matters/overdue/steps/3", "step.get:overdue:3"},
        {Method::get, "/assets/js/app.js", "asset:js/app.js"},
        {Method::get, "/assets/", "asset:"},
        {Method::get, "http://city.example/matters/7?x=1", "matter.get:7"},
        {Method::get, "/nothing", "0"},
        {Method::get, "/matters/", "0"},
        {Method::get, "/matters//steps/3", "0"},
        {Method::get, "/matters/7/steps", "0"},
        {Method::get, "/assets", "0"},
        {Method::del, "/matters/7", "3"},  // GET and HEAD
        {Method::put, "/matters", "7"},    // and POST
    };
    for (auto const& row : rows) EXPECT_EQ(found(routes, row.method, row.target), row.expected) << row.target;
}

TEST(Routes, TwoOfTheSamePathAreAMistakeOfOurs) {
    auto routes = table();
    EXPECT_THROW(routes.add({Method::get, "/matters/{other}", "again", nothing}), std::logic_error);
    EXPECT_THROW(routes.add({Method::get, "matters", "no slash", nothing}), std::logic_error);
    EXPECT_THROW(routes.add({Method::get, "/a//b", "empty", nothing}), std::logic_error);
    EXPECT_THROW(routes.add({Method::get, "/a/", "slash at the end", nothing}), std::logic_error);
    EXPECT_THROW(routes.add({Method::get, "/{rest*}/b", "rest not last", nothing}), std::logic_error);
    EXPECT_THROW(routes.add({Method::get, "/a{b}", "half a word", nothing}), std::logic_error);
    EXPECT_THROW(routes.add({Method::get, "/c", "no handler", nullptr}), std::logic_error);
}

TEST(Routes, CanBeWalked) {
    int count = 0;
    table().for_each([&](Route const& route) { count += !route.name.empty(); });
    EXPECT_EQ(count, 8);
}

TEST(Target, IsRefusedWhen) {
    for (auto const* raw :
         {"",        "x",       "*/a",         "/%",   "/%4",     "/%zz",      "/%00",         "/a%0Ab",
          "/..",     "/a/../b", "/a/%2e%2E/b", "/.",   "/a/./b",  "/%ff",      "/\xff",        "/?a=%",
          "/?a=%00", "/?a=%ff", "/?%e4=1",     "/a#b", "http://", "http:///a", "ftp://host/a", "host:80"}) {
        Target target;
        EXPECT_FALSE(parse_target(raw, target)) << raw;
    }
}

TEST(Target, QueryIsReadAsFormsWriteIt) {
    Target target;
    ASSERT_TRUE(parse_target("/a?x=1&y=a+b%20c&&z&=v&x=%E4%B8%AD&e=a=b", target));
    EXPECT_EQ(target.query,
              (NamedValues{{"x", "1"}, {"y", "a b c"}, {"z", ""}, {"", "v"}, {"x", "中"}, {"e", "a=b"}}));
}

}  // namespace
}  // namespace banyan::http
