// The question that somebody types, and what answers it.
#include <cmath>

#include "base/text.h"
#include "systems/knowledge/guides.h"
#include "systems/knowledge/routes.h"

namespace banyan::knowledge {

bool works_for_city(api::Call const& call) {
    return call.session && call.session->actor.role != "appellant" && call.session->actor.role != "partner";
}

void put_force(json::object& into, Force const& force) {
    into["area"] = force.area;
    if (force.from) into["from"] = iso(*force.from);
    if (force.until) into["until"] = iso(*force.until);
}

json::array rests_on(Stock const& stock, Entry const& entry, std::optional<Day> everyone) {
    json::array articles;
    for (std::string const& name : entry.articles) {
        std::size_t const colon = name.find(':');
        Law const* law = stock.law(std::string_view(name).substr(0, colon));
        if (law == nullptr || colon == std::string::npos) continue;
        if (everyone && !law->for_everyone(*everyone)) continue;
        articles.push_back({{"law", law->id}, {"title", law->title}, {"article", name.substr(colon + 1)}});
    }
    return articles;
}

shape::Schema rests_on_shape() {
    using namespace shape;
    return list(object({{"law", code()}, {"title", text("of the law")}, {"article", text("its number")}}));
}

void put_unit(json::object& into, std::string_view code, House const& house) {
    if (code.empty()) return;
    into["unit"] = code;
    auto const rules = house.engine.rules();
    if (Unit const* unit = rules->directory->unit(code)) into["unit_name"] = unit->zh;
}

namespace {

using shape::Schema;

/// Where the city lies; 00 before it has a centre.
std::string area_of_city(House const& house) {
    auto const rules = house.engine.rules();
    Unit const* centre = rules->directory->unit(rules->directory->city_centre());
    return centre != nullptr && !centre->region.empty() ? centre->region : "00";
}

/// Who does not work for the city asks what holds today, here.
Result<void> here_and_today(House const& house, Question const& question) {
    std::string const city = area_of_city(house);
    if (question.expired) return refuse("knowledge.staff_only", "query.expired");
    if (question.day != house.engine.moment().today()) return refuse("knowledge.staff_only", "query.date");
    if (question.area != "00" && !question.area.starts_with(city) && !city.starts_with(question.area))
        return refuse("knowledge.elsewhere", "query.area", {{"area", question.area}});
    return {};
}

Result<Question> question_of(House const& house, api::Call const& call) {
    Form form(call.query);
    Question question;
    question.text = form.text("q");
    question.area = form.has("area") ? std::string(form.text("area")) : area_of_city(house);
    if (!is_area(question.area)) return refuse("knowledge.area", "query.area", {{"area", question.area}});
    question.day = form.has("date") ? parse_day(form.text("date")).value() : house.engine.moment().today();
    question.unsure = works_for_city(call);
    question.everyone = !question.unsure;
    question.expired = form.flag("expired");
    if (question.everyone) BANYAN_CHECK(here_and_today(house, question));
    if (auto limit = form.integer("limit")) question.most = static_cast<std::size_t>(*limit);
    return question;
}

/// A token for each field of the step that answers on the spot.
json::array hints_of(api::HintTokens const& tokens, Entry const& entry) {
    constexpr std::string_view kBy = "knowledge";
    json::array hints;
    hints.push_back(
        {{"field", "entry"}, {"value", entry.id}, {"token", tokens.token("entry", json::value(entry.id), kBy)}});
    hints.push_back({{"field", "entry_version"},
                     {"value", entry.version},
                     {"token", tokens.token("entry_version", entry.version, kBy)}});
    return hints;
}

class Answers {
  public:
    Answers(House const& house, Library const& library, Question const& question, api::HintTokens const* tokens)
        : house_(house), library_(library), question_(question), tokens_(tokens) {}

    json::object write(Match const& match) const {
        json::object out{{"name", library_.name(match)},
                         {"kind", match.entry != nullptr ? "entry" : "article"},
                         {"title", match.entry != nullptr ? match.entry->title : match.law->title},
                         {"good", match.found.good},
                         {"expired", match.expired},
                         {"certainty", std::lround(match.found.certainty * 1000)}};
        put_force(out, match.force());
        json::array parts;
        for (Part const& part : library_.parts(match.passage, question_.text))
            parts.push_back({{"text", part.text}, {"hit", part.hit}});
        out["passage"] = std::move(parts);
        if (match.entry != nullptr)
            write_entry(out, match);
        else
            write_article(out, match);
        return out;
    }

  private:
    void write_entry(json::object& out, Match const& match) const {
        Entry const& entry = *match.entry;
        out["entry"] = entry.id;
        out["version"] = entry.version;
        out["sure"] = true;
        if (!entry.basis.empty()) out["basis"] = entry.basis;
        put_unit(out, entry.unit, house_);
        out["articles"] =
            rests_on(library_.stock(), entry, question_.everyone ? std::optional(question_.day) : std::nullopt);
        if (tokens_ != nullptr && !match.expired) out["hints"] = hints_of(*tokens_, entry);
    }
    void write_article(json::object& out, Match const& match) const {
        out["law"] = match.law->id;
        out["article"] = match.article->number;
        out["chapter"] = match.article->chapter;
        out["sure"] = match.law->sure;
        if (!match.law->sure && !match.law->note.empty()) out["note"] = match.law->note;
        if (match.expired && !match.law->superseded_by.empty()) {
            Law const* after = library_.stock().law(match.law->superseded_by);
            out["superseded_by"] = after != nullptr ? after->title : match.law->superseded_by;
        }
    }

    House const& house_;
    Library const& library_;
    Question const& question_;
    api::HintTokens const* tokens_;
};

Schema answer_shape() {
    using namespace shape;
    return named(
        "knowledge_answer",
        object({{"name", text("what a reply cites: ENTRY@VERSION or LAW:ARTICLE")},
                {"kind", one_of({"entry", "article"})},
                {"title", text("of the entry, or of the law")},
                {"good", flag("the program takes it for an answer; else it is a guess")},
                {"expired", flag("it no longer holds on the asked day: never an answer")},
                {"certainty", count("in thousandths: what `good` is decided by")},
                {"area", code("00 the whole country, else GB/T 2260")},
                {"from?", day("it holds from")},
                {"until?", day("the first day it no longer holds")},
                {"passage", list(object({{"text", text()}, {"hit", flag("words of the question stand here")}}),
                                 "the part of its text that fits best; joined, it is that text")},
                {"sure", flag("false: we do not know for certain that this law is as it says; seats only")},
                {"entry?", code()},
                {"version?", count()},
                {"basis?", text("of the entry")},
                {"unit?", code("that answers for the entry")},
                {"unit_name?", text()},
                {"articles?", rests_on_shape()},
                {"hints?", list(object({{"field", one_of({"entry", "entry_version"})},
                                        {"value", either({text(), count()})},
                                        {"token", text("comes back with the step that answers on the spot")}}))},
                {"law?", code()},
                {"article?", text("its number")},
                {"chapter?", text()},
                {"note?", text("why it is not sure")},
                {"superseded_by?", text("what came after a law that is over")}}));
}

Schema search_shape() {
    using namespace shape;
    return object({{"area", code("asked for")},
                   {"date", day("asked for")},
                   {"good", flag("the first is an answer; if not, nothing in the stock is known to be one")},
                   {"answers", list(answer_shape(), "the best first, those that are over last")}});
}

http::Reply search(House& house, Shelf const& shelf, api::Call const& call) {
    auto const question = question_of(house, call);
    if (!question) return api::problem(question.error(), house.texts, call.language);
    auto const library = shelf.library();
    api::HintTokens const tokens = api::hint_tokens(house, call);
    Answers const answers(house, *library, *question, works_for_city(call) ? &tokens : nullptr);
    json::array rows;
    bool good = false;
    for (Match const& match : library->find(*question)) {
        good = good || (rows.empty() && match.found.good);
        rows.push_back(answers.write(match));
    }
    return api::json_reply(
        200,
        {{"area", question->area}, {"date", iso(question->day)}, {"good", good}, {"answers", std::move(rows)}});
}

}  // namespace

void add_search_operations(Api& api, House& house, Shelf const& shelf) {
    using Type = Field::Type;
    api.add(
        {.method = http::Method::get,
         .pattern = "/api/v1/knowledge/search",
         .name = "knowledge.search",
         .summary = "Which entry or article answers a question, in force there and then",
         .tag = "knowledge",
         .who = api::Who::anyone,
         .query = {{.name = "q", .required = true, .least = 2, .most = 500, .about = "the question, in any words"},
                   {.name = "area",
                    .type = Type::region,
                    .about = "GB/T 2260; left out: the city; another place: staff only"},
                   {.name = "date",
                    .type = Type::day,
                    .about = "in force that day; left out: today; another day: staff only"},
                   {.name = "expired",
                    .type = Type::flag,
                    .about = "with what was over that day, marked; staff only"},
                   {.name = "limit",
                    .type = Type::integer,
                    .least = 1,
                    .most = 50,
                    .about = "answers at most; left out: 10"}},
         .replies = {{200, "answers, or none; `good` says whether the first is one"},
                     {403, "only who works for the city asks of another day, or for what is over"}},
         .reply = search_shape(),
         .handle = [&house, &shelf](api::Call&& call, http::Respond respond) {
             api::query(house, std::move(call), std::move(respond),
                        [&house, &shelf](store::Session&, api::Call& c) { return search(house, shelf, c); });
         }});
}

}  // namespace banyan::knowledge
