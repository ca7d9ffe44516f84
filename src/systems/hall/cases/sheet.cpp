#include "systems/hall/cases/sheet.h"

#include <algorithm>
#include <set>

namespace banyan::hall {
namespace {

std::vector<std::string> texts_in(json::value const& list) {
    std::vector<std::string> all;
    if (list.is_array())
        for (json::value const& each : list.as_array())
            if (each.is_string()) all.emplace_back(each.as_string());
    return all;
}

std::unexpected<Refusal> wrong(TomlDocument const& document, std::string key, std::string const& path,
                               std::string what) {
    return refuse(std::move(key), path,
                  {{"line", std::to_string(document.line_of(path))}, {"what", std::move(what)}});
}

/// Every field of the form stands in one group, and no other.
Result<void> fits(TomlDocument const& document, std::string const& name, std::vector<Field> const& form,
                  std::vector<Group> const& groups) {
    std::set<std::string> left;
    for (Field const& field : form) left.insert(field.name);
    for (Group const& group : groups)
        for (std::string const& field : group.fields)
            if (left.erase(field) == 0) return wrong(document, "sheet.layout", "layout." + name, field);
    if (!left.empty()) return wrong(document, "sheet.layout", "layout." + name, *left.begin());
    return {};
}

/// {"if": {"properties": {A: {"const": V}}, "required": [A]}, "then": {"required": [B]}, "else": {B: false}}
json::object conditional(Field const& field) {
    json::value const wanted = field.shown_value == "true" || field.shown_value == "false"
                                   ? json::value(field.shown_value == "true")
                                   : json::value(field.shown_value);
    json::object rule{
        {"if", {{"properties", {{field.shown_when, {{"const", wanted}}}}}, {"required", {field.shown_when}}}},
        {"else", {{"properties", {{field.name, false}}}}}};
    if (field.required) rule["then"] = {{"required", {field.name}}};
    return rule;
}

}  // namespace

std::vector<Field> Sheet::fields() const {
    std::vector<Field> all = applicant;
    all.insert(all.end(), own.begin(), own.end());
    return all;
}

Field const* Sheet::field(std::string_view name) const {
    for (std::vector<Field> const* part : {&applicant, &own})
        if (auto found = std::ranges::find(*part, name, &Field::name); found != part->end()) return &*found;
    return nullptr;
}

Result<Sheets> Sheets::read(std::string_view toml) {
    BANYAN_TRY(TomlDocument const document, parse_toml(toml));
    Sheets made;
    BANYAN_TRY(made.forms_, read_forms(document));
    for (auto const& member : document.root) {
        std::string const name(member.key());
        if (name == "form") continue;
        if (!member.value().is_object() || (name != "layout" && name != "asks" && name != "together"))
            return wrong(document, "procedure.unknown_word", name, name);
        for (auto const& [key, value] : member.value().as_object()) {
            std::string const of(key);
            if (name == "asks") {
                if (!value.is_string() || !made.forms_.contains(std::string_view(value.as_string())))
                    return wrong(document, "sheet.unknown_form", name + "." + of, of);
                made.asks_[of] = std::string(value.as_string());
            } else if (name == "together") {
                made.together_[of] = texts_in(value);
            } else if (value.is_array()) {
                for (json::value const& each : value.as_array())
                    if (json::object const* group = each.if_object())
                        made.layouts_[of].push_back(
                            {std::string(group->at("group").as_string()), texts_in(group->at("fields"))});
            }
        }
    }
    for (auto const& [name, form] : made.forms_) BANYAN_CHECK(fits(document, name, form, made.layouts_[name]));
    return made;
}

Result<Sheet> Sheets::of(Item const& item, std::string_view who) const {
    if (std::ranges::find(item.audience, who) == item.audience.end())
        return refuse("sheet.audience", "applicant", {{"applicant", std::string(who)}});
    Sheet sheet{std::string(who), forms_.find(who)->second, {}, layouts_.find(who)->second};
    if (auto const own = asks_.find(item.catalogue); own != asks_.end()) {
        sheet.own = forms_.find(own->second)->second;
        auto const& groups = layouts_.find(own->second)->second;
        sheet.groups.insert(sheet.groups.end(), groups.begin(), groups.end());
    }
    return sheet;
}

std::vector<std::string> const& Sheets::together(Item const& item) const {
    static std::vector<std::string> const kNone;
    auto const found = together_.find(item.catalogue);
    return found == together_.end() ? kNone : found->second;
}

json::object schema_of(Sheet const& sheet) {
    std::vector<Field> const fields = sheet.fields();
    json::object schema = json_schema(fields);
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
    json::array rules, groups;
    for (Field const& field : fields)
        if (!field.shown_when.empty()) rules.push_back(conditional(field));
    if (!rules.empty()) schema["allOf"] = std::move(rules);
    for (Group const& group : sheet.groups)
        groups.push_back(
            {{"group", group.name}, {"fields", json::array(group.fields.begin(), group.fields.end())}});
    schema["x-layout"] = std::move(groups);
    return schema;
}

}  // namespace banyan::hall
