#include "journey/caller.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace banyan::journey {

std::string Heard::header(std::string_view name) const {
    for (auto const& [known, value] : headers)
        if (std::equal(known.begin(), known.end(), name.begin(), name.end(),
                       [](char a, char b) { return (a | 32) == (b | 32); }))
            return value;
    return {};
}

bool Heard::has(std::string_view pointer) const {
    boost::system::error_code error;
    return body.find_pointer(pointer, error) != nullptr;
}

std::string Heard::at(std::string_view pointer) const {
    boost::system::error_code error;
    json::value const* found = body.find_pointer(pointer, error);
    return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}

std::int64_t Heard::number(std::string_view pointer) const {
    boost::system::error_code error;
    json::value const* found = body.find_pointer(pointer, error);
    return found != nullptr && found->is_int64() ? found->as_int64() : 0;
}

void expect_problem(json::value const& body, int http_status, std::string const& where) {
    ASSERT_TRUE(body.is_object()) << where << ": a problem is an object: " << json::serialize(body);
    auto text = [&](json::value const& of, std::string_view pointer) {
        boost::system::error_code error;
        json::value const* found = of.find_pointer(pointer, error);
        return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
    };
    auto words = [&](json::value const& one) {
        std::string key = text(one, "/key"), zh = text(one, "/text/zh"), en = text(one, "/text/en");
        EXPECT_FALSE(key.empty()) << where << ": " << json::serialize(body);
        for (std::string const& said : {zh, en, text(one, "/title")}) {
            EXPECT_FALSE(said.empty()) << where << ": " << json::serialize(body);
            EXPECT_EQ(said.find(key), std::string::npos) << where << ": the text is the key: " << said;
            EXPECT_EQ(said.find('{'), std::string::npos) << where << ": a place was not filled in: " << said;
        }
        EXPECT_TRUE(std::any_of(zh.begin(), zh.end(), [](char c) { return (c & 0x80) != 0; }))
            << where << ": no Chinese: " << zh;
        EXPECT_FALSE(one.as_object().contains("params") && one.at("params").as_object().contains("what")) << where;
    };
    words(body);
    EXPECT_EQ(text(body, "/type"), "/errors/" + text(body, "/key")) << where;
    json::value const* status = body.as_object().if_contains("status");
    ASSERT_TRUE(status != nullptr && status->is_int64()) << where << ": " << json::serialize(body);
    if (http_status != 0) {
        EXPECT_EQ(status->as_int64(), http_status) << where << ": " << json::serialize(body);
    }
    if (json::value const* others = body.as_object().if_contains("others"))
        for (json::value const& other : others->as_array()) words(other);
    json::object told = body.as_object();
    told.erase("request");  // an id may look like anything
    std::string all = json::serialize(told);
    for (char const* inside : {"std::", ".cpp", "SQLITE", "SELECT ", "INSERT ", "boost", "exception", "0x"})
        EXPECT_EQ(all.find(inside), std::string::npos) << where << ": tells of the machine's insides: " << all;
}

Caller::Caller(std::uint16_t port, std::string token)
    : port_(port), token_(std::move(token)), client_("127.0.0.1", port, seconds(30)) {}

Caller Caller::of(std::uint16_t port, std::string const& login) {
    Caller nobody(port);
    Heard heard = nobody.post("/api/v1/sessions", {{"login", login}, {"password", kDemoPassword}});
    if (heard.status != 201) throw std::runtime_error(login + " could not sign in: " + heard.text);
    return Caller(port, heard.at("/token"));
}

http::NamedValues Caller::signed_by() const {
    if (token_.empty()) return {};
    return {{"Authorization", "Bearer " + token_}};
}

Heard Caller::send(http::Method method, std::string const& target, http::NamedValues headers,
                   std::string_view body) {
    for (auto& header : signed_by()) headers.push_back(header);
    http::Answer answer = client_.request(method, target, headers, body);
    Heard heard{answer.status, std::move(answer.headers), std::move(answer.body), {}};
    boost::system::error_code error;
    heard.body = json::parse(heard.text, error);
    if (error) heard.body = nullptr;
    std::string where = std::string(http::name(method)) + " " + target.substr(0, 120);
    if (heard.status >= 400 && method != http::Method::head) {
        EXPECT_TRUE(heard.header("content-type").starts_with("application/problem+json"))
            << where << ": " << heard.header("content-type");
        expect_problem(heard.body, heard.status, where);
    }
    if (!expects_5xx) {
        EXPECT_LT(heard.status, 500) << where << ": " << heard.text;
    }
    if (heard_by) heard_by(method, target, heard);
    return heard;
}

Heard Caller::post(std::string const& target, json::value const& body, http::NamedValues headers) {
    headers.emplace_back("Content-Type", "application/json");
    return send(http::Method::post, target, std::move(headers), json::serialize(body));
}

json::value Caller::take(std::string const& matter, std::string const& step, json::object form,
                         std::string const& assignment) {
    json::object body;
    if (!form.empty()) body["form"] = std::move(form);
    if (!assignment.empty()) body["assignment"] = assignment;
    Heard heard = post("/api/v1/matters/" + matter + "/steps/" + step, body);
    EXPECT_EQ(heard.status, 200) << step << ": " << heard.text;
    return heard.body;
}

json::value Caller::file(json::object form) {
    Heard heard = post("/api/v1/matters", {{"procedure", "appeal"}, {"form", std::move(form)}});
    EXPECT_EQ(heard.status, 201) << heard.text;
    return heard.body;
}

}  // namespace banyan::journey
