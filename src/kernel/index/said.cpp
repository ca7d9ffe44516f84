#include "kernel/index/said.h"

#include <set>

#include "kernel/engine/event_body.h"
#include "kernel/engine/rebuild.h"
#include "kernel/engine/view.h"
#include "kernel/index/terms.h"

namespace banyan::index {
namespace {

constexpr std::uint32_t kTitle = 3, kAskedFor = 2;  ///< what was asked for counts more than what was said of it

std::set<EventId> taken_back(std::vector<EventRow> const& history, Procedure const& procedure) {
    std::set<EventId> undone;
    for (EventRow const& row : history)
        if (row.step == kUndo)
            if (auto event = readable_event(row, procedure)) undone.insert(event->undoes);
    return undone;
}

/// The number of the last event that approved a reply: what was replied after it is not for who asked yet.
int approved_through(std::vector<EventRow> const& history, Procedure const& procedure,
                     std::set<EventId> const& undone) {
    int through = 0;
    for (EventRow const& row : history)
        if (Index const step = procedure.step(row.step); !undone.contains(row.id) && step >= 0)
            if (procedure.step_at(step).tree == TreeWord::approve) through = row.no;
    return through;
}

}  // namespace

std::vector<Said> said_in(Matter const& matter, std::vector<EventRow> const& history) {
    std::vector<Said> all;
    auto add = [&](std::string_view field, std::string_view text, TextKind kind, std::uint32_t weight) {
        if (std::string_view const letter = letter_of(kind); !letter.empty())
            all.push_back({std::string(field), std::string(text), letter.front(), weight});
    };
    if (!matter.title.empty()) add("title", matter.title, {FieldClass::asker, true, false}, kTitle);
    Procedure const& procedure = *matter.procedure;
    std::set<EventId> const undone = taken_back(history, procedure);
    int const approved = approved_through(history, procedure, undone);
    for (EventRow const& row : history) {
        Index const index = procedure.step(row.step);
        if (index < 0 || undone.contains(row.id)) continue;
        Step const& step = procedure.step_at(index);
        json::error_code error;
        json::value const body = json::parse(row.body, error);
        json::value const* form = !error && body.is_object() ? body.as_object().if_contains("form") : nullptr;
        if (form == nullptr || !form->is_object()) continue;
        bool const withheld = step.tree == TreeWord::reply && row.no > approved;
        for (Field const& field : step.form) {
            if (field.type != Field::Type::text || field.personal) continue;
            json::value const* value = form->as_object().if_contains(field.name);
            if (value == nullptr || !value->is_string()) continue;
            std::string_view const text = value->as_string();
            if (text.empty() || (field.name == "title" && text == matter.title)) continue;
            add(field.name, text, {field.readers, offers_shares(row.step), withheld}, step.opens ? kAskedFor : 1U);
        }
    }
    return all;
}

/// [version, letter and field, text, letter and field, text, …], packed as bodies of events are.
std::string kept_of(int version, std::vector<Said> const& said) {
    json::array all{version};
    for (Said const& text : said) {
        all.emplace_back(text.letter + text.field);
        all.emplace_back(text.text);
    }
    std::string plain = json::serialize(all);
    std::string packed = packed_body(plain);
    return packed.empty() ? plain : packed;
}

std::optional<std::vector<Said>> said_in_kept(std::string_view kept, int version) {
    std::optional<std::string> const plain = unpacked_body(kept);
    json::error_code error;
    json::value const value = json::parse(plain ? std::string_view(*plain) : kept, error);
    if (error || !value.is_array()) return std::nullopt;
    json::array const& all = value.as_array();
    if (all.size() % 2 == 0 || all.front() != version) return std::nullopt;
    std::vector<Said> said;
    said.reserve(all.size() / 2);
    for (std::size_t i = 1; i + 1 < all.size(); i += 2) {
        if (!all[i].is_string() || !all[i + 1].is_string() || all[i].as_string().empty()) return std::nullopt;
        std::string_view const whose = all[i].as_string();
        said.push_back({std::string(whose.substr(1)), std::string(all[i + 1].as_string()), whose.front()});
    }
    return said;
}

}  // namespace banyan::index
