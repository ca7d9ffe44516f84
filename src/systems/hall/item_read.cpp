// An item from JSON: its fields as a table (kernel/procedure/fields.h), and beside them the lists of plain texts.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "systems/hall/item.h"

namespace banyan::hall {
namespace {

using Type_ = Field::Type;

constexpr std::int64_t kMostDays = 3660, kMostText = 2000, kMostName = 200;

std::vector<Field> fields() {
    auto text = [](char const* name, std::int64_t most = kMostName) {
        return Field{.name = name, .type = Type_::text, .most = most};
    };
    auto days = [](char const* name, std::int64_t least = 0) {
        return Field{.name = name, .type = Type_::integer, .least = least, .most = kMostDays};
    };
    auto choice = [](char const* name, std::vector<std::string> choices) {
        return Field{.name = name, .type = Type_::choice, .choices = std::move(choices)};
    };
    auto flag = [](char const* name) { return Field{.name = name, .type = Type_::flag}; };
    auto many = [](char const* name, std::int64_t most, std::vector<Field> inner) {
        return Field{.name = name, .type = Type_::list, .most = most, .inner = std::move(inner)};
    };
    auto part = [](char const* name, std::vector<Field> inner) {
        return Field{.name = name, .type = Type_::object, .inner = std::move(inner)};
    };
    auto needed = [](Field field) {
        field.required = true;
        return field;
    };
    std::vector<Field> material{needed(text("code", 40)),
                                needed(text("name")),
                                needed(choice("form", {"noneed", "upload", "paper", "form", "licence"})),
                                choice("grade", {"A", "B", "C", "D"}),
                                text("from"),
                                flag("shared"),
                                {.name = "copies", .type = Type_::integer, .least = 0, .most = 99},
                                text("sample", 500),
                                text("template", 500),
                                text("when", 500),
                                text("note", 500)};
    return {text("code", 40),
            text("catalogue", 40),
            text("name"),
            text("name_en", 400),
            text("situation", 40),
            text("situation_name", 100),
            text("situation_name_en", kMostName),
            text("type", 40),
            text("unit", 100),
            text("unit_name", 100),
            text("unit_en", kMostName),
            text("region", 40),
            needed(choice("level", {"province", "city", "county", "town", "village"})),
            needed(choice("kind", {"instant", "promised"})),
            days("legal_days", -1),
            text("legal_over", kMostName),
            days("promised_days"),
            days("pre_review_days"),
            days("receive_days"),
            many("basis", 50, {needed(text("law")), text("article")}),
            many("special", 20, {needed(text("name")), days("days"), text("basis", 500), text("when", 500)}),
            many("materials", 100, std::move(material)),
            part("fee", {needed(flag("charged")), text("standard", kMostText), text("basis", 500)}),
            part("result", {text("name"), text("name_en", 400),
                            choice("type", {"licence", "approval", "certificate", "none"}), flag("electronic")}),
            needed({.name = "star", .type = Type_::integer, .least = 1, .most = 5}),
            {.name = "in_person", .type = Type_::integer, .least = 0, .most = 20},
            choice("account", {"plain", "real_name", "ca"}),
            part("window", {text("place"),
                            text("address", 500),
                            text("traffic", 500),
                            text("hours"),
                            {.name = "point", .type = Type_::point}}),
            {.name = "phone", .type = Type_::text, .most = 60},
            {.name = "complaint_phone", .type = Type_::text, .most = 60},
            {.name = "valid_from", .type = Type_::day}};
}

/// What the API says of an item beside what it is.
bool is_said_only(std::string_view member) {
    constexpr std::string_view kSaid[] = {"version", "state", "trips",    "trips_why",        "published_at",
                                          "until",   "names", "versions", "other_situations", "revising_since"};
    return std::ranges::find(kSaid, member) != std::end(kSaid);
}

class Faults {
  public:
    void add(std::string key, std::string field, std::vector<std::pair<std::string, std::string>> params = {}) {
        all_.push_back({std::move(key), std::move(field), std::move(params), {}});
    }
    void add_all(Refusal refusal) {
        std::vector<Refusal> others = std::move(refusal.others);
        refusal.others.clear();
        all_.push_back(std::move(refusal));
        for (Refusal& other : others) all_.push_back(std::move(other));
    }
    bool any() const { return !all_.empty(); }
    Refusal as_one() {
        Refusal first = std::move(all_.front());
        first.others.assign(std::make_move_iterator(all_.begin() + 1), std::make_move_iterator(all_.end()));
        return first;
    }

  private:
    std::vector<Refusal> all_;
};

struct TextList {
    std::string_view name;
    std::size_t most, most_characters;
    std::vector<std::string_view> choices;  ///< empty: any
};

/// Takes the list out of the object: the field table has no lists of texts.
std::vector<std::string> take_texts(json::object& from, TextList const& list, Faults& faults) {
    std::vector<std::string> all;
    auto const found = from.find(list.name);
    if (found == from.end()) return all;
    json::value const given = std::move(found->value());
    from.erase(found);
    std::string const name(list.name);
    if (given.is_null()) return all;
    json::array const* texts = given.if_array();
    if (texts == nullptr) {
        faults.add("field.type", name, {{"type", "list"}});
        return all;
    }
    if (texts->size() > list.most) faults.add("field.too_long", name, {{"most", std::to_string(list.most)}});
    for (std::size_t i = 0; i < std::min(texts->size(), list.most); ++i) {
        std::string const path = name + "[" + std::to_string(i) + "]";
        json::string const* each = (*texts)[i].if_string();
        std::string text(each == nullptr ? std::string_view() : trim(*each));
        if (each == nullptr)
            faults.add("field.type", path, {{"type", "text"}});
        else if (text.empty())
            faults.add("field.required", path);
        else if (!is_utf8(text) || text.find('\0') != std::string::npos)
            faults.add("field.utf8", path);
        else if (count_characters(text) > list.most_characters)
            faults.add("field.too_long", path, {{"most", std::to_string(list.most_characters)}});
        else if (!list.choices.empty() && std::ranges::find(list.choices, text) == list.choices.end())
            faults.add("field.choice", path,
                       {{"value", std::string(first_characters(text, 40))},
                        {"choices", fmt::format("{}", fmt::join(list.choices, ", "))}});
        else if (std::ranges::find(all, text) != all.end())
            faults.add("field.twice", path, {{"value", std::string(first_characters(text, 40))}});
        else
            all.push_back(std::move(text));
    }
    return all;
}

std::string text_of(json::object const& from, std::string_view member) {
    json::value const* value = from.if_contains(member);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}
int number_of(json::object const& from, std::string_view member, int otherwise) {
    json::value const* value = from.if_contains(member);
    return value != nullptr && value->is_int64() ? static_cast<int>(value->as_int64()) : otherwise;
}
bool flag_of(json::object const& from, std::string_view member) {
    json::value const* value = from.if_contains(member);
    return value != nullptr && value->is_bool() && value->as_bool();
}
json::object const& part_of(json::object const& from, std::string_view member) {
    static json::object const kNone;
    json::value const* value = from.if_contains(member);
    return value != nullptr && value->is_object() ? value->as_object() : kNone;
}
template <class Part>
std::vector<Part> parts_of(json::object const& from, std::string_view member, Part (*read)(json::object const&)) {
    std::vector<Part> all;
    json::value const* value = from.if_contains(member);
    if (value == nullptr || !value->is_array()) return all;
    for (json::value const& each : value->as_array())
        if (each.is_object()) all.push_back(read(each.as_object()));
    return all;
}

Basis read_basis(json::object const& from) { return {text_of(from, "law"), text_of(from, "article")}; }
Special read_special(json::object const& from) {
    return {text_of(from, "name"), number_of(from, "days", 0), text_of(from, "basis"), text_of(from, "when")};
}
Material read_material(json::object const& from) {
    return {text_of(from, "code"),        text_of(from, "name"),   text_of(from, "form"),
            text_of(from, "grade"),       text_of(from, "from"),   flag_of(from, "shared"),
            number_of(from, "copies", 1), text_of(from, "sample"), text_of(from, "template"),
            text_of(from, "when"),        text_of(from, "note")};
}

void put_parts(Item& item, json::object const& from) {
    item.basis = parts_of<Basis>(from, "basis", read_basis);
    item.special = parts_of<Special>(from, "special", read_special);
    item.materials = parts_of<Material>(from, "materials", read_material);
    json::object const &fee = part_of(from, "fee"), &result = part_of(from, "result"),
                       &window = part_of(from, "window");
    item.fee = {flag_of(fee, "charged"), text_of(fee, "standard"), text_of(fee, "basis")};
    item.result = {text_of(result, "name"), text_of(result, "name_en"), text_of(result, "type"),
                   flag_of(result, "electronic")};
    if (item.result.type.empty()) item.result.type = "none";
    item.window = {text_of(window, "place"), text_of(window, "address"), text_of(window, "traffic"),
                   text_of(window, "hours")};
    // beside the rest as it is written, together as the table reads it
    json::object const &point = part_of(window, "point"), &at = point.empty() ? window : point;
    for (auto const& [part, into] : {std::pair("lat", &item.window.lat), std::pair("lon", &item.window.lon)})
        if (json::value const* degrees = at.if_contains(part); degrees != nullptr && degrees->is_number())
            *into = degrees->to_number<double>();
}

void put_scalars(Item& item, json::object const& from) {
    for (auto const& [member, into] : std::initializer_list<std::pair<std::string_view, std::string*>>{
             {"code", &item.code},
             {"catalogue", &item.catalogue},
             {"name", &item.name},
             {"name_en", &item.name_en},
             {"situation", &item.situation},
             {"situation_name", &item.situation_name},
             {"situation_name_en", &item.situation_name_en},
             {"unit", &item.unit},
             {"unit_name", &item.unit_name},
             {"unit_en", &item.unit_en},
             {"legal_over", &item.legal_over},
             {"account", &item.account},
             {"phone", &item.phone},
             {"complaint_phone", &item.complaint_phone}})
        if (std::string given = text_of(from, member); !given.empty()) *into = std::move(given);
    item.region = region_code(text_of(from, "region"));
    item.level = level_of(text_of(from, "level")).value_or(Level::city);
    item.kind = kind_of(text_of(from, "kind")).value_or(Kind::promised);
    item.legal_days = number_of(from, "legal_days", item.legal_days);
    item.promised_days = number_of(from, "promised_days", item.promised_days);
    item.pre_review_days = number_of(from, "pre_review_days", item.pre_review_days);
    item.receive_days = number_of(from, "receive_days", item.receive_days);
    item.star = number_of(from, "star", item.star);
    item.in_person = number_of(from, "in_person", item.in_person);
    item.valid_from = parse_day(text_of(from, "valid_from"));
}

bool lacks(json::object const& given, std::string_view list) {
    json::value const* value = given.if_contains(list);
    return value == nullptr || value->is_null() || (value->is_array() && value->as_array().empty());
}

/// Trips are derived; who says them says what is derived.
void check_trips(Item const& item, json::object const& given, Faults& faults) {
    json::value const* trips = given.if_contains("trips");
    if (trips == nullptr || trips->is_null()) return;
    std::string_view const is = code_of(trips_of(item));
    if (!trips->is_string() || std::string_view(trips->as_string()) != is)
        faults.add("trips.contradiction", "trips", {{"trips", std::string(is)}});
}

std::vector<std::string> written_texts(json::object const& from, std::string_view list) {
    std::vector<std::string> all;
    json::value const* texts = from.if_contains(list);
    if (texts == nullptr || !texts->is_array()) return all;
    for (json::value const& each : texts->as_array())
        if (each.is_string()) all.emplace_back(each.as_string());
    return all;
}

}  // namespace

Item item_written(json::object const& from) {
    Item item;
    put_scalars(item, from);
    put_parts(item, from);
    item.type = type_of(text_of(from, "type")).value_or(Type::other);
    for (auto const& [list, into] : std::initializer_list<std::pair<std::string_view, std::vector<std::string>*>>{
             {"audience", &item.audience},
             {"classes", &item.classes},
             {"scenes", &item.scenes},
             {"keywords", &item.keywords},
             {"conditions", &item.conditions},
             {"steps", &item.steps},
             {"delivery", &item.delivery},
             {"options", &item.options}})
        *into = written_texts(from, list);
    return item;
}

Result<Item> read_item(json::object const& given) {
    static std::vector<Field> const kFields = fields();
    Faults faults;
    json::object from;
    for (auto const& member : given)
        if (!is_said_only(member.key())) from.emplace(member.key(), member.value());
    // lat and lon stand beside the rest of a window; the table's type for them is one field
    if (json::value* window = from.if_contains("window"); window != nullptr && window->is_object()) {
        json::object& at = window->as_object();
        if (at.contains("lat") || at.contains("lon")) {
            json::object point;
            for (char const* part : {"lat", "lon"})
                if (json::value const* value = at.if_contains(part)) point[part] = *value;
            at.erase("lat");
            at.erase("lon");
            at["point"] = std::move(point);
        }
    }
    Item item;
    item.audience = take_texts(from, {"audience", 2, 20, {"person", "company"}}, faults);
    item.classes = take_texts(from, {"classes", 5, 40, {}}, faults);
    item.scenes = take_texts(from, {"scenes", 5, 40, {}}, faults);
    item.keywords = take_texts(from, {"keywords", 50, 40, {}}, faults);
    item.conditions = take_texts(from, {"conditions", 50, kMostText, {}}, faults);
    item.steps = take_texts(from, {"steps", 50, kMostText, {}}, faults);
    item.delivery = take_texts(from, {"delivery", 3, 20, {"courier", "pickup", "electronic"}}, faults);
    item.options = take_texts(from, {"options", kOptions.size(), 40, {kOptions.begin(), kOptions.end()}}, faults);
    auto read = read_form(kFields, std::move(from), "");
    if (!read) faults.add_all(std::move(read.error()));
    if (read) {
        put_scalars(item, *read);
        put_parts(item, *read);
        if (item.name.empty()) faults.add("name.missing", "name");
        if (item.unit.empty()) faults.add("unit.unknown", "unit", {{"value", ""}});
        for (char const* needed : {"audience", "classes"})
            if (lacks(given, needed)) faults.add("field.required", needed);
        std::string const type = text_of(*read, "type");
        auto const power = type_of(type);
        if (!power) faults.add("type.unknown", "type", {{"value", type}});
        item.type = power.value_or(Type::other);
        check_trips(item, given, faults);
    }
    if (faults.any()) return std::unexpected(faults.as_one());
    return item;
}

}  // namespace banyan::hall
