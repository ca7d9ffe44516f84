// /openapi.json says what is there, all of it and nothing else; /metrics is what Prometheus reads.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

#include "api/demo_city.h"
#include "base/testing.h"
#include "platform/store/testing/stores.h"

namespace banyan::api_test {
namespace {

json::object description() {
    Heard heard = as("nobody").get("/openapi.json");
    EXPECT_EQ(heard.status, 200);
    return heard.body.as_object();
}

template <class Each>
void for_each_operation(json::object const& description, Each each) {
    for (auto const& path : description.at("paths").as_object())
        for (auto const& method : path.value().as_object())
            each(std::string(path.key()), std::string(method.key()), method.value().as_object());
}

/// A path that can be asked for: something in the places of `{…}`.
std::string example(std::string const& path) { return std::regex_replace(path, std::regex(R"(\{[^}]*\})"), "1"); }

void collect_refs(json::value const& value, std::set<std::string>& refs) {
    if (value.is_array())
        for (json::value const& each : value.as_array()) collect_refs(each, refs);
    if (!value.is_object()) return;
    for (auto const& member : value.as_object()) {
        if (member.key() == "$ref" && member.value().is_string())
            refs.insert(std::string(member.value().as_string()));
        collect_refs(member.value(), refs);
    }
}

TEST(Description, IsOpenApi31WithEveryReferenceInside) {
    json::value all = description();
    EXPECT_EQ(all.at("openapi").as_string(), "3.1.0");
    EXPECT_TRUE(all.at("info").as_object().contains("title") && all.at("info").as_object().contains("version"));
    std::set<std::string> refs;
    collect_refs(all, refs);
    EXPECT_FALSE(refs.empty());
    for (std::string const& ref : refs) {
        ASSERT_TRUE(ref.starts_with("#/")) << ref;
        boost::system::error_code error;
        EXPECT_NE(all.find_pointer(ref.substr(1), error), nullptr) << ref << " leads nowhere";
    }
}

TEST(Description, NamesEachOperationOnceAndSaysWhatItTakes) {
    std::set<std::string> ids;
    for_each_operation(description(), [&](std::string const& path, std::string const& method,
                                          json::object const& operation) {
        SCOPED_TRACE(method + " " + path);
        EXPECT_TRUE(ids.insert(std::string(operation.at("operationId").as_string())).second) << "twice";
        EXPECT_FALSE(operation.at("summary").as_string().empty());
        std::set<std::string> in_path, described;
        std::regex const place(R"(\{([^}]*)\})");
        for (auto at = std::sregex_iterator(path.begin(), path.end(), place); at != std::sregex_iterator(); ++at)
            in_path.insert((*at)[1]);
        if (json::value const* parameters = operation.if_contains("parameters"))
            for (json::value const& parameter : parameters->as_array())
                if (json::value const* in = parameter.as_object().if_contains("in");
                    in != nullptr && *in == "path")
                    described.insert(std::string(parameter.at("name").as_string()));
        EXPECT_EQ(in_path, described);
        EXPECT_FALSE(operation.at("responses").as_object().empty());
        for (auto const& response : operation.at("responses").as_object())
            if (!response.value().as_object().contains("$ref")) {
                EXPECT_TRUE(response.value().as_object().contains("description"));
            }
        if (json::value const* body = operation.if_contains("requestBody");
            body != nullptr && operation.at("operationId") != "file.upload") {  // that one's body is the file
            json::object const& schema = body->at("content").at("application/json").at("schema").as_object();
            EXPECT_EQ(schema.at("additionalProperties"), json::value(false));
        }
        if (method == "put") return;  // that something is kept may need no word more
        EXPECT_EQ(method == "post", operation.contains("requestBody"));
    });
    EXPECT_GE(ids.size(), 20U);
}

TEST(Description, HasEveryStepsForm) {
    json::value const all = description();
    json::object const& schemas = all.at("components").at("schemas").as_object();
    Heard rulebook = as("nobody").get("/api/v1/procedures/appeal");
    for (json::value const& step : rulebook.body.at("steps").as_array()) {
        std::string name = "form.appeal." + std::string(step.at("name").as_string());
        ASSERT_TRUE(schemas.contains(name)) << name;
        EXPECT_EQ(schemas.at(name).at("additionalProperties"), json::value(false)) << name;
    }
}

TEST(Description, IsNothingThatDoesNotAnswer) {
    std::map<std::string, std::set<std::string>> methods;
    for_each_operation(description(), [&](std::string const& path, std::string const& method,
                                          json::object const&) { methods[path].insert(method); });
    for (auto const& [path, described] : methods) {
        Heard options = as("nobody").send(http::Method::options, example(path));
        std::string allow = options.header("allow");
        for (char& c : allow) c = static_cast<char>(c | 32);
        std::set<std::string> allowed;
        std::regex const word("[a-z]+");
        for (auto at = std::sregex_iterator(allow.begin(), allow.end(), word); at != std::sregex_iterator(); ++at)
            allowed.insert(at->str());
        allowed.erase("head");
        allowed.erase("options");
        EXPECT_EQ(allowed, described) << path;
        // The web application's files have names that its build makes up; its pages lead to them (below).
        if (described.contains("get") && path != "/api/v1/events" && path != "/web/assets/{file}") {
            EXPECT_NE(as("seat01").get(example(path)).key(), "http.not_found") << path;
        }
    }
}

/// From the sources: each pattern that is given to the route table, whoever adds it.
TEST(Description, HasEveryRouteOfTheSources) {
    json::object const paths = description().at("paths").as_object();
    std::regex const route(R"re(http::Method::(\w+),\s*\.pattern = "(/[^"]*)")re");
    int found = 0;
    for (char const* under : {"src/systems", "src/main", "src/channels"}) {
        std::string root = testing::source_file(under);
        if (!std::filesystem::exists(root)) continue;
        for (auto const& entry : std::filesystem::recursive_directory_iterator(root)) {
            std::string name = entry.path().string();
            if (!name.ends_with(".cpp") || name.ends_with("_test.cpp")) continue;
            std::string text = journey::text_of(name);
            for (auto at = std::sregex_iterator(text.begin(), text.end(), route); at != std::sregex_iterator();
                 ++at, ++found) {
                std::string method = (*at)[1] == "del" ? "delete" : (*at)[1].str();
                ASSERT_TRUE(paths.contains((*at)[2].str())) << (*at)[2];
                EXPECT_TRUE(paths.at((*at)[2].str()).as_object().contains(method)) << method << " " << (*at)[2];
            }
        }
    }
    EXPECT_GE(found, 20);
}

/// By its name, or as one of what stands for the last `{…}` of a path for pages.
bool describes(json::object const& paths, std::string const& page) {
    return paths.contains(page) || std::ranges::any_of(paths, [&](auto const& path) {
               std::string_view const key = path.key();
               return !key.starts_with("/api/") && key.ends_with('}') &&
                      page.starts_with(key.substr(0, key.rfind('{')));
           });
}

TEST(Description, HasEveryPageThatPagesLeadTo) {
    json::object const paths = description().at("paths").as_object();
    std::set<std::string> known{"/"};
    std::vector<std::string> ahead{"/"};
    std::regex const link(R"re((?:href|src)="(/[^"#?]*)")re");
    while (!ahead.empty()) {
        std::string page = ahead.back();
        ahead.pop_back();
        Heard heard = as("nobody").get(page);
        EXPECT_EQ(heard.status, 200) << page;
        EXPECT_TRUE(describes(paths, page)) << page << " is not described";
        if (!heard.header("content-type").starts_with("text/html")) continue;
        for (auto at = std::sregex_iterator(heard.text.begin(), heard.text.end(), link);
             at != std::sregex_iterator(); ++at)
            if (known.insert((*at)[1]).second) ahead.push_back((*at)[1]);
    }
}

TEST(Metrics, AreWhatPrometheusReads) {
    Heard heard = as("nobody").get("/metrics");
    ASSERT_EQ(heard.status, 200);
    for (char const* family : {"banyan_writer_batch_commands", "banyan_writer_commit_seconds",
                               "banyan_writer_queue", "banyan_matters{stage="})
        EXPECT_NE(heard.text.find(family), std::string::npos) << family;
    EXPECT_NE(heard.text.find("route=\"matter.get\""), std::string::npos) << "requests by route";
    std::string promtool = testing::source_file("build/tools/usr/bin/promtool");
    if (!std::filesystem::exists(promtool)) promtool = "promtool";
    if (std::system(("command -v " + promtool + " >/dev/null").c_str()) != 0) GTEST_SKIP() << "no promtool here";
    store::testing::TestFolder scratch;
    journey::write_file(scratch / "metrics", heard.text);
    EXPECT_EQ(std::system((promtool + " check metrics < " + (scratch / "metrics")).c_str()), 0);
}

TEST(Server, LogsThatItIsReadyWithItsPort) {
    as("nobody").get("/healthz");
    EXPECT_NE(log_text().find("\"event\":\"server.ready\",\"port\":" + std::to_string(port())), std::string::npos);
}

}  // namespace
}  // namespace banyan::api_test
