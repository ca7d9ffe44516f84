// What became of a unit's items, for who wrote them and for the unit's head: sent back, published, withdrawn,
// given up. Read from the journal of their revisions; only how far somebody has seen it is kept.
#include <algorithm>

#include "kernel/engine/rebuild.h"
#include "kernel/engine/view.h"
#include "systems/hall/editor_routes.h"
#include "systems/hall/routes.h"

namespace banyan::hall {
namespace {

constexpr Span kBack = days(30);
constexpr std::size_t kMost = 50;

struct Told {
    EventId event;
    MatterId matter;
    std::string what, name, said;
    PersonId by;
    Instant at;
};

/// returned, sent_back, published, withdrawn, given_up; empty: nobody is told.
std::string_view what_of(EventRow const& row, Revision const& revision) {
    if (row.step == "return_item") return "returned";
    if (row.step == "send_back_item") return "sent_back";
    if (row.step == "publish_item") return "published";
    if (row.step == "give_up_item") return "given_up";
    return row.step == "begin_item" && revision.withdraws ? "withdrawn" : std::string_view();
}

/// A unit's head hears of all its items; who writes, of those they wrote. Nobody of what they did themselves.
void add_told(store::Session& session, Revision const& revision, Matter const& matter, Actor const& reader,
              Instant since, std::vector<Told>& all) {
    std::vector<EventRow> const history = load_history(session, matter);
    bool const wrote =
        revision.saved_by == reader.person || std::ranges::any_of(history, [&](EventRow const& row) {
            return row.person == reader.person && (row.step == "begin_item" || row.step == "hand_in_item");
        });
    if (!wrote && reader.role != "unit_head") return;
    for (EventRow const& row : history) {
        std::string_view const what = what_of(row, revision);
        if (what.empty() || row.at < since || row.person == reader.person) continue;
        auto const event = readable_event(row, *matter.procedure);
        Form const said(event ? event->form : json::object());
        std::string_view const words = said.has("reason") ? said.text("reason") : said.text("note");
        all.push_back(
            {row.id, matter.id, std::string(what), revision.name, std::string(words), row.person, row.at});
    }
}

std::vector<Told> told_to(EditorDesk const& desk, store::Session& session, Actor const& reader) {
    auto const rules = desk.house.engine.rules();
    std::string const unit = unit_of_writer(reader, *rules->directory);
    std::vector<Told> all;
    if (unit.empty()) return all;
    Instant const since = desk.house.engine.now() - kBack;
    for (Revision const& one : recent_revisions(session, unit, since))
        if (auto const matter = load_matter(session, one.matter, desk.house.engine.procedures()))
            add_told(session, one, *matter, reader, since, all);
    std::ranges::sort(all, std::greater{}, &Told::event);
    if (all.size() > kMost) all.resize(kMost);
    return all;
}

EventId seen_by(store::Session& session, PersonId person) {
    EventId seen;
    session.query("SELECT event FROM hall_item_seen WHERE person = $1", {person.value},
                  [&](store::Row const& row) { seen = EventId(row.integer(0)); });
    return seen;
}

Result<http::Reply> news(EditorDesk const& desk, store::Session& session, api::Call const& call) {
    auto const rules = desk.house.engine.rules();
    EventId const seen = seen_by(session, call.actor().person);
    json::array rows;
    std::int64_t unread = 0;
    for (Told const& each : told_to(desk, session, call.actor())) {
        bool const is_new = each.event > seen;
        unread += is_new;
        json::object row{{"event", each.event.text()}, {"id", each.matter.text()}, {"name", each.name},
                         {"what", each.what},          {"at", rfc3339(each.at)},   {"unread", is_new}};
        if (Person const* person = rules->directory->person(each.by))
            row["by"] = {{"zh", person->zh}, {"en", person->en}};
        if (!each.said.empty()) row["said"] = each.said;
        rows.push_back(std::move(row));
    }
    return api::json_reply(200, json::object{{"unread", unread}, {"news", std::move(rows)}});
}

void mark_seen(EditorDesk const& desk, api::Call&& call, http::Respond respond) {
    auto const kept = std::make_shared<std::pair<api::Call, http::Respond>>(std::move(call), std::move(respond));
    auto const through = api::read_id(Form(kept->first.body).text("through"));
    if (!through)
        return kept->second(
            api::refused(desk.house, api::asker_of(kept->first), {"field.format", "through", {}, {}}));
    desk.house.engine.write(
        [person = kept->first.actor().person, through](store::Session& writing) {
            if (seen_by(writing, person).value >= *through) return;
            writing.execute(
                "INSERT INTO hall_item_seen (person, event) VALUES ($1, $2) ON CONFLICT (person) DO UPDATE SET "
                "event = excluded.event",
                {person.value, *through});
        },
        [&desk, kept, through](std::exception_ptr const& failed) {
            if (failed)
                return kept->second(api::refused(desk.house, api::asker_of(kept->first), refusal_of(failed)));
            kept->second(api::json_reply(200, json::object{{"through", std::to_string(*through)}}));
        });
}

}  // namespace

void add_editor_news(api::Api& api, EditorDesk const& desk) {
    using namespace shape;
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/hall/editor/news",
             .name = "hall.editor.news",
             .summary = "What became of one's unit's items in thirty days: for its head, and for who wrote them",
             .tag = "hall",
             .roles = writing_roles(),
             .replies = {{200, "the newest first, 50 at most"}},
             .reply = object(
                 {{"unread", count()},
                  {"news",
                   list(object({{"event", shape::id()},
                                {"id", shape::id("of the revision")},
                                {"name", shape::text("of the item")},
                                {"what", one_of({"returned", "sent_back", "published", "withdrawn", "given_up"})},
                                {"at", instant()},
                                {"by?", names_shape()},
                                {"said?", shape::text("the reason, or a note")},
                                {"unread", flag()}}))}}),
             .handle = reading(desk, news)});
    api.add(
        {.method = http::Method::post,
         .pattern = "/api/v1/hall/editor/news/seen",
         .name = "hall.editor.seen",
         .summary = "One has seen all of them up to this one",
         .tag = "hall",
         .roles = writing_roles(),
         .body =
             {{.name = "through", .type = Field::Type::code, .required = true, .about = "`event` of the newest"}},
         .replies = {{200, "kept"}},
         .reply = object({{"through", shape::id()}}),
         .handle = [&desk](api::Call&& call, http::Respond respond) {
             mark_seen(desk, std::move(call), std::move(respond));
         }});
}

}  // namespace banyan::hall
