// What is wrong with a draft, and what it changes.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "platform/crypto/digest.h"
#include "systems/hall/code.h"
#include "systems/hall/revision.h"
#include "systems/hall/units.h"

namespace banyan::hall {
namespace {

using Faults = std::vector<Refusal>;
constexpr std::size_t kMostShown = 100;

/// One fault of a kind at a field: the form and the rules may both find it.
void add(Faults& faults, Refusal refusal) {
    std::vector<Refusal> others = std::move(refusal.others);
    refusal.others.clear();
    bool const known = std::ranges::any_of(
        faults, [&](Refusal const& each) { return each.key == refusal.key && each.field == refusal.field; });
    if (!known) faults.push_back(std::move(refusal));
    for (Refusal& other : others) add(faults, std::move(other));
}
void add(Faults& faults, std::string key, std::string field,
         std::vector<std::pair<std::string, std::string>> params = {}) {
    add(faults, Refusal{std::move(key), std::move(field), std::move(params), {}});
}

std::string text_in(json::object const& body, std::string_view member) {
    json::value const* value = body.if_contains(member);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

bool is_known_file(store::Session& session, std::string_view address) {
    bool known = false;
    session.query("SELECT open FROM hall_file WHERE address = $1", {address},
                  [&](store::Row const&) { known = true; });
    return known;
}

void check_files(Faults& faults, store::Session& session, Item const& item) {
    for (std::size_t i = 0; i < item.materials.size(); ++i)
        for (auto const& [member, address] :
             {std::pair("sample", std::string_view(item.materials[i].sample)),
              std::pair("template", std::string_view(item.materials[i].form_template))}) {
            if (address.empty() || address.starts_with("https://")) continue;
            if (!address.starts_with(kHallFiles) || !is_known_file(session, address.substr(kHallFiles.size())))
                add(faults, "revision.file_unknown", fmt::format("materials[{}].{}", i, member));
        }
}

/// That nobody else has published it meanwhile.
std::optional<Stored> check_base(Faults& faults, store::Session& session, Revision const& revision) {
    auto found = find_item(session, revision.item);
    if (!found || !found->stands())
        add(faults, "revision.not_published", "");
    else if (found->version != revision.base)
        add(faults, "revision.changed_meanwhile", "");
    else
        return found;
    return std::nullopt;
}

void check_code(Faults& faults, store::Session& session, Directory const& directory, Revision const& revision,
                Item item) {
    if (item.unit != revision.unit) return add(faults, "revision.other_unit", "unit");
    if (!revision.item.empty()) {
        if (item.code != revision.item) add(faults, "revision.code_fixed", "code");
    } else if (auto const other = find_item(session, item.code)) {
        add(faults, "revision.code_taken", "code", {{"name", other->item.name}});
    }
    std::string const given = item.code;
    auto const code = read_code(given);
    if (!code) return;
    Units units(session, directory, item.unit, code->credit);
    if (auto const settled = units.settle(item); !settled) add(faults, settled.error());
}

Checked check_item(store::Session& session, Directory const& directory, Surroundings const& around,
                   Revision const& revision, json::object const& body) {
    Checked checked;
    auto read = read_item(body);
    if (!read) add(checked.faults, read.error());
    Item const item = read ? *read : item_written(body);
    for (Refusal& fault : faults_of(item, around)) add(checked.faults, std::move(fault));
    check_code(checked.faults, session, directory, revision, item);
    check_files(checked.faults, session, item);
    if (revision.kind == "revise") check_base(checked.faults, session, revision);
    if (read) checked.item = std::move(*read);
    return checked;
}

Faults check_ending(store::Session& session, Revision const& revision, json::object const& body, Day today) {
    Faults faults;
    auto const found = check_base(faults, session, revision);
    if (text_in(body, "basis").empty()) add(faults, "revision.no_basis", "basis");
    auto const day = parse_day(text_in(body, "day"));
    if (!day)
        add(faults, "revision.no_day", "day");
    else if (*day > today)
        add(faults, "revision.day_ahead", "day");
    if (revision.kind == "delegated" && text_in(body, "zh").empty()) add(faults, "revision.no_level", "zh");
    if (revision.kind == "merged") {
        std::string const into = text_in(body, "into");
        auto const other = find_item(session, into);
        if (into == revision.item)
            add(faults, "revision.into_itself", "into");
        else if (!other || !other->stands())
            add(faults, "revision.into_unknown", "into");
    }
    if (revision.kind == "struck" && found &&
        std::ranges::find(found->item.materials, text_in(body, "material"), &Material::code) ==
            found->item.materials.end())
        add(faults, "revision.no_material", "material");
    return faults;
}

}  // namespace

Checked check_draft(store::Session& session, Directory const& directory, Surroundings const& around,
                    Revision const& revision, json::object const& body, Day today) {
    if (revision.writes_item()) return check_item(session, directory, around, revision, body);
    return {std::nullopt, check_ending(session, revision, body, today)};
}

std::string shown_name(json::object const& body) {
    std::string name(first_characters(trim(text_in(body, "name")), kMostShown));
    std::string const situation(first_characters(trim(text_in(body, "situation_name")), kMostShown));
    if (!name.empty() && !situation.empty()) name += " \xC2\xB7 " + situation;
    return name.find('\0') == std::string::npos ? name : std::string();
}

std::string digest_of_draft(std::string_view body) { return crypto::hex(crypto::sm3(body)); }

std::vector<std::string> files_of(Item const& item) {
    std::vector<std::string> all;
    for (Material const& material : item.materials)
        for (std::string const* address : {&material.sample, &material.form_template})
            if (address->starts_with(kHallFiles)) all.push_back(address->substr(kHallFiles.size()));
    return all;
}

std::vector<Difference> differences(json::object const& before, json::object const& after) {
    std::vector<Difference> all;
    auto value_in = [](json::object const& of, std::string_view member) {
        json::value const* value = of.if_contains(member);
        return value == nullptr ? json::value() : *value;
    };
    for (auto const& member : after)
        if (json::value const was = value_in(before, member.key()); was != member.value())
            all.push_back({std::string(member.key()), was, member.value()});
    for (auto const& member : before)
        if (!after.contains(member.key())) all.push_back({std::string(member.key()), member.value(), {}});
    return all;
}

}  // namespace banyan::hall
