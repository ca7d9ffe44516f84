#include "systems/hints/alike.h"

namespace banyan::hints {
namespace {

using namespace banyan::api;

struct Memory {
    House& house;
    alike::Neighbours const& neighbours;
    alike::Sketcher const& sketcher;
};

http::Reply suggestions(Memory const& memory, store::Session& session, Call const& call) {
    Form const form(call.body);
    alike::Ask ask;
    ask.title = form.text("title");
    ask.body = form.text("body");
    ask.place = form.text("place");
    ask.class_code = form.text("class");
    ask.most = static_cast<std::size_t>(form.integer("limit").value_or(5));
    if (auto but = read_id(form.text("but"))) ask.but = MatterId(*but);
    auto const rules = memory.house.engine.rules();
    Viewer const viewer{call.actor(), *rules, memory.house.engine.moment(), nullptr};
    return json_reply(
        200, json::object{{"matters", alike::suggest(session, memory.neighbours, memory.sketcher, ask, viewer,
                                                     memory.house.engine.procedures())}});
}

}  // namespace

void add_alike_operation(Api& api, House& house, alike::Neighbours const& neighbours,
                         alike::Sketcher const& sketcher) {
    using Type = Field::Type;
    Memory const memory{house, neighbours, sketcher};
    api.add(
        {.method = http::Method::post,
         .pattern = "/api/v1/hints/alike",
         .name = "hints.alike",
         .summary = "Matters that may be about the same thing as a text, while it is being typed",
         .tag = "hints",
         .who = Who::anyone,  // who files without an account is shown what is released, and nothing else
         .body = {{.name = "title", .most = 200},
                  {.name = "body", .most = 5000},
                  {.name = "place", .most = 200},
                  {.name = "class", .type = Type::code},
                  {.name = "but", .type = Type::code, .about = "id of the matter that is being worked on"},
                  {.name = "limit", .type = Type::integer, .least = 1, .most = 20, .about = "left out: 5"}},
         .replies = {{200, "those the viewer may see; a citizen: their own, and what is released"}},
         .reply = shape::object({{"matters", alike::suggestions_shape()}}),
         .handle = [memory](Call&& call, http::Respond respond) {
             query(memory.house, std::move(call), std::move(respond),
                   [memory](store::Session& session, Call& asked) { return suggestions(memory, session, asked); });
         }});
}

}  // namespace banyan::hints
