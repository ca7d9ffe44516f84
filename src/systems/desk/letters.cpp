#include "systems/desk/letters.h"

#include <algorithm>

#include "kernel/engine/rebuild.h"
#include "kernel/engine/view.h"

namespace banyan::desk {
namespace {

using Params = std::vector<std::pair<std::string, std::string>>;

/// The matter as an event left it, and as it was before.
struct Then {
    Matter matter;
    std::optional<Matter> before;
    Event event;
};

std::optional<Then> matter_at(std::vector<EventRow> const& history, EventId event,
                              std::shared_ptr<Procedure const> const& procedure) {
    auto found = std::ranges::find(history, event, &EventRow::id);
    if (found == history.end()) return std::nullopt;
    std::span<EventRow const> const until(history.begin(), found + 1);
    auto matter = rebuild(until, procedure);
    auto read = readable_event(*found, *procedure);
    if (!matter || !read) return std::nullopt;
    return Then{std::move(*matter), rebuild(until.first(until.size() - 1), procedure), std::move(*read)};
}

/// The number that was given last, else that of the account.
std::string number_of(std::vector<EventRow> const& history, Matter const& matter, Letters const& house,
                      store::Session& session) {
    for (auto row = history.rbegin(); row != history.rend(); ++row) {
        if (commitment_of(*row).empty()) continue;
        json::object const personal = open_personal(session, row->id, house.keys);
        if (json::value const* phone = personal.if_contains("phone"); phone != nullptr && phone->is_string())
            return std::string(phone->as_string());
    }
    Person const* asker = house.engine.rules()->directory->person(matter.asker);
    return asker != nullptr ? asker->phone : std::string();
}

/// Where only its hash is known, the words that say so.
std::string code_of(MatterId matter, Letters const& house, store::Session& session) {
    std::string sealed;
    session.query("SELECT sealed FROM query_code WHERE lane = $1 AND matter = $2 AND sealed IS NOT NULL",
                  {std::int64_t{matter.lane()}, matter.value},
                  [&](store::Row const& row) { sealed = row.bytes(0); });
    auto code = house.keys.open(crypto::place("query_code", matter.value, "code"), sealed);
    return code ? *code : house.texts.sentence("ui.code_unknown", Language::zh);
}

std::string in_words(Day day, Texts const& texts) {
    CivilDay const date = civil(day);
    return texts.sentence("ui.day", Language::zh,
                          {{"month", std::to_string(date.month)}, {"day", std::to_string(date.day)}});
}

}  // namespace

/// What of a step's form, and of the matter, may be said.
struct Letters::Reader {
    std::string code;                         ///< the query code
    bool title = true;                        ///< else "…"
    std::function<bool(Field const&)> reads;  ///< else "…"
    std::string withheld = "…";
};

namespace {

/// What was said with the step: choices and days as people read them.
void add_form(Params& params, Then const& then, Texts const& texts, auto const& reader) {
    for (Field const& field : then.matter.procedure->step_at(then.event.step).form) {
        json::value const* said = then.event.form.if_contains(field.name);
        if (said == nullptr || !said->is_string()) continue;
        std::string value(said->as_string());
        std::string const choice = "choice." + field.name + "." + value;
        if (!reader.reads(field))
            value = reader.withheld;
        else if (texts.has(choice, Language::zh))
            value = texts.sentence(choice, Language::zh);
        else if (auto day = field.type == Field::Type::day ? parse_day(value) : std::nullopt)
            value = in_words(*day, texts);
        params.emplace_back(field.name, std::move(value));
    }
}

/// The newest share of a unit, as it was; of who asked, none.
Assignment const* share_of(Matter const& matter, UnitId unit) {
    Assignment const* found = nullptr;
    for (Assignment const& share : matter.assignments)
        if (unit && share.unit == unit && (found == nullptr || share.offered_at >= found->offered_at))
            found = &share;
    return found;
}

std::optional<Due> due_for(Matter const& matter, UnitId unit) {
    Assignment const* share = share_of(matter, unit);
    return share != nullptr && share->due ? share->due : matter.due;
}

}  // namespace

std::string Letters::title_for_unit(Matter const& matter) const {
    std::string name = api::class_name(catalogues, matter.class_code, Language::zh);
    if (!name.empty()) return name;
    if (matter.kind >= 0)
        return texts.sentence("kind." + matter.procedure->kinds[static_cast<std::size_t>(matter.kind)],
                              Language::zh);
    return texts.sentence("procedure." + matter.procedure->name, Language::zh);
}

std::optional<std::string> Letters::words(Message const& message, std::vector<EventRow> const& history,
                                          Matter const& now, Reader const& reader) const {
    auto const then = matter_at(history, message.event, now.procedure);
    if (!then) return std::nullopt;
    Matter const& matter = then->matter;
    std::string const title = message.unit   ? title_for_unit(matter)
                              : reader.title ? matter.title
                                             : reader.withheld;
    Params params{{"title", title}, {"number", receipt_number(matter.id)}, {"code", reader.code}};
    auto const due = due_for(matter, message.unit);
    if (due) params.emplace_back("last_day", in_words(due->last_day, texts));
    if (auto const old = then->before ? due_for(*then->before, message.unit) : std::nullopt)
        params.emplace_back("old_last_day", in_words(old->last_day, texts));
    if (Assignment const* lead = matter.lead()) {
        if (Unit const* unit = engine.rules()->directory->unit(lead->unit)) params.emplace_back("unit", unit->zh);
        if (lead->due) params.emplace_back("lead_last_day", in_words(lead->due->last_day, texts));
    }
    add_form(params, *then, texts, reader);
    std::string key = "tell." + message.text;
    if (due && due->provisional && texts.has(key + "_provisional", Language::zh)) key += "_provisional";
    return texts.sentence(key, Language::zh, params);
}

std::optional<Letter> Letters::write(Message const& message, store::Session& session) const {
    auto const now = load_matter(session, message.matter, engine.procedures());
    if (!now) return std::nullopt;
    std::vector<EventRow> const history = load_history(session, *now);
    std::string to;
    Reader reader;
    if (message.unit) {
        auto const rules = engine.rules();
        Directory const& directory = *rules->directory;
        Unit const* unit = directory.unit(directory.now(message.unit));
        if (unit == nullptr || !duty_phone) return std::nullopt;
        if (now->about && directory.in_subtree(unit->id, now->about)) return std::nullopt;
        to = duty_phone(session, *unit, engine.now()).value_or("");
        reader.reads = [](Field const& field) {
            return field.type == Field::Type::choice || field.type == Field::Type::day;
        };
        reader.withheld = texts.sentence("ui.in_details", Language::zh);
    } else {
        to = number_of(history, *now, *this, session);
        reader.code = code_of(now->id, *this, session);
        reader.reads = [](Field const&) { return true; };
    }
    auto text = words(message, history, *now, reader);
    if (!text || to.empty()) return std::nullopt;
    return Letter{std::move(to), receipt_number(now->id), std::move(*text)};
}

std::string Letters::shown(Message const& message, std::vector<EventRow> const& history, Matter const& now,
                           Viewer const& viewer) const {
    Access const& access = *viewer.rules.access;
    Tie const tie = access.tie(viewer.actor, now, *viewer.rules.directory);
    auto may_read = [&](FieldClass which) { return access.may_read(viewer.actor, tie, which); };
    Reader reader;
    reader.code = reader.withheld;
    reader.title = may_read(FieldClass::asker);
    if (message.unit) {
        reader.reads = [](Field const& field) {
            return field.type == Field::Type::choice || field.type == Field::Type::day;
        };
        reader.withheld = texts.sentence("ui.in_details", Language::zh);
    } else {
        reader.reads = [&](Field const& field) { return may_read(field.readers); };
    }
    return words(message, history, now, reader).value_or("");
}

std::string Letters::masked_number(std::vector<EventRow> const& history, Matter const& now,
                                   store::Session& session) const {
    std::string const number = number_of(history, now, *this, session);
    return number.empty() ? number : masked("phone", number);
}

}  // namespace banyan::desk
