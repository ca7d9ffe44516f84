// GET requests, a request, a token: what everybody may read, and for a key what it filed itself.
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "channels/open311/asking.h"
#include "kernel/engine/view.h"

namespace banyan::open311 {
namespace {

using publication::Published;
using publication::Wanted;

struct Shown {
    Published row;
    std::string address;
    std::optional<Due> due;
};

/// Every field, also those that are empty: there are readers that insist.
json::object request_json(Endpoint const& endpoint, Asking const& asking, Shown const& shown) {
    Published const& row = shown.row;
    auto const rules = endpoint.house.engine.rules();
    Unit const* unit = row.unit ? rules->directory->unit(row.unit) : nullptr;
    Service const* service = endpoint.services.find(row.class_code);
    bool const english = asking.language == Language::en;
    std::string description = row.title;
    if (row.text != row.title) description += (description.empty() ? "" : "\n") + row.text;
    description = first_characters(description, static_cast<std::size_t>(endpoint.settings.most_description));
    Instant const updated = row.closed ? row.closed : row.updated;  // of a closed one: when it was closed
    json::object made{{"service_request_id", receipt_number(row.matter)},
                      {"status", row.open ? "open" : "closed"},
                      {"status_notes", row.reply},
                      {"service_name", service != nullptr ? service->name.of(asking.language) : row.class_code},
                      {"service_code", row.class_code},
                      {"description", description},
                      {"agency_responsible", unit == nullptr                ? ""
                                             : english && !unit->en.empty() ? unit->en
                                                                            : unit->zh},
                      {"service_notice", ""},
                      {"requested_datetime", when(row.opened)},
                      {"updated_datetime", when(updated)},
                      {"expected_datetime", nullptr},
                      {"address", shown.address},
                      {"address_id", row.region},
                      {"zipcode", ""},
                      {"lat", nullptr},
                      {"long", nullptr},
                      {"media_url", ""}};
    if (shown.due) made["expected_datetime"] = when(shown.due->instant);
    if (row.point) {
        made["lat"] = row.point->lat;
        made["long"] = row.point->lon;
    }
    return made;
}

std::string text_in(json::object const& form, std::string_view field) {
    json::value const* value = form.if_contains(field);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::optional<publication::Point> point_in(json::object const& form) {
    json::value const* point = form.if_contains("point");
    if (point == nullptr || !point->is_object()) return std::nullopt;
    json::value const *lat = point->as_object().if_contains("lat"), *lon = point->as_object().if_contains("lon");
    if (lat == nullptr || lon == nullptr || !lat->is_number() || !lon->is_number()) return std::nullopt;
    return publication::Point{lat->to_number<double>(), lon->to_number<double>()};
}

/// As the partner filed it, with what it may read of the rest.
std::optional<Shown> own_request(Own const& own) {
    Result<Event> const filed = event_from(own.history.front(), *own.matter.procedure);
    if (!filed) return std::nullopt;
    publication::ToldAsker const told = publication::told_asker(own.history, own.matter.procedure);
    Shown shown;
    Published& row = shown.row;
    row.matter = own.matter.id;
    row.class_code = own.matter.class_code;
    row.region = own.matter.region;
    row.text = text_in(filed->form, "body");
    row.reply = told.reply;
    if (Assignment const* lead = own.matter.lead()) row.unit = lead->unit;
    row.point = point_in(filed->form);
    row.open = own.matter.open();
    row.opened = own.matter.filed_at;
    if (!row.open) row.closed = own.matter.closed_at;
    row.updated = told.updates.empty() ? own.matter.filed_at : told.updates.back().at;
    shown.address = text_in(filed->form, "place");
    if (own.matter.open()) shown.due = own.matter.due;
    return shown;
}

bool within(Jurisdiction const& jurisdiction, std::string_view region) {
    return region.starts_with(jurisdiction.region);
}

/// Own ones as their filer knows them, others as everybody does; those that are not there are left out.
json::array named_requests(Endpoint const& endpoint, store::Session& session, Asking const& asking,
                           std::vector<MatterId> const& wanted) {
    std::vector<std::int64_t> ids;
    for (MatterId const id : wanted) ids.push_back(id.value);
    std::map<MatterId, Published> known;
    for (Published& one : publication::load_published(session, ids)) known[one.matter] = std::move(one);
    json::array made;
    for (MatterId const id : wanted) {
        if (auto const own = load_own(endpoint, session, asking, id)) {
            if (auto const shown = own_request(*own)) made.push_back(request_json(endpoint, asking, *shown));
        } else if (auto const found = known.find(id);
                   found != known.end() && within(*asking.jurisdiction, found->second.region)) {
            made.push_back(request_json(endpoint, asking, {found->second, found->second.place, std::nullopt}));
        }
    }
    return made;
}

/// Those of the list that can be numbers, each once.
Result<std::vector<MatterId>> read_ids(Endpoint const& endpoint, Asking const& asking) {
    std::vector<std::string> const texts = asking.list("service_request_id");
    if (texts.size() > static_cast<std::size_t>(endpoint.settings.most_ids))
        return refuse("georeport.too_many_ids", "service_request_id",
                      {{"most", std::to_string(endpoint.settings.most_ids)}});
    std::vector<MatterId> ids;
    for (std::string const& text : texts)
        if (auto const id = read_receipt_number(text); id && std::ranges::find(ids, *id) == ids.end())
            ids.push_back(*id);
    return ids;
}

Result<void> put_status(Asking const& asking, Wanted& wanted) {
    bool open = false, closed = false;
    for (std::string const& status : asking.list("status")) {
        if (status != "open" && status != "closed") return refuse("georeport.status", "status");
        (status == "open" ? open : closed) = true;
    }
    if (open != closed) wanted.open = open;
    return {};
}

/// west,south,east,north in degrees.
Result<void> put_box(Asking const& asking, Wanted& wanted) {
    if (asking.value("bbox").empty()) return {};
    std::vector<double> edges;
    for (std::string const& text : asking.list("bbox")) {
        double edge = 0;
        auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), edge);
        if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(edge))
            return refuse("georeport.box", "bbox");
        edges.push_back(edge);
    }
    if (edges.size() != 4 || edges[0] > edges[2] || edges[1] > edges[3]) return refuse("georeport.box", "bbox");
    wanted.box = publication::Box{edges[0], edges[1], edges[2], edges[3]};
    return {};
}

Result<void> put_page(Endpoint const& endpoint, Asking const& asking, Wanted& wanted) {
    std::int64_t const most = endpoint.settings.most_requests;
    auto number = [&](std::string_view field, std::int64_t otherwise) -> Result<std::int64_t> {
        std::string_view const text = asking.value(field);
        if (text.empty()) return otherwise;
        auto const read = api::read_id(text);
        if (!read || *read < 1 || *read > endpoint.settings.most_paged)
            return refuse("georeport.page", std::string(field));
        return *read;
    };
    BANYAN_TRY(std::int64_t const page, number("page", 1));
    BANYAN_TRY(std::int64_t const size, number("page_size", most));
    if (size > most || page * size > endpoint.settings.most_paged) return refuse("georeport.page", "page_size");
    wanted.most = static_cast<std::size_t>(size);
    wanted.skip = static_cast<std::size_t>((page - 1) * size);
    return {};
}

Result<Wanted> read_wanted(Endpoint const& endpoint, Asking const& asking) {
    Wanted wanted;
    wanted.region = asking.jurisdiction->region;
    wanted.classes = asking.list("service_code");
    if (wanted.classes.size() > static_cast<std::size_t>(endpoint.settings.most_ids))
        return refuse("georeport.too_many_ids", "service_code",
                      {{"most", std::to_string(endpoint.settings.most_ids)}});
    std::ranges::sort(wanted.classes);
    wanted.classes.erase(std::ranges::unique(wanted.classes).begin(), wanted.classes.end());
    BANYAN_TRY(Dates const dates, read_dates(endpoint, asking));
    for (auto [field, into] :
         {std::pair{"updated_after", &wanted.updated_from}, {"updated_before", &wanted.updated_until}}) {
        if (asking.value(field).empty()) continue;
        *into = parse_rfc3339(asking.value(field));
        if (!*into) return refuse("georeport.date", field);
    }
    wanted.opened_from = dates.from;
    wanted.opened_until = dates.until;
    if (!dates.from && !wanted.updated_from && !wanted.updated_until)
        wanted.opened_from = endpoint.house.engine.now() - days(endpoint.settings.most_days);
    BANYAN_CHECK(put_status(asking, wanted));
    BANYAN_CHECK(put_box(asking, wanted));
    BANYAN_CHECK(put_page(endpoint, asking, wanted));
    return wanted;
}

void answer_named(Endpoint& endpoint, Asking asking, http::Respond respond, std::vector<MatterId> ids) {
    read(endpoint, std::move(asking), std::move(respond),
         [&endpoint, ids = std::move(ids)](store::Session& session, Asking const& asked) -> Result<http::Reply> {
             return reply(asked.format, 200, "service_requests", named_requests(endpoint, session, asked, ids));
         });
}

}  // namespace

std::optional<Own> load_own(Endpoint const& endpoint, store::Session& session, Asking const& asking, MatterId id) {
    if (!asking.partner) return std::nullopt;
    auto matter = load_matter(session, id, endpoint.house.engine.procedures());
    if (!matter || !matter->asker || matter->asker != asking.partner->actor.person) return std::nullopt;
    std::vector<EventRow> history = load_history(session, *matter);
    return Own{std::move(*matter), std::move(history)};
}

void get_requests(Endpoint& endpoint, Asking asking, http::Respond respond) {
    if (!asking.value("service_request_id").empty()) {  // goes before everything else that is asked
        Result<std::vector<MatterId>> ids = read_ids(endpoint, asking);
        if (!ids) return respond(refusal_reply(endpoint, asking, ids.error()));
        return answer_named(endpoint, std::move(asking), std::move(respond), std::move(*ids));
    }
    Result<Wanted> wanted = read_wanted(endpoint, asking);
    if (!wanted) return respond(refusal_reply(endpoint, asking, wanted.error()));
    read(endpoint, std::move(asking), std::move(respond),
         [&endpoint, wanted = std::move(*wanted)](store::Session& session,
                                                  Asking const& asked) -> Result<http::Reply> {
             json::array made;
             for (Published& row : publication::find_published(session, wanted)) {
                 std::string place = row.place;
                 made.push_back(request_json(endpoint, asked, {std::move(row), std::move(place), std::nullopt}));
             }
             return reply(asked.format, 200, "service_requests", made);
         });
}

void get_request(Endpoint& endpoint, Asking asking, http::Respond respond) {
    auto const id = read_receipt_number(asking.named);
    read(endpoint, std::move(asking), std::move(respond),
         [&endpoint, id](store::Session& session, Asking const& asked) -> Result<http::Reply> {
             json::array made;
             if (id) made = named_requests(endpoint, session, asked, {*id});
             if (made.empty()) return refuse("georeport.request_unknown", "service_request_id");
             return reply(asked.format, 200, "service_requests", made);
         });
}

/// Every request has its number at once, so its number is its token too.
void get_token(Endpoint& endpoint, Asking asking, http::Respond respond) {
    auto const id = read_receipt_number(asking.named);
    read(endpoint, std::move(asking), std::move(respond),
         [&endpoint, id](store::Session& session, Asking const& asked) -> Result<http::Reply> {
             if (!id || named_requests(endpoint, session, asked, {*id}).empty())
                 return refuse("georeport.token_unknown", "token_id");
             std::string const number = receipt_number(*id);
             json::array const made{json::object{{"service_request_id", number}, {"token", number}}};
             return reply(asked.format, 200, "service_requests", made);
         });
}

}  // namespace banyan::open311
