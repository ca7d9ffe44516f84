#include "systems/hall/cases/application.h"

#include <algorithm>
#include <set>

namespace banyan::hall {
namespace {

/// All that is wrong, by field.
class Faults {
  public:
    void add(std::string key, std::string field, std::vector<std::pair<std::string, std::string>> params = {}) {
        all_.push_back({std::move(key), std::move(field), std::move(params), {}});
    }
    void add(Refusal refusal) {
        std::vector<Refusal> others = std::move(refusal.others);
        refusal.others.clear();
        all_.push_back(std::move(refusal));
        std::ranges::move(others, std::back_inserter(all_));
    }
    std::optional<Refusal> refusal() {
        if (all_.empty()) return std::nullopt;
        Refusal first = std::move(all_.front());
        first.others.assign(std::move_iterator(all_.begin() + 1), std::move_iterator(all_.end()));
        return first;
    }

  private:
    std::vector<Refusal> all_;
};

/// Asked of whoever applies: what the government has already, and what is wanted in some cases only, is not.
bool wanted(Material const& material, Sheet const& sheet) {
    return material.form != "noneed" && !material.shared && material.when.empty() && !sheet.stands_for(material);
}

struct Given {
    json::array rows;
    json::array files;
    bool papers = false;
};

void take_material(json::object const& said, Item const& item, Sheet const& sheet, std::set<std::string>& seen,
                   Given& given, Faults& faults) {
    std::string const code(said.at("code").as_string());
    std::string const how(said.at("how").as_string());
    std::string const field = "materials." + code;
    auto const material = std::ranges::find(item.materials, code, &Material::code);
    if (material == item.materials.end() || material->form == "noneed" || material->shared ||
        sheet.stands_for(*material))
        return faults.add("material.unknown", field, {{"material", code}});
    if (!seen.insert(code).second)
        return faults.add("material.given_twice", field, {{"material", material->name}});
    json::array files;
    if (json::value const* named = said.if_contains("files"); named != nullptr && named->is_array())
        files = named->as_array();
    if (how == "upload" && files.empty())
        return faults.add("material.not_uploaded", field, {{"material", material->name}});
    if (how == "licence" && material->form != "licence")
        return faults.add("material.not_shared", field, {{"material", material->name}});
    if (how == "paper" && (material->form == "upload" || material->form == "form") && item.star >= 4)
        return faults.add("material.not_uploaded", field, {{"material", material->name}});
    if (how == "follow" && !item.has("missing_papers"))
        return faults.add("material.no_following", field, {{"material", material->name}});
    given.papers = given.papers || how == "paper";
    given.files.insert(given.files.end(), files.begin(), files.end());
    given.rows.push_back({{"code", code}, {"name", material->name}, {"how", how}, {"files", std::move(files)}});
}

Given take_materials(json::array const& said, Item const& item, Sheet const& sheet, Faults& faults) {
    Given given;
    std::set<std::string> seen;
    for (json::value const& each : said) take_material(each.as_object(), item, sheet, seen, given, faults);
    for (Material const& material : item.materials)
        if (wanted(material, sheet) && !seen.contains(material.code))
            faults.add("material.missing", "materials." + material.code, {{"material", material.name}});
    return given;
}

/// NAME=DAYS between ;
std::string specials_of(Item const& item) {
    std::string all;
    for (Special const& special : item.special)
        all += (all.empty() ? "" : ";") + special.name + "=" + std::to_string(special.days);
    return all;
}

/// Values of the form, where they belong: those the kernel knows by name, what tells of a person, and the rest.
void put_values(json::object const& values, Sheet const& sheet, json::object& form) {
    json::object answers, apart;
    for (auto const& [key, value] : values) {
        std::string_view const name = key;
        if (name == "name" || name == "identity" || name == "phone" || name == "address" || name == "agent")
            form[name] = value;
        else if (name == "credit_code")
            form["identity"] = value;
        else if (sheet.field(name)->personal)
            apart[name] = value;
        else
            answers[name] = value;
    }
    answers["applicant"] = sheet.who;
    form["answers"] = json::serialize(answers);
    if (!apart.empty()) form["private_answers"] = json::serialize(apart);
}

void put_item(Stored const& stored, Hands const& hands, json::object& form) {
    Item const& item = stored.item;
    form["title"] = item.situation == "whole" || item.situation_name.empty()
                        ? item.name
                        : item.name + "·" + item.situation_name;
    form["hall_item"] = item.code;
    form["item_version"] = stored.version;
    form["region"] = item.region;
    form["lead"] = hands.lead;
    if (!hands.assist.empty()) form["assist"] = json::array(hands.assist.begin(), hands.assist.end());
    if (!hands.informed.empty()) form["informed"] = json::array(hands.informed.begin(), hands.informed.end());
    form["kind"] = !hands.assist.empty() ? "life_event" : item.kind == Kind::instant ? "at_once" : "with_promise";
    if (item.legal_days > 0) form["legal_days"] = item.legal_days;
    if (item.promised_days > 0) form["promised_days"] = item.promised_days;
    if (item.type == Type::permit) form["permit"] = true;
    if (item.has("missing_papers")) form["may_follow"] = true;
    if (item.has("promise")) form["may_commit"] = true;
    if (std::string specials = specials_of(item); !specials.empty()) form["specials"] = std::move(specials);
    form["result"] = item.result.type;
    if (!item.result.name.empty()) form["result_name"] = item.result.name;
}

void put_delivery(Said const& said, Item const& item, json::object& form, Faults& faults) {
    if (item.result.type == "none") return;
    std::string const way =
        said.delivery.empty() && !item.delivery.empty() ? item.delivery.front() : said.delivery;
    if (!way.empty() && !item.delivers(way)) return faults.add("delivery.not_offered", "delivery", {{"way", way}});
    if (!way.empty()) form["delivery"] = way;
}

}  // namespace

Result<json::object> application_form(Said said, Stored const& stored, Sheets const& sheets, Hands const& hands,
                                      Day today) {
    Item const& item = stored.item;
    if (stored.state != State::published) return refuse("item.not_in_force", "item");
    if (said.version != stored.version)
        return refuse("item.version_changed", "version", {{"version", std::to_string(stored.version)}});
    BANYAN_TRY(Sheet const sheet, sheets.of(item, said.applicant));
    Faults faults;
    json::object form;
    put_item(stored, hands, form);
    auto values = read_form(sheet.fields(), std::move(said.form));
    if (!values)
        faults.add(std::move(values.error()));
    else if (json::value const* until = values->if_contains("agent_until");
             until != nullptr && *parse_day(std::string_view(until->as_string())) < today)
        faults.add("agent.ended", "form.agent_until");
    else
        put_values(*values, sheet, form);
    Given given = take_materials(said.materials, item, sheet, faults);
    put_delivery(said, item, form, faults);
    if (said.committed && !item.has("promise")) faults.add("promise.not_offered", "committed");
    if (auto refusal = faults.refusal()) return refuse(std::move(*refusal));
    if (said.committed) form["committed"] = true;
    if (given.papers && item.star == 3) form["papers"] = true;
    form["given"] = json::serialize(given.rows);
    if (!given.files.empty()) form["attachments"] = std::move(given.files);
    return form;
}

}  // namespace banyan::hall
