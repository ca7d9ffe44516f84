// POST requests: what came in is checked against the definition, put into the form of the rulebook, and filed.
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "channels/open311/asking.h"

namespace banyan::open311 {
namespace {

constexpr std::size_t kMostString = 200, kMostText = 1000, kMostUrl = 500;  ///< characters

/// What was answered to the attributes: lines for the text, flags for the form.
struct Answered {
    std::string lines;
    json::object flags;
};

std::optional<double> read_number(std::string_view text) {
    double number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
    return number;
}

/// attribute[code]=v, and attribute[code][]=v for several; empty ones are not given.
Result<std::map<std::string, std::vector<std::string>, std::less<>>> read_attributes(Service const& service,
                                                                                     Asking const& asking) {
    constexpr std::string_view kBegins = "attribute[";
    std::map<std::string, std::vector<std::string>, std::less<>> values;
    for (auto const& [name, value] : asking.given) {
        if (!name.starts_with(kBegins)) continue;
        std::string_view code = std::string_view(name).substr(kBegins.size());
        bool const several = code.ends_with("][]");
        code = code.substr(0, code.size() - (several ? 3 : code.ends_with(']') ? 1 : 0));
        auto const known = std::ranges::find(service.attributes, code, &Attribute::code);
        bool const brackets = several || name.ends_with(']');
        if (!brackets || known == service.attributes.end() || !known->variable)
            return refuse("georeport.attribute_unknown", name);
        if (value.empty()) continue;
        values[std::string(code)].push_back(value);
    }
    return values;
}

/// As people read it in the matter's text; nothing: it is no value of that sort.
std::optional<std::string> said(Attribute const& attribute, std::string const& value) {
    switch (attribute.datatype) {
        case Datatype::string:
            if (value.find_first_of("\r\n") != std::string::npos || count_characters(value) > kMostString)
                return std::nullopt;
            return value;
        case Datatype::text:
            return count_characters(value) > kMostText ? std::nullopt : std::optional(value);
        case Datatype::number:
            return read_number(value) ? std::optional(value) : std::nullopt;
        case Datatype::datetime:
            return parse_rfc3339(value) ? std::optional(value) : std::nullopt;
        case Datatype::singlevaluelist:
        case Datatype::multivaluelist:
            break;
    }
    auto const choice = std::ranges::find(attribute.choices, value, &Attribute::Choice::key);
    return choice == attribute.choices.end() ? std::nullopt : std::optional(choice->name.zh);
}

Result<Answered> answer_attributes(Endpoint const& endpoint, Service const& service, Asking const& asking) {
    BANYAN_TRY(auto const values, read_attributes(service, asking));
    Answered answered;
    for (Attribute const& attribute : service.attributes) {
        std::string const field = "attribute[" + attribute.code + "]";
        auto const given = values.find(attribute.code);
        if (given == values.end()) {
            if (attribute.required && attribute.variable) return refuse("georeport.attribute_needed", field);
            continue;
        }
        if (given->second.size() > 1 && attribute.datatype != Datatype::multivaluelist)
            return refuse("georeport.twice", field);
        std::string all;
        for (std::string const& value : given->second) {
            auto const words = said(attribute, value);
            if (!words)
                return refuse("georeport.attribute_value", field,
                              {{"datatype", std::string(name(attribute.datatype))}});
            all += (all.empty() ? "" : ", ") + *words;
        }
        if (attribute.field.empty())
            answered.lines +=
                "\n" + endpoint.house.texts.sentence("open311.line", Language::zh,
                                                     {{"name", attribute.description.zh}, {"value", all}});
        else if (given->second.front() == "yes")
            answered.flags[attribute.field] = true;
    }
    return answered;
}

/// lat and long, address_string or address_id: one of them at least.
Result<void> put_location(Endpoint const& endpoint, Asking const& asking, json::object& form) {
    std::string_view const lat = asking.value("lat"), lon = asking.value("long"),
                           address = trim(asking.value("address_string")), id = asking.value("address_id");
    if (lat.empty() && lon.empty() && address.empty() && id.empty()) return refuse("georeport.location_needed");
    if (!lat.empty() || !lon.empty()) {
        auto const north = read_number(lat), east = read_number(lon);
        if (!north || !east || std::abs(*north) > 90 || std::abs(*east) > 180)
            return refuse("georeport.point", "lat, long");
        publication::Box const& province = endpoint.settings.province;
        if (*north < province.south || *north > province.north || *east < province.west || *east > province.east)
            return refuse("georeport.point_outside", "lat, long");
        form["point"] = json::object{{"lat", *north}, {"lon", *east}};
    }
    if (!address.empty()) form["place"] = address;
    std::string const& region = asking.jurisdiction->region;
    if (!id.empty()) {
        if (!endpoint.regions.contains(id) || !id.starts_with(region))
            return refuse("georeport.address", "address_id");
        form["region"] = id;
    } else if (region.size() >= 6) {
        form["region"] = region;
    }
    return {};
}

void put_person(Asking const& asking, json::object& form) {
    for (char const* field : {"email", "phone"})
        if (std::string_view const value = asking.value(field); !value.empty()) form[field] = value;
    std::string_view const first = asking.value("first_name"), last = asking.value("last_name");
    if (first.empty() && last.empty()) return;
    bool const latin = !first.empty() && static_cast<unsigned char>(first[0]) < 0x80;
    // A Chinese name has its surname first and no space.
    form["name"] = latin ? std::string(first) + (last.empty() ? "" : " ") + std::string(last)
                         : std::string(last) + std::string(first);
}

Result<std::string> media_line(Endpoint const& endpoint, Asking const& asking) {
    std::string_view const url = asking.value("media_url");
    if (url.empty()) return std::string();
    bool const web = url.starts_with("https://") || url.starts_with("http://");
    for (char const c : url)
        if (static_cast<unsigned char>(c) <= 0x20) return refuse("georeport.media", "media_url");
    if (!web || url.size() > kMostUrl) return refuse("georeport.media", "media_url");
    return "\n" + endpoint.house.texts.sentence("open311.media", Language::zh, {{"url", std::string(url)}});
}

Result<json::object> form_of(Endpoint const& endpoint, Service const& service, Asking const& asking) {
    std::string_view const description = trim(asking.value("description"));
    std::int64_t const most = endpoint.settings.most_description;
    if (count_characters(description) > static_cast<std::size_t>(most))
        return refuse("georeport.too_long", "description", {{"most", std::to_string(most)}});
    json::object form{{"title", service.name.zh}, {"class", service.code}, {"channel", endpoint.settings.channel}};
    BANYAN_CHECK(put_location(endpoint, asking, form));
    put_person(asking, form);
    BANYAN_TRY(Answered answered, answer_attributes(endpoint, service, asking));
    BANYAN_TRY(std::string const media, media_line(endpoint, asking));
    form["body"] = (description.empty() ? service.name.zh : std::string(description)) + answered.lines + media;
    for (auto const& flag : answered.flags) form[flag.key()] = flag.value();
    return form;
}

Result<Service const*> service_of(Endpoint const& endpoint, Asking const& asking) {
    std::string_view const code = asking.value("service_code");
    if (code.empty()) return refuse("georeport.service_needed", "service_code");
    Service const* service = endpoint.services.find(code);
    if (service == nullptr) return refuse("georeport.service_unknown", "service_code");
    return service;
}

}  // namespace

void file_request(Endpoint& endpoint, Asking asking, http::Respond respond) {
    Result<Service const*> const service = service_of(endpoint, asking);
    if (!service) return respond(refusal_reply(endpoint, asking, service.error()));
    Result<json::object> form = form_of(endpoint, **service, asking);
    if (!form) return respond(refusal_reply(endpoint, asking, form.error()));
    Command command;
    command.actor = asking.partner->actor;
    command.procedure = "appeal";
    command.step = "file";
    command.form = std::move(*form);
    Request request;
    std::string const code = api::Sessions::make_code();
    request.code = code;
    request.code_hash = api::Sessions::code_hash(endpoint.house.keys, code);
    request.once = asking.once;
    if (!asking.once.empty())
        request.asked = std::string(crypto::view(crypto::sm3("open311\n" + json::serialize(command.form))));
    request.what = std::move(command);
    auto told = [&endpoint, asking, code](Answer const& answer) {
        std::string const number = receipt_number(answer.matter);
        // Of a repeated answer the code is not known: it was told once.
        std::string_view const key = answer.kind == Answer::Kind::done ? "open311.filed" : "open311.filed_before";
        std::string const notice =
            endpoint.house.texts.sentence(key, asking.language, {{"number", number}, {"code", code}});
        json::array const made{json::object{{"service_request_id", number},
                                            {"service_notice", notice},
                                            {"account_id", asking.value("account_id")}}};
        return reply(asking.format, 200, "service_requests", made);
    };
    submit(endpoint, asking, std::move(request), {std::move(respond), std::move(told)});
}

}  // namespace banyan::open311
