// One entry, one law, one article, whole.

#include <algorithm>

#include "systems/knowledge/ledger.h"
#include "systems/knowledge/routes.h"

namespace banyan::knowledge {
namespace {

using shape::Schema;

json::object version_json(Entry const& entry, Day day) {
    json::object out{{"version", entry.version}, {"expired", entry.force.over(day)}};
    put_force(out, entry.force);
    return out;
}

Schema version_shape() {
    using namespace shape;
    return object({{"version", count()},
                   {"expired", flag("over today")},
                   {"area", code()},
                   {"from?", day()},
                   {"until?", day("the first day it no longer holds")}});
}

/// The asked version, or the one in force today; when none is, the last.
Entry const* chosen(std::vector<Entry const*> const& versions, std::optional<std::int64_t> asked, Day day) {
    Entry const* found = nullptr;
    for (Entry const* each : versions) {
        if (asked && each->version == *asked) return each;
        if (!asked && each->force.begun(day) && (found == nullptr || !each->force.over(day))) found = each;
    }
    return asked || found != nullptr || versions.empty() ? found : versions.back();
}

/// What only who works for the city is told of an entry.
void put_desk(json::object& out, Entry const& entry, store::Session& session) {
    Opinion const opinion = load_opinion(session, entry.id, entry.version);
    out["staff_only"] = entry.staff_only;
    out["taken_down"] = entry.taken_down;
    if (entry.matter) out["matter"] = entry.matter.text();
    out["opinion"] = {{"helpful", opinion.helpful},
                      {"not_helpful", opinion.not_helpful},
                      {"corrections", opinion.corrections},
                      {"open_corrections", opinion.open_corrections}};
}

http::Reply entry(House& house, Shelf const& shelf, store::Session& session, api::Call const& call) {
    auto const library = shelf.library();
    Day const today = house.engine.moment().today();
    Entry const* found = entry_for(library->stock(), call, Form(call.query).integer("version"), today);
    if (found == nullptr) return api::problem({"entry.unknown", {}, {}, {}}, house.texts, call.language);
    json::object out = version_json(*found, today);
    out["entry"] = found->id;
    out["title"] = found->title;
    out["body"] = found->body;
    if (!found->en.empty()) out["en"] = found->en;
    if (!found->basis.empty()) out["basis"] = found->basis;
    if (!found->class_code.empty()) out["class"] = found->class_code;
    put_unit(out, found->unit, house);
    json::array wordings, others;
    for (std::string const& variant : found->variants) wordings.emplace_back(variant);
    if (works_for_city(call)) {
        for (Entry const* each : library->stock().versions(found->id))
            if (each != found) others.push_back(version_json(*each, today));
        put_desk(out, *found, session);
    }
    out["variants"] = std::move(wordings);
    out["articles"] =
        rests_on(library->stock(), *found, works_for_city(call) ? std::nullopt : std::optional(today));
    out["others"] = std::move(others);
    return api::json_reply(200, out);
}

Schema entry_shape() {
    using namespace shape;
    return extended(version_shape(), {{"entry", code()},
                                      {"title", text()},
                                      {"body", text()},
                                      {"en?", text("the title in English")},
                                      {"basis?", text()},
                                      {"class?", code("of the catalogue `classes`")},
                                      {"unit?", code("that answers for it")},
                                      {"unit_name?", text()},
                                      {"variants", list(text(), "other wordings of the question")},
                                      {"articles", rests_on_shape()},
                                      {"others", list(version_shape(), "its other versions; staff only")},
                                      {"staff_only?", flag("citizens do not find it; staff only")},
                                      {"taken_down?", flag("nobody may cite it any more; staff only")},
                                      {"matter?", id("that published it, where it is revised; staff only")},
                                      {"opinion?", named("opinion", object({{"helpful", count("people")},
                                                                            {"not_helpful", count("people")},
                                                                            {"corrections", count("proposed")},
                                                                            {"open_corrections", count()}}))}});
}

/// What may be seen: national law in force, and all of it by who works for the city.
Law const* law_for(Stock const& stock, api::Call const& call, Day today) {
    Law const* law = stock.law(call.param(0));
    return law != nullptr && (works_for_city(call) || law->for_everyone(today)) ? law : nullptr;
}

json::object law_json(Stock const& stock, Law const& law, Day day) {
    json::object out{{"law", law.id},
                     {"title", law.title},
                     {"kind", law.kind},
                     {"sure", law.sure},
                     {"in_force", law.force.begun(day) && !law.force.over(day)}};
    put_force(out, law.force);
    if (law.made) out["made"] = iso(*law.made);
    if (!law.note.empty()) out["note"] = law.note;
    if (!law.superseded_by.empty()) {
        Law const* after = stock.law(law.superseded_by);
        out["superseded_by"] = after != nullptr ? after->title : law.superseded_by;
    }
    return out;
}

Schema law_shape() {
    using namespace shape;
    return object({{"law", code()},
                   {"title", text()},
                   {"kind", one_of({"law", "regulation", "rule", "local"})},
                   {"sure", flag("that its days are right and nothing has changed since")},
                   {"in_force", flag("today")},
                   {"area", code("00 the whole country, else GB/T 2260")},
                   {"from?", day("this text holds from")},
                   {"until?", day("the first day it no longer holds")},
                   {"made?", day("of this text")},
                   {"note?", text()},
                   {"superseded_by?", text("what came after it")}});
}

http::Reply law(House& house, Shelf const& shelf, store::Session&, api::Call const& call) {
    auto const library = shelf.library();
    Stock const& stock = library->stock();
    Day const today = house.engine.moment().today();
    Law const* found = law_for(stock, call, today);
    if (found == nullptr) return api::problem({"law.unknown", {}, {}, {}}, house.texts, call.language);
    json::object out = law_json(stock, *found, today);
    json::array articles;
    for (std::size_t i = found->first; i < found->first + found->count; ++i)
        articles.push_back({{"article", stock.articles[i].number},
                            {"chapter", stock.articles[i].chapter},
                            {"text", stock.articles[i].text}});
    out["articles"] = std::move(articles);
    return api::json_reply(200, out);
}

Schema article_row_shape() {
    using namespace shape;
    return object({{"article", text("its number")}, {"chapter", text()}, {"text", text()}});
}

http::Reply article(House& house, Shelf const& shelf, store::Session&, api::Call const& call) {
    auto const library = shelf.library();
    Stock const& stock = library->stock();
    Day const today = house.engine.moment().today();
    Law const* law = law_for(stock, call, today);
    Article const* found = law == nullptr ? nullptr : stock.article(*law, call.param(1));
    if (found == nullptr) return api::problem({"law.unknown", {}, {}, {}}, house.texts, call.language);
    json::object out{{"article", found->number},
                     {"chapter", found->chapter},
                     {"text", found->text},
                     {"of", law_json(stock, *law, today)}};
    json::array entries;
    for (Entry const& each : stock.entries)
        if (std::ranges::find(each.articles, stock.name(*found)) != each.articles.end() &&
            (works_for_city(call) ? !each.taken_down && !each.force.over(today) : each.for_everyone(today)))
            entries.push_back({{"entry", each.id}, {"version", each.version}, {"title", each.title}});
    out["entries"] = std::move(entries);
    return api::json_reply(200, out);
}

Schema article_shape() {
    using namespace shape;
    return extended(article_row_shape(),
                    {{"of", law_shape()},
                     {"entries", list(object({{"entry", code()}, {"version", count()}, {"title", text()}}),
                                      "that rest on it")}});
}

using Answer = http::Reply (*)(House&, Shelf const&, store::Session&, api::Call const&);

/// A query for anyone, answered from memory, but for what is counted.
api::Operation looked_up(House& house, Shelf const& shelf, Answer answer) {
    api::Operation operation{.method = http::Method::get};
    operation.tag = "knowledge";
    operation.who = api::Who::anyone;
    operation.handle = [&house, &shelf, answer](api::Call&& call, http::Respond respond) {
        api::query(house, std::move(call), std::move(respond),
                   [&house, &shelf, answer](store::Session& session, api::Call& c) {
                       return answer(house, shelf, session, c);
                   });
    };
    return operation;
}

}  // namespace

Entry const* entry_for(Stock const& stock, api::Call const& call, std::optional<std::int64_t> version, Day today) {
    Entry const* found = chosen(stock.versions(call.param(0)), version, today);
    return found != nullptr && (works_for_city(call) || found->for_everyone(today)) ? found : nullptr;
}

void add_stock_operations(Api& api, House& house, Shelf const& shelf) {
    using Type = Field::Type;
    api::Operation one = looked_up(house, shelf, entry);
    one.pattern = "/api/v1/knowledge/entries/{id}";
    one.name = "knowledge.entry";
    one.summary = "A knowledge entry: the version in force; another only for staff";
    one.path = {{.name = "id", .type = Type::code}};
    one.query = {{.name = "version", .type = Type::integer, .least = 1, .most = 9999}};
    one.replies = {{200, "the entry"}, {404, "there is no such entry or version, or only staff see it"}};
    one.reply = entry_shape();
    api.add(std::move(one));

    one = looked_up(house, shelf, law);
    one.pattern = "/api/v1/knowledge/laws/{law}";
    one.name = "knowledge.law";
    one.summary = "A law with its articles";
    one.path = {{.name = "law", .type = Type::code}};
    one.replies = {{200, "the law"}, {404, "there is none, or only seats see it"}};
    one.reply = shape::extended(law_shape(), {{"articles", shape::list(article_row_shape())}});
    api.add(std::move(one));

    one = looked_up(house, shelf, article);
    one.pattern = "/api/v1/knowledge/laws/{law}/articles/{article}";
    one.name = "knowledge.article";
    one.summary = "An article of a law, and the entries that rest on it";
    one.path = {{.name = "law", .type = Type::code}, {.name = "article", .type = Type::code}};
    one.replies = {{200, "the article"}, {404, "there is none, or only seats see it"}};
    one.reply = article_shape();
    api.add(std::move(one));
}

}  // namespace banyan::knowledge
