// Api::describe(): OpenAPI 3.1 from the operations' own field tables and the rulebooks' forms.
#include "base/text.h"
#include "systems/desk/api.h"

namespace banyan::desk {
namespace {

json::array parameters_of(Operation const& operation) {
    json::array parameters;
    std::string_view pattern = operation.pattern;
    for (std::size_t open = pattern.find('{'); open != std::string_view::npos;
         open = pattern.find('{', open + 1)) {
        std::string_view name = pattern.substr(open + 1, pattern.find('}', open) - open - 1);
        parameters.push_back(
            {{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
    }
    json::object schema = json_schema(operation.query);
    for (Field const& field : operation.query)
        parameters.push_back({{"name", field.name},
                              {"in", "query"},
                              {"required", field.required},
                              {"schema", schema.at("properties").as_object().at(field.name)}});
    parameters.push_back(json::object{{"$ref", "#/components/parameters/lang"}});
    bool step = operation.name == "matter.step";
    if (step || operation.name == "matter.open")
        parameters.push_back(json::object{{"$ref", "#/components/parameters/idempotency_key"}});
    if (step) parameters.push_back(json::object{{"$ref", "#/components/parameters/if_match"}});
    return parameters;
}

json::object operation_json(Operation const& operation) {
    json::object made{{"operationId", operation.name}, {"summary", operation.summary}, {"tags", {operation.tag}}};
    if (json::array parameters = parameters_of(operation); !parameters.empty())
        made["parameters"] = std::move(parameters);
    if (!operation.body.empty())
        made["requestBody"] = {{"required", true},
                               {"content", {{"application/json", {{"schema", json_schema(operation.body)}}}}}};
    json::object responses;
    bool first = true;
    for (auto const& [status, meaning] : operation.replies) {
        json::object response{{"description", meaning}};
        if (first && status != 204)
            response["content"] = {{operation.reply_type,
                                    {{"schema", operation.reply_schema.empty() ? json::object{{"type", "object"}}
                                                                               : operation.reply_schema}}}};
        responses[std::to_string(status)] = std::move(response);
        first = false;
    }
    responses["default"] = {{"$ref", "#/components/responses/problem"}};
    made["responses"] = std::move(responses);
    if (operation.who == Who::anyone) made["security"] = json::array();
    if (!operation.roles.empty()) made["x-roles"] = json::array(operation.roles.begin(), operation.roles.end());
    return made;
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

json::object Api::describe() const {
    json::object paths;
    for (Operation const& operation : operations_) {
        std::string method(http::name(operation.method));
        for (char& c : method) c = static_cast<char>(c | 32);
        paths[operation.pattern].is_object() ? void() : void(paths[operation.pattern] = json::object());
        paths[operation.pattern].as_object()[method] = operation_json(operation);
    }
    json::object problem_schema{
        {"type", "object"},
        {"required", {"type", "status", "key", "title", "text"}},
        {"properties",
         {{"type", {{"type", "string"}}},
          {"status", {{"type", "integer"}}},
          {"key", {{"type", "string"}, {"description", "stable name of the refusal"}}},
          {"title", {{"type", "string"}}},
          {"field", {{"type", "string"}}},
          {"text",
           {{"type", "object"}, {"properties", {{"zh", {{"type", "string"}}}, {"en", {{"type", "string"}}}}}}},
          {"params", {{"type", "object"}}},
          {"request", {{"type", "string"}}},
          {"others", {{"type", "array"}, {"items", {{"type", "object"}}}}}}}};
    json::object schemas{{"problem", std::move(problem_schema)}};
    add_forms(schemas, *house_.engine.rules());
    json::object components{
        {"schemas", std::move(schemas)},
        {"responses",
         {{"problem",
           {{"description", "a refusal (RFC 9457)"},
            {"content",
             {{"application/problem+json", {{"schema", {{"$ref", "#/components/schemas/problem"}}}}}}}}}}},
        {"parameters",
         {{"lang",
           {{"name", "lang"},
            {"in", "query"},
            {"required", false},
            {"schema", {{"type", "string"}, {"enum", {"zh", "en"}}}}}},
          {"idempotency_key",
           {{"name", "Idempotency-Key"},
            {"in", "header"},
            {"required", false},
            {"schema", {{"type", "string"}, {"minLength", 1}, {"maxLength", 128}}}}},
          {"if_match",
           {{"name", "If-Match"},
            {"in", "header"},
            {"required", false},
            {"description", "version of the assignment acted on, else of the matter"},
            {"schema", {{"type", "string"}}}}}}},
        {"securitySchemes",
         {{"bearer", {{"type", "http"}, {"scheme", "bearer"}}},
          {"cookie", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "banyan_session"}}}}}};
    return {{"openapi", "3.1.0"},
            {"info",
             {{"title", "Banyan"},
              {"version", "0.1.0"},
              {"license", {{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
            {"servers", {{{"url", "/"}}}},
            {"security", {{{"bearer", json::array()}}, {{"cookie", json::array()}}}},
            {"paths", std::move(paths)},
            {"components", std::move(components)}};
}

}  // namespace banyan::desk
