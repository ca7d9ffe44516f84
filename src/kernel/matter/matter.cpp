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
void put(JsonWriter& out, std::string_view key, Instant at) {
    if (at) out.put(key, at.us);
}
void put(JsonWriter& out, std::string_view key, std::optional<Due> const& due) {
    if (due) write_json(out.key(key), *due);
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

void write_json(JsonWriter& out, std::vector<Mark> const& marks, Procedure const& procedure) {
    out.open_list();
    for (Mark const& mark : marks) {
        out.open()
            .put("step", procedure.step_at(mark.step).name)
            .put("n", mark.count)
            .put("at", mark.at.us)
            .put("by", mark.by.value);
        if (mark.days != 0) out.put("days", mark.days);
        out.close();
    }
    out.close_list();
}

std::vector<Mark> marks_from(json::object const& object, Procedure const& procedure) {
    std::vector<Mark> marks;
    json::value const* list = object.if_contains("marks");
    if (list == nullptr || !list->is_array()) return marks;
    for (auto const& value : list->as_array()) {
        auto const& mark = value.as_object();
        marks.push_back({procedure.step(text(mark, "step")), static_cast<int>(number(mark, "n")),
                         Instant{number(mark, "at")}, PersonId(number(mark, "by")),
                         static_cast<int>(number(mark, "days"))});
    }
    return marks;
}

void write_json(JsonWriter& out, std::vector<Running> const& timers, Procedure const& procedure) {
    out.open_list();
    for (Running const& timer : timers)
        out.open()
            .put("timer", procedure.timers[static_cast<std::size_t>(timer.timer)].name)
            .put("at", timer.at.us)
            .close();
    out.close_list();
}

std::vector<Running> timers_from(json::value const* list, Procedure const& procedure) {
    std::vector<Running> timers;
    if (list == nullptr || !list->is_array()) return timers;
    for (auto const& value : list->as_array()) {
        auto const& timer = value.as_object();
        for (std::size_t i = 0; i < procedure.timers.size(); ++i)
            if (procedure.timers[i].name == text(timer, "timer"))
                timers.push_back({static_cast<Index>(i), Instant{number(timer, "at")}});
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

void mark(std::vector<Mark>& marks, Procedure const& procedure, Mark const& taken) {
    bool const days = procedure.step_at(taken.step).marks_days;
    auto found = std::ranges::find(marks, taken.step, &Mark::step);
    Mark& mark = found == marks.end() ? marks.emplace_back() : *found;
    bool const other_day = mark.count == 0 || kBeijing.day(mark.at) != kBeijing.day(taken.at);
    mark = {taken.step, mark.count + 1, taken.at, taken.by, mark.days + (days && other_day ? 1 : 0)};
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
    return banyan::light(*at.calendar, *assignment.due, yellow_days, at.now,
                         clock == Clock::held || !assignment.with_unit());
}

UnitId Matter::lead_unit() const {
    Assignment const* leading = lead();
    return leading != nullptr ? leading->unit : led_by;
}

bool Matter::operator==(Matter const& other) const {
    return id == other.id && assignments == other.assignments && state_text(*this) == state_text(other);
}

bool is_set(json::object const& facts, std::string_view flag) {
    json::value const* set = facts.if_contains(flag);
    return set != nullptr && *set == true;
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

void write_json(JsonWriter& out, Due const& due) {
    out.open().put("day", iso(due.last_day)).put("at", due.instant.us);
    if (due.provisional) out.key("provisional").flag(true);
    out.close();
}

Due due_from(json::object const& object) {
    auto day = parse_day(text(object, "day"));
    return {day ? *day : Day{}, Instant{number(object, "at")}, object.contains("provisional")};
}

void write_json(JsonWriter& out, Hold const& hold) {
    out.open().put("from", hold.from.us).put("until", hold.until.us).close();
}

Hold hold_from(json::object const& object) {
    return {Instant{number(object, "from")}, Instant{number(object, "until")}};
}

void write_json(JsonWriter& out, Claim const& claim) {
    out.open().put("by", claim.by.value).put("role", claim.role).put("until", claim.until.us).close();
}

Claim claim_from(json::object const& object) {
    return {PersonId(number(object, "by")), std::string(text(object, "role")), Instant{number(object, "until")}};
}

void write_json(JsonWriter& out, Assignment const& share, Procedure const& procedure) {
    out.open()
        .put("id", share.id.value)
        .put("unit", share.unit.value)
        .put("share", name(share.share))
        .put("progress", name(share.progress));
    out.put("version", share.version)
        .put("limit", banyan::text_of(share.limit))
        .put("offered_at", share.offered_at.us)
        .put("by", share.by.value);
    if (share.parent) out.put("parent", share.parent.value);
    if (share.asked != Asked::nothing) out.put("asked", name(share.asked));
    if (share.designated) out.key("designated").flag(true);
    if (share.more_asked != 0) out.put("more_asked", share.more_asked);
    put(out, "due", share.due);
    if (share.first_due != share.due) put(out, "first_due", share.first_due);
    put(out, "signed_at", share.signed_at);
    put(out, "contacted_at", share.contacted_at);
    put(out, "replied_at", share.replied_at);
    if (!share.marks.empty()) write_json(out.key("marks"), share.marks, procedure);
    if (!share.timers.empty()) write_json(out.key("timers"), share.timers, procedure);
    out.close();
}

std::string state_text(Assignment const& share, Procedure const& procedure) {
    JsonWriter out;
    write_json(out, share, procedure);
    return out.take();
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

std::string state_text(Matter const& m) {
    Procedure const& procedure = *m.procedure;
    JsonWriter out(768);
    out.open().put("stage", procedure.at(m.stage).name);
    out.put("kind",
            m.kind < 0 ? std::string_view() : std::string_view(procedure.kinds[static_cast<std::size_t>(m.kind)]));
    out.put("version", m.version).put("filed_at", m.filed_at.us).put("entered_at", m.entered_at.us);
    out.put("title", m.title).put("class", m.class_code).put("region", m.region).put("channel", m.channel);
    out.put("clock", static_cast<int>(m.clock))
        .put("yellow_days", m.yellow_days)
        .put("last_event", m.last_event.value)
        .put("last_at", m.last_at.us);
    out.put("hash", to_hex({reinterpret_cast<char const*>(m.last_hash.data()), m.last_hash.size()}));
    put(out, "accepted_at", m.accepted_at);
    put(out, "closed_at", m.closed_at);
    put(out, "held_since", m.held_since);
    put(out, "due", m.due);
    if (m.first_due != m.due) put(out, "first_due", m.first_due);
    if (m.due) out.put("limit", banyan::text_of(m.limit));
    if (m.asker) out.put("asker", m.asker.value);
    if (m.opened_by) out.put("opened_by", m.opened_by.value);
    if (m.main) out.put("main", m.main.value);
    if (m.led_by) out.put("led_by", m.led_by.value);
    if (!m.merged.empty()) {
        out.key("merged").open_list();
        for (MatterId other : m.merged) out.integer(other.value);
        out.close_list();
    }
    if (m.about) out.put("about", m.about.value);
    if (!m.source.empty()) out.put("source", m.source);
    if (!m.external.empty()) out.put("external", m.external);
    if (!m.holds.empty()) {
        out.key("holds").open_list();
        for (Hold const& hold : m.holds) write_json(out, hold);
        out.close_list();
    }
    if (m.redone != 0) out.put("redone", m.redone);
    if (m.claim) write_json(out.key("claim"), *m.claim);
    if (!m.facts.empty()) out.key("facts").raw(json::serialize(m.facts));
    if (!m.marks.empty()) write_json(out.key("marks"), m.marks, procedure);
    if (!m.timers.empty()) write_json(out.key("timers"), m.timers, procedure);
    return out.close().take();
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
    m.opened_by = MatterId(number(object, "opened_by"));
    m.main = MatterId(number(object, "main"));
    m.led_by = UnitId(number(object, "led_by"));
    if (json::value const* merged = object.if_contains("merged"); merged != nullptr && merged->is_array())
        for (auto const& other : merged->as_array()) m.merged.emplace_back(other.as_int64());
    m.about = UnitId(number(object, "about"));
    m.clock = static_cast<Clock>(number(object, "clock"));
    m.yellow_days = static_cast<int>(number(object, "yellow_days", 1));
    m.due = due_at(object, "due");
    m.first_due = object.contains("first_due") ? due_at(object, "first_due") : m.due;
    m.limit = limit_at(object);
    if (json::value const* holds = object.if_contains("holds"); holds != nullptr && holds->is_array())
        for (auto const& hold : holds->as_array()) m.holds.push_back(hold_from(hold.as_object()));
    m.redone = static_cast<int>(number(object, "redone"));
    if (json::value const* claim = object.if_contains("claim")) m.claim = claim_from(claim->as_object());
    if (json::value const* facts = object.if_contains("facts")) m.facts = facts->as_object();
    m.marks = marks_from(object, *procedure);
    m.timers = timers_from(object.if_contains("timers"), *procedure);
    m.last_event = EventId(number(object, "last_event"));
    m.last_at = Instant{number(object, "last_at", m.entered_at.us)};
    if (auto hash = from_hex(text(object, "hash")); hash && hash->size() == m.last_hash.size())
        std::copy(hash->begin(), hash->end(), reinterpret_cast<char*>(m.last_hash.data()));
    m.procedure = std::move(procedure);
    return m;
}

}  // namespace banyan
