#include "systems/hall/cases/licence.h"

#include <algorithm>

#include "base/text.h"
#include "kernel/engine/view.h"
#include "platform/crypto/digest.h"

namespace banyan::hall {
namespace {

constexpr std::size_t kCheckDigits = 16;

std::string fact(Matter const& matter, std::string_view name) {
    json::value const* value = matter.facts.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

}  // namespace

std::optional<Licence> licence_of(store::Session& session, Matter const& matter,
                                  std::vector<EventRow> const& history, Directory const& directory,
                                  crypto::Keyring const* keys) {
    if (!is_set(matter.facts, "granted") || fact(matter, "result") == "none" || history.empty())
        return std::nullopt;
    auto const decided = std::find_if(history.rbegin(), history.rend(),
                                      [](EventRow const& row) { return row.step == "grant_case"; });
    if (decided == history.rend()) return std::nullopt;
    EventRow const& event = *decided;
    Licence licence;
    licence.number = fact(matter, "licence_number");
    if (licence.number.empty()) licence.number = receipt_number(matter.id);
    licence.name = fact(matter, "result_name");
    licence.item = fact(matter, "hall_item");
    licence.item_title = matter.title;
    if (Unit const* unit = directory.unit(matter.lead_unit())) {
        licence.unit = unit->zh;
        licence.unit_en = unit->en;
    }
    licence.check = to_hex(event.hash).substr(0, kCheckDigits);
    licence.decided = kBeijing.day(event.at);
    if (auto const until = parse_day(fact(matter, "licence_until"))) licence.until = *until;
    if (keys != nullptr) {
        json::object const personal = open_personal(session, history.front().id, *keys);
        if (json::value const* holder = personal.if_contains("name"); holder != nullptr && holder->is_string())
            licence.holder = std::string(holder->as_string());
    }
    return licence;
}

}  // namespace banyan::hall
