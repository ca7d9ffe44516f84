#include "kernel/matter/matter.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace banyan {
namespace {

constexpr std::array<std::string_view, 3> kShares{"lead", "assist", "delegate"};
constexpr std::array<std::string_view, 8> kProgress{"offered",  "signed",   "working", "replied",
                                                    "approved", "returned", "waived",  "ended"};
constexpr std::array<std::string_view, 3> kAsked{"nothing", "return", "extension"};

std::int64_t number(json::object const& object, std::string_view key, std::int64_t otherwise = 0) {
    json::value const* value = object.if_contains(key);
    return value != nullptr && value->is_int64() ? value->as_int64() : otherwise;
}
std::string_view text(json::object const& object, std::string_view key) {
    json::value const* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string_view(value->as_string()) : std::string_view();
}
template <class Names>
int index_in(Names const& names, std::string_view name) {
    auto found = std::ranges::find(names, name);
    return found == names.end() ? 0 : static_cast<int>(found - names.begin());
}
void put(json::object& object, std::string_view key, Instant at) {
    if (at) object.emplace(key, at.us);
}
void put(json::object& object, std::string_view key, std::optional<Due> const& due) {
    if (due) object.emplace(key, to_json(*due));
}
std::optional<Due> due_at(json::object const& object, std::string_view key) {
    json::value const* value = object.if_contains(key);
    if (value == nullptr || !value->is_object()) return std::nullopt;
    return due_from(value->as_object());
}
Limit limit_at(json::object const& object) {
    auto limit = parse_limit(text(object, "limit"));
    return limit ? *limit : Limit{};
}

}  // namespace

json::array marks_json(std::vector<Mark> const& marks, Procedure const& procedure) {
    json::array list;
    for (Mark const& mark : marks)
        list.push_back({{"step", procedure.step_at(mark.step).name}, {"n", mark.count}, {"at", mark.at.us}, {"by", mark.by.value}});
    return list;
}

std::vector<Mark> marks_from(json::object const& object, Procedure const& procedure) {
    std::vector<Mark> marks;
    json::value const* list = object.if_contains("marks");
    if (list == nullptr || !list->is_array()) return marks;
    for (auto const& value : list->as_array()) {
        auto const& mark = value.as_object();
        marks.push_back({procedure.step(text(mark, "step")), static_cast<int>(number(mark, "n")), Instant{number(mark, "at")},
                         PersonId(number(mark, "by"))});
    }
    return marks;
}

json::array timers_json(std::vector<Running> const& timers, Procedure const& procedure) {
    json::array list;
    for (Running const& timer : timers)
        list.push_back({{"timer", procedure.timers[static_cast<std::size_t>(timer.timer)].name}, {"at", timer.at.us}});
    return list;
}

std::vector<Running> timers_from(json::value const* list, Procedure const& procedure) {
    std::vector<Running> timers;
    if (list == nullptr || !list->is_array()) return timers;
    for (auto const& value : list->as_array()) {
        auto const& timer = value.as_object();
        for (std::size_t i = 0; i < procedure.timers.size(); ++i)
            if (procedure.timers[i].name == text(timer, "timer")) timers.push_back({static_cast<Index>(i), Instant{number(timer, "at")}});
    }
    return timers;
}

std::string_view name(Share share) { return kShares[static_cast<std::size_t>(share)]; }
std::string_view name(Progress progress) { return kProgress[static_cast<std::size_t>(progress)]; }
std::string_view name(Asked asked) { return kAsked[static_cast<std::size_t>(asked)]; }
std::optional<Progress> progress(std::string_view name) {
    auto found = std::ranges::find(kProgress, name);
    if (found == kProgress.end()) return std::nullopt;
    return static_cast<Progress>(found - kProgress.begin());
}

Assignment const* Matter::assignment(AssignmentId which) const {
    for (Assignment const& share : assignments)
        if (share.id == which) return &share;
    return nullptr;
}

Assignment const* Matter::lead() const {
    Assignment const* last = nullptr;
    for (Assignment const& share : assignments) {
        if (share.share != Share::lead || share.progress == Progress::returned) continue;
        if (last == nullptr || share.open() || !last->open()) last = &share;
    }
    return last;
}

Instant Matter::wakes() const {
    Instant first;
    auto look = [&](std::vector<Running> const& running) {
        for (Running const& timer : running)
            if (!first || timer.at < first) first = timer.at;
    };
    look(timers);
    for (Assignment const& share : assignments) look(share.timers);
    return first;
}

Light Matter::light(Moment const& at) const {
    if (!due || clock == Clock::none) return Light::grey;
    return banyan::light(*at.calendar, *due, yellow_days, at.now, clock != Clock::running);
}

Light Matter::light(Assignment const& assignment, Moment const& at) const {
    if (!assignment.due) return Light::grey;
    return banyan::light(*at.calendar, *assignment.due, yellow_days, at.now, clock == Clock::held || !assignment.with_unit());
}

bool Matter::operator==(Matter const& other) const {
    return id == other.id && assignments == other.assignments && state_json(*this) == state_json(other);
}

std::string receipt_number(MatterId id) {
    std::string digits = fmt::format("{:011}", id.value);
    int carry = 10;
    for (char c : digits) {
        int sum = (carry + (c - '0')) % 10;
        carry = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return digits + static_cast<char>('0' + (11 - carry) % 10);
}

std::optional<MatterId> read_receipt_number(std::string_view number) {
    std::string digits;
    for (char c : number) {
        if (c == ' ' || c == '-') continue;
        if (c < '0' || c > '9') return std::nullopt;
        digits += c;
    }
    if (digits.size() < 12 || digits.size() > 14) return std::nullopt;
    MatterId id(std::stoll(digits.substr(0, digits.size() - 1)));
    if (receipt_number(id) != digits) return std::nullopt;
    return id;
}

json::object to_json(Due const& due) {
    json::object object{{"day", iso(due.last_day)}, {"at", due.instant.us}};
    if (due.provisional) object.emplace("provisional", true);
    return object;
}

Due due_from(json::object const& object) {
    auto day = parse_day(text(object, "day"));
    return {day ? *day : Day{}, Instant{number(object, "at")}, object.contains("provisional")};
}

json::object to_json(Assignment const& share, Procedure const& procedure) {
    json::object object{{"id", share.id.value},
                        {"unit", share.unit.value},
                        {"share", name(share.share)},
                        {"progress", name(share.progress)},
                        {"version", share.version},
                        {"limit", banyan::text(share.limit)},
                        {"offered_at", share.offered_at.us},
                        {"by", share.by.value}};
    if (share.parent) object.emplace("parent", share.parent.value);
    if (share.asked != Asked::nothing) object.emplace("asked", name(share.asked));
    if (share.designated) object.emplace("designated", true);
    if (share.more_asked != 0) object.emplace("more_asked", share.more_asked);
    put(object, "due", share.due);
    if (share.first_due != share.due) put(object, "first_due", share.first_due);
    put(object, "signed_at", share.signed_at);
    put(object, "contacted_at", share.contacted_at);
    put(object, "replied_at", share.replied_at);
    if (!share.marks.empty()) object.emplace("marks", marks_json(share.marks, procedure));
    if (!share.timers.empty()) object.emplace("timers", timers_json(share.timers, procedure));
    return object;
}

Assignment assignment_from(json::object const& object, Procedure const& procedure) {
    Assignment share;
    share.id = AssignmentId(number(object, "id"));
    share.parent = AssignmentId(number(object, "parent"));
    share.unit = UnitId(number(object, "unit"));
    share.share = static_cast<Share>(index_in(kShares, text(object, "share")));
    share.progress = static_cast<Progress>(index_in(kProgress, text(object, "progress")));
    share.asked = static_cast<Asked>(index_in(kAsked, text(object, "asked")));
    share.designated = object.contains("designated");
    share.version = static_cast<int>(number(object, "version", 1));
    share.limit = limit_at(object);
    share.due = due_at(object, "due");
    share.first_due = object.contains("first_due") ? due_at(object, "first_due") : share.due;
    share.offered_at = Instant{number(object, "offered_at")};
    share.signed_at = Instant{number(object, "signed_at")};
    share.contacted_at = Instant{number(object, "contacted_at")};
    share.replied_at = Instant{number(object, "replied_at")};
    share.by = PersonId(number(object, "by"));
    share.more_asked = static_cast<int>(number(object, "more_asked"));
    share.marks = marks_from(object, procedure);
    share.timers = timers_from(object.if_contains("timers"), procedure);
    return share;
}

json::object state_json(Matter const& m) {
    Procedure const& procedure = *m.procedure;
    json::object object{{"stage", procedure.at(m.stage).name},
                        {"kind", m.kind < 0 ? "" : procedure.kinds[static_cast<std::size_t>(m.kind)]},
                        {"version", m.version},
                        {"filed_at", m.filed_at.us},
                        {"entered_at", m.entered_at.us},
                        {"title", m.title},
                        {"class", m.class_code},
                        {"region", m.region},
                        {"channel", m.channel},
                        {"clock", static_cast<int>(m.clock)},
                        {"yellow_days", m.yellow_days},
                        {"last_event", m.last_event.value},
                        {"hash", to_hex({reinterpret_cast<char const*>(m.last_hash.data()), m.last_hash.size()})}};
    put(object, "accepted_at", m.accepted_at);
    put(object, "closed_at", m.closed_at);
    put(object, "held_since", m.held_since);
    put(object, "due", m.due);
    if (m.first_due != m.due) put(object, "first_due", m.first_due);
    if (m.due) object.emplace("limit", banyan::text(m.limit));
    if (m.asker) object.emplace("asker", m.asker.value);
    if (m.about) object.emplace("about", m.about.value);
    if (!m.source.empty()) object.emplace("source", m.source);
    if (!m.external.empty()) object.emplace("external", m.external);
    if (m.redone != 0) object.emplace("redone", m.redone);
    if (!m.facts.empty()) object.emplace("facts", m.facts);
    if (!m.marks.empty()) object.emplace("marks", marks_json(m.marks, procedure));
    if (!m.timers.empty()) object.emplace("timers", timers_json(m.timers, procedure));
    return object;
}

Matter matter_from(MatterId id, json::object const& object, std::shared_ptr<Procedure const> procedure) {
    Matter m;
    m.id = id;
    m.stage = procedure->stage(text(object, "stage"));
    m.kind = -1;
    for (std::size_t i = 0; i < procedure->kinds.size(); ++i)
        if (procedure->kinds[i] == text(object, "kind")) m.kind = static_cast<Index>(i);
    m.version = static_cast<int>(number(object, "version"));
    m.filed_at = Instant{number(object, "filed_at")};
    m.entered_at = Instant{number(object, "entered_at")};
    m.accepted_at = Instant{number(object, "accepted_at")};
    m.closed_at = Instant{number(object, "closed_at")};
    m.held_since = Instant{number(object, "held_since")};
    m.title = text(object, "title");
    m.class_code = text(object, "class");
    m.region = text(object, "region");
    m.channel = text(object, "channel");
    m.source = text(object, "source");
    m.external = text(object, "external");
    m.asker = PersonId(number(object, "asker"));
    m.about = UnitId(number(object, "about"));
    m.clock = static_cast<Clock>(number(object, "clock"));
    m.yellow_days = static_cast<int>(number(object, "yellow_days", 1));
    m.due = due_at(object, "due");
    m.first_due = object.contains("first_due") ? due_at(object, "first_due") : m.due;
    m.limit = limit_at(object);
    m.redone = static_cast<int>(number(object, "redone"));
    if (json::value const* facts = object.if_contains("facts")) m.facts = facts->as_object();
    m.marks = marks_from(object, *procedure);
    m.timers = timers_from(object.if_contains("timers"), *procedure);
    m.last_event = EventId(number(object, "last_event"));
    if (auto hash = from_hex(text(object, "hash")); hash && hash->size() == m.last_hash.size())
        std::copy(hash->begin(), hash->end(), reinterpret_cast<char*>(m.last_hash.data()));
    m.procedure = std::move(procedure);
    return m;
}

}  // namespace banyan
