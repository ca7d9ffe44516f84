#include "systems/brief/day.h"

#include <fmt/format.h>

#include <algorithm>

#include "api/class_names.h"

namespace banyan::brief {
namespace {

constexpr std::size_t kAtOnce = 500, kTopClasses = 8, kTopUnits = 8;
constexpr std::string_view kNone = "none", kNoneSaid = "brief.none";  // of a trait, and its text

std::vector<Matter> load_all(store::Session& session, Engine& engine, std::vector<MatterId> const& ids) {
    std::vector<std::int64_t> values;
    for (MatterId id : ids) values.push_back(id.value);
    std::vector<Matter> all;
    for (std::size_t from = 0; from < values.size(); from += kAtOnce)
        for (Matter& matter :
             load_matters(session, std::span(values).subspan(from, std::min(kAtOnce, values.size() - from)),
                          engine.procedures()))
            all.push_back(std::move(matter));
    return all;
}

std::vector<Matter> filed_on(api::House& house, Sources const& sources, store::Session& session, Day day) {
    return load_all(session, house.engine,
                    sources.filed(session, kBeijing.start_of(day), kBeijing.start_of(day + 1)));
}

std::string kind_of(Matter const& matter) {
    return matter.kind < 0 ? std::string(kNone) : matter.procedure->kinds[static_cast<std::size_t>(matter.kind)];
}
std::string or_none(std::string const& value) { return value.empty() ? std::string(kNone) : value; }

using Counts = std::map<std::string, std::int64_t>;
/// What came in on a day.
struct Intake {
    std::int64_t all = 0;
    Counts kinds, classes, channels;
};
Intake intake_of(std::vector<Matter> const& matters) {
    Intake intake;
    for (Matter const& matter : matters) {
        ++intake.all;
        ++intake.kinds[kind_of(matter)];
        ++intake.classes[or_none(matter.class_code)];
        ++intake.channels[or_none(matter.channel)];
    }
    return intake;
}

class Maker {
  public:
    Maker(api::House& house, Sources const& sources, store::Session& session, Asked const& asked)
        : house_(house), sources_(sources), session_(session), asked_(asked) {}

    std::vector<Section> make() {
        Standing const open = standing(session_, house_.engine, asked_.actor);
        add_intake();
        sections_.push_back(sources_.calls(session_, asked_));
        add_answers();
        add_open(open);
        add_overdue(open);
        add_attention(open);
        sections_.push_back(sources_.topics(session_, asked_));
        return std::move(sections_);
    }

  private:
    static std::optional<std::int64_t> at(Counts const& counts, std::string const& name) {
        auto const found = counts.find(name);
        return found == counts.end() ? 0 : found->second;
    }
    std::string filed_link(std::string_view by = {}, std::string_view value = {}) const {
        std::string link = fmt::format("/api/v1/brief/matters?what=filed&day={}", iso(asked_.day));
        if (!by.empty()) fmt::format_to(std::back_inserter(link), "&{}={}", by, value);
        return link;
    }
    Row named(std::string_view group, std::string const& name) const {
        Row row;
        std::string const key = name == kNone ? std::string(kNoneSaid) : fmt::format("{}.{}", group, name);
        row.zh = house_.texts.sentence(key, Language::zh);
        row.en = house_.texts.sentence(key, Language::en);
        return row;
    }
    Row class_row(std::string const& code) const {
        Row row = named("brief", std::string(kNone));
        if (code == kNone) return row;
        row.zh = api::class_name(house_.catalogues, code, Language::zh);
        row.en = api::class_name(house_.catalogues, code, Language::en);
        if (row.zh.empty()) row.zh = row.en = code;
        return row;
    }
    /// The largest first.
    static std::vector<std::string> largest(Counts const& counts, std::size_t most) {
        std::vector<std::string> names;
        for (auto const& [name, n] : counts) names.push_back(name);
        std::ranges::stable_sort(names, std::greater{}, [&](auto const& name) { return counts.at(name); });
        if (names.size() > most) names.resize(most);
        return names;
    }

    void add_intake() {
        Intake const now = intake_of(filed_on(house_, sources_, session_, asked_.day)),
                     before = intake_of(filed_on(house_, sources_, session_, asked_.before));
        Section all{"intake", {}};
        all.rows.push_back({.key = "filed", .now = now.all, .before = before.all, .link = filed_link()});
        for (std::string const& name : largest(now.kinds, now.kinds.size())) {
            Row row = named("kind", name);
            row.now = at(now.kinds, name), row.before = at(before.kinds, name),
            row.link = filed_link("kind", name);
            all.rows.push_back(std::move(row));
        }
        Section channels{"channels", {}}, classes{"classes", {}};
        for (std::string const& name : largest(now.channels, now.channels.size())) {
            Row row = named("choice.channel", name);
            row.now = at(now.channels, name), row.before = at(before.channels, name);
            row.link = filed_link("channel", name);
            channels.rows.push_back(std::move(row));
        }
        for (std::string const& name : largest(now.classes, kTopClasses)) {
            Row row = class_row(name);
            row.now = at(now.classes, name), row.before = at(before.classes, name);
            row.link = filed_link("class", name);
            classes.rows.push_back(std::move(row));
        }
        for (Section& each : std::array{std::move(all), std::move(channels), std::move(classes)})
            sections_.push_back(std::move(each));
    }

    Counts measures(Day day) const {
        Counts counts;
        session_.query(
            "SELECT measure, SUM(n) FROM tally WHERE day = $1 GROUP BY measure ORDER BY measure LIMIT 1000",
            {std::int64_t{day.number}},
            [&](store::Row const& row) { counts[std::string(row.text(0))] = row.integer(1); });
        return counts;
    }
    void add_answers() {
        Counts const now = measures(asked_.day), before = measures(asked_.before);
        Section answers{"answers", {}};
        for (char const* measure : {"accepted", "on_the_spot", "answered"})
            answers.rows.push_back({.key = measure, .now = at(now, measure), .before = at(before, measure)});
        auto sum = [](Counts const& counts, std::initializer_list<char const*> names) {
            std::int64_t all = 0;
            for (char const* name : names) all += *at(counts, name);
            return all;
        };
        answers.rows.push_back({.key = "on_time",
                                .now = at(now, "on_time"),
                                .before = at(before, "on_time"),
                                .of = sum(now, {"on_time", "late"}),
                                .of_before = sum(before, {"on_time", "late"})});
        answers.rows.push_back({.key = "satisfied",
                                .now = sum(now, {"final_satisfied", "final_fair"}),
                                .before = sum(before, {"final_satisfied", "final_fair"}),
                                .of = sum(now, {"final_satisfied", "final_fair", "final_unsatisfied"}),
                                .of_before = sum(before, {"final_satisfied", "final_fair", "final_unsatisfied"})});
        reported_up_ = {at(now, "reported_up"), at(before, "reported_up")};
        declared_ = {at(now, "incidents"), at(before, "incidents")};
        sections_.push_back(std::move(answers));
    }

    void add_open(Standing const& open) {
        Section lights{"open", {}};
        lights.rows.push_back({.key = "open", .now = open.open, .link = "/api/v1/matters?open=true"});
        constexpr std::array kLights{"green", "yellow", "red", "grey"};
        for (std::size_t i = 0; i < kLights.size(); ++i) {
            Row row = named("light", kLights[i]);
            row.now = open.lights[i];
            if (i == 1 || i == 2) row.link = "/api/v1/brief/matters?what=near";
            lights.rows.push_back(std::move(row));
        }
        sections_.push_back(std::move(lights));
    }
    void add_overdue(Standing const& open) {
        auto const rules = house_.engine.rules();
        std::vector<std::pair<std::int64_t, Unit const*>> units;
        for (auto const& [id, n] : open.overdue)
            if (Unit const* unit = rules->directory->unit(id)) units.emplace_back(n, unit);
        std::ranges::stable_sort(units, std::greater{}, [](auto const& each) { return each.first; });
        if (units.size() > kTopUnits) units.resize(kTopUnits);
        Section overdue{"overdue", {}};
        for (auto const& [n, unit] : units)
            overdue.rows.push_back({.zh = unit->zh,
                                    .en = unit->en,
                                    .now = n,
                                    .link = "/api/v1/matters?overdue=true&unit=" + unit->code});
        sections_.push_back(std::move(overdue));
    }
    void add_attention(Standing const& open) {
        auto count = [](std::vector<MatterId> const& ids) { return static_cast<std::int64_t>(ids.size()); };
        Section attention{"attention", {}};
        attention.rows = {
            {.key = "declared", .now = declared_.first, .before = declared_.second},
            {.key = "incidents", .now = count(open.incidents), .link = "/api/v1/brief/matters?what=incidents"},
            {.key = "reported_up", .now = reported_up_.first, .before = reported_up_.second},
            {.key = "to_report_up",
             .now = count(open.to_report_up),
             .link = "/api/v1/brief/matters?what=to_report_up"},
            {.key = "instructions",
             .now = count(open.instructions),
             .link = "/api/v1/brief/matters?what=instructions"},
            {.key = "undispatched",
             .now = count(open.undispatched),
             .link = "/api/v1/brief/matters?what=undispatched"}};
        sections_.push_back(std::move(attention));
    }

    api::House& house_;
    Sources const& sources_;
    store::Session& session_;
    Asked const& asked_;
    std::pair<std::optional<std::int64_t>, std::optional<std::int64_t>> reported_up_, declared_;
    std::vector<Section> sections_;
};

}  // namespace

std::optional<std::string> percent(std::int64_t part, std::int64_t whole) {
    if (whole <= 0) return std::nullopt;
    std::int64_t const hundredths = (part * 20'000 + whole) / (whole * 2);  // half up
    return fmt::format("{}.{:02}", hundredths / 100, hundredths % 100);
}

Brief brief_of(api::House& house, Sources const& sources, store::Session& session, Asked const& asked) {
    return {asked, Maker(house, sources, session, asked).make()};
}

std::vector<Matter> listed(api::House& house, Sources const& sources, store::Session& session, Actor const& viewer,
                           Listed const& wanted) {
    std::vector<Matter> all;
    if (wanted.what == "filed") {
        all = filed_on(house, sources, session, wanted.day);
        auto differs = [](std::string const& asked, std::string const& is) {
            return !asked.empty() && asked != is;
        };
        std::erase_if(all, [&](Matter const& matter) {
            return differs(wanted.kind, kind_of(matter)) ||
                   differs(wanted.class_code, or_none(matter.class_code)) ||
                   differs(wanted.channel, or_none(matter.channel));
        });
        std::ranges::sort(all, std::greater{}, &Matter::filed_at);
    } else {
        Standing const open = standing(session, house.engine, viewer);
        std::map<std::string_view, std::vector<MatterId> const*> const lists{{"near", &open.near},
                                                                             {"undispatched", &open.undispatched},
                                                                             {"incidents", &open.incidents},
                                                                             {"to_report_up", &open.to_report_up},
                                                                             {"instructions", &open.instructions}};
        std::vector<MatterId> const& ids = *lists.at(wanted.what);
        all = load_all(session, house.engine, ids);
        std::ranges::sort(all, {},
                          [&](Matter const& matter) { return std::ranges::find(ids, matter.id) - ids.begin(); });
    }
    auto const rules = house.engine.rules();
    std::erase_if(
        all, [&](Matter const& matter) { return !rules->access->may_see(viewer, matter, *rules->directory); });
    return all;
}

}  // namespace banyan::brief
