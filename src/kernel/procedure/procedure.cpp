#include "kernel/procedure/procedure.h"

#include <algorithm>
#include <array>

namespace banyan {
namespace {

constexpr std::array<std::string_view, 20> kTreeWords{
    "none",      "offer",      "sign",         "contact",       "reply",           "approve",
    "send_back", "ask_return", "grant_return", "refuse_return", "designate",       "delegate",
    "recall",    "assist",     "waive",        "ask_extension", "grant_extension", "refuse_extension",
    "redo",      "close"};
constexpr std::array<std::string_view, 9> kRelations{"anyone", "asker",    "centre", "city", "holder",
                                                     "lead",   "superior", "clock",  "along"};

template <class List>
Index index_of(List const& list, std::string_view wanted) {
    for (std::size_t i = 0; i < list.size(); ++i)
        if (list[i].name == wanted) return static_cast<Index>(i);
    return -1;
}

void texts_of_fields(std::vector<Field> const& fields, std::set<std::string>& texts) {
    for (Field const& field : fields) {
        texts.insert("field." + field.name);
        for (std::string const& choice : field.choices) texts.insert("choice." + field.name + "." + choice);
        texts_of_fields(field.inner, texts);
    }
}

}  // namespace

Index Procedure::stage(std::string_view stage_name) const { return index_of(stages, stage_name); }
Index Procedure::step(std::string_view step_name) const { return index_of(steps, step_name); }

bool asks_step(Condition const& condition) {
    using What = Condition::What;
    switch (condition.what) {
        case What::within:
        case What::at_most:
        case What::at_least:
        case What::at_least_days:
        case What::done:
        case What::not_done:
        case What::other_person:
            return true;
        default:
            return false;
    }
}

std::string_view name(TreeWord word) { return kTreeWords[static_cast<std::size_t>(word)]; }
std::string_view name(Relation relation) { return kRelations[static_cast<std::size_t>(relation)]; }

std::optional<TreeWord> tree_word(std::string_view word) {
    auto found = std::ranges::find(kTreeWords, word);
    if (found == kTreeWords.end()) return std::nullopt;
    return static_cast<TreeWord>(found - kTreeWords.begin());
}

std::optional<Relation> relation(std::string_view word) {
    auto found = std::ranges::find(kRelations, word);
    if (found == kRelations.end()) return std::nullopt;
    return static_cast<Relation>(found - kRelations.begin());
}

std::set<std::string> texts_of(Procedure const& procedure) {
    std::set<std::string> texts{"procedure." + procedure.name};
    for (std::string const& kind : procedure.kinds) texts.insert("kind." + kind);
    for (Stage const& stage : procedure.stages) texts.insert("stage." + stage.name);
    for (Step const& step : procedure.steps) {
        texts.insert("step." + step.name);
        if (step.name == kUndo) texts.insert({"tell.undone", "tell.taken_back"});
        texts_of_fields(step.form, texts);
        for (auto const& [flag, value] : step.sets) texts.insert("field." + flag);
        for (Condition const& need : step.needs) texts.insert("refusal." + need.key);
        for (Otherwise const& other : step.otherwise) texts.insert("refusal." + other.key);
        for (Tell const& tell : step.tells) texts.insert("tell." + tell.text);
        for (ActorRule const& actor : step.by)
            if (!actor.role.empty()) texts.insert("role." + actor.role);
        for (Count const& count : step.counts) texts.insert("measure." + count.measure);
    }
    return texts;
}

}  // namespace banyan
