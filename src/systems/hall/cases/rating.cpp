#include "systems/hall/cases/rating.h"

#include <fmt/format.h>

#include <array>

namespace banyan::hall {
namespace {

constexpr std::array<Reasons, 5> kReasons{{{108, 115}, {207, 214}, {307, 314}, {406, 413}, {510, 517}}};
constexpr int kGood = 3;  ///< and better

std::string fact(Matter const& matter, std::string_view name) {
    json::value const* value = matter.facts.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

/// What was said, in words: their own, else the reasons', else the level's.
std::string words_of(Rating const& rating, Texts const& texts) {
    if (!rating.words.empty()) return rating.words;
    std::string all;
    for (std::string const& reason : rating.reasons)
        all += (all.empty() ? "" : "; ") + texts.sentence("hall.rating." + reason, Language::zh);
    return all.empty() ? texts.sentence(fmt::format("hall.rating.level.{}", rating.stars), Language::zh) : all;
}

}  // namespace

Reasons reasons_of(int stars) { return kReasons.at(static_cast<std::size_t>(stars - 1)); }

Result<Command> rate(Rating const& rating, Matter const& matter, Actor const& actor, Windows const& windows,
                     Directory const& directory, Texts const& texts) {
    if (matter.open()) return refuse("rating.too_early");
    for (std::string const& reason : rating.reasons) {
        Reasons const of = reasons_of(rating.stars);
        bool const digits = reason.size() == 3 && reason.find_first_not_of("0123456789") == std::string::npos;
        if (!digits || std::stoi(reason) < of.first || std::stoi(reason) > of.last)
            return refuse("rating.reasons", "reasons", {{"reason", reason}});
    }
    Unit const* rated = directory.unit(matter.lead_unit());
    if (rated == nullptr) return refuse("rating.too_early");
    auto const hall = windows.find(matter.region);
    Unit const* management = hall == windows.end() ? nullptr : directory.unit(hall->second);
    std::string const number = receipt_number(matter.id);
    Command command;
    command.actor = actor;
    command.actor.role = "applicant";
    command.actor.bound = {};
    if (rating.anonymous) command.actor.person = {};
    command.procedure = "rating";
    command.step = "rate_service";
    command.source = "hall.rating";
    command.external = number;
    command.form = {{"kind", rating.stars >= kGood ? "good" : "bad"},
                    {"title", texts.sentence("hall.rating.title", Language::zh, {{"item", matter.title}})},
                    {"body", words_of(rating, texts)},
                    {"stars", rating.stars},
                    {"rated_case", number},
                    {"rated_item", fact(matter, "hall_item")},
                    {"rated_unit", rated->code},
                    {"lead", management == nullptr ? rated->code : management->code},
                    {"region", matter.region}};
    if (!rating.reasons.empty()) command.form["reasons"] = fmt::format("{}", fmt::join(rating.reasons, ";"));
    return command;
}

}  // namespace banyan::hall
