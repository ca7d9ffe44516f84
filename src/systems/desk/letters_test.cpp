// What people read in a message: every place filled in, and true when its step was taken.
#include "systems/desk/letters.h"

#include <gtest/gtest.h>

#include "base/testing.h"
#include "kernel/engine/testing/story.h"

namespace banyan::desk {
namespace {

using namespace banyan::testing;

class LettersTest : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam());
        city->set_clock(at("2026-10-12 09:00"));
        for (auto [language, file] :
             {std::pair{Language::zh, "texts/zh.json"}, std::pair{Language::en, "texts/en.json"}})
            ASSERT_TRUE(texts.add(language, source_text(file)));
    }
    /// All that has been told, oldest first, as "KEY: sentence".
    std::vector<std::string> letters() {
        auto session = city->db()->open_reader();
        std::vector<Message> messages;
        session->query(
            "SELECT id, matter, event, text, at, unit FROM outbox ORDER BY id LIMIT 1000", {},
            [&](store::Row const& row) {
                messages.push_back({row.integer(0), MatterId(row.integer(1)), EventId(row.integer(2)),
                                    std::string(row.text(3)), Instant{row.integer(4)}, 1, UnitId(row.integer(5))});
            });
        std::vector<std::string> all;
        for (Message const& message : messages)
            if (auto letter = house().write(message, *session)) {
                EXPECT_EQ(letter->number, receipt_number(message.matter));
                (message.unit ? duty_phones : numbers).insert(letter->to);
                (message.unit ? to_units : all).push_back(message.text + ": " + letter->text);
            }
        return all;
    }
    Letters house() {
        return {city->engine(), city->keys(), texts, catalogues,
                [](store::Session&, Unit const& unit, Instant) { return "duty of " + unit.code; }};
    }
    MatterId file(std::string code = "482913") {
        Request request;
        request.what = Command{
            city->actor("seat01"),
            "appeal",
            {},
            {},
            "file",
            {{"title", "消火栓漏水"}, {"body", "齐安路"}, {"channel", "phone"}, {"phone", "0591 0000 0001"}},
            {},
            {},
            {},
            {}};
        request.code = std::move(code);
        request.code_hash = "hash";
        Answer const answer = city->engine().run(std::move(request));
        EXPECT_TRUE(answer.ok()) << describe(answer.refusal);
        return answer.matter;
    }
    void step(std::string_view who, MatterId id, std::string const& what, json::object form = {}) {
        Answer const answer = city->step(who, id, what, std::move(form));
        ASSERT_TRUE(answer.ok()) << what << ": " << describe(answer.refusal);
    }
    std::unique_ptr<City> city;
    Texts texts;
    api::Catalogues catalogues{{{"classes", source_text("data/demo/classes.csv")}}};
    std::set<std::string> numbers, duty_phones;
    std::vector<std::string> to_units;  ///< of letters(), beside those to who asked
};
BANYAN_ON_BOTH_ENGINES(LettersTest);

TEST_P(LettersTest, SayWhatWasTrueWhenTheStepWasTaken) {
    MatterId const id = file();
    step("seat01", id, "accept", {{"kind", "complaint"}});
    step("disp01", id, "dispatch", {{"lead", "water"}});
    step("unit-water", id, "sign");
    step("unit-water-head", id, "ask_extension", {{"days", 3}, {"reason", "等配件"}});
    step("review01", id, "grant_extension", {{"reason", "同意"}});
    std::string const number = receipt_number(id);
    EXPECT_EQ(letters(), (std::vector<std::string>{"filed: 【榕州12345】您反映的“消火栓漏水”已收到，编号 " +
                                                       number + "，查询码 482913，24 小时内告知是否受理。",
                                                   "accepted: 【榕州12345】您反映的“消火栓漏水”已受理，编号 " +
                                                       number + "，查询码 482913，最晚 10月26日24时前答复。",
                                                   "dispatched_to: 【榕州12345】您反映的“消火栓漏水”（编号 " +
                                                       number + "）已转自来水公司办理，工作人员将先与您联系。",
                                                   "extended: 【榕州12345】您反映的“消火栓漏水”（编号 " + number +
                                                       "），办理期限延至 10月29日24时，原期限 10月26日24时。"}));
    EXPECT_EQ(numbers, (std::set<std::string>{"0591 0000 0001"}));
}

TEST_P(LettersTest, SayChoicesAndReasonsInWords) {
    MatterId const id = file();
    step("lead01", id, "refuse", {{"ground", "petition"}, {"route", "请向信访部门反映。"}});
    EXPECT_EQ(letters().back(), "refused: 【榕州12345】您反映的“消火栓漏水”（编号 " + receipt_number(id) +
                                    "）不予受理：已进入信访程序。请向信访部门反映。");
}

TEST_P(LettersTest, OfAWholeWalkHaveNoPlaceLeft) {
    Walk walk(*city, [state = 7U](std::uint32_t n) mutable {
        state = state * 1664525 + 1013904223;
        return (state >> 8) % n;
    });
    tell_story(*city);
    walk.go(250);
    file("");  // whose code nobody knows any more
    std::vector<std::string> const all = letters();
    EXPECT_GT(all.size(), 20U);
    for (std::string const& letter : all) EXPECT_EQ(letter.find('{'), std::string::npos) << letter;
}

TEST_P(LettersTest, SayToAUnitNumberClassAndDueAndNothingThatAnybodyWrote) {
    MatterId const id = file();
    step("seat01", id, "accept", {{"kind", "complaint"}, {"class", "city.ad"}});
    step("disp01", id, "dispatch", {{"lead", "water"}, {"days", 3}});
    step("seat01", id, "urge", {{"text", "消火栓还在漏"}});
    step("review01", id, "terminate", {{"reason", "陈某已自行处理"}});
    letters();
    std::string const number = receipt_number(id);
    EXPECT_EQ(to_units,
              (std::vector<std::string>{
                  "dispatched: 新到承办单：" + number + "“乱张贴小广告”，最晚 10月15日24时前办结，请签收。",
                  "urged: 诉求人催办：" + number + "“乱张贴小广告”，请尽快联系诉求人。",
                  "terminated: 【榕州12345】“乱张贴小广告”（编号 " + number + "）终止办理：（详见工作台）"}));
    EXPECT_EQ(duty_phones, (std::set<std::string>{"duty of water"}));
}

TEST_P(LettersTest, AreNotWrittenToAUnitThatTheMatterIsAbout) {
    MatterId const id = file();
    step("seat01", id, "accept", {{"kind", "complaint"}});
    step("disp01", id, "dispatch", {{"lead", "water"}});
    auto const session = city->db()->open_reader();
    Message message;
    session->query("SELECT id, matter, event, text, unit FROM outbox WHERE unit <> 0 ORDER BY id LIMIT 1", {},
                   [&](store::Row const& row) {
                       message = {row.integer(0),
                                  MatterId(row.integer(1)),
                                  EventId(row.integer(2)),
                                  std::string(row.text(3)),
                                  {},
                                  1,
                                  UnitId(row.integer(4))};
                   });
    EXPECT_TRUE(house().write(message, *session).has_value());
    Matter matter = *city->matter(id);
    matter.about = message.unit;
    RowBuffer rows;
    put_matter(rows, matter);
    city->engine().write_now([&](store::Session& writing) { writing.write(kMatterTable, rows.cells()); });
    EXPECT_FALSE(house().write(message, *session).has_value());
}

TEST_P(LettersTest, AreNotWrittenToWhoLeftNoNumber) {
    ASSERT_TRUE(city->open("citizen2", {{"title", "无号码"}, {"body", "没有留电话"}, {"channel", "web"}}).ok());
    EXPECT_TRUE(letters().empty());
}

}  // namespace
}  // namespace banyan::desk
