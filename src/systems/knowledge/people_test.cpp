// What people bring into the knowledge base: questions that were answered, drafts, corrections, marks. On both
// databases.
#include "systems/knowledge/testing/city.h"

namespace banyan::knowledge {
namespace {

class People : public testing::WritingCity {};
BANYAN_ON_BOTH_ENGINES(People);

TEST_P(People, BeginAnEntryWithAQuestionThatWasAnswered) {
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

TEST_P(People, BeginNoneWithWhatIsSecretOrNoQuestion) {
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

TEST_P(People, DraftInWordsThatFit) {
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

TEST_P(People, CorrectWhatTheyRead) {
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

TEST_P(People, MarkAVersionOnce) {
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
