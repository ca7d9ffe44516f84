// An item as JSON, the same members that read_item() reads. What says nothing is left out.
#include "systems/hall/item.h"

namespace banyan::hall {
namespace {

json::array texts_json(std::vector<std::string> const& texts) { return json::array(texts.begin(), texts.end()); }

void put(json::object& into, std::string_view member, std::string const& text) {
    if (!text.empty()) into[member] = text;
}
void put(json::object& into, std::string_view member, std::vector<std::string> const& texts) {
    if (!texts.empty()) into[member] = texts_json(texts);
}

json::object material_json(Material const& material) {
    json::object out{{"code", material.code}, {"name", material.name}, {"form", material.form}};
    put(out, "grade", material.grade);
    put(out, "from", material.from);
    out["shared"] = material.shared;
    out["copies"] = material.copies;
    put(out, "sample", material.sample);
    put(out, "template", material.form_template);
    put(out, "when", material.when);
    put(out, "note", material.note);
    return out;
}

json::object special_json(Special const& special) {
    json::object out{{"name", special.name}, {"days", special.days}};
    put(out, "basis", special.basis);
    put(out, "when", special.when);
    return out;
}

json::object window_json(Window const& window) {
    json::object out;
    put(out, "place", window.place);
    put(out, "address", window.address);
    put(out, "traffic", window.traffic);
    put(out, "hours", window.hours);
    if (window.lat != 0 || window.lon != 0) {
        out["lat"] = window.lat;
        out["lon"] = window.lon;
    }
    return out;
}

template <class Part, class Write>
json::array parts_json(std::vector<Part> const& parts, Write write) {
    json::array all;
    all.reserve(parts.size());
    for (Part const& part : parts) all.push_back(write(part));
    return all;
}

void put_who(json::object& out, Item const& item) {
    out["code"] = item.code;
    put(out, "catalogue", item.catalogue);
    out["name"] = item.name;
    put(out, "name_en", item.name_en);
    out["situation"] = item.situation;
    put(out, "situation_name", item.situation_name);
    put(out, "situation_name_en", item.situation_name_en);
    out["type"] = code_of(item.type);
    out["unit"] = item.unit;
    put(out, "unit_name", item.unit_name);
    put(out, "unit_en", item.unit_en);
    out["region"] = item.region;
    out["level"] = code_of(item.level);
    out["audience"] = texts_json(item.audience);
    out["classes"] = texts_json(item.classes);
    put(out, "scenes", item.scenes);
    put(out, "keywords", item.keywords);
}

void put_how_long(json::object& out, Item const& item) {
    out["kind"] = code_of(item.kind);
    out["legal_days"] = item.legal_days;
    put(out, "legal_over", item.legal_over);
    out["promised_days"] = item.promised_days;
    out["pre_review_days"] = item.pre_review_days;
    out["receive_days"] = item.receive_days;
}

void put_what_for(json::object& out, Item const& item) {
    if (!item.basis.empty())
        out["basis"] = parts_json(item.basis, [](Basis const& basis) {
            json::object one{{"law", basis.law}};
            put(one, "article", basis.article);
            return one;
        });
    put(out, "conditions", item.conditions);
    put(out, "steps", item.steps);
    if (!item.special.empty()) out["special"] = parts_json(item.special, special_json);
    if (!item.materials.empty()) out["materials"] = parts_json(item.materials, material_json);
    json::object fee{{"charged", item.fee.charged}};
    put(fee, "standard", item.fee.standard);
    put(fee, "basis", item.fee.basis);
    out["fee"] = std::move(fee);
    json::object result;
    put(result, "name", item.result.name);
    put(result, "name_en", item.result.name_en);
    result["type"] = item.result.type;
    result["electronic"] = item.result.electronic;
    out["result"] = std::move(result);
}

}  // namespace

json::object item_json(Item const& item) {
    json::object out;
    out.reserve(48);
    put_who(out, item);
    put_how_long(out, item);
    put_what_for(out, item);
    out["star"] = item.star;
    out["in_person"] = item.in_person;
    put(out, "delivery", item.delivery);
    out["account"] = item.account;
    put(out, "options", item.options);
    if (json::object window = window_json(item.window); !window.empty()) out["window"] = std::move(window);
    put(out, "phone", item.phone);
    put(out, "complaint_phone", item.complaint_phone);
    if (item.valid_from) out["valid_from"] = iso(*item.valid_from);
    return out;
}

}  // namespace banyan::hall
