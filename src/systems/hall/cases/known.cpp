#include "systems/hall/cases/known.h"

#include <algorithm>

#include "kernel/engine/journal.h"
#include "kernel/engine/view.h"

namespace banyan::hall {
namespace {

constexpr std::int64_t kMostCases = 20;

std::vector<Matter> cases_of(Asking const& asking) {
    std::vector<std::int64_t> ids;
    asking.session.query("SELECT id FROM matter WHERE asker = $1 ORDER BY id DESC LIMIT $2",
                         {asking.person.value, kMostCases},
                         [&](store::Row const& row) { ids.push_back(row.integer(0)); });
    std::vector<Matter> all = load_matters(asking.session, ids, asking.procedures);
    std::erase_if(all, [](Matter const& matter) { return matter.procedure->name != "application"; });
    std::ranges::sort(all, std::ranges::greater{}, [](Matter const& matter) { return matter.id.value; });
    return all;
}

json::value parsed(json::object const& form, std::string_view field) {
    json::value const* text = form.if_contains(field);
    boost::system::error_code failed;
    json::value value =
        text != nullptr && text->is_string() ? json::parse(text->as_string(), failed) : json::value();
    return failed ? json::value() : value;
}

/// The newest says it.
void take_values(json::object const& from, Sheet const& sheet, json::object& values) {
    for (auto const& [name, value] : from)
        if (sheet.field(name) != nullptr && !values.contains(name)) values[name] = value;
}

void take_materials(json::value const& rows, MatterId matter, Item const& item, std::vector<GivenBefore>& all) {
    if (!rows.is_array()) return;
    for (json::value const& row : rows.as_array()) {
        std::string const code(row.at("code").as_string());
        bool const asked = std::ranges::find(item.materials, code, &Material::code) != item.materials.end();
        if (!asked || row.at("how").as_string() != "upload" ||
            std::ranges::find(all, code, &GivenBefore::code) != all.end())
            continue;
        GivenBefore& given =
            all.emplace_back(GivenBefore{code, std::string(row.at("name").as_string()), matter, {}});
        for (json::value const& file : row.at("files").as_array()) given.files.emplace_back(file.as_string());
    }
}

}  // namespace

KnownAlready known_of(Asking const& asking, Sheet const& sheet, Item const& item) {
    KnownAlready known;
    for (Matter const& matter : cases_of(asking)) {
        std::vector<EventRow> const history = load_history(asking.session, matter);
        if (history.empty()) continue;
        json::object personal = open_personal(asking.session, history.front().id, asking.keys);
        auto const first = event_from(history.front().body, *matter.procedure);
        json::value const answers = first ? parsed(first->form, "answers") : json::value();
        bool const same = answers.is_object() && answers.as_object().contains("applicant") &&
                          answers.at("applicant").as_string() == sheet.who;
        if (first) take_materials(parsed(first->form, "given"), matter.id, item, known.materials);
        if (!same) continue;  // what a company said is not the person's
        if (sheet.who == "company" && personal.contains("identity"))
            personal["credit_code"] = personal["identity"];
        for (char const* passing : {"agent", "agent_until", "by_agent"}) personal.erase(passing);
        take_values(personal, sheet, known.values);
        if (json::value const apart = parsed(personal, "private_answers"); apart.is_object())
            take_values(apart.as_object(), sheet, known.values);
    }
    if (Person const* person = asking.directory.person(asking.person);
        person != nullptr && sheet.who == "person") {
        if (!person->zh.empty()) known.values["name"] = person->zh;
        if (!person->phone.empty()) known.values["phone"] = person->phone;
    }
    return known;
}

}  // namespace banyan::hall
