#include "systems/hints/intake.h"

#include "kernel/engine/view.h"
#include "systems/hints/routing.h"

namespace banyan::hints {
namespace {

constexpr std::size_t kMostCandidates = 3;

json::object names(Names const& said) { return {{"zh", said.zh}, {"en", said.en}}; }

json::object names_of(Unit const& unit) { return {{"code", unit.code}, {"zh", unit.zh}, {"en", unit.en}}; }

/// One of the model's proposals: which field of a form it is for, and where its values have names.
struct Question {
    std::string_view field;
    std::map<std::string, Names, std::less<>> const* names = nullptr;
};

json::object candidate_json(learning::Candidate const& candidate, Question const& question) {
    json::object object{{"value", candidate.label}, {"percent", percent(candidate.probability)}};
    if (question.names != nullptr)
        if (auto said = question.names->find(candidate.label); said != question.names->end())
            object["names"] = names(said->second);
    return object;
}

/// A flag of a form is true or false, whatever the model calls it.
json::value value_for(Question const& question, std::string_view label) {
    return question.field == "urgent" ? json::value(label == "1") : json::value(label);
}

json::object judged(Hints& hints, learning::Text const& text, Question const& question, HintTokens const* tokens) {
    json::object object{{"candidates", json::array()}};
    auto const model = hints.models.get(question.field);
    if (model == nullptr) return object;
    learning::Judgement const judgement = model->judge(text, 0);
    json::array candidates, tops;
    for (learning::Candidate const& candidate : judgement.candidates) {
        if (candidates.size() == kMostCandidates) break;
        candidates.push_back(candidate_json(candidate, question));
    }
    if (judgement.coverage > 0) object["candidates"] = std::move(candidates);
    for (learning::Candidate const& top : model->parents_of(judgement)) {
        if (tops.size() == kMostCandidates) break;
        tops.push_back(candidate_json(top, question));
    }
    if (judgement.coverage > 0 && !tops.empty()) object["tops"] = std::move(tops);
    if (!judgement.certain) return object;
    json::object proposed = candidate_json(judgement.candidates.front(), question);
    json::array why;
    for (learning::Reason const& reason : model->why(text, judgement.label()))
        why.push_back({{"passage", reason.passage}, {"percent", percent(reason.weight)}});
    proposed["why"] = std::move(why);
    if (tokens != nullptr)
        proposed["token"] =
            tokens->token(question.field, value_for(question, judgement.label()), "model." + model->about().made);
    object["proposed"] = std::move(proposed);
    return object;
}

json::object region_json(Hints& hints, Appeal const& appeal, std::string& region, HintTokens const* tokens) {
    json::object object;
    std::string const text = appeal.place + "\n" + appeal.title + "\n" + appeal.body;
    auto found = hints.places->region(text, hints.city);
    if (!found) return object;
    if (region.empty()) region = found->code;
    json::array mentions;
    for (language::Mention const& mention : found->mentions) mentions.push_back(json::value(mention.name));
    json::object proposed{{"value", found->code},
                          {"zh", hints.places->name(found->code)},
                          {"percent", percent(found->certainty)},
                          {"mentions", std::move(mentions)}};
    if (tokens != nullptr) proposed["token"] = tokens->token("region", json::value(found->code), "places");
    object["proposed"] = std::move(proposed);
    return object;
}

std::string_view why_key(DispatchCatalogue::Proposal::Why why) {
    using Why = DispatchCatalogue::Proposal::Why;
    switch (why) {
        case Why::row:
            return "row";
        case Why::unclear:
            return "unclear";
        case Why::needs_area:
            return "needs_area";
        case Why::no_unit:
            return "no_unit";
        case Why::no_row:
            break;
    }
    return "no_row";
}

json::array past_json(Routing const& routing, Directory const& directory) {
    json::array past;
    for (Experience::Line const& line : routing.past)
        if (Unit const* unit = directory.unit(line.unit))
            past.push_back({{"unit", names_of(*unit)}, {"led", line.led}, {"returned", line.returned}});
    return past;
}

json::object unit_json(Hints& hints, std::string_view class_code, std::string const& region,
                       HintTokens const* tokens, bool staff) {
    if (class_code.empty()) return {{"why", "no_class"}};
    auto const rules = hints.house.engine.rules();
    auto const lists = hints.lists();
    Routing const routing = route(lists->catalogue, hints.experience, *rules->directory, class_code, region);
    json::object object{{"why", routing.by_experience ? "experience" : why_key(routing.said.why)}};
    if (routing.said.row != nullptr && staff) object["note"] = routing.said.row->note;
    if (routing.lead != nullptr) {
        json::object proposed{{"lead", names_of(*routing.lead)}};
        json::array assist;
        for (Unit const* unit : routing.said.assist) assist.push_back(names_of(*unit));
        proposed["assist"] = std::move(assist);
        if (tokens != nullptr)
            proposed["token"] = tokens->token("lead", json::value(routing.lead->code),
                                              routing.by_experience ? "experience" : "catalogue");
        object["proposed"] = std::move(proposed);
    }
    if (staff) {
        object["past"] = past_json(routing, *rules->directory);
        object["past_in_area"] = routing.past_in_area;
    }
    return object;
}

/// One for each line, in the order of the text.
json::array emergency_json(Hints& hints, Appeal const& appeal) {
    json::array lines;
    std::string const text = appeal.title + "\n" + appeal.body;
    for (language::Danger const& danger : hints.emergencies->find(text)) {
        json::string const word(text.substr(danger.offset, danger.length));
        auto known = std::ranges::find_if(
            lines, [&](json::value const& line) { return line.at("line").as_string() == danger.line; });
        if (known == lines.end()) {
            lines.push_back({{"line", danger.line}, {"words", json::array{word}}});
            continue;
        }
        json::array& words = known->at("words").as_array();
        if (std::ranges::find(words, json::value(word)) == words.end()) words.push_back(word);
    }
    return lines;
}

}  // namespace

json::object intake(Hints& hints, Appeal const& appeal, HintTokens const* tokens, bool staff) {
    learning::Text const text{appeal.title, appeal.body};
    json::object object;
    auto const lists = hints.lists();
    object["class"] = judged(hints, text, {"class", &lists->classes}, tokens);
    object["kind"] = judged(hints, text, {"kind"}, tokens);
    object["urgent"] = judged(hints, text, {"urgent"}, tokens);
    std::string region = appeal.region;
    object["region"] = region_json(hints, appeal, region, tokens);
    std::string class_code = appeal.class_code;
    if (class_code.empty())
        if (json::value const* proposed = object["class"].as_object().if_contains("proposed"))
            class_code = std::string(proposed->at("value").as_string());
    object["unit"] = unit_json(hints, class_code, region, tokens, staff);
    object["emergency"] = emergency_json(hints, appeal);
    return object;
}

namespace {

shape::Schema judged_shape() {
    using namespace shape;
    shape::Schema const candidate =
        named("candidate", object({{"value", code("what the form's field would say; urgent: 1 or 0")},
                                   {"names?", names_shape()},
                                   {"percent", count("how sure, of 100")}}));
    return named("judged",
                 object({{"candidates", list(candidate, "the likeliest, at most three; not a proposal")},
                         {"tops?", list(candidate, "the same of level 1")},
                         {"proposed?",
                          extended(candidate, {{"why", list(object({{"passage", text()}, {"percent", count()}}),
                                                            "what of the text spoke for it")},
                                               {"token?", text("for `hints` of the step that follows")}})}}));
}

}  // namespace

shape::Schema intake_shape() {
    using namespace shape;
    return named(
        "intake_hints",
        object(
            {{"class", judged_shape()},
             {"kind", judged_shape()},
             {"urgent", judged_shape()},
             {"region", object({{"proposed?", object({{"value", code()},
                                                      {"zh", text()},
                                                      {"percent", count()},
                                                      {"mentions", list(text(), "names of places that weighed")},
                                                      {"token?", text()}})}})},
             {"unit",
              object(
                  {{"why", one_of({"row", "unclear", "needs_area", "no_row", "no_unit", "no_class", "experience"},
                                  "its sentence is hints.unit.WHY of the texts")},
                   {"note?", text("of the catalogue's row")},
                   {"proposed?",
                    object({{"lead", unit_shape()}, {"assist", list(unit_shape())}, {"token?", text()}})},
                   {"past?", list(object({{"unit", unit_shape()},
                                          {"led", count("such matters")},
                                          {"returned", count("of those")}}))},
                   {"past_in_area?", flag("else of the whole city")}})},
             {"emergency", list(object({{"line", one_of({"110", "119", "120", "122"}, "whom to ring up")},
                                        {"words", list(text(), "what was written")}}),
                                "words of danger that is now; they warn, and nothing is handed over. Its sentence "
                                "is hints.emergency.LINE of the texts")}}));
}

}  // namespace banyan::hints
