// Api::describe(): OpenAPI 3.1 from the operations' own field tables and shapes, and the rulebooks' forms.
#include "api/api.h"
#include "base/text.h"

namespace banyan::api {
namespace {

constexpr std::string_view kOpenApi = "3.1.0";

bool changes(Operation const& operation) { return operation.method != http::Method::get; }

json::object reference(std::string_view kind, std::string_view name) {
    return {{"$ref", "#/components/" + std::string(kind) + "/" + std::string(name)}};
}

json::object parameter(std::string_view in, Field const& field) {
    json::object made{{"name", field.name}, {"in", in}, {"required", field.required || in == "path"}};
    if (!field.about.empty()) made["description"] = field.about;
    json::object schema = json_schema({field}).at("properties").at(field.name).as_object();
    schema.erase("description");
    made["schema"] = std::move(schema);
    return made;
}

json::array parameters_of(Operation const& operation) {
    json::array parameters;
    for (Field const& field : operation.path) parameters.push_back(parameter("path", field));
    for (Field const& field : operation.query) parameters.push_back(parameter("query", field));
    if (operation.tag == "pages") return parameters;
    parameters.push_back(reference("parameters", "lang"));
    bool step = operation.name == "matter.step";
    if (step || operation.takes_key) parameters.push_back(reference("parameters", "idempotency_key"));
    if (step) parameters.push_back(reference("parameters", "if_match"));
    if (changes(operation)) parameters.push_back(reference("parameters", "csrf"));
    return parameters;
}

json::object parameter_components() {
    return {
        {"lang", parameter("query", {.name = "lang",
                                     .type = Field::Type::choice,
                                     .choices = {"zh", "en"},
                                     .about = "of `title` in refusals; left out: by Accept-Language, else zh"})},
        {"idempotency_key",
         parameter("header", {.name = "Idempotency-Key",
                              .least = 1,
                              .most = 128,
                              .about = "sent again within 24 hours with the same request: the same answer"})},
        {"if_match", parameter("header", {.name = "If-Match",
                                          .most = 11,
                                          .about = "\"7\": version of the share acted on, else of the matter"})},
        {"csrf", parameter("header", {.name = "X-CSRF-Token",
                                      .most = 128,
                                      .about = "`csrf` of the session; needed where the cookie signs"})}};
}

json::object refusal(std::string_view meaning) {
    return {{"description", meaning},
            {"content", {{"application/problem+json", {{"schema", reference("schemas", "problem")}}}}}};
}

/// What an operation of its kind may be refused with, besides what it says itself.
std::vector<int> usual_refusals(Operation const& operation) {
    std::vector<int> all{400, 500, 503};
    if (operation.tag == "pages") return all;
    all.push_back(422);
    if (operation.who == Who::signed_in) all.push_back(401);
    if (!operation.roles.empty() || changes(operation)) all.push_back(403);
    if (!operation.path.empty()) all.push_back(404);
    if (operation.takes_body()) all.insert(all.end(), {413, 415});
    return all;
}

json::object response_components(Texts const& texts) {
    json::object all;
    for (int status : {400, 401, 403, 404, 413, 415, 422, 500, 503}) {
        std::string number = std::to_string(status);
        json::object made = refusal(texts.sentence("ui.docs_status_" + number, Language::en));
        auto header = [&](char const* name, char const* type) {
            made["headers"] = {{name, {{"required", true}, {"schema", {{"type", type}}}}}};
        };
        if (status == 401) header("WWW-Authenticate", "string");
        if (status == 503) header("Retry-After", "integer");
        all["refused_" + number] = std::move(made);
    }
    all["refused"] = refusal("any other refusal of the server itself: 408, 417, 431 …");
    return all;
}

/// The same schema for each of the types between commas.
json::object by_type(std::string_view types, json::value const& schema) {
    json::object content;
    for (std::string const& type : split(types, ",")) content[type] = {{"schema", schema}};
    return content;
}

json::object operation_json(Operation const& operation, json::object& schemas) {
    json::object made{{"operationId", operation.name}, {"summary", operation.summary}, {"tags", {operation.tag}}};
    if (json::array parameters = parameters_of(operation); !parameters.empty())
        made["parameters"] = std::move(parameters);
    if (operation.takes_json())
        made["requestBody"] = {{"required", true},
                               {"content", {{"application/json", {{"schema", json_schema(operation.body)}}}}}};
    else if (operation.takes_body())
        made["requestBody"] = {
            {"required", true},
            {"content", by_type(operation.body_type, {{"type", "string"}, {"format", "binary"}})}};
    std::map<int, json::object> responses;
    for (int status : usual_refusals(operation))
        responses[status] = reference("responses", "refused_" + std::to_string(status));
    for (auto const& [status, meaning] : operation.replies) {
        responses[status] = status < 300 ? json::object{{"description", meaning}} : refusal(meaning);
        if (status < 300 && status != 204)
            responses[status]["content"] = by_type(operation.reply_type, shape::lifted(operation.reply, schemas));
    }
    json::object& described = made["responses"].emplace_object();
    for (auto& [status, response] : responses) described[std::to_string(status)] = std::move(response);
    described["default"] = reference("responses", "refused");
    if (operation.who == Who::anyone) made["security"] = json::array();
    if (!operation.roles.empty()) made["x-roles"] = json::array(operation.roles.begin(), operation.roles.end());
    return made;
}

json::array tags(std::vector<Operation> const& operations, Texts const& texts) {
    json::array all;
    std::set<std::string> known;
    for (Operation const& operation : operations)
        if (known.insert(operation.tag).second)
            all.push_back({{"name", operation.tag},
                           {"description", texts.sentence("ui.docs_group_" + operation.tag, Language::en)}});
    return all;
}

/// Each step's form as a schema of its own, so that a client knows what `form` holds.
void add_forms(json::object& schemas, Rules const& rules) {
    for (auto const& [name, procedure] : rules.procedures)
        for (Step const& step : procedure->steps) {
            json::object schema = json_schema(step.form);
            json::array by;
            for (ActorRule const& actor : step.by)
                by.emplace_back(actor.role.empty() ? "clock"
                                                   : actor.role + "@" + std::string(banyan::name(actor.relation)));
            schema["x-by"] = std::move(by);
            schemas["form." + name + "." + step.name] = std::move(schema);
        }
}

}  // namespace

shape::Schema description_shape() {
    using namespace shape;
    Schema part = open("see the OpenAPI Specification 3.1");
    return object({{"openapi", one_of({kOpenApi})},
                   {"info", part},
                   {"servers", list(part)},
                   {"tags", list(part)},
                   {"security", list(part)},
                   {"paths", part},
                   {"components", part}});
}

json::object Api::describe() const {
    json::object paths, schemas;
    shape::lifted(problem_shape(), schemas);
    for (Operation const& operation : operations_) {
        std::string method(http::name(operation.method));
        for (char& c : method) c = static_cast<char>(c | 32);
        std::string pattern = operation.pattern;
        std::erase(pattern, '*');  // `{page*}` takes slashes too: OpenAPI has no word for it
        json::value& path = paths[pattern];
        if (!path.is_object()) path.emplace_object();
        path.as_object()[method] = operation_json(operation, schemas);
    }
    add_forms(schemas, *house_.engine.rules());
    json::object components{
        {"schemas", std::move(schemas)},
        {"responses", response_components(house_.texts)},
        {"parameters", parameter_components()},
        {"securitySchemes",
         {{"bearer", {{"type", "http"}, {"scheme", "bearer"}}},
          {"cookie", {{"type", "apiKey"}, {"in", "cookie"}, {"name", house_.sessions.cookie()}}}}}};
    return {{"openapi", kOpenApi},
            {"info",
             {{"title", "Banyan"},
              {"version", "0.1.0"},
              {"description", house_.texts.sentence("ui.docs_api", Language::en)},
              {"license", {{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
            {"servers", {{{"url", "/"}}}},
            {"tags", tags(operations_, house_.texts)},
            {"security", {{{"bearer", json::array()}}, {{"cookie", json::array()}}}},
            {"paths", std::move(paths)},
            {"components", std::move(components)}};
}

}  // namespace banyan::api
