#include "systems/calls/score_card.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "platform/config/toml.h"
#include "platform/crypto/digest.h"

namespace banyan::calls {
namespace {

std::optional<int> number_of(json::object const& root, std::string_view table, std::string_view member) {
    json::value const* in = root.if_contains(table);
    json::value const* value = in != nullptr && in->is_object() ? in->as_object().if_contains(member) : nullptr;
    std::int64_t const* n = value == nullptr ? nullptr : value->if_int64();
    if (n == nullptr || *n < 1 || *n > 1000) return std::nullopt;
    return static_cast<int>(*n);
}

std::string text_of(json::object const& of, std::string_view member) {
    json::value const* value = of.if_contains(member);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::optional<CardItem> read_item(json::value const& value) {
    if (!value.is_object()) return std::nullopt;
    json::object const& of = value.as_object();
    CardItem item;
    item.code = text_of(of, "code");
    item.zh = text_of(of, "zh");
    item.en = text_of(of, "en");
    json::value const* points = of.if_contains("points");
    json::value const* floor = of.if_contains("floor");
    if (item.code.empty() || item.zh.empty() || item.en.empty() || points == nullptr || !points->is_int64() ||
        floor == nullptr || !floor->is_int64())
        return std::nullopt;
    std::int64_t const most = points->as_int64(), least = floor->as_int64();
    if (most < 1 || most > 100 || least < 0 || least > most) return std::nullopt;
    item.points = static_cast<int>(most);
    item.floor = static_cast<int>(least);
    return item;
}

}  // namespace

int ScoreCard::total() const {
    return std::accumulate(items.begin(), items.end(), 0,
                           [](int sum, CardItem const& item) { return sum + item.points; });
}

CardItem const* ScoreCard::item(std::string_view code) const {
    auto const found = std::ranges::find(items, code, &Entry::code);
    return found == items.end() ? nullptr : &*found;
}

Result<ScoreCard> read_score_card(std::string_view toml) {
    BANYAN_TRY(TomlDocument const document, parse_toml(toml));
    ScoreCard card;
    struct Number {
        std::string_view table, member;
        int& into;
    };
    for (Number const& one : {Number{"sample", "oldest_days", card.oldest_days},
                              Number{"sample", "most", card.most}, Number{"card", "pass", card.pass}}) {
        auto const n = number_of(document.root, one.table, one.member);
        if (!n) return refuse("call_checks.card", fmt::format("{}.{}", one.table, one.member));
        one.into = *n;
    }
    json::value const* items = document.root.if_contains("item");
    if (items == nullptr || !items->is_array()) return refuse("call_checks.card", "item");
    for (json::value const& each : items->as_array()) {
        auto item = read_item(each);
        if (!item || card.item(item->code) != nullptr)
            return refuse("call_checks.card", fmt::format("item.{}", card.items.size()));
        card.items.push_back(std::move(*item));
    }
    if (card.pass > card.total()) return refuse("call_checks.card", "card.pass");
    return card;
}

Result<Score> score(ScoreCard const& card, json::array const& marks) {
    Score score{0, true};
    std::set<std::string_view> marked;
    for (json::value const& each : marks) {
        Form const mark(each.as_object());
        std::string const code(mark.text("item"));
        CardItem const* item = card.item(code);
        if (item == nullptr) return refuse("call_check.item_unknown", "form.marks", {{"item", code}});
        if (!marked.insert(item->code).second)
            return refuse("call_check.item_twice", "form.marks", {{"item", code}});
        int const points = static_cast<int>(mark.integer("points").value_or(0));
        if (points > item->points)
            return refuse("call_check.points", "form.marks",
                          {{"item", code}, {"most", std::to_string(item->points)}});
        score.points += points;
        if (points < item->floor) score.passed = false;
    }
    for (CardItem const& item : card.items)
        if (!marked.contains(item.code))
            return refuse("call_check.item_missing", "form.marks", {{"item", item.code}});
    if (score.points < card.pass) score.passed = false;
    return score;
}

Checks card_checks(ScoreCard card) {
    Checks checks;
    checks["call_card"] = [card = std::move(card)](Matter const*, Form const& form,
                                                   Moment const&) -> Result<void> {
        json::value const* marks = form.values().if_contains("marks");
        if (marks == nullptr) return refuse("field.required", "form.marks");
        BANYAN_TRY(Score const found, score(card, marks->as_array()));
        if (form.integer("points") != found.points)
            return refuse("call_check.sum", "form.points", {{"points", std::to_string(found.points)}});
        if (form.flag("passed") != found.passed) return refuse("call_check.passed", "form.passed");
        return {};
    };
    return checks;
}

std::vector<CallId> drawn(Day day, std::vector<CallId> const& ids, std::size_t many) {
    std::vector<std::pair<crypto::Digest, CallId>> lots;
    for (CallId const id : ids)
        lots.emplace_back(crypto::sm3(fmt::format("call_check {} {}", iso(day), id.value)), id);
    std::ranges::sort(lots);
    std::vector<CallId> first;
    for (auto const& [lot, id] : lots)
        if (first.size() < many) first.push_back(id);
    return first;
}

}  // namespace banyan::calls
