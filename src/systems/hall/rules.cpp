#include "systems/hall/rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "platform/config/toml.h"
#include "systems/hall/code.h"

namespace banyan::hall {
namespace {

/// Permit law, articles 42 and 45: working days, unless a law or regulation says otherwise.
constexpr int kPermitDays = 20, kJointPermitDays = 45;
constexpr int kWholeOnLine = 5;

using Faults = std::vector<Refusal>;

void add(Faults& faults, std::string key, std::string field,
         std::vector<std::pair<std::string, std::string>> params = {}) {
    faults.push_back({std::move(key), std::move(field), std::move(params), {}});
}
std::string at(std::string_view list, std::size_t place, std::string_view member) {
    return fmt::format("{}[{}].{}", list, place, member);
}

void check_code(Faults& faults, Item const& item) {
    auto const code = read_code(item.code);
    if (!code)
        faults.push_back(code.error());
    else if (code->type != item.type)
        add(faults, "code.type", "code",
            {{"code", std::string(code_of(code->type))}, {"type", std::string(code_of(item.type))}});
}

void check_place(Faults& faults, Item const& item, Surroundings const& around) {
    auto const* region = around.regions.at(item.region);
    if (region == nullptr)
        add(faults, "region.unknown", "region", {{"region", item.region}});
    else if (region->level != static_cast<int>(item.level) + 1)
        add(faults, "region.level", "level",
            {{"region", region->name}, {"level", std::string(code_of(item.level))}});
    for (std::size_t i = 0; i < item.classes.size(); ++i)
        if (around.classes.at(item.classes[i]) == nullptr)
            add(faults, "class.unknown", fmt::format("classes[{}]", i), {{"value", item.classes[i]}});
    for (std::size_t i = 0; i < item.scenes.size(); ++i)
        if (around.classes.scene(item.scenes[i]) == nullptr)
            add(faults, "scene.unknown", fmt::format("scenes[{}]", i), {{"value", item.scenes[i]}});
}

void check_materials(Faults& faults, Item const& item, CatchAll const& catch_all) {
    std::set<std::string_view> codes, names;
    for (std::size_t i = 0; i < item.materials.size(); ++i) {
        Material const& material = item.materials[i];
        if (catch_all.fits(material.name))
            add(faults, "material.catch_all", at("materials", i, "name"), {{"name", material.name}});
        bool const code_is_new = codes.insert(material.code).second,
                   name_is_new = names.insert(material.name).second;
        if (!code_is_new || !name_is_new)
            add(faults, "material.twice", at("materials", i, code_is_new ? "name" : "code"),
                {{"name", material.name}});
        if (material.shared && material.form != "noneed")
            add(faults, "material.shared_asked", at("materials", i, "form"), {{"name", material.name}});
        if (item.star >= kWholeOnLine && material.form == "paper")
            add(faults, "star.paper", at("materials", i, "form"), {{"name", material.name}});
    }
}

void check_limits(Faults& faults, Item const& item) {
    int const ceiling = item.has("joint") ? kJointPermitDays : kPermitDays;
    int const longest = std::max(item.legal_days, item.promised_days);
    if (item.type == Type::permit && longest > ceiling && item.legal_over.empty())
        add(faults, "limit.beyond_law", item.legal_days > ceiling ? "legal_days" : "promised_days",
            {{"days", std::to_string(longest)}, {"most", std::to_string(ceiling)}});
    if (item.legal_days >= 0 && item.promised_days > item.legal_days)
        add(faults, "limit.promise_beyond_legal", "promised_days",
            {{"promised", std::to_string(item.promised_days)}, {"legal", std::to_string(item.legal_days)}});
    if (item.kind == Kind::instant && item.promised_days > 0)
        add(faults, "limit.instant_with_days", "promised_days",
            {{"promised", std::to_string(item.promised_days)}});
    if (item.kind == Kind::promised && item.promised_days == 0) add(faults, "limit.no_promise", "promised_days");
}

void check_special(Faults& faults, Item const& item) {
    for (std::size_t i = 0; i < item.special.size(); ++i) {
        Special const& special = item.special[i];
        if (special.basis.empty())
            add(faults, "special.no_basis", at("special", i, "basis"), {{"name", special.name}});
        if (special.days == 0) add(faults, "special.no_days", at("special", i, "days"), {{"name", special.name}});
    }
    if (item.kind == Kind::instant && !item.special.empty())
        add(faults, "special.instant", "special", {{"name", item.special.front().name}});
}

void check_how(Faults& faults, Item const& item) {
    if (item.star >= kWholeOnLine && item.in_person > 0)
        add(faults, "star.in_person", "in_person", {{"times", std::to_string(item.in_person)}});
    if (item.delivers("electronic") && !item.result.electronic)
        add(faults, "delivery.not_electronic", "delivery", {{"name", item.result.name}});
    if (item.result.type != "none" && item.delivery.empty()) add(faults, "delivery.missing", "delivery");
    for (auto const& [name, text] :
         {std::pair("basis", &item.fee.basis), std::pair("standard", &item.fee.standard)})
        if (item.fee.charged && text->empty()) add(faults, "fee.no_basis", std::string("fee.") + name);
    bool const by_law = item.type != Type::service && item.type != Type::other;
    if (by_law && item.basis.empty()) add(faults, "basis.missing", "basis");
}

}  // namespace

bool CatchAll::fits(std::string_view material) const {
    std::string_view const name = trim(material);
    if (std::ranges::any_of(endings, [&](std::string const& ending) { return name.ends_with(ending); }))
        return true;
    if (std::ranges::find(whole, name) != whole.end()) return true;
    bool said_vaguely = false;
    for (std::string_view rest = name; !rest.empty();) {
        auto begins = [&](std::string const& word) { return rest.starts_with(word); };
        auto word = std::ranges::find_if(vague, begins);
        if (word != vague.end()) {
            said_vaguely = true;
        } else {
            word = std::ranges::find_if(filler, begins);
            if (word == filler.end()) return false;
        }
        rest.remove_prefix(word->size());
    }
    return said_vaguely;
}

Result<CatchAll> read_catch_all(std::string_view toml) {
    BANYAN_TRY(TomlDocument const document, parse_toml(toml));
    CatchAll words;
    json::value const* table = document.root.if_contains("catch_all");
    for (auto const& [name, into] :
         std::initializer_list<std::pair<char const*, std::vector<std::string>*>>{{"vague", &words.vague},
                                                                                  {"filler", &words.filler},
                                                                                  {"endings", &words.endings},
                                                                                  {"whole", &words.whole}}) {
        json::value const* list =
            table != nullptr && table->is_object() ? table->as_object().if_contains(name) : nullptr;
        if (list != nullptr && list->is_array())
            for (json::value const& word : list->as_array())
                if (word.is_string() && !word.as_string().empty()) into->emplace_back(word.as_string());
        if (into->empty()) return refuse("hall.words_missing", name);
    }
    // 证明材料 before 证明, or what is left of a longer word would not be one
    auto longest_first = [](std::string const& one, std::string const& other) {
        return one.size() > other.size();
    };
    for (auto* list : {&words.vague, &words.filler}) std::ranges::stable_sort(*list, longest_first);
    return words;
}

std::vector<Rule> const& rules() {
    static std::vector<Rule> const kRules{
        {"name.missing", "guide"},
        {"code.check", "code"},
        {"code.type", "code"},
        {"code.unit", "code"},
        {"item.twice", "code"},
        {"type.unknown", "code"},
        {"unit.unknown", "guide"},
        {"region.unknown", "guide"},
        {"region.level", "guide"},
        {"class.unknown", "guide"},
        {"scene.unknown", "guide"},
        {"basis.missing", "by_law"},
        {"material.catch_all", "no_catch_all"},
        {"material.twice", "no_catch_all"},
        {"material.shared_asked", "sharing"},
        {"limit.beyond_law", "permit_days"},
        {"limit.promise_beyond_legal", "permit_days"},
        {"limit.instant_with_days", "guide"},
        {"limit.no_promise", "guide"},
        {"special.no_basis", "special"},
        {"special.no_days", "special"},
        {"special.instant", "special"},
        {"star.paper", "stars"},
        {"star.in_person", "stars"},
        {"trips.contradiction", "trips"},
        {"delivery.not_electronic", "trips"},
        {"delivery.missing", "guide"},
        {"fee.no_basis", "fees"},
    };
    return kRules;
}

std::vector<Refusal> faults_of(Item const& item, Surroundings const& around) {
    Faults faults;
    check_code(faults, item);
    check_place(faults, item, around);
    check_materials(faults, item, around.catch_all);
    check_limits(faults, item);
    check_special(faults, item);
    check_how(faults, item);
    return faults;
}

}  // namespace banyan::hall
