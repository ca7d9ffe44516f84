// A centre's past, taken in from its old system: what becomes of a row, and what is said of a bad one.
#include <gtest/gtest.h>

#include "base/testing.h"
#include "kernel/engine/blind.h"
#include "kernel/engine/installation.h"
#include "kernel/engine/rebuild.h"
#include "kernel/engine/testing/city.h"
#include "kernel/engine/verify.h"
#include "kernel/engine/view.h"
#include "systems/hotline/history.h"

namespace banyan::hotline {
namespace {

using namespace banyan::testing;

constexpr std::string_view kHeader =
    "id,state,created,accepted,dispatched,signed,replied,rated,called_back,closed,due,kind,class,channel,region,"
    "unit,"
    "title,body,name,phone,reply,rating,outcome,final\n";
/// With everything an old system can say.
constexpr std::string_view kWhole =
    "FZ-1,archived,2016-03-07 09:12,2016-03-07 09:20,2016-03-07 10:00,2016-03-07 11:00,2016-03-09 "
    "16:30,2016-03-10 "
    "08:00,2016-03-11 10:00,2016-03-11 "
    "10:30,2016-03-10,complaint,road.lamp,phone,350102,cg,路灯不亮,路口的灯坏了,陈"
    "榕,15400001111,已换灯泡,satisfied,solved,satisfied\n";

Texts const& texts() {
    static Texts const kTexts = [] {
        Texts made;
        EXPECT_TRUE(made.add(Language::zh, source_text("texts/zh.json")));
        EXPECT_TRUE(made.add(Language::en, source_text("texts/en.json")));
        return made;
    }();
    return kTexts;
}

std::shared_ptr<Rules const> rules_with_past() {
    auto rules = std::make_shared<Rules>(*small_rules());
    rules->procedures["past"] = rulebook(source_text("procedures/past.toml"));
    return rules;
}

struct History : ::testing::TestWithParam<store::Engine> {
    EngineOptions options = [] {
        EngineOptions quiet;
        quiet.timers = false;
        return quiet;
    }();
    City city{GetParam(), rules_with_past(), options};

    History() { city.set_clock(at("2026-10-12 09:00")); }

    ImportedHistory import(std::string const& rows, std::string_view map = {}) {
        auto const words = OldWords::read(map, texts());
        auto const imported =
            import_history(city.engine(), *city.db(), std::string(kHeader) + rows, "old",
                           {*city.rules().directory, *words, {"road.lamp"}, city.engine().now()}, nullptr);
        EXPECT_TRUE(imported);
        return imported ? *imported : ImportedHistory();
    }
    std::optional<Matter> matter(std::string_view number) {
        MatterId id;
        city.db()->open_reader()->query("SELECT matter FROM external WHERE source = 'old' AND number = $1",
                                        {number}, [&](store::Row const& row) { id = MatterId(row.integer(0)); });
        return id ? city.matter(id) : std::nullopt;
    }
    /// What has been counted, as measure@day.
    std::set<std::string> counted() {
        std::set<std::string> all;
        for (auto const& [key, n] : tally_from_journal(city.reader(), city.engine().procedures()))
            if (auto const& [day, unit, kind, measure] = key; day != 0 && n != 0)
                all.insert(measure + "@" + iso(Day{day}));
        return all;
    }
    std::string stage(Matter const& m) { return m.procedure->at(m.stage).name; }
};

TEST_P(History, OfARowBecomesAMatterWithItsOwnTimes) {
    ImportedHistory const done = import(std::string(kWhole));
    EXPECT_EQ(done.taken, 1);
    ASSERT_TRUE(done.bad.empty()) << describe(done.bad.front().refusal);
    auto const m = matter("FZ-1");
    ASSERT_TRUE(m);
    EXPECT_EQ(stage(*m), "archived");
    EXPECT_EQ(m->filed_at, at("2016-03-07 09:12"));
    EXPECT_EQ(m->closed_at, at("2016-03-11 10:30"));
    ASSERT_EQ(m->assignments.size(), 1U);
    EXPECT_EQ(m->assignments[0].progress, Progress::approved) << "so the unit still sees it";
    EXPECT_EQ(m->assignments[0].offered_at, at("2016-03-07 10:00"));
    EXPECT_EQ(m->assignments[0].signed_at, at("2016-03-07 11:00"));
    EXPECT_EQ(m->assignments[0].replied_at, at("2016-03-09 16:30"));
    ASSERT_TRUE(m->due);
    EXPECT_EQ(iso(m->due->last_day), "2016-03-10") << "theirs, not what our limits make of it";
    for (EventRow const& row : load_history(city.reader(), *m)) {
        EXPECT_LT(row.at, row.recorded) << "marked: it was written later";
        EXPECT_EQ(row.body.find("15400001111"), std::string::npos) << "personal data are not in the journal";
        EXPECT_EQ(row.body.find("\u9648\u6995"), std::string::npos);
    }
    EXPECT_EQ(find_blind(city.reader(), blind_token(city.keys(), "phone", "15400001111"), 10),
              std::vector<MatterId>{m->id});
    EXPECT_EQ(counted(),
              (std::set<std::string>{"filed@2016-03-07", "accepted@2016-03-07", "answered@2016-03-11",
                                     "on_time@2016-03-10", "rated_satisfied@2016-03-10", "called_back@2016-03-10",
                                     "solved@2016-03-10", "final_satisfied@2016-03-10"}));
}

TEST_P(History, WhatTheOldSystemDoesNotSayIsNotJudged) {
    ImportedHistory const done = import(
        "FZ-2,archived,2016-03-07 09:00,,,,2016-03-20 09:00,,,,,help,,phone,,cg,没有截止日,,,,,,,\n"  // no due
        "FZ-3,archived,2016-03-07 09:00,,,,,,,2016-03-20 09:00,2016-03-10,help,,phone,,cg,没有答复时间,,,,,,,\n"
        "FZ-4,archived,2016-03-07 09:00,,,,2016-03-20 09:00,,,,2016-03-10,help,,phone,,cg,超期的,,,,,,,\n");
    ASSERT_EQ(done.taken, 3);
    std::set<std::string> const all = counted();
    EXPECT_FALSE(all.contains("on_time@2016-03-20")) << "without a due nothing is on time";
    EXPECT_FALSE(all.contains("on_time@2016-03-10"));
    EXPECT_TRUE(all.contains("late@2016-03-10")) << "FZ-4 says both";
    auto const unsaid = matter("FZ-3");
    ASSERT_TRUE(unsaid);
    EXPECT_EQ(unsaid->facts.at("reply_time_unknown"), json::value(true));
    for (char const* never : {"rated_satisfied", "called_back", "dispatched", "signed_on_time", "responded"})
        for (std::string const& each : all) EXPECT_FALSE(each.starts_with(never)) << each;
}

TEST_P(History, EveryEndHasItsStageAndWhatIsOpenGoesOnAsAnAppeal) {
    ImportedHistory const done = import(
        "FZ-5,answered,2016-03-07 09:00,,,,,,,,,consult,,phone,,,怎么办居住证,,,,带身份证,,,\n"
        "FZ-6,已撤回,2016-03-07 09:00,,,,,,,2016-03-08 09:00,,help,,phone,,cg,撤回的,,,,,,,\n"
        "FZ-7,handling,2026-10-09 09:00,2026-10-09 09:05,2026-10-09 09:30,2026-10-09 "
        "10:00,,,,,,help,,phone,,cg,在办的,,,,,,,\n"
        "FZ-8,filed,2026-10-12 08:00,,,,,,,,,,,phone,,,刚收到,,,,,,,\n",
        "what,from,to\nstate,已撤回,withdrawn\n");
    for (BadRow const& row : done.bad) ADD_FAILURE() << row.line << describe(row.refusal);
    EXPECT_EQ(stage(*matter("FZ-5")), "answered");
    EXPECT_EQ(stage(*matter("FZ-6")), "withdrawn");
    auto const open = matter("FZ-7");
    ASSERT_TRUE(open);
    EXPECT_EQ(open->procedure->name, "appeal");
    EXPECT_EQ(stage(*open), "handling");
    EXPECT_EQ(open->assignments.at(0).progress, Progress::signed_for);
    EXPECT_EQ(stage(*matter("FZ-8")), "filed");
    Answer const went_on = city.step("unit-cg-head", open->id, "contact", {{"reached", true}});
    EXPECT_TRUE(went_on.ok()) << describe(went_on.refusal);
}

TEST_P(History, TheSameFileTwiceAddsNothing) {
    import(std::string(kWhole));
    ImportedHistory const again = import(std::string(kWhole));
    EXPECT_EQ(again.taken, 0);
    EXPECT_EQ(again.already, 1);
    EXPECT_EQ(matter("FZ-1")->version, 5);
}

TEST_P(History, IsGoneOnWithWhereItWasBrokenOff) {
    auto const words = OldWords::read("", texts());
    auto const table = Csv::parse(std::string(kHeader) + std::string(kWhole));
    auto const old =
        read_old_matter(*table, table->rows()[0], {*city.rules().directory, *words, {}, city.engine().now()});
    ASSERT_TRUE(old) << describe(old.error());
    for (std::size_t broken_off_after = 1; broken_off_after < old->steps.size(); ++broken_off_after) {
        std::string const number = fmt::format("B-{}", broken_off_after);
        MatterId id;
        for (std::size_t i = 0; i < broken_off_after; ++i) {
            OldStep const& step = old->steps[i];
            Request request;
            request.what =
                Command{step.actor,          i == 0 ? "past" : "", id, {}, step.step, step.form, {}, step.at,
                        i == 0 ? "old" : "", i == 0 ? number : ""};
            Answer const answer = city.engine().run(std::move(request));
            ASSERT_TRUE(answer.ok()) << describe(answer.refusal);
            id = answer.matter;
        }
        std::string row(kWhole);
        ImportedHistory const done = import(number + row.substr(row.find(',')));
        EXPECT_EQ(done.taken, 1) << broken_off_after;
        EXPECT_EQ(stage(*city.matter(id)), "archived") << broken_off_after;
        EXPECT_EQ(city.matter(id)->version, 5);
    }
}

TEST_P(History, BadRowsAreToldWithTheirLineAndTheOthersGoIn) {
    struct Row {
        std::string_view text, field, key;
    };
    Row const rows[] = {
        {",archived,2016-03-07 09:00,,,,,,,2016-03-09 09:00,,help,,phone,,cg,没有编号,,,,,,,\n", "id",
         "field.required"},
        {"R-2,,2016-03-07 09:00,,,,,,,,,help,,phone,,cg,没有环节,,,,,,,\n", "state", "field.required"},
        {"R-3,stuck,2016-03-07 09:00,,,,,,,,,help,,phone,,cg,不认识的环节,,,,,,,\n", "state", "past.state"},
        {"R-4,archived,,,,,,,,2016-03-09 09:00,,help,,phone,,cg,没有时间,,,,,,,\n", "created", "field.required"},
        {"R-5,archived,2016-02-30 09:00,,,,,,,2016-03-09 09:00,,help,,phone,,cg,没有这一天,,,,,,,\n", "created",
         "field.format"},
        {"R-6,archived,2036-03-07 09:00,,,,,,,,,help,,phone,,cg,将来的,,,,,,,\n", "created", "past.future"},
        {"R-7,archived,2016-03-07 09:00,,,,2016-03-06 09:00,,,,,help,,phone,,cg,早于,,,,,,,\n", "replied",
         "past.order"},
        {"R-8,archived,2016-03-07 09:00,,,,,,,2016-03-09 09:00,2016-03-01,help,,phone,,cg,截止日早于,,,,,,,\n",
         "due", "past.order"},
        {"R-9,archived,2016-03-07 09:00,,,,,,,2016-03-09 09:00,soon,help,,phone,,cg,截止日不对,,,,,,,\n", "due",
         "field.format"},
        {"R-10,archived,2016-03-07 09:00,,,,,,,,,help,,phone,,cg,没有结束,,,,,,,\n", "closed", "past.no_end"},
        {"R-11,archived,2016-03-07 09:00,,,,,,,2016-03-09 09:00,,help,,phone,,市建委,单位不认识,,,,,,,\n", "unit",
         "past.unit"},
        {"R-12,archived,2016-03-07 09:00,,,,,,,2016-03-09 09:00,,help,moon,phone,,cg,分类不认识,,,,,,,\n", "class",
         "past.class"},
        {"R-13,archived,2016-03-07 09:00,,,,,,,2016-03-09 09:00,,玩笑,,phone,,cg,种类不认识,,,,,,,\n", "kind",
         "past.word"},
        {"R-14,archived,2016-03-07 09:00,,,,,,,2016-03-09 09:00,,help,,pigeon,,cg,渠道不认识,,,,,,,\n", "channel",
         "past.word"},
        {"R-15,archived,2016-03-07 09:00,,,,,,,2016-03-09 09:00,,help,,phone,,cg,评价不认识,,,,,great,,\n",
         "rating", "past.word"},
        {"R-16,archived,2016-03-07 09:00,,,,,,,2016-03-09 09:00,,help,,phone,,cg,电话不对,,,call me,,,,\n",
         "form.phone", "field.format"},
        {"R-17,handling,2026-10-09 09:00,,,,,,,,,help,,phone,,,在办没有单位,,,,,,,\n", "unit", "past.no_unit"},
        {"R-18,accepted,2026-10-09 09:00,,,,,,,,,,,phone,,,受理没有种类,,,,,,,\n", "kind", "field.required"},
        {"R-19,filed,2026-10-09 09:00,,,,,,,,,help,,,,,没有渠道,,,,,,,\n", "channel", "field.required"},
        {"R-20,answered,2016-03-07 09:00,,,,,,,,,help,,phone,,,,,,,,,,\n", "title", "field.too_short"},
        {"R-21,answered,2016-03-07 09:00,,,,,,,,,help,,phone,,,格子太多,,,,,,,,,,\n", "", "csv.too_many_cells"},
        {"FZ-1,answered,2016-03-07 09:00,,,,,,,,,help,,phone,,,编号两次,,,,,,,\n", "id", "past.id_twice"},
    };
    std::string text(kWhole);
    for (Row const& row : rows) text += row.text;
    ImportedHistory const done = import(text);
    EXPECT_EQ(done.taken, 1);
    ASSERT_EQ(done.bad.size(), std::size(rows));
    for (std::size_t i = 0; i < std::size(rows); ++i) {
        EXPECT_EQ(done.bad[i].refusal.key, rows[i].key) << rows[i].text;
        EXPECT_EQ(done.bad[i].refusal.field, rows[i].field) << rows[i].text;
        EXPECT_EQ(done.bad[i].line, static_cast<int>(i) + 3);
        for (Language const language : {Language::zh, Language::en})
            EXPECT_TRUE(texts().has("refusal." + done.bad[i].refusal.key, language)) << done.bad[i].refusal.key;
    }
}

TEST_P(History, AMapThatCannotBeReadIsRefused) {
    EXPECT_EQ(OldWords::read("what,to\nunit,cg\n", texts()).error().key, "csv.no_column");
    EXPECT_EQ(OldWords::read("what,from,to\nweather,雨,rain\n", texts()).error().key, "past.map_what");
    EXPECT_EQ(OldWords::read("what,from,to\nunit,市建委,zj\nunit,市建委,cg\n", texts()).error().key,
              "past.map_twice");
    auto const words = OldWords::read("what,from,to\nunit,市建委,zj\n", texts());
    ASSERT_TRUE(words);
    EXPECT_EQ((*words)("unit", "市建委"), "zj");
    EXPECT_EQ((*words)("kind", "投诉"), "complaint") << "the program's own words need no map";
    EXPECT_EQ((*words)("class", "市建委"), "市建委");
}

TEST_P(History, NobodyElseMakesAPast) {
    auto rules = std::make_shared<Rules>(*rules_with_past());
    rules->checks = import_only();
    City served(GetParam(), rules, options);
    served.set_clock(at("2026-10-12 09:00"));
    Answer const refused =
        served.open("lead01", {{"title", "路灯不亮"}, {"body", "编的"}, {"old_number", "X-1"}}, "past", "record");
    EXPECT_EQ(refused.refusal.key, "past.import_only");
}

BANYAN_ON_BOTH_ENGINES(History);

}  // namespace
}  // namespace banyan::hotline
