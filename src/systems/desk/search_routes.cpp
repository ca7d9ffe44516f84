// Matters by what is typed (kernel/index), and names while they are typed.
#include "base/text.h"
#include "kernel/engine/view.h"
#include "kernel/index/find.h"
#include "kernel/index/matter_index.h"
#include "systems/desk/routes.h"

namespace banyan::desk {
namespace {

constexpr std::size_t kMostNames = 10, kMostRoadsTried = 5;

Result<index::Cursor> read_cursor(std::string_view text) {
    auto const plain = from_base64url(text);
    auto const cursor = plain ? index::Cursor::read(*plain) : std::nullopt;
    if (!cursor) return refuse("cursor.bad", "query.cursor");
    return *cursor;
}

Result<index::FindAsk> ask_of(Call const& call, text::Reader const& reader) {
    Form const form(call.query);
    index::FindAsk ask;
    BANYAN_TRY(ask.asked, index::read_question(form.text("q"), reader));
    if (form.text("order") == "newest") ask.order = index::Order::newest;
    ask.limit = static_cast<std::size_t>(form.integer("limit").value_or(20));
    if (form.has("cursor")) {
        BANYAN_TRY(ask.cursor, read_cursor(form.text("cursor")));
    }
    return ask;
}

json::array passages_json(std::vector<index::Passage> const& passages) {
    json::array all;
    for (index::Passage const& passage : passages) {
        json::array parts;
        for (auto const& part : passage.parts) {
            json::object one{{"text", part.text}};
            if (part.hit) one["hit"] = true;
            parts.push_back(std::move(one));
        }
        json::object one{{"field", passage.field}, {"parts", std::move(parts)}};
        if (passage.cut_before) one["cut_before"] = true;
        if (passage.cut_after) one["cut_after"] = true;
        all.push_back(std::move(one));
    }
    return all;
}

json::object found_json(index::FoundMatters&& found, bool complete) {
    json::array hits;
    for (index::FoundMatter& matter : found.matters)
        hits.push_back({{"matter", std::move(matter.row)}, {"passages", passages_json(matter.passages)}});
    json::object body{{"hits", std::move(hits)}, {"about", found.about}, {"complete", complete}};
    if (found.more_than_about) body["more_than_about"] = true;
    if (found.loosely) body["loosely"] = true;
    if (!found.also.empty()) body["also"] = json::array(found.also.begin(), found.also.end());
    if (found.next) body["next"] = to_base64url(found.next->text());
    return body;
}

/// What a search asks of the house and of the index, held as long as it runs.
struct Searching {
    std::shared_ptr<Rules const> rules;
    Procedures procedures;
    std::shared_ptr<index::Names const> names;
    index::MatterIndex::Lease lease;
    Viewer viewer;

    Searching(House& house, index::MatterIndex& index, Call const& call)
        : rules(house.engine.rules()),
          procedures(house.engine.procedures()),
          names(index.names()),
          lease(index.searcher()),
          viewer{call.actor(), *rules, house.engine.moment(), nullptr} {}
    index::Tools tools(House& house, index::MatterIndex& index, store::Session& session) const {
        return {session, procedures, house.keys, index.reader(), *names, *lease};
    }
};

/// An index that cannot be searched is no reason to break: it is said.
template <class Work>
http::Reply searched(House& house, index::MatterIndex& index, Call const& call, Work const& work) {
    try {
        return index.search(work);
    } catch (search::Error const& error) {
        house.log.warn("search.failed", {{"why", std::string(error.what())}});
        return problem({"search.unavailable", {}, {}, {}}, house.texts, call.language);
    }
}

http::Reply search_matters(House& house, index::MatterIndex& index, store::Session& session, Call& call) {
    return searched(house, index, call, [&]() -> http::Reply {
        auto ask = ask_of(call, index.reader());
        if (!ask) return problem(ask.error(), house.texts, call.language);
        Searching const searching(house, index, call);
        auto found = index::find(std::move(*ask), searching.viewer, searching.tools(house, index, session));
        if (!found) return problem(found.error(), house.texts, call.language);
        return json_reply(200, found_json(std::move(*found), index.status().complete));
    });
}

http::Reply search_names(House& house, index::MatterIndex& index, store::Session& session, Call& call) {
    return searched(house, index, call, [&]() -> http::Reply {
        std::string const typed = index.reader().normalised(trim(Form(call.query).text("q")));
        Searching const searching(house, index, call);
        json::array names;
        std::size_t tried = 0;
        for (index::Name const* name : searching.names->suggest(typed, kMostNames + kMostRoadsTried)) {
            if (names.size() == kMostNames) break;
            if (Unit const* unit = searching.rules->directory->unit(name->unit)) {
                names.push_back(json::object{
                    {"text", name->text},
                    {"unit", json::object{{"code", unit->code}, {"zh", unit->zh}, {"en", unit->en}}}});
            } else if (!name->unit && tried++ < kMostRoadsTried &&
                       index::reads_somewhere(name->plain, searching.viewer,
                                              searching.tools(house, index, session))) {
                names.push_back(json::object{{"text", name->text}});
            }
        }
        return json_reply(200, json::object{{"names", std::move(names)}});
    });
}

shape::Schema found_shape() {
    using namespace shape;
    auto part = object({{"text", shape::text()}, {"hit?", always(true)}});
    auto passage = named(
        "passage", object({{"field", code("of the form it was said in")},
                           {"parts", list(std::move(part), "some 80 characters, cut where hits begin and end")},
                           {"cut_before?", always(true)},
                           {"cut_after?", always(true)}}));
    auto hit = named("hit", object({{"matter", matter_row_shape()},
                                    {"passages", list(std::move(passage), "at most two, the best first")}}));
    return object({{"hits", list(std::move(hit))},
                   {"about", count("how many the viewer may find, at most 1,000")},
                   {"more_than_about?", always(true)},
                   {"complete", flag("false: the index is still being made; what is there was searched")},
                   {"loosely?", always(true)},
                   {"also?", list(shape::text(), "names that were not typed, nearly so, and searched too")},
                   {"next?", shape::text("the next page's cursor; left out on the last")}});
}

shape::Schema names_found_shape() {
    using namespace shape;
    return object({{"names", list(object({{"text", shape::text()}, {"unit?", unit_shape()}}),
                                  "units, and roads that the viewer reads of in some matter")}});
}

}  // namespace

void add_search_operations(Api& api, House& house, index::MatterIndex& index) {
    using Type = Field::Type;
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/search",
             .name = "matter.search",
             .summary = "Matters by words, and what the viewer may read of them",
             .tag = "matters",
             .query = {{.name = "q",
                        .required = true,
                        .most = 4000,
                        .about = "words, \"phrases\", -not, and filters: docs/search.md"},
                       {.name = "order",
                        .type = Type::choice,
                        .choices = {"relevance", "newest"},
                        .about = "left out: relevance; of filters alone, newest"},
                       {.name = "limit",
                        .type = Type::integer,
                        .least = 1,
                        .most = 50,
                        .about = "hits of a page; left out: 20"},
                       {.name = "cursor",
                        .most = 80,
                        .about = "`next` of the page before, the other parameters as then"}},
             .replies = {{200, "hits, best first"},
                         {403, "tel: of who may not read telephones"},
                         {422, "a question that cannot be asked, by name"}},
             .reply = found_shape(),
             .handle = [&house, &index](Call&& call, http::Respond respond) {
                 query(house, std::move(call), std::move(respond),
                       [&house, &index](store::Session& session, Call& c) {
                           return search_matters(house, index, session, c);
                       });
             }});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/search/names",
             .name = "search.names",
             .summary = "Names of units and roads while they are typed: a part, the first letters of the pinyin, "
                        "one sign wrong",
             .tag = "matters",
             .query = {{.name = "q", .required = true, .most = 60, .about = "what was typed so far"}},
             .replies = {{200, "at most ten, best first"}},
             .reply = names_found_shape(),
             .handle = [&house, &index](Call&& call, http::Respond respond) {
                 query(house, std::move(call), std::move(respond),
                       [&house, &index](store::Session& session, Call& c) {
                           return search_names(house, index, session, c);
                       });
             }});
}

}  // namespace banyan::desk
