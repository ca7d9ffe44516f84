// Many commands in one request, each with its own answer; in the order given where they name the same matter.
#include "systems/desk/routes.h"

namespace banyan::desk {
namespace {

struct Many {
    http::Respond respond;
    std::vector<std::string> answers;
    std::atomic<std::size_t> left;
};

std::vector<Field> const& command_fields() {
    using Type = Field::Type;
    static std::vector<Field> const kFields{
        {.name = "matter", .type = Type::code, .about = "its id or receipt number; or"},
        {.name = "procedure", .type = Type::code, .about = "of a matter to open"},
        {.name = "step", .type = Type::code, .required = true},
        {.name = "assignment", .type = Type::code, .about = "the share; may be left out when only one fits"},
        {.name = "version", .type = Type::integer, .about = "as If-Match"},
        {.name = "key", .most = 128, .about = "as Idempotency-Key"},
        {.name = "form", .type = Type::object, .open = true, .about = "`form.<procedure>.<step>`"},
        hints_field()};
    return kFields;
}

Result<Command> read_command(House const& house, Call const& call, json::object& each) {
    BANYAN_TRY(json::object values, read_form(command_fields(), std::move(each), ""));
    Form form(std::move(values));
    Command command;
    command.actor = call.actor();
    command.procedure = std::string(form.text("procedure"));
    command.step = std::string(form.text("step"));
    if (form.has("matter")) {
        auto const matter = read_matter(form.text("matter"));
        if (!matter) return refuse("matter.unknown");
        command.matter = *matter;
    }
    if (form.has("assignment")) {
        auto id = read_id(form.text("assignment"));
        if (!id) return refuse("assignment.unknown", "assignment");
        command.assignment = AssignmentId(*id);
    }
    if (auto version = form.integer("version")) command.version = static_cast<int>(*version);
    if (json::value* given = form.values().if_contains("form")) command.form = std::move(given->as_object());
    BANYAN_TRY(command.hints, hint_tokens(house, call).read(form.values().if_contains("hints")));
    return command;
}

shape::Schema answers_shape() {
    using namespace shape;
    return object({{"answers", list(either({object({{"ok", always(true)}, {"answer", opened_shape()}}),
                                            object({{"ok", always(false)}, {"problem", problem_shape()}})}),
                                    "in the order of the commands")}});
}

void run_many(House& house, Call&& call, http::Respond respond) {
    json::array commands;
    if (json::value* given = call.body.if_contains("commands")) commands = std::move(given->as_array());
    if (commands.empty())
        return respond(problem({"field.required", "commands", {}, {}}, house.texts, call.language));
    auto many =
        std::make_shared<Many>(std::move(respond), std::vector<std::string>(commands.size()), commands.size());
    Language language = call.language;
    auto finish = [many, &house, language](std::size_t place, Answer&& answer, std::string const& code) {
        std::string text;
        if (answer.ok()) {
            text = std::move(answer.body);
            if (!code.empty() && answer.kind == Answer::Kind::done)
                text = text.substr(0, text.size() - 1) + ",\"code\":\"" + code + "\"}";
        } else {
            text = problem(answer.refusal, house.texts, language).body;
        }
        many->answers[place] = "{\"ok\":" + std::string(answer.ok() ? "true" : "false") +
                               (answer.ok() ? ",\"answer\":" : ",\"problem\":") + text + "}";
        if (many->left.fetch_sub(1) != 1) return;
        std::string body = "{\"answers\":[";
        for (std::string const& each : many->answers) {
            if (body.back() != '[') body += ',';
            body += each;
        }
        many->respond(json_text_reply(200, body + "]}"));
    };
    Instant deadline = wall_clock() + seconds(10);
    for (std::size_t place = 0; place < commands.size(); ++place) {
        std::string key;
        if (json::value const* given = commands[place].as_object().if_contains("key");
            given != nullptr && given->is_string())
            key = std::string(given->as_string());
        std::string asked =
            key.empty() ? std::string() : std::string(crypto::view(crypto::sm3(json::serialize(commands[place]))));
        Result<Command> command = read_command(house, call, commands[place].as_object());
        if (!command) {
            finish(place, {Answer::Kind::refused, std::move(command.error()), {}, {}, {}}, {});
            continue;
        }
        Request request;
        std::string code;
        if (!command->procedure.empty()) {
            code = Sessions::make_code();
            request.code = code;
            request.code_hash = Sessions::code_hash(house.keys, code);
        }
        request.what = std::move(*command);
        request.once = key;
        request.who = call.session->who;
        request.asked = std::move(asked);
        request.deadline = deadline;
        request.done = [finish, place, code](Answer&& answer) { finish(place, std::move(answer), code); };
        if (!house.engine.submit(std::move(request)))
            finish(place, {Answer::Kind::busy, {"server.busy", {}, {}, {}}, {}, {}, {}}, {});
    }
}

}  // namespace

void add_command_operations(Api& api, House& house) {
    Field commands{.name = "commands",
                   .type = Field::Type::list,
                   .required = true,
                   .most = 1000,
                   .inner = command_fields(),
                   .open = true,  // each is read, and refused, by itself
                   .about = "at least one"};
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/commands",
             .name = "command.many",
             .summary = "Up to 1,000 steps in one request, each with its own answer",
             .tag = "matters",
             .body = {commands},
             .replies = {{200, "each with its own answer"}},
             .reply = answers_shape(),
             .handle = [&house](Call&& call,
                                http::Respond respond) { run_many(house, std::move(call), std::move(respond)); },
             .most_body = 8u << 20});
}

}  // namespace banyan::desk
