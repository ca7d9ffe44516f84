// What may be cited, drafted, published and corrected, in which words it is refused.
#include "systems/knowledge/guides.h"

#include <gtest/gtest.h>

#include "systems/knowledge/testing.h"

namespace banyan::knowledge {
namespace {

Day day(std::string_view text) { return parse_day(text).value(); }

/// pond@1 (to 2020), pond@2 (2020 to 2030), lamp@1 (from 2015 on) and what is said here.
Guides guides(std::vector<Entry> more = {}) {
    Stock stock = testing::small();
    for (Entry& entry : more) stock.entries.push_back(std::move(entry));
    std::ranges::sort(stock.entries, {}, [](Entry const& e) { return std::pair(e.id, e.version); });
    end_superseded(stock.entries);
    Guides made = guides_of(stock.entries, articles_of(stock), {{"gate", MatterId(256)}});
    made.centre = "centre";
    return made;
}

Entry entry(std::string id, int version, std::string_view from, std::string_view until = {}) {
    Entry made;
    made.id = std::move(id);
    made.version = version;
    made.unit = "sl";
    made.force = {"00", parse_day(from), until.empty() ? std::nullopt : parse_day(until)};
    return made;
}

std::string said(Result<void> const& result) {
    return result ? "" : result.error().key + (result.error().field.empty() ? "" : " " + result.error().field);
}
std::string cited(Guides const& of, json::object form, std::string_view on = "2026-10-09") {
    return said(may_cite(of, Form(std::move(form)), day(on)));
}

TEST(Citing, IsOfAVersionInForceOnTheDayOfTheAnswer) {
    Guides const all = guides();
    EXPECT_EQ(cited(all, {{"entry", "pond"}, {"entry_version", 2}}), "");
    EXPECT_EQ(cited(all, {{"entry", "pond"}, {"entry_version", 1}}), "guide.expired form.entry_version");
    EXPECT_EQ(cited(all, {{"entry", "pond"}, {"entry_version", 1}}, "2019-12-31"), "");
    EXPECT_EQ(cited(all, {{"entry", "pond"}, {"entry_version", 1}}, "2020-01-01"),
              "guide.expired form.entry_version");
    EXPECT_EQ(cited(all, {{"entry", "pond"}, {"entry_version", 2}}, "2019-12-31"),
              "guide.not_yet form.entry_version");
    EXPECT_EQ(cited(all, {{"entry", "pond"}, {"entry_version", 2}}, "2030-01-01"),
              "guide.expired form.entry_version");
    EXPECT_EQ(cited(all, {}), "") << "whether one is needed is for the rulebook to say";
}

TEST(Citing, RefusesRubbishByName) {
    Guides const all = guides();
    struct Row {
        json::object form;
        std::string refused;
    };
    for (Row const& row : std::vector<Row>{
             {{{"entry", "pond"}, {"entry_version", 3}}, "guide.unknown form.entry_version"},
             {{{"entry", "moon"}, {"entry_version", 1}}, "guide.unknown form.entry"},
             {{{"entry", "pond@2"}, {"entry_version", 2}}, "guide.unknown form.entry"},
             {{{"entry", "'; DROP TABLE matter; --"}, {"entry_version", 1}}, "guide.unknown form.entry"},
             {{{"entry", "ponds-2020:1"}, {"entry_version", 1}}, "guide.article form.entry"},
             {{{"entry", "ponds-2020:1"}}, "guide.article form.entry"},
             {{{"entry", "pond"}}, "guide.no_version form.entry_version"},
             {{{"entry_version", 2}}, "guide.no_entry form.entry"}})
        EXPECT_EQ(cited(all, row.form), row.refused) << json::serialize(row.form);
}

TEST(Citing, OfAVersionThatALaterOneFollowedIsRefusedFromThatDayOn) {
    Guides const all = guides({entry("gate", 1, "2020-01-01", "2028-01-01"), entry("gate", 2, "2026-10-09"),
                               entry("gate", 3, "2027-01-01")});
    json::object const first{{"entry", "gate"}, {"entry_version", 1}},
        second{{"entry", "gate"}, {"entry_version", 2}};
    EXPECT_EQ(cited(all, first, "2026-10-08"), "");
    EXPECT_EQ(cited(all, first), "guide.superseded form.entry_version");
    EXPECT_EQ(cited(all, second), "");
    EXPECT_EQ(cited(all, second, "2027-01-01"), "guide.superseded form.entry_version");
}

TEST(Citing, OfWhatWasTakenDownIsRefusedAndWhatItFollowedDoesNotComeBack) {
    Entry old = entry("gate", 1, "2020-01-01", "2028-01-01"), last = entry("gate", 2, "2026-01-01");
    old.taken_down = last.taken_down = true;
    Guides const all = guides({old, last});
    for (int version : {1, 2})
        EXPECT_EQ(cited(all, {{"entry", "gate"}, {"entry_version", version}}), "guide.taken_down form.entry");
}

TEST(Drafting, RefusesByName) {
    Guides const all = guides({entry("gate", 1, "2020-01-01")});
    json::object const good{{"title", "水塘脏了找谁"},
                            {"answer", "找水利局。"},
                            {"region", "3501"},
                            {"from", "2026-10-10"},
                            {"until", "2028-01-01"}};
    auto drafted = [&](json::object const& change) {
        json::object form = good;
        for (auto const& [name, value] : change) form[name] = value;
        return said(may_draft(all, Form(std::move(form)), day("2026-10-09")));
    };
    EXPECT_EQ(drafted({}), "");
    EXPECT_EQ(drafted({{"articles", "ponds-2020:1\nponds-2020:2"}}), "");
    EXPECT_EQ(drafted({{"entry", "pond"}, {"entry_version", 2}}), "");
    struct Row {
        json::object change;
        std::string refused;
    };
    for (Row const& row :
         std::vector<Row>{{{{"until", "2026-10-10"}}, "entry.days form.until"},
                          {{{"until", "2026-10-01"}}, "entry.days form.until"},
                          {{{"from", "2020-01-01"}, {"until", "2026-10-09"}}, "entry.over form.until"},
                          {{{"region", "99"}}, "knowledge.area form.region"},
                          {{{"articles", "ponds-2020:3"}}, "entry.article form.articles"},
                          {{{"articles", "池塘条例第一条"}}, "entry.article form.articles"},
                          {{{"articles", "ponds-2020:1\nponds-2001:1"}}, "entry.article form.articles"},
                          {{{"entry", "pond"}}, "field.required form.entry_version"},
                          {{{"entry_version", 2}}, "field.required form.entry"},
                          {{{"entry", "moon"}, {"entry_version", 1}}, "guide.unknown form.entry"},
                          {{{"entry", "pond"}, {"entry_version", 1}}, "entry.not_last form.entry_version"},
                          {{{"entry", "gate"}, {"entry_version", 1}}, "entry.has_matter form.entry"}})
        EXPECT_EQ(drafted(row.change), row.refused) << json::serialize(row.change);
}

TEST(Publishing, IsOfDaysInOrderAndOfWhatNobodyOvertook) {
    Entry overtaken = entry("pond", 3, "2026-10-01");
    overtaken.matter = MatterId(512);
    Guides const all = guides({overtaken});
    json::object const good{{"from", "2026-10-10"}, {"until", "2028-01-01"}, {"remind_on", "2027-12-01"}};
    Matter matter;
    auto published = [&](json::object const& change) {
        json::object form = good;
        for (auto const& [name, value] : change) form[name] = value;
        return said(may_publish(all, matter, Form(std::move(form)), day("2026-10-09")));
    };
    EXPECT_EQ(published({}), "");
    EXPECT_EQ(published({{"until", "2026-10-09"}}), "entry.days form.until");
    EXPECT_EQ(published({{"from", "2020-01-01"}, {"until", "2026-10-09"}}), "entry.over form.until");
    EXPECT_EQ(published({{"remind_on", "2028-01-01"}}), "entry.remind_late form.remind_on");
    matter.facts = {{"entry", "pond"}, {"entry_version", 2}};
    EXPECT_EQ(published({}), "entry.overtaken");
    matter.id = MatterId(512);
    EXPECT_EQ(published({}), "") << "its own";
    EXPECT_EQ(published({{"from", "2026-09-30"}}), "entry.before_last form.from");
    EXPECT_EQ(published({{"from", "2026-10-01"}}), "") << "a slip may be put right for the same day";
}

TEST(Correcting, GoesToTheUnitOfAnEntryThatStands) {
    Entry down = entry("gate", 1, "2020-01-01");
    down.taken_down = true;
    Guides const all = guides({down});
    auto corrected = [&](json::object form) { return said(may_correct(all, Form(std::move(form)))); };
    EXPECT_EQ(corrected({{"entry", "pond"}, {"entry_version", 2}, {"lead", "sl"}}), "");
    EXPECT_EQ(corrected({{"entry", "pond"}, {"entry_version", 2}, {"lead", "centre"}}), "");
    EXPECT_EQ(corrected({{"entry", "pond"}, {"entry_version", 2}, {"lead", "cg"}}),
              "correction.wrong_unit form.lead");
    EXPECT_EQ(corrected({{"entry", "pond"}, {"entry_version", 9}, {"lead", "sl"}}), "entry.gone form.entry");
    EXPECT_EQ(corrected({{"entry", "moon"}, {"entry_version", 1}, {"lead", "sl"}}), "entry.gone form.entry");
    EXPECT_EQ(corrected({{"entry", "gate"}, {"entry_version", 1}, {"lead", "sl"}}), "entry.gone form.entry");
}

TEST(Checks, LetEverythingPassBeforeAnythingIsKnown) {
    auto current = std::make_shared<CurrentGuides>();
    Checks const checks = checks_of(current);
    Form const form({{"entry", "moon"}, {"entry_version", 1}});
    Calendar const none;
    Moment const moment{{}, &none};
    for (auto const& [name, check] : checks) EXPECT_TRUE(check(nullptr, form, moment)) << name;
    current->put(std::make_shared<Guides>(guides()));
    EXPECT_FALSE(checks.at("entry")(nullptr, form, moment));
}

}  // namespace
}  // namespace banyan::knowledge
