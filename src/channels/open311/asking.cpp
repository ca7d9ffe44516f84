#include "channels/open311/asking.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace banyan::open311 {
namespace {

/// Behind a proxy of this machine it is who the proxy says.
std::string caller_of(http::Request const& request) {
    bool const proxied = request.remote == "127.0.0.1" || request.remote == "::1";
    std::string_view const forwarded = request.header("x-forwarded-for");
    if (!proxied || forwarded.empty()) return request.remote;
    std::string_view const last = trim(forwarded.substr(forwarded.rfind(',') + 1));
    return std::string(last.substr(0, 64));
}

/// Filters are lists, "declared multiple times, comma delimited": of those that are read as such.
bool is_list(std::string_view name) {
    return name == "service_request_id" || name == "service_code" || name == "status";
}

Result<void> no_name_twice(http::NamedValues const& given, bool posted) {
    for (auto one = given.begin(); one != given.end(); ++one) {
        if (!posted && is_list(one->first)) continue;
        if (one->first.starts_with("attribute[")) continue;  // those are looked at with their definition
        if (std::find_if(std::next(one), given.end(), [&](auto const& other) {
                return other.first == one->first && !other.second.empty();
            }) != given.end())
            return refuse("georeport.twice", one->first);
    }
    return {};
}

/// The keys of partner systems are sessions that last (api/sessions.h).
std::optional<api::Session> partner_of(api::Sessions const& sessions, std::string_view key) {
    http::Request asked;
    asked.add_header("authorization", "Bearer " + std::string(key));
    std::optional<api::Session> session = sessions.find(asked);
    if (session && session->actor.role != "partner") session.reset();
    return session;
}

/// Fields of the rulebook's form as the protocol calls them.
std::string_view field_name(std::string_view field) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kNames{
        {{"form.body", "description"},
         {"form.text", "description"},
         {"form.place", "address_string"},
         {"form.point", "lat, long"},
         {"form.region", "address_id"},
         {"form.name", "last_name"}}};
    for (auto const& [ours, theirs] : kNames)
        if (field.starts_with(ours)) return theirs;
    if (field.starts_with("form.")) field.remove_prefix(5);
    return field;
}

}  // namespace

std::string_view Asking::value(std::string_view field) const {
    for (auto const& [field_given, value_given] : given)
        if (field_given == field && !value_given.empty()) return value_given;
    return {};
}

std::vector<std::string> Asking::list(std::string_view field) const {
    std::vector<std::string> all;
    for (auto const& [field_given, value_given] : given)
        if (field_given == field)
            for (std::string& part : split(value_given, ",")) all.push_back(std::move(part));
    return all;
}

Result<void> admit(Endpoint& endpoint, http::Request const& request, Asking& asking) {
    std::string_view const key = asking.value("api_key");
    if (!key.empty()) asking.partner = partner_of(endpoint.house.sessions, key);
    bool const posted = request.method == http::Method::post, files = posted && asking.partner;
    std::string const who = asking.partner ? asking.partner->who : caller_of(request);
    if (!endpoint.house.engine.nodes().allowances().take(
            (files ? "georeport.posts " : "georeport.reads ") + who,
            files ? endpoint.settings.posts_a_minute : endpoint.settings.reads_a_minute, wall_clock()))
        return refuse("georeport.too_many");
    BANYAN_CHECK(no_name_twice(asking.given, posted));
    if (!key.empty() && !asking.partner) return refuse("georeport.key_wrong");
    if (posted && !asking.partner) return refuse("georeport.key_needed");
    std::string_view const jurisdiction = asking.value("jurisdiction_id");
    auto const& known = endpoint.settings.jurisdictions;
    if (jurisdiction.empty() && known.size() > 1) return refuse("georeport.jurisdiction_needed");
    auto const found =
        jurisdiction.empty() ? known.begin() : std::ranges::find(known, jurisdiction, &Jurisdiction::id);
    if (found == known.end()) return refuse("georeport.jurisdiction_unknown");
    asking.jurisdiction = &*found;
    return {};
}

int status_of(Refusal const& refusal) {
    std::string_view const key = refusal.key;
    if (key.starts_with("georeport.")) {
        if (key.ends_with("_unknown")) return key == "georeport.attribute_unknown" ? 400 : 404;
        if (key.starts_with("georeport.key_")) return 403;
        return key == "georeport.too_many" ? 429 : 400;
    }
    int const status = api::status_of(key);
    return status == 404 || status >= 500 ? status : 400;
}

http::Reply refusal_reply(Endpoint const& endpoint, Asking const& asking, Refusal const& refusal) {
    api::House const& house = endpoint.house;
    for (auto const& [name, value] : refusal.params)
        if (name == "what")  // what a machine said is for the log
            house.log.error("request.failed", {{"key", refusal.key}, {"what", value}},
                            {asking.request_id, nullptr});
    int const status = status_of(refusal);
    json::array faults;
    auto add = [&](Refusal const& one) {
        std::string text(field_name(one.field));
        if (!text.empty()) text += ": ";
        text += house.texts.sentence("refusal." + one.key, asking.language, one.params);
        faults.push_back(json::object{{"code", status}, {"description", text}});
    };
    add(refusal);
    for (Refusal const& other : refusal.others) add(other);
    http::Reply made = reply(asking.format, status, "errors", faults);
    if (status == 429) made.headers.emplace_back("Retry-After", "60");
    if (status == 503) made.headers.emplace_back("Retry-After", "1");
    return made;
}

void read(Endpoint& endpoint, Asking asking, http::Respond respond, Read job) {
    auto held = std::make_shared<std::pair<Asking, http::Respond>>(std::move(asking), std::move(respond));
    bool const taken = endpoint.house.readers.submit(
        [&endpoint, held, job = std::move(job)](store::Session& session) {
            Result<http::Reply> made = job(session, held->first);
            held->second(made ? std::move(*made) : refusal_reply(endpoint, held->first, made.error()));
        },
        [&endpoint, held](std::exception const& error) {
            Refusal failed{"server.failed", {}, {{"what", error.what()}}, {}};
            held->second(refusal_reply(endpoint, held->first, failed));
        });
    if (!taken) held->second(refusal_reply(endpoint, held->first, {"server.busy", {}, {}, {}}));
}

void submit(Endpoint& endpoint, Asking const& asking, Request request, std::pair<http::Respond, Told> answer) {
    auto held = std::make_shared<std::pair<http::Respond, Told>>(std::move(answer));
    auto asked = std::make_shared<Asking>(asking);
    request.who = asking.partner->who;
    request.deadline = wall_clock() + seconds(10);
    request.done = [&endpoint, held, asked](Answer&& done) {
        held->first(done.ok() ? held->second(done) : refusal_reply(endpoint, *asked, done.refusal));
    };
    if (!endpoint.house.engine.submit(std::move(request)))
        held->first(refusal_reply(endpoint, *asked, {"server.busy", {}, {}, {}}));
}

std::string when(Instant at) { return rfc3339(Instant{at.us - at.us % seconds(1).us}); }

Result<Dates> read_dates(Endpoint const& endpoint, Asking const& asking) {
    Dates dates;
    auto one = [&](std::string_view field, std::optional<Instant>& into) -> Result<void> {
        std::string_view const text = asking.value(field);
        if (text.empty()) return {};
        into = parse_rfc3339(text);
        if (!into) return refuse("georeport.date", std::string(field));
        return {};
    };
    BANYAN_CHECK(one("start_date", dates.from));
    BANYAN_CHECK(one("end_date", dates.until));
    Span const most = days(endpoint.settings.most_days);
    if (dates.from && dates.until && (*dates.until < *dates.from || *dates.until - *dates.from > most))
        return refuse("georeport.span", "end_date", {{"most", std::to_string(endpoint.settings.most_days)}});
    if (dates.until) dates.until = *dates.until + seconds(1);  // with all that is told of that second
    if (dates.from && !dates.until) dates.until = *dates.from + most;
    if (dates.until && !dates.from) dates.from = *dates.until - most;
    return dates;
}

}  // namespace banyan::open311
