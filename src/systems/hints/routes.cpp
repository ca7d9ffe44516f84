// The operations of this system. Texts come with the request, or from a matter as its viewer may read it.
#include "kernel/engine/view.h"
#include "systems/hints/intake.h"
#include "systems/hints/texts.h"

namespace banyan::hints {
namespace {

std::vector<Field> appeal_fields() {
    using Type = Field::Type;
    return {{.name = "matter", .type = Type::code, .about = "its id or receipt number: its own text is read; or"},
            {.name = "title", .most = 60},
            {.name = "body", .most = 5000},
            {.name = "place", .most = 200},
            {.name = "region", .type = Type::region, .about = "where it is known"},
            {.name = "class", .type = Type::code, .about = "where it is known: the unit is that class's"}};
}

/// A matter as the viewer may read it, and whom its fields name.
struct Seen {
    json::object fields;
    std::string class_code, region;
    std::vector<json::object> personal;

    std::string text(std::string_view field) const {
        json::value const* value = fields.if_contains(field);
        return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
    }
    Known known() const {
        Known people;
        // Only what the viewer may see of them: who may not, could else try names until one is found.
        auto said = [this](json::object const& from, char const* name) {
            json::value const* value = fields.contains(name) ? from.if_contains(name) : nullptr;
            return value != nullptr && value->is_string() ? std::string_view(value->as_string())
                                                          : std::string_view();
        };
        for (json::object const& each : personal)
            people.push_back({said(each, "name"), said(each, "phone"), said(each, "address")});
        return people;
    }
};

/// Refused: matter.unknown.
Result<Seen> see(House& house, store::Session& session, Call const& call, std::string_view number) {
    auto const id = read_matter(number);
    auto matter = id ? load_matter(session, *id, house.engine.procedures()) : std::nullopt;
    if (!matter) return refuse("matter.unknown");
    std::vector<EventRow> const history = load_history(session, *matter);
    auto const rules = house.engine.rules();
    auto view = view_of(&session, *matter, history, {call.actor(), *rules, house.engine.moment(), &house.keys});
    if (!view) return refuse("matter.unknown");
    Seen seen;
    seen.fields = std::move(view->at("fields").as_object());
    seen.class_code = matter->class_code;
    seen.region = matter->region;
    for (EventRow const& event : history)
        if (json::object personal = open_personal(session, event.id, house.keys); !personal.empty())
            seen.personal.push_back(std::move(personal));
    return seen;
}

/// Staff is who has a unit.
bool is_staff(Call const& call) { return call.session && call.session->actor.unit; }

http::Reply intake_reply(Hints& hints, store::Session& session, Call& call) {
    Form const form(std::move(call.body));
    Appeal appeal{std::string(form.text("title")), std::string(form.text("body")), std::string(form.text("place")),
                  std::string(form.text("region")), std::string(form.text("class"))};
    if (form.has("matter")) {
        auto seen = see(hints.house, session, call, form.text("matter"));
        if (!seen) return problem(seen.error(), hints.house.texts, call.language);
        appeal = {seen->text("title"), seen->text("body"), seen->text("place"),
                  form.has("region") ? appeal.region : seen->region,
                  form.has("class") ? appeal.class_code : seen->class_code};
    }
    if (appeal.title.empty() && appeal.body.empty() && appeal.class_code.empty())
        return problem({"hints.nothing", {}, {}, {}}, hints.house.texts, call.language);
    HintTokens const tokens = hint_tokens(hints.house, call);
    return json_reply(200, intake(hints, appeal, call.session ? &tokens : nullptr, is_staff(call)));
}

http::Reply redaction_reply(Hints& hints, store::Session& session, Call& call) {
    Form const form(std::move(call.body));
    std::string text(form.text("text"));
    Seen seen;
    if (form.has("matter")) {
        auto read = see(hints.house, session, call, form.text("matter"));
        if (!read) return problem(read.error(), hints.house.texts, call.language);
        seen = std::move(*read);
        if (text.empty()) text = seen.text("body");
    }
    if (text.empty()) return problem({"hints.nothing", {}, {}, {}}, hints.house.texts, call.language);
    HintTokens const tokens = hint_tokens(hints.house, call);
    return json_reply(200, redaction(hints, text, seen.known(), &tokens));
}

http::Reply reply_advice_reply(Hints& hints, store::Session& session, Call& call) {
    Form const form(std::move(call.body));
    std::string title(form.text("title")), body(form.text("body")), reply(form.text("public_reply"));
    Seen seen;
    if (form.has("matter")) {
        auto read = see(hints.house, session, call, form.text("matter"));
        if (!read) return problem(read.error(), hints.house.texts, call.language);
        seen = std::move(*read);
        title = seen.text("title");
        body = seen.text("body");
        if (reply.empty()) reply = seen.text("public_reply");
    }
    if (reply.empty() || (title.empty() && body.empty()))
        return problem({"hints.nothing", {}, {}, {}}, hints.house.texts, call.language);
    return json_reply(200, reply_advice(hints, {title, body, seen.known()}, reply, call.language));
}

using Job = http::Reply (*)(Hints&, store::Session&, Call&);

std::function<void(Call&&, http::Respond)> on_a_reader(Hints& hints, Job job) {
    return [&hints, job](Call&& call, http::Respond respond) {
        query(hints.house, std::move(call), std::move(respond),
              [&hints, job](store::Session& session, Call& asked) { return job(hints, session, asked); });
    };
}

}  // namespace

void add_hint_operations(Api& api, Hints& hints) {
    using Type = Field::Type;
    api.add(
        {.method = http::Method::post,
         .pattern = "/api/v1/hints/intake",
         .name = "hints.intake",
         .summary = "Class, kind, urgency, region and unit of an appeal, each with its reason; a person decides",
         .tag = "hints",
         .who = Who::anyone,
         .body = appeal_fields(),
         .replies = {{200, "what is proposed; nothing where it is not certain"}, {404, "no such matter"}},
         .reply = intake_shape(),
         .handle = on_a_reader(hints, intake_reply)});
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/hints/redaction",
             .name = "hints.redaction",
             .summary = "What in a text betrays a person, with what could stand there instead",
             .tag = "hints",
             .body = {{.name = "matter", .type = Type::code, .about = "whose people are looked for too"},
                      {.name = "text", .most = 5000, .about = "left out: the matter's own"}},
             .replies = {{200, "the text in parts"}, {404, "no such matter"}},
             .reply = redaction_shape(),
             .handle = on_a_reader(hints, redaction_reply)});
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/hints/reply",
             .name = "hints.reply",
             .summary = "A reply held against its appeal before it leaves; it advises, it never blocks",
             .tag = "hints",
             .body = {{.name = "matter", .type = Type::code, .about = "whose reply it is; or"},
                      {.name = "title", .most = 60},
                      {.name = "body", .most = 5000},
                      {.name = "public_reply", .most = 5000, .about = "left out: the matter's last"}},
             .replies = {{200, "demands and advice"}, {404, "no such matter"}},
             .reply = reply_advice_shape(),
             .handle = on_a_reader(hints, reply_advice_reply)});
}

}  // namespace banyan::hints
