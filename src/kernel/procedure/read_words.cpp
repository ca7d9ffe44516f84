// Conditions and fields: the words that stand in many places of a rulebook.
#include "base/text.h"
#include "kernel/procedure/condition_words.h"
#include "kernel/procedure/reading.h"

namespace banyan {
namespace {

using What = Condition::What;

struct Word {
    std::string_view name;
    What what;
    enum class Takes { flag, step, number, limit, hours, conditions } takes;
};
constexpr Word kConditions[] = {
    {"before_due", What::before_due, Word::Takes::flag},
    {"after_due", What::after_due, Word::Takes::flag},
    {"before_last_day", What::before_last_day, Word::Takes::flag},
    {"within", What::within, Word::Takes::step},
    {"offered_within", What::offered_within, Word::Takes::limit},
    {"at_most_held", What::at_most_held, Word::Takes::limit},
    {"at_most", What::at_most, Word::Takes::number},
    {"at_least", What::at_least, Word::Takes::number},
    {"at_least_days", What::at_least_days, Word::Takes::number},
    {"done", What::done, Word::Takes::step},
    {"not_done", What::not_done, Word::Takes::step},
    {"other_person", What::other_person, Word::Takes::step},
    {"not_designated", What::not_designated, Word::Takes::flag},
    {"lead_replied", What::lead_replied, Word::Takes::flag},
    {"not_lead_replied", What::not_lead_replied, Word::Takes::flag},
    {"assists_done", What::assists_done, Word::Takes::flag},
    {"delegates_done", What::delegates_done, Word::Takes::flag},
    {"no_open", What::no_open, Word::Takes::flag},
    {"has_assignment", What::has_assignment, Word::Takes::flag},
    {"held", What::held, Word::Takes::flag},
    {"not_held", What::not_held, Word::Takes::flag},
    {"asked_return", What::asked_return, Word::Takes::flag},
    {"asked_extension", What::asked_extension, Word::Takes::flag},
    {"not_asked", What::not_asked, Word::Takes::flag},
    {"replied_on_time", What::replied_on_time, Word::Takes::flag},
    {"replied_late", What::replied_late, Word::Takes::flag},
    {"reopened", What::reopened, Word::Takes::flag},
    {"not_reopened", What::not_reopened, Word::Takes::flag},
    {"no_lead", What::no_lead, Word::Takes::flag},
    {"between", What::between, Word::Takes::hours},
    {"half_left", What::half_left, Word::Takes::flag},
    {"has_merged", What::has_merged, Word::Takes::flag},
    {"no_merged", What::no_merged, Word::Takes::flag},
    {"any", What::any, Word::Takes::conditions},
};

/// "20:30" as minutes since midnight; -1: no time of day. 24:00 is the day's end.
int minutes_of(std::string_view text) {
    auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : -1'000; };
    if (text.size() != 5 || text[2] != ':') return -1;
    int const hour = 10 * digit(0) + digit(1), minute = 10 * digit(3) + digit(4);
    int const all = 60 * hour + minute;
    return hour < 0 || minute < 0 || minute > 59 || all > 24 * 60 ? -1 : all;
}

}  // namespace

std::string_view name(Condition::What what) {
    auto const found = std::ranges::find(kConditions, what, &Word::what);
    if (found != std::end(kConditions)) return found->name;
    return what == What::field_is     ? "field_is"
           : what == What::field_in   ? "field_in"
           : what == What::day_within ? "day_within"
                                      : "field_is_not";
}

std::optional<Limit> Reading::read_limit(Place const& place, std::string_view key) {
    std::string words = text(place, key, true);
    if (words.empty()) return std::nullopt;
    if (auto limit = parse_limit(words)) return *limit;
    fault("bad_limit", place.path + "." + std::string(key), words);
    return std::nullopt;
}

std::optional<Condition> Reading::read_condition(Place const& place) {
    Condition condition;
    condition.key = text(place, "key");
    if (place.table.contains("field")) {
        only(place, {"field", "is", "is_not", "in", "day_within", "key"});
        condition.name = text(place, "field");
        if (place.table.contains("day_within")) {
            condition.what = What::day_within;
            condition.limit = read_limit(place, "day_within");
            if (condition.limit && !condition.limit->in_days())
                fault("bad_limit", place.path + ".day_within", text(place, "day_within"));
            if (condition.key.empty()) condition.key = "need.day_within";
            return condition;
        }
        if (place.table.contains("in")) {
            condition.what = What::field_in;
            condition.values = {text(place, "in")};
            if (condition.key.empty()) condition.key = "need.field";
            return condition;
        }
        bool is = place.table.contains("is");
        condition.what = is ? What::field_is : What::field_is_not;
        json::value const* values = place.table.if_contains(is ? "is" : "is_not");
        if (values == nullptr) {
            fault("missing", place.path, "is");
            return std::nullopt;
        }
        if (values->is_bool())
            condition.values = {values->as_bool() ? "true" : "false"};
        else
            condition.values = words(place, is ? "is" : "is_not");
        if (condition.key.empty()) condition.key = "need.field";
        return condition;
    }
    only(place, {"key",
                 "step",
                 "limit",
                 "per",
                 "before_due",
                 "after_due",
                 "within",
                 "offered_within",
                 "at_most_held",
                 "until",
                 "at_most",
                 "at_least",
                 "done",
                 "not_done",
                 "other_person",
                 "not_designated",
                 "lead_replied",
                 "not_lead_replied",
                 "assists_done",
                 "delegates_done",
                 "no_open",
                 "has_assignment",
                 "held",
                 "not_held",
                 "asked_return",
                 "asked_extension",
                 "not_asked",
                 "replied_on_time",
                 "replied_late",
                 "reopened",
                 "not_reopened",
                 "no_lead",
                 "between",
                 "half_left",
                 "any",
                 "at_least_days",
                 "has_merged",
                 "no_merged",
                 "before_last_day"});
    auto words =
        std::ranges::count_if(kConditions, [&](Word const& word) { return place.table.contains(word.name); });
    if (words > 1) {  // only one of them would count
        fault("two_conditions", place.path);
        return std::nullopt;
    }
    std::string per = text(place, "per");
    if (!per.empty() && per != "assignment" && per != "matter") fault("unknown_word", place.path + ".per", per);
    for (Word const& word : kConditions) {
        if (!place.table.contains(word.name)) continue;
        if (word.takes == Word::Takes::flag && !flag(place, word.name))
            fault("not_flag", place.path, std::string(word.name));
        condition.what = word.what;
        if (word.takes == Word::Takes::step) condition.name = text(place, word.name, true);
        if (word.takes == Word::Takes::number) {
            condition.number = static_cast<int>(number(place, word.name, 0));
            condition.name = text(place, "step", true);
            condition.per_assignment = text(place, "per") == "assignment";
        }
        if (word.takes == Word::Takes::hours) read_between(place, condition);
        if (word.takes == Word::Takes::conditions) {
            condition.any = read_conditions(place.table, word.name, place.path);
            if (condition.any.empty()) fault("no_condition", place.path + "." + std::string(word.name));
        }
        if (word.what == What::within) condition.limit = read_limit(place, "limit");
        if (word.takes == Word::Takes::limit) condition.limit = read_limit(place, word.name);
        if (word.what == What::at_most_held) {
            condition.name = text(place, "until");
            if (condition.limit && (!condition.limit->in_days() || condition.limit->to_closing))
                fault("bad_limit", place.path + ".at_most_held", text(place, "at_most_held"));
        }
        if (condition.key.empty()) condition.key = fmt::format("need.{}", word.name);
        return condition;
    }
    fault("no_condition", place.path);
    return std::nullopt;
}

/// "08:30-20:30"
void Reading::read_between(Place const& place, Condition& condition) {
    std::string const hours = text(place, "between", true);
    std::vector<std::string> const ends = split(hours, "-");
    condition.from = ends.size() == 2 ? minutes_of(ends[0]) : -1;
    condition.until = ends.size() == 2 ? minutes_of(ends[1]) : -1;
    if (condition.from < 0 || condition.until <= condition.from)
        fault("bad_hours", place.path + ".between", hours);
}

std::vector<Condition> Reading::read_conditions(json::object const& table, std::string_view key,
                                                std::string const& path) {
    std::vector<Condition> all;
    tables(table, key, path, [&](std::string const&, Place const& place) {
        if (auto condition = read_condition(place)) all.push_back(std::move(*condition));
    });
    return all;
}

Field Reading::read_field(Place const& place) {
    only(place, {"name", "type", "required", "least", "most", "choices", "personal", "readers", "keep",
                 "shown_when", "inner", "about"});
    Field field;
    field.name = text(place, "name", true);
    std::string type = text(place, "type");
    if (auto known = field_type(type.empty() ? "text" : type))
        field.type = *known;
    else
        fault("unknown_type", place.path + ".type", type);
    field.required = flag(place, "required");
    field.least = number(place, "least", 0);
    field.most = number(place, "most", 0);
    field.choices = words(place, "choices");
    if (field.name == "kind" && field.choices.empty()) field.choices = made_->kinds;
    if (field.type == Field::Type::choice && field.choices.empty()) fault("no_choices", place.path, field.name);
    field.personal = flag(place, "personal");
    json::value const* keep = place.table.if_contains("keep");
    field.keep_given = keep != nullptr && keep->is_string() && keep->as_string() == "given";
    field.keep = field.keep_given || flag(place, "keep");
    field.about = text(place, "about");
    if (place.table.contains("readers")) {
        if (auto known = field_class(text(place, "readers")))
            field.readers = *known;
        else
            fault("unknown_readers", place.path + ".readers", text(place, "readers"));
    }
    if (field.personal && !place.table.contains("readers")) field.readers = FieldClass::centre;
    if (field.personal && field.keep) fault("personal_kept", place.path, field.name);
    if (field.type == Field::Type::files && (field.personal || field.keep))
        fault("files_kept", place.path, field.name);
    if (json::value const* when = place.table.if_contains("shown_when")) {
        if (when->is_object() && when->as_object().size() == 1) {
            auto const& only_one = *when->as_object().begin();
            field.shown_when = std::string(only_one.key());
            if (only_one.value().is_string())
                field.shown_value = std::string(only_one.value().as_string());
            else if (only_one.value().is_bool())
                field.shown_value = only_one.value().as_bool() ? "true" : "false";
        } else {
            fault("bad_shown_when", place.path, field.name);
        }
    }
    tables(place.table, "inner", place.path,
           [&](std::string const&, Place const& inner) { field.inner.push_back(read_field(inner)); });
    return field;
}

}  // namespace banyan
