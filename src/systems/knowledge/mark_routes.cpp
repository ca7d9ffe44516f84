// What whoever reads an entry says of it: whether it helped, and what is wrong with it.
#include "base/text.h"
#include "systems/knowledge/ledger.h"
#include "systems/knowledge/routes.h"

namespace banyan::knowledge {
namespace {

/// What is marked or corrected: a version the caller may see, that still stands.
Result<Entry> read_by(House const& house, Shelf const& shelf, api::Call const& call) {
    auto const library = shelf.library();
    Entry const* found =
        entry_for(library->stock(), call, Form(call.body).integer("version"), house.engine.moment().today());
    if (found == nullptr) return refuse("entry.unknown");
    if (found->taken_down) return refuse("entry.gone");
    return *found;
}

using Held = std::shared_ptr<http::Respond>;

void mark(House& house, Shelf const& shelf, api::Call const& call, Held const& held) {
    api::Asker const asker = api::asker_of(call);
    auto refused = [&house, held, asker](Refusal const& refusal) { (*held)(api::refused(house, asker, refusal)); };
    PersonId const person = call.actor().person;
    if (!person || call.actor().bound) return refused({"mark.no_account", {}, {}, {}});
    Result<Entry> const entry = read_by(house, shelf, call);
    if (!entry) return refused(entry.error());
    Mark const mark{entry->id, entry->version, person, Form(call.body).flag("helpful"), house.engine.now()};
    auto is_new = std::make_shared<bool>(false);
    house.engine.write([mark, is_new](store::Session& writing) { *is_new = put_mark(writing, mark); },
                       [held, refused, is_new](std::exception_ptr const& failed) {
                           if (failed) return refused(refusal_of(failed));
                           if (!*is_new) return refused({"mark.twice", {}, {}, {}});
                           (*held)(api::json_reply(200, json::object{{"ok", true}}));
                       });
}

void correct(House& house, Shelf const& shelf, api::Call const& call, Held const& held) {
    Result<Entry> const entry = read_by(house, shelf, call);
    if (!entry) return (*held)(api::problem(entry.error(), house.texts, call.language, &call.request));
    auto const rules = house.engine.rules();
    Unit const* centre = rules->directory->unit(rules->directory->city_centre());
    bool const known = rules->directory->unit(entry->unit) != nullptr;
    Command command;
    command.actor = call.actor();
    command.procedure = "correction";
    command.step = "correct";
    command.form = {{"title", first_characters(entry->title, 60)},
                    {"entry", entry->id},
                    {"entry_version", entry->version},
                    {"text", Form(call.body).text("text")},
                    {"lead", known || centre == nullptr ? entry->unit : centre->code}};
    Request request;
    request.what = std::move(command);
    request.deadline = wall_clock() + seconds(10);
    api::command(house, call, std::move(request), std::move(*held), 201);
}

using Act = void (*)(House&, Shelf const&, api::Call const&, Held const&);

api::Operation said_of(House& house, Shelf const& shelf, Act act) {
    api::Operation operation{.method = http::Method::post};
    operation.tag = "knowledge";
    operation.path = {{.name = "id", .type = Field::Type::code}};
    operation.body = {{.name = "version",
                       .type = Field::Type::integer,
                       .required = true,
                       .least = 1,
                       .most = 9999,
                       .about = "that was read"}};
    operation.handle = [&house, &shelf, act](api::Call&& call, http::Respond respond) {
        // On a reader's thread: just after the start the library is waited for.
        auto held = std::make_shared<http::Respond>(std::move(respond));
        auto kept = std::make_shared<api::Call>(std::move(call));
        auto refused = [&house, held, asker = api::asker_of(*kept)](Refusal const& refusal) {
            (*held)(api::refused(house, asker, refusal));
        };
        bool const taken = house.readers.submit(
            [&house, &shelf, act, kept, held](store::Session&) { act(house, shelf, *kept, held); },
            [refused](std::exception const& error) {
                refused({"server.failed", {}, {{"what", error.what()}}, {}});
            });
        if (!taken) refused({"server.busy", {}, {}, {}});
    };
    return operation;
}

}  // namespace

void add_mark_operations(Api& api, House& house, Shelf const& shelf) {
    api::Operation one = said_of(house, shelf, mark);
    one.pattern = "/api/v1/knowledge/entries/{id}/marks";
    one.name = "knowledge.mark";
    one.summary = "Whether an entry helped; once a person and version";
    one.body.push_back({.name = "helpful", .type = Field::Type::flag, .required = true});
    one.replies = {{200, "it is counted"}, {404, "there is none to see"}, {409, "marked before"}};
    one.reply = shape::object({{"ok", shape::always(true)}});
    api.add(std::move(one));

    one = said_of(house, shelf, correct);
    one.pattern = "/api/v1/knowledge/entries/{id}/corrections";
    one.name = "knowledge.correct";
    one.summary = "What is wrong with an entry: opens a matter of the rulebook `correction`, which its unit sees";
    one.body.push_back(
        {.name = "text", .required = true, .least = 2, .most = 2000, .about = "and what would be right"});
    one.replies = {{201, "taken in"}, {404, "there is none to see"}};
    one.reply = outcome_shape();
    api.add(std::move(one));
}

}  // namespace banyan::knowledge
