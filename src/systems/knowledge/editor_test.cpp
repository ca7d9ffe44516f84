// An entry from its draft to its end, and what of it is found, cited and kept. On both databases.
#include "systems/knowledge/editor.h"

#include <gtest/gtest.h>

#include "base/testing.h"
#include "kernel/engine/testing/city.h"
#include "systems/knowledge/knowledge_store.h"
#include "systems/knowledge/testing.h"

namespace banyan::knowledge {
namespace {

using namespace banyan::testing;

class Entries : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        auto rules = std::make_shared<Rules>(*small_rules());
        rules->checks = checks_of(guides);
        city = std::make_unique<City>(GetParam(), rules);
        std::vector<store::Migration> all = kernel_migrations();
        all.push_back({10, "0010_knowledge.sql", kFirst});
        all.push_back({11, "0011_entries.sql", kSecond});
        city->db()->migrate(all);
        city->set_clock(at("2026-10-12 09:00"));
        Stock const stock = knowledge::testing::small();
        city->engine().write_now([&](store::Session& session) {
            take_in_entries(session, stock.entries, Origin::imported, city->engine().now());
            take_in_laws(session, stock, Origin::shipped, city->engine().now());
        });
        begin();
    }
    void begin() {
        editor = std::make_unique<Editor>(city->engine(), *city->db(), guides);
        editor->changed = [this] { ++changes; };
        editor->run_once();
    }

    json::object draft(json::object more = {}) {
        json::object form{{"title", "水塘谁清淤"}, {"answer", "水利局每年清淤一次。"},
                          {"region", "3501"},      {"from", "2026-10-12"},
                          {"until", "2027-10-12"}, {"variants", "塘泥谁挖\n塘臭了"},
                          {"basis", "池塘条例"},   {"articles", "ponds-2020:1"}};
        for (auto& [name, value] : more) form[name] = value;
        return form;
    }
    json::object first_draft(json::object more = {}) {
        json::object form = draft(std::move(more));
        form["lead"] = "cg";
        return form;
    }
    std::string open(std::string_view who, json::object form, std::string procedure = "knowledge",
                     std::string step = "draft") {
        Answer const answer = city->open(who, std::move(form), std::move(procedure), std::move(step));
        opened = answer.matter;
        return outcome(answer);
    }
    std::string take(std::string_view who, std::string step, json::object form = {}) {
        return take(who, opened, std::move(step), std::move(form));
    }
    std::string take(std::string_view who, MatterId matter, std::string step, json::object form = {}) {
        return outcome(city->step(who, matter, std::move(step), std::move(form)));
    }
    std::string outcome(Answer const& answer) {
        if (answer.ok()) editor->run_once();
        return answer.ok() ? ""
                           : answer.refusal.key + (answer.refusal.field.empty() ? "" : " ") + answer.refusal.field;
    }
    static json::object days(json::object more = {}) {
        json::object form{{"from", "2026-10-12"}, {"until", "2027-10-12"}, {"remind_on", "2027-09-12"}};
        for (auto& [name, value] : more) form[name] = value;
        return form;
    }
    /// Drafted by the seat, endorsed by the unit, published by the centre.
    std::string published(json::object more = {}) {
        EXPECT_EQ(open("seat01", first_draft(std::move(more))), "");
        reviewed();
        return receipt_number(opened);
    }
    void reviewed(json::object more = {}) {
        if (city->matter(opened)->lead()->progress == Progress::offered) {
            EXPECT_EQ(take("unit-cg", "sign"), "");
        }
        EXPECT_EQ(take("unit-cg-head", "endorse"), "");
        EXPECT_EQ(take("review01", "publish", days(std::move(more))), "");
    }
    std::string stage() {
        auto const matter = city->matter(opened);
        return matter->procedure->at(matter->stage).name;
    }
    std::string cited(std::string_view entry, int version) {
        MatterId const appeal =
            city->open("seat01", {{"title", "水塘脏了"}, {"body", "谁清"}, {"channel", "phone"}}).matter;
        Answer const answer = city->step(
            "seat01", appeal, "answer",
            {{"kind", "consult"}, {"answer", "水利局清"}, {"entry", entry}, {"entry_version", version}});
        return answer.ok() ? "" : answer.refusal.key;
    }
    /// id@version, each with its last day and what was done to it.
    std::string all_entries() {
        std::string text;
        for (Entry const& entry : load_entries(city->reader()))
            text += entry.name() + " " + entry.title + " " + entry.body + " " + entry.unit + " " +
                    (entry.force.until ? iso(*entry.force.until) : "") + (entry.followed ? " followed" : "") +
                    (entry.taken_down ? " taken down" : "") + (entry.staff_only ? " staff" : "") + "\n";
        return text;
    }
    std::vector<std::string> found(bool everyone) {
        Library const library(load_stock(city->reader()), knowledge::testing::lexicon());
        Question question{"水塘谁清淤", "350102", kBeijing.day(city->engine().now())};
        question.everyone = everyone;
        std::vector<std::string> names;
        for (Match const& match : library.find(question))
            if (match.entry != nullptr) names.push_back(library.name(match));
        return names;
    }
    bool finds(std::string const& name, bool everyone = true) {
        auto const names = found(everyone);
        return std::ranges::find(names, name) != names.end();
    }

    static inline std::string const kFirst = source_text("src/systems/knowledge/schema/0010_knowledge.sql"),
                                    kSecond = source_text("src/systems/knowledge/schema/0011_entries.sql");
    std::shared_ptr<CurrentGuides> guides = std::make_shared<CurrentGuides>();
    std::unique_ptr<City> city;
    std::unique_ptr<Editor> editor;
    MatterId opened;
    int changes = 0;
};
BANYAN_ON_BOTH_ENGINES(Entries);

TEST_P(Entries, AreFoundAndCitedOnceTwoOthersHaveReviewedThem) {
    ASSERT_EQ(open("seat01", first_draft()), "");
    std::string const number = receipt_number(opened);
    EXPECT_EQ(stage(), "unit_review");
    EXPECT_EQ(cited(number, 1), "guide.unknown");
    EXPECT_EQ(take("unit-cg", "sign"), "");
    EXPECT_EQ(take("unit-cg", "endorse"), "step.wrong_desk");
    EXPECT_EQ(take("unit-cg-head", "endorse", {{"note", "属实"}}), "");
    EXPECT_EQ(stage(), "centre_review");
    EXPECT_FALSE(finds(number + "@1"));
    EXPECT_EQ(changes, 0);
    EXPECT_EQ(take("review01", "publish", days()), "");
    EXPECT_EQ(stage(), "published");
    EXPECT_EQ(changes, 1);
    EXPECT_TRUE(finds(number + "@1"));
    EXPECT_EQ(cited(number, 1), "");
    auto const all = load_entries(city->reader());
    auto const entry = std::ranges::find(all, number, &Entry::id);
    ASSERT_NE(entry, all.end());
    EXPECT_EQ(entry->variants, (std::vector<std::string>{"塘泥谁挖", "塘臭了"}));
    EXPECT_EQ(entry->articles, (std::vector<std::string>{"ponds-2020:1"}));
    EXPECT_EQ(entry->basis, "池塘条例");
    EXPECT_EQ(entry->unit, "cg");
    EXPECT_EQ(entry->matter, opened);
    EXPECT_EQ(iso(*entry->force.from), "2026-10-12");
}

TEST_P(Entries, AreReviewedByNobodyWhoWroteThem) {
    ASSERT_EQ(open("unit-cg-head", first_draft()), "");
    ASSERT_EQ(take("unit-cg", "sign"), "");
    EXPECT_EQ(take("unit-cg-head", "endorse"), "entry.own_draft");
    ASSERT_EQ(open("review01", first_draft()), "");
    ASSERT_EQ(take("unit-cg", "sign"), "");
    EXPECT_EQ(take("review01", "publish", days()), "step.out_of_turn");
    ASSERT_EQ(take("unit-cg-head", "endorse"), "");
    EXPECT_EQ(take("review01", "publish", days()), "entry.own_draft");
    ASSERT_EQ(take("review01", "send_back", {{"reason", "写清楚"}}), "");
    ASSERT_EQ(take("seat01", "rewrite", draft()), "");
    ASSERT_EQ(take("unit-cg-head", "endorse"), "");
    EXPECT_EQ(take("review01", "publish", days()), "entry.own_draft") << "the first draft was theirs";
}

TEST_P(Entries, AreNotPublishedWhenTheUnitObjects) {
    ASSERT_EQ(open("seat01", first_draft()), "");
    ASSERT_EQ(take("unit-cg", "sign"), "");
    ASSERT_EQ(take("unit-cg-head", "object", {{"reason", "不归我们"}}), "");
    EXPECT_EQ(stage(), "centre_review");
    EXPECT_EQ(take("review01", "publish", days()), "entry.not_endorsed");
    EXPECT_EQ(take("review01", "keep_old", {{"reason", "没有旧版"}}), "entry.not_published");
    EXPECT_EQ(take("review01", "take_down", {{"reason", "没有"}}), "entry.not_published");
    EXPECT_EQ(take("review01", "give_up", {{"reason", "不采用"}}), "");
    EXPECT_EQ(stage(), "given_up");
    EXPECT_EQ(take("seat01", "revise", draft()), "step.out_of_turn");
}

TEST_P(Entries, GoOnInVersionsOneAtATime) {
    std::string const number = published();
    json::object const changed{{"answer", "水利局每季清淤一次。"}, {"from", "2026-11-01"}};
    ASSERT_EQ(take("unit-cg", "revise", draft(changed)), "");
    EXPECT_EQ(take("seat01", "revise", draft(changed)), "entry.in_review");
    EXPECT_EQ(cited(number, 1), "") << "the old one stands meanwhile";
    EXPECT_EQ(cited(number, 2), "guide.unknown");
    EXPECT_EQ(take("unit-cg-head", "endorse"), "");
    EXPECT_EQ(take("seat01", "revise", draft(changed)), "entry.in_review");
    EXPECT_EQ(take("review01", "publish", days({{"from", "2026-11-01"}})), "");
    EXPECT_EQ(cited(number, 2), "guide.not_yet");
    EXPECT_EQ(cited(number, 1), "");
    EXPECT_TRUE(finds(number + "@1"));
    city->go_to(at("2026-11-01 00:00"));
    EXPECT_EQ(cited(number, 1), "guide.superseded");
    EXPECT_EQ(cited(number, 2), "");
    EXPECT_FALSE(finds(number + "@1"));
    EXPECT_TRUE(finds(number + "@2"));
    EXPECT_NE(all_entries().find(number + "@1 水塘谁清淤 水利局每年清淤一次。 cg 2026-11-01 followed"),
              std::string::npos)
        << all_entries();
}

TEST_P(Entries, StandAsTheyWereWhenARevisionIsDropped) {
    std::string const number = published();
    ASSERT_EQ(take("seat01", "revise", draft({{"answer", "不清了。"}})), "");
    EXPECT_EQ(take("seat01", "give_up", {{"reason", "不改了"}}), "entry.is_published");
    ASSERT_EQ(take("unit-cg-head", "object", {{"reason", "不对"}}), "");
    ASSERT_EQ(take("review01", "keep_old", {{"reason", "原版正确"}}), "");
    EXPECT_EQ(stage(), "published");
    EXPECT_EQ(cited(number, 1), "");
    EXPECT_EQ(cited(number, 2), "guide.unknown");
    EXPECT_EQ(take("seat01", "revise", draft()), "") << "and may be revised again";
}

TEST_P(Entries, AreTakenDownAtOnceAndKept) {
    std::string const number = published();
    ASSERT_EQ(take("seat01", "revise", draft()), "");
    EXPECT_EQ(take("seat01", "take_down", {{"reason", "错了"}}), "step.wrong_desk");
    ASSERT_EQ(take("unit-cg-head", "take_down", {{"reason", "电话改了"}}), "");
    EXPECT_EQ(stage(), "taken_down");
    EXPECT_EQ(cited(number, 1), "guide.taken_down");
    EXPECT_FALSE(finds(number + "@1", false));
    EXPECT_NE(all_entries().find(number + "@1 水塘谁清淤"), std::string::npos) << "kept";
    EXPECT_EQ(open("seat01",
                   {{"title", "水塘谁清淤"},
                    {"entry", number},
                    {"entry_version", 1},
                    {"text", "电话不对"},
                    {"lead", "cg"}},
                   "correction", "correct"),
              "entry.gone form.entry");
}

TEST_P(Entries, RemindBeforeTheyEndAndEnd) {
    std::string const number = published();
    city->go_to(at("2027-09-12 23:59:59"));
    EXPECT_EQ(city->matter(opened)->version, 4);
    city->go_to(at("2027-09-13 00:00"));
    EXPECT_EQ(city->matter(opened)->version, 5) << "reminded when the day is over";
    EXPECT_EQ(cited(number, 1), "");
    city->go_to(at("2027-10-12 00:00"));
    EXPECT_EQ(cited(number, 1), "guide.expired");
    EXPECT_FALSE(finds(number + "@1"));
    EXPECT_EQ(stage(), "published");
    city->go_to(at("2027-10-13 00:00"));
    EXPECT_EQ(stage(), "expired");
    editor->run_once();
    EXPECT_EQ(
        open("seat01",
             first_draft(
                 {{"entry", number}, {"entry_version", 1}, {"from", "2027-10-13"}, {"until", "2028-10-13"}})),
        "");
    reviewed({{"from", "2027-10-13"}, {"until", "2028-10-13"}, {"remind_on", "2028-09-13"}});
    EXPECT_EQ(cited(number, 2), "") << "it lives again in a new matter";
}

TEST_P(Entries, GoOnFromWhatWasTakenIn) {
    ASSERT_EQ(open("seat01", first_draft({{"entry", "pond"}, {"entry_version", 2}})), "");
    MatterId const first = opened;
    EXPECT_EQ(open("seat02", first_draft({{"entry", "pond"}, {"entry_version", 2}})),
              "entry.has_matter form.entry");
    EXPECT_EQ(open("seat02", first_draft({{"entry", "lamp"}, {"entry_version", 2}})),
              "entry.not_last form.entry_version");
    opened = first;
    reviewed();
    EXPECT_EQ(cited("pond", 3), "");
    EXPECT_EQ(cited("pond", 2), "guide.superseded");
    EXPECT_EQ(cited("pond", 1), "guide.expired");
}

TEST_P(Entries, ThatWereTakenInAreTakenDownByTheCentre) {
    json::object const form{
        {"title", "池塘归谁管"}, {"entry", "pond"}, {"entry_version", 2}, {"reason", "机构改了"}};
    EXPECT_EQ(open("seat01", form, "knowledge", "strike"), "step.wrong_desk");
    json::object old = form;
    old["entry_version"] = 1;
    EXPECT_EQ(open("lead01", old, "knowledge", "strike"), "entry.not_last form.entry_version");
    EXPECT_EQ(cited("pond", 2), "");
    ASSERT_EQ(open("lead01", form, "knowledge", "strike"), "");
    EXPECT_EQ(stage(), "taken_down");
    for (int version : {1, 2}) EXPECT_EQ(cited("pond", version), "guide.taken_down");
    EXPECT_FALSE(finds("pond@2", false));
    EXPECT_EQ(changes, 1);
    ASSERT_EQ(open("seat01", first_draft({{"entry", "pond"}, {"entry_version", 2}})), "");
    reviewed();
    EXPECT_EQ(cited("pond", 3), "") << "and may be written anew";
}

TEST_P(Entries, ForStaffAreNotShownToEveryone) {
    std::string const number = published({{"audience", "staff"}});
    EXPECT_TRUE(finds(number + "@1", false));
    EXPECT_FALSE(finds(number + "@1", true));
    EXPECT_EQ(cited(number, 1), "");
}

TEST_P(Entries, AreTheSameWhenTheyAreMadeAgainOfTheJournal) {
    std::string const number = published();
    ASSERT_EQ(take("seat01", "revise", draft({{"answer", "每季一次。"}})), "");
    reviewed();
    published();
    ASSERT_EQ(take("unit-cg-head", "take_down", {{"reason", "重复"}}), "");
    ASSERT_EQ(open("seat01", first_draft({{"entry", "pond"}, {"entry_version", 2}})), "");
    reviewed();
    std::string const before = all_entries();
    EXPECT_NE(before.find("pond@3"), std::string::npos);
    editor.reset();
    city->engine().write_now([](store::Session& session) {
        session.execute("DELETE FROM follower WHERE name = 'knowledge.1'");
        session.execute("UPDATE knowledge_entry SET title = 'wrong' WHERE origin = 'written'");
    });
    begin();
    EXPECT_EQ(all_entries(), before);
    EXPECT_EQ(cited(number, 2), "");
}

TEST_P(Entries, BeginWithAQuestionThatWasAnswered) {
    MatterId const appeal = city->open("citizen", {{"title", "我家张三的水塘"},
                                                   {"body", "很臭"},
                                                   {"channel", "web"},
                                                   {"region", "350102"},
                                                   {"phone", "15400000001"},
                                                   {"name", "张三"}})
                                .matter;
    ASSERT_EQ(take("seat01", appeal, "answer", {{"kind", "consult"}, {"answer", "水利局清。"}, {"uncited", true}}),
              "");
    EXPECT_EQ(take("disp01", appeal, "propose_entry", {{"public_wording", "水塘由水利局清淤。"}}),
              "step.wrong_desk");
    EXPECT_EQ(take("seat01", appeal, "propose_entry"), "field.required form.public_wording");
    ASSERT_EQ(take("seat01", appeal, "propose_entry", {{"public_wording", "水塘由水利局清淤。"}}), "");
    EXPECT_EQ(take("seat01", appeal, "propose_entry", {{"public_wording", "水塘由水利局清淤。"}}),
              "entry.proposed_before");
    std::int64_t newest = 0;
    city->reader().query("SELECT max(id) FROM matter", {},
                         [&](store::Row const& row) { newest = row.integer(0); });
    opened = MatterId(newest);
    EXPECT_EQ(stage(), "proposed");
    EXPECT_EQ(city->matter(opened)->opened_by, appeal);
    EXPECT_EQ(city->matter(opened)->region, "350102");
    for (EventRow const& row : load_history(city->reader(), *city->matter(opened)))
        for (char const* personal : {"15400000001", "\"name\""})
            EXPECT_EQ(row.body.find(personal), std::string::npos) << row.body;
    EXPECT_EQ(take("unit-cg", "take_up", first_draft()), "matter.unknown") << "the unit has no part in it yet";
    ASSERT_EQ(take("seat02", "take_up", first_draft()), "");
    EXPECT_EQ(city->matter(opened)->title, "水塘谁清淤");
    reviewed();
    EXPECT_EQ(cited(receipt_number(opened), 1), "");
}

TEST_P(Entries, DoNotBeginWithWhatIsSecretOrNoQuestion) {
    struct Case {
        json::object filed;
        char const *kind, *refused;
    };
    for (Case const& each : std::vector<Case>{{{{"confidential", true}}, "consult", "entry.secret"},
                                              {{{"anonymous", true}}, "consult", "entry.secret"},
                                              {{}, "complaint", "entry.not_a_question"}}) {
        json::object form{{"title", "水塘"}, {"body", "很臭"}, {"channel", "phone"}};
        for (auto const& [name, value] : each.filed) form[name] = value;
        MatterId const appeal = city->open("seat01", form).matter;
        ASSERT_EQ(
            take("seat01", appeal, "answer", {{"kind", each.kind}, {"answer", "水利局清。"}, {"uncited", true}}),
            "");
        EXPECT_EQ(take("seat01", appeal, "propose_entry", {{"public_wording", "水塘。"}}), each.refused);
    }
}

TEST_P(Entries, AreDraftedInWordsThatFit) {
    EXPECT_EQ(open("citizen", first_draft()), "step.wrong_desk");
    json::object none = first_draft();
    none.erase("answer");
    EXPECT_EQ(open("seat01", none), "field.required form.answer");
    struct Row {
        json::object change;
        std::string refused;
    };
    for (Row const& row : std::vector<Row>{{{{"until", "2026-10-12"}}, "entry.days form.until"},
                                           {{{"until", "2026-02-30"}}, "field.format form.until"},
                                           {{{"answer", "  "}}, "field.required form.answer"},
                                           {{{"title", "水"}}, "field.too_short form.title"},
                                           {{{"title", 7}}, "field.type form.title"},
                                           {{{"lead", "moon"}}, "unit.unknown form.lead"},
                                           {{{"audience", "nobody"}}, "field.choice form.audience"},
                                           {{{"answer", std::string(20'000, 'x')}}, "field.too_long form.answer"},
                                           {{{"entry", "a b"}}, "field.format form.entry"},
                                           {{{"entry_version", -1}}, "field.range form.entry_version"},
                                           {{{"colour", "red"}}, "field.unknown form.colour"}}) {
        json::object form = first_draft(row.change);
        if (row.change.contains("lead")) form["lead"] = row.change.at("lead");
        EXPECT_EQ(open("seat01", form), row.refused) << json::serialize(row.change);
    }
}

TEST_P(Entries, AreCorrectedByWhoReadsThem) {
    std::string const number = published();
    json::object const form{
        {"title", "水塘谁清淤"}, {"entry", number}, {"entry_version", 1}, {"text", "电话是空号"}, {"lead", "cg"}};
    ASSERT_EQ(open("citizen", form, "correction", "correct"), "");
    EXPECT_EQ(load_opinion(city->reader(), number, 1).open_corrections, 1);
    EXPECT_EQ(take("unit-zj-head", "adopt"), "matter.unknown");
    EXPECT_EQ(take("citizen", "settle"), "step.wrong_desk");
    ASSERT_EQ(take("unit-cg", "sign"), "");
    ASSERT_EQ(take("unit-cg-head", "decline", {{"reason", "打得通"}}), "");
    EXPECT_EQ(stage(), "to_confirm");
    ASSERT_EQ(take("review01", "send_back", {{"reason", "再打一次"}}), "");
    ASSERT_EQ(take("unit-cg-head", "adopt", {{"note", "确是空号"}}), "");
    ASSERT_EQ(take("review01", "settle"), "");
    EXPECT_EQ(stage(), "settled");
    Opinion const opinion = load_opinion(city->reader(), number, 1);
    EXPECT_EQ(opinion.corrections, 1);
    EXPECT_EQ(opinion.open_corrections, 0);
    ASSERT_EQ(open("review01", form, "correction", "correct"), "");
    ASSERT_EQ(take("unit-cg", "sign"), "");
    ASSERT_EQ(take("unit-cg-head", "adopt"), "");
    EXPECT_EQ(take("review01", "settle"), "correction.own");
}

TEST_P(Entries, AreMarkedOnceAPersonAndVersion) {
    auto mark = [&](int version, int person, bool helpful) {
        bool is_new = false;
        city->engine().write_now([&](store::Session& session) {
            is_new = put_mark(session, {"pond", version, PersonId(person), helpful, city->engine().now()});
        });
        return is_new;
    };
    EXPECT_TRUE(mark(2, 1, true));
    EXPECT_FALSE(mark(2, 1, false));
    EXPECT_TRUE(mark(2, 2, false));
    EXPECT_TRUE(mark(1, 1, false));
    Opinion const opinion = load_opinion(city->reader(), "pond", 2);
    EXPECT_EQ(opinion.helpful, 1);
    EXPECT_EQ(opinion.not_helpful, 1);
}

}  // namespace
}  // namespace banyan::knowledge
