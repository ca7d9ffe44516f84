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

/// What was said with the step: choices and days as people read them.
void add_form(Params& params, Then const& then, Texts const& texts) {
    for (Field const& field : then.matter.procedure->step_at(then.event.step).form) {
        json::value const* said = then.event.form.if_contains(field.name);
        if (said == nullptr || !said->is_string()) continue;
        std::string value(said->as_string());
        std::string const choice = "choice." + field.name + "." + value;
        if (texts.has(choice, Language::zh))
            value = texts.sentence(choice, Language::zh);
        else if (auto day = field.type == Field::Type::day ? parse_day(value) : std::nullopt)
            value = in_words(*day, texts);
        params.emplace_back(field.name, std::move(value));
    }
}

}  // namespace

std::optional<Letter> Letters::write(Message const& message, store::Session& session) const {
    auto const now = load_matter(session, message.matter, engine.procedures());
    if (!now) return std::nullopt;
    std::vector<EventRow> const history = load_history(session, *now);
    auto const then = matter_at(history, message.event, now->procedure);
    std::string to = number_of(history, *now, *this, session);
    if (!then || to.empty()) return std::nullopt;

    Matter const& matter = then->matter;
    Params params{{"title", matter.title},
                  {"number", receipt_number(matter.id)},
                  {"code", code_of(matter.id, *this, session)}};
    if (matter.due) params.emplace_back("last_day", in_words(matter.due->last_day, texts));
    if (then->before && then->before->due)
        params.emplace_back("old_last_day", in_words(then->before->due->last_day, texts));
    if (Assignment const* lead = matter.lead())
        if (Unit const* unit = engine.rules()->directory->unit(lead->unit)) params.emplace_back("unit", unit->zh);
    add_form(params, *then, texts);
    std::string key = "tell." + message.text;
    if (matter.due && matter.due->provisional && texts.has(key + "_provisional", Language::zh))
        key += "_provisional";
    return Letter{std::move(to), receipt_number(matter.id), texts.sentence(key, Language::zh, params)};
}

}  // namespace banyan::desk
