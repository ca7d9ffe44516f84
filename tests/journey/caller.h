// journey/caller.h: somebody who speaks to the API: JSON there, JSON back.
//
// Every refusal that comes back is looked at on the way: problem+json, a key, both languages, its status, nothing
// of the machine's insides, never a 5xx that was not expected.
#pragma once
#include <boost/json.hpp>
#include <functional>
#include <string>

#include "platform/http/client.h"

namespace banyan::journey {

namespace json = boost::json;

struct Heard {
    int status = 0;
    http::NamedValues headers;
    std::string text;
    json::value body;  ///< null when it is no JSON

    std::string header(std::string_view name) const;
    /// A text of the body by its pointer ("/text/zh"); empty: not there.
    std::string at(std::string_view pointer) const;
    std::int64_t number(std::string_view pointer) const;  ///< 0: not there
    bool has(std::string_view pointer) const;
    std::string key() const { return at("/key"); }
};

/// Fails the test when the refusal is not as docs/api.md says; `http_status` 0: of a batch, no line of its own.
void expect_problem(json::value const& body, int http_status, std::string const& where);

class Caller {
  public:
    explicit Caller(std::uint16_t port, std::string token = {});
    /// Signed in with the demo's password. Throws when refused.
    static Caller of(std::uint16_t port, std::string const& login);

    Heard send(http::Method method, std::string const& target, http::NamedValues headers = {},
               std::string_view body = {});
    Heard get(std::string const& target) { return send(http::Method::get, target); }
    Heard post(std::string const& target, json::value const& body, http::NamedValues headers = {});
    /// A step on a matter, by id or number; fails the test unless it is 200.
    json::value take(std::string const& matter, std::string const& step, json::object form = {},
                     std::string const& assignment = {});
    /// Opens an appeal; fails the test unless it is 201.
    json::value file(json::object form);

    http::NamedValues signed_by() const;  ///< its Authorization
    std::uint16_t port() const { return port_; }
    std::string const& token() const { return token_; }
    bool expects_5xx = false;
    /// Told of every answer.
    std::function<void(http::Method, std::string const& target, Heard const&)> heard_by;

  private:
    std::uint16_t port_;
    std::string token_;
    http::Client client_;
};

inline constexpr char const* kDemoPassword = "rongzhou-2026";

}  // namespace banyan::journey
