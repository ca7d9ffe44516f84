#include "systems/knowledge/guides.h"

#include <algorithm>

#include "base/text.h"

namespace banyan::knowledge {
namespace {

using Version = Guides::Version;

Result<void> days_in_order(Form const& form, Day today) {
    auto const from = parse_day(form.text("from")), until = parse_day(form.text("until"));
    if (!from || !until) return {};  // the form asks for both
    if (*until <= *from) return refuse("entry.days", "form.until");
    if (*until <= today) return refuse("entry.over", "form.until");
    return {};
}

Result<void> articles_in_force(Guides const& guides, Form const& form) {
    auto const from = parse_day(form.text("from"));
    for (std::string const& name : split(form.text("articles"), "\n")) {
        auto const known = guides.articles->find(name);
        if (known == guides.articles->end() || (from && known->second.over(*from)))
            return refuse("entry.article", "form.articles",
                          {{"article", std::string(first_characters(name, 60))}});
    }
    return {};
}

}  // namespace

Version const* Guides::version(std::string_view entry, std::int64_t version) const {
    auto const known = entries.find(entry);
    if (known == entries.end()) return nullptr;
    for (Version const& each : known->second)
        if (each.version == version) return &each;
    return nullptr;
}

Guides guides_of(std::vector<Entry> const& entries, std::shared_ptr<Guides::Articles const> articles,
                 Guides::OpenMatters open_matters) {
    Guides guides;
    for (Entry const& entry : entries)
        guides.entries[entry.id].push_back(
            {entry.version, entry.force, entry.unit, entry.taken_down, entry.followed, entry.matter});
    guides.articles = std::move(articles);
    guides.open_matters = std::move(open_matters);
    return guides;
}

std::shared_ptr<Guides::Articles const> articles_of(Stock const& stock) {
    auto articles = std::make_shared<Guides::Articles>();
    for (Article const& article : stock.articles)
        articles->emplace(stock.name(article), stock.laws[article.law].force);
    return articles;
}

Result<void> may_cite(Guides const& guides, Form const& form, Day today) {
    std::string_view const entry = form.text("entry");
    auto const version = form.integer("entry_version");
    if (entry.empty() && !version) return {};
    if (entry.empty()) return refuse("guide.no_entry", "form.entry");
    if (entry.find(':') != std::string_view::npos) return refuse("guide.article", "form.entry");
    if (!guides.entries.contains(entry)) return refuse("guide.unknown", "form.entry");
    if (!version) return refuse("guide.no_version", "form.entry_version");
    Version const* cited = guides.version(entry, *version);
    if (cited == nullptr) return refuse("guide.unknown", "form.entry_version");
    if (cited->taken_down) return refuse("guide.taken_down", "form.entry");
    if (!cited->force.begun(today))
        return refuse("guide.not_yet", "form.entry_version", {{"from", iso(*cited->force.from)}});
    if (cited->force.over(today))
        return refuse(cited->followed ? "guide.superseded" : "guide.expired", "form.entry_version",
                      {{"until", iso(*cited->force.until)}});
    return {};
}

Result<void> may_go_on_from(Guides const& guides, Form const& form) {
    std::string_view const entry = form.text("entry");
    auto const version = form.integer("entry_version");
    if (entry.empty() && !version) return {};
    if (entry.empty()) return refuse("field.required", "form.entry");
    if (!version) return refuse("field.required", "form.entry_version");
    auto const known = guides.entries.find(entry);
    if (known == guides.entries.end()) return refuse("guide.unknown", "form.entry");
    if (auto open = guides.open_matters.find(entry); open != guides.open_matters.end())
        return refuse("entry.has_matter", "form.entry", {{"number", receipt_number(open->second)}});
    int const last = known->second.back().version;
    if (*version != last)
        return refuse("entry.not_last", "form.entry_version", {{"version", std::to_string(last)}});
    return {};
}

Result<void> may_draft(Guides const& guides, Form const& form, Day today) {
    BANYAN_CHECK(days_in_order(form, today));
    if (!is_area(form.text("region")))
        return refuse("knowledge.area", "form.region", {{"area", std::string(form.text("region"))}});
    BANYAN_CHECK(articles_in_force(guides, form));
    return may_go_on_from(guides, form);
}

Result<void> may_publish(Guides const& guides, Matter const& matter, Form const& form, Day today) {
    BANYAN_CHECK(days_in_order(form, today));
    auto const until = parse_day(form.text("until")), remind_on = parse_day(form.text("remind_on"));
    if (until && remind_on && *remind_on >= *until) return refuse("entry.remind_late", "form.remind_on");
    json::value const* named = matter.facts.if_contains("entry");
    json::value const* base = matter.facts.if_contains("entry_version");
    bool const goes_on = named != nullptr && named->is_string() && base != nullptr && base->is_int64();
    auto const known = guides.entries.find(goes_on ? std::string(named->as_string()) : receipt_number(matter.id));
    if (known == guides.entries.end()) return {};
    for (Version const& each : known->second) {
        if (goes_on && each.version > base->as_int64() && each.matter != matter.id)
            return refuse("entry.overtaken", {}, {{"version", std::to_string(each.version)}});
        // What held then is not changed afterwards.
        if (auto const from = parse_day(form.text("from")); from && !each.taken_down && !each.force.begun(*from))
            return refuse("entry.before_last", "form.from", {{"from", iso(*each.force.from)}});
    }
    return {};
}

Result<void> may_correct(Guides const& guides, Form const& form) {
    Version const* read = guides.version(form.text("entry"), form.integer("entry_version").value_or(0));
    if (read == nullptr || read->taken_down) return refuse("entry.gone", "form.entry");
    std::string_view const lead = form.text("lead");
    if (lead != read->unit && lead != guides.centre) return refuse("correction.wrong_unit", "form.lead");
    return {};
}

void CurrentGuides::put(std::shared_ptr<Guides const> guides) {
    std::lock_guard const lock(mutex_);
    guides_ = std::move(guides);
}

std::shared_ptr<Guides const> CurrentGuides::get() const {
    std::lock_guard const lock(mutex_);
    return guides_;
}

Checks checks_of(std::shared_ptr<CurrentGuides> current) {
    using Ask = std::function<Result<void>(Guides const&, Matter const*, Form const&, Day)>;
    auto asked = [current = std::move(current)](Ask ask) -> Check {
        return [current, ask = std::move(ask)](Matter const* matter, Form const& form,
                                               Moment const& moment) -> Result<void> {
            auto const guides = current->get();
            if (!guides) return {};
            return ask(*guides, matter, form, moment.today());
        };
    };
    Checks checks;
    checks["entry"] = asked([](Guides const& guides, Matter const*, Form const& form, Day today) {
        return may_cite(guides, form, today);
    });
    checks["entry_draft"] = asked([](Guides const& guides, Matter const*, Form const& form, Day today) {
        return may_draft(guides, form, today);
    });
    checks["entry_last"] = asked(
        [](Guides const& guides, Matter const*, Form const& form, Day) { return may_go_on_from(guides, form); });
    checks["entry_publish"] = asked([](Guides const& guides, Matter const* matter, Form const& form, Day today) {
        return matter == nullptr ? Result<void>() : may_publish(guides, *matter, form, today);
    });
    checks["entry_correction"] = asked(
        [](Guides const& guides, Matter const*, Form const& form, Day) { return may_correct(guides, form); });
    return checks;
}

bool is_area(std::string_view code) {
    static constexpr std::string_view kProvinces =
        "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82";
    return code == "00" || kProvinces.find(code.substr(0, 2)) != std::string_view::npos;
}

}  // namespace banyan::knowledge
