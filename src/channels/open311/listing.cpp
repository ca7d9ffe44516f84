// What can be asked for: the endpoint, its services, what a service asks.
#include "channels/open311/asking.h"

namespace banyan::open311 {
namespace {

constexpr std::string_view kSpecification = "http://wiki.open311.org/GeoReport_v2";

json::object service_json(Service const& service, Language language) {
    std::string const &name = service.name.of(language), &group = service.group.of(language);
    std::string keywords = group;
    for (std::string const* word : {&service.name.zh, &service.name.en})
        if (!word->empty() && *word != keywords) keywords += "," + *word;
    return {{"service_code", service.code},
            {"service_name", name},
            {"description", name == group ? name : group + ": " + name},
            {"metadata", !service.attributes.empty()},
            {"type", "realtime"},
            {"keywords", keywords},
            {"group", group}};
}

json::object attribute_json(Attribute const& attribute, int order, Language language) {
    json::array values;
    for (Attribute::Choice const& choice : attribute.choices)
        values.push_back(json::object{{"key", choice.key}, {"name", choice.name.of(language)}});
    return {{"variable", attribute.variable},
            {"code", attribute.code},
            {"datatype", name(attribute.datatype)},
            {"required", attribute.required},
            {"datatype_description", attribute.hint.of(language)},
            {"order", order},
            {"description", attribute.description.of(language)},
            {"values", std::move(values)}};
}

/// The same for everybody for a while.
http::Reply kept(http::Reply reply) {
    for (auto& [name, value] : reply.headers)
        if (name == "Cache-Control") value = "max-age=300";
    reply.headers.emplace_back("Vary", "Accept-Language");
    return reply;
}

}  // namespace

http::Reply discovery(Endpoint const& endpoint, Asking const& asking) {
    api::House const& house = endpoint.house;
    auto words = [&](std::string_view key) {
        return house.texts.sentence(key, asking.language, {{"city", house.name}});
    };
    json::object const made{
        {"changeset", endpoint.settings.changeset},
        {"contact", words("open311.contact")},
        {"key_service", words("open311.key_service")},
        {"endpoints", json::array{json::object{{"specification", kSpecification},
                                               {"url", asking.base},
                                               {"changeset", endpoint.settings.changeset},
                                               {"type", house.demo ? "test" : "production"},
                                               {"formats", json::array{"text/xml", "application/json"}}}}}};
    return kept(reply(asking.format, 200, "discovery", made));
}

http::Reply services(Endpoint const& endpoint, Asking const& asking) {
    json::array all;
    for (Service const& service : endpoint.services.all()) all.push_back(service_json(service, asking.language));
    return kept(reply(asking.format, 200, "services", all));
}

Result<http::Reply> definition(Endpoint const& endpoint, Asking const& asking) {
    Service const* service = endpoint.services.find(asking.named);
    if (service == nullptr) return refuse("georeport.service_unknown", "service_code");
    json::array attributes;
    for (Attribute const& attribute : service->attributes)
        attributes.push_back(attribute_json(attribute, static_cast<int>(attributes.size()) + 1, asking.language));
    json::object const made{{"service_code", service->code}, {"attributes", std::move(attributes)}};
    return kept(reply(asking.format, 200, "service_definition", made));
}

}  // namespace banyan::open311
