#include "channels/open311/open311.h"

#include "base/csv.h"
#include "base/text.h"
#include "channels/open311/asking.h"

namespace banyan::open311 {
namespace {

constexpr std::size_t kMostBody = 64 * 1024;

Result<void> read_regions(std::string_view csv, std::set<std::string, std::less<>>& regions) {
    BANYAN_TRY(Csv const table, Csv::parse(csv));
    for (CsvRow const& row : table.rows()) regions.emplace(table.at(row, "code"));
    regions.erase("");
    return {};
}

/// Where the endpoint is, as who asks has addressed it.
std::string base_of(http::Request const& request) {
    std::string_view const host = request.header("host");
    bool const sane =
        !host.empty() && host.size() <= 255 &&
        host.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-:[]") ==
            std::string_view::npos;
    std::string_view const scheme = request.header("x-forwarded-proto") == "https" ? "https" : "http";
    return std::string(scheme) + "://" + (sane ? std::string(host) : "localhost") + "/open311/v2";
}

Asking begin(http::Request& request, Format format) {
    Asking asking;
    asking.format = format;
    std::string_view const language = request.query_value("lang");
    asking.language = language_of(language.empty() ? request.header("accept-language") : language);
    asking.given = std::move(request.query);
    asking.base = base_of(request);
    asking.request_id = request.request_id;
    return asking;
}

/// The form that was posted. Refused: georeport.form_type, georeport.form_malformed, header.idempotency_key.
Result<void> read_body(http::Request const& request, Asking& asking) {
    std::string_view type = request.header("content-type");
    type = trim(type.substr(0, type.find(';')));
    if (type != "application/x-www-form-urlencoded") return refuse("georeport.form_type");
    auto form = http::parse_form(request.body);
    if (!form) return refuse("georeport.form_malformed");
    for (auto& each : *form) asking.given.push_back(std::move(each));
    asking.once = request.header("idempotency-key");
    if (asking.once.size() > 128 || !is_utf8(asking.once))
        return refuse("header.idempotency_key", "Idempotency-Key");
    if (!asking.once.empty()) asking.once = "open311:" + asking.once;
    return {};
}

using Answer = std::function<void(Endpoint&, Asking, http::Respond)>;

void handle(Endpoint& endpoint, http::Request& request, Asking asking,
            std::pair<http::Respond, Answer const*> answer) {
    auto& [respond, run] = answer;
    if (request.method == http::Method::post)
        if (auto read = read_body(request, asking); !read)
            return respond(refusal_reply(endpoint, asking, read.error()));
    if (auto admitted = admit(endpoint, request, asking); !admitted)
        return respond(refusal_reply(endpoint, asking, admitted.error()));
    (*run)(endpoint, std::move(asking), std::move(respond));
}

struct Adding {
    Endpoint& endpoint;
    http::Routes& routes;

    /// `path` in both formats.
    void both(http::Method method, std::string const& path, std::string const& name, Answer answer) const {
        for (Format const format : {Format::xml, Format::json})
            routes.add({method, path + (format == Format::xml ? ".xml" : ".json"),
                        name + (format == Format::xml ? ".xml" : ".json"),
                        [&on = endpoint, format, answer](http::Request&& request, http::Respond respond) {
                            Asking asking = begin(request, format);
                            handle(on, request, std::move(asking), {std::move(respond), &answer});
                        },
                        kMostBody});
    }
    /// What stands below `path`, with its format at its end.
    void below(std::string const& path, std::string const& name, Answer answer) const {
        routes.add({http::Method::get, path + "/{file}", name,
                    [&on = endpoint, answer](http::Request&& request, http::Respond respond) {
                        std::string const file = request.path_params.front();
                        std::string_view named;
                        Format format = Format::xml;
                        bool const known = split_format(file, named, format);
                        Asking asking = begin(request, format);
                        if (!known)
                            return respond(refusal_reply(on, asking, {"georeport.resource_unknown", {}, {}, {}}));
                        asking.named = named;
                        handle(on, request, std::move(asking), {std::move(respond), &answer});
                    }});
    }
    /// No such resource, in the words of the protocol.
    void rest() const {
        for (auto const& [method, name] :
             {std::pair{http::Method::get, "open311.unknown"}, {http::Method::post, "open311.unknown_post"}})
            routes.add({method, "/open311/{rest*}", name,
                        [&on = endpoint](http::Request&& request, http::Respond respond) {
                            bool const as_json = request.path.ends_with(".json");
                            Asking const asking = begin(request, as_json ? Format::json : Format::xml);
                            respond(refusal_reply(on, asking, {"georeport.resource_unknown", {}, {}, {}}));
                        },
                        kMostBody});
    }
};

/// Those that are answered at once.
template <class Make>
Answer at_once(Make make) {
    return [make](Endpoint& endpoint, Asking const& asking, http::Respond respond) {
        Result<http::Reply> made = make(endpoint, asking);
        respond(made ? std::move(*made) : refusal_reply(endpoint, asking, made.error()));
    };
}

}  // namespace

Result<Open311> Open311::make(api::House& house, Files const& files, std::string_view jurisdictions) {
    BANYAN_TRY(Settings settings, read_settings(files.settings, jurisdictions));
    auto const classes = house.catalogues.find("classes");
    std::string_view const none = "code,parent,zh,en\n";
    BANYAN_TRY(Services services,
               Services::read(classes == nullptr ? none : std::string_view(*classes), files.attributes));
    std::set<std::string, std::less<>> regions;
    BANYAN_CHECK(read_regions(files.divisions, regions));
    for (Unit const& unit : house.engine.rules()->directory->units())
        if (!unit.region.empty()) regions.insert(unit.region);
    return Open311(std::unique_ptr<Endpoint>(
        new Endpoint{house, std::move(settings), std::move(services), std::move(regions)}));
}

Open311::Open311(std::unique_ptr<Endpoint> endpoint) : endpoint_(std::move(endpoint)) {}
Open311::Open311(Open311&&) noexcept = default;
Open311::~Open311() = default;

void Open311::add_routes(http::Routes& routes) {
    Adding const add{*endpoint_, routes};
    using http::Method;
    add.both(Method::get, "/open311/discovery", "open311.discovery", at_once(discovery));
    add.both(Method::get, "/open311/v2/discovery", "open311.v2_discovery", at_once(discovery));
    add.both(Method::get, "/open311/v2/services", "open311.services", at_once(services));
    add.below("/open311/v2/services", "open311.definition", at_once(definition));
    add.both(Method::post, "/open311/v2/requests", "open311.file", file_request);
    add.both(Method::get, "/open311/v2/requests", "open311.requests", get_requests);
    add.below("/open311/v2/requests", "open311.request", get_request);
    add.below("/open311/v2/tokens", "open311.token", get_token);
    add.both(Method::get, "/open311/v2/servicerequestupdates", "open311.updates", get_updates);
    add.both(Method::post, "/open311/v2/servicerequestupdates", "open311.file_update", file_update);
    add.rest();
}

}  // namespace banyan::open311
