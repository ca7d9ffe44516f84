// api/demo_city.h: the demo city, served once for all tests of the API, with a few people more than it has:
// gulou (district centre of 350102, above street-ry), dept01 (unit head of zj), lock01 and lock02 (clerks of zj,
// to be locked out), partner01 (a system).
#pragma once
#include <map>
#include <memory>

#include "api/description.h"
#include "journey/caller.h"
#include "journey/program.h"

namespace banyan::api_test {

using journey::Caller;
using journey::Heard;
namespace json = boost::json;

std::uint16_t port();
/// Everybody's caller; signed in once. "nobody": not signed in.
Caller& as(std::string const& login);
/// Every answer that as() hears is held against it.
Description& described();
std::string folder();
std::string log_text();  ///< what the server has logged so far

/// An appeal that has everything that must not travel, each kind of secret with words of its own.
struct Planted {
    std::string id, number, code;
    std::string lead, assist;  ///< shares
    std::string title;         ///< only its own appellant, the centre and the lead read it
};
inline constexpr char const* kName = "苏念慈";
inline constexpr char const* kPhone = "13987654321";
inline constexpr char const* kEmail = "nianci@example.org";
inline constexpr char const* kAddress = "翠园里七十七号三零二";
inline constexpr char const* kIdentity = "11010519491231002X";
inline constexpr char const* kSummary = "转办摘要可以往下走";
inline constexpr char const* kNote = "联系经过只给承办";
inline constexpr char const* kSuperior = "SUP-7731";

json::object planted_form(std::string const& title);
/// Filed by citizen, about 350102004 (street-ry's unit); lead cg, assist water; contacted, in handling.
Planted const& about_the_street();
/// The same about nobody; lead 350102-centre (gulou), delegated to 350102004 (street-ry).
Planted const& below_gulou();
/// Story 13 of the demo: a report about 350102004.
struct Story {
    std::string id, number;
};
Story const& report();

std::string share_of(json::value const& matter, std::string_view unit);

}  // namespace banyan::api_test
