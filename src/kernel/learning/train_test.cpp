#include "kernel/learning/train.h"

#include <gtest/gtest.h>

#include "kernel/learning/renewal.h"
#include "kernel/learning/testing.h"

namespace banyan::learning {
namespace {

using testing::made_up;
using testing::MadeUp;

Training quick() {
    Training how;
    how.repeats = 1;
    return how;
}

TEST(Train, LearnsAndSaysByCrossValidationHowWell) {
    MadeUp const made = made_up(200);
    auto const trained = train(made.lessons, quick());
    ASSERT_TRUE(trained);
    EXPECT_GT(trained->model.about().macro_f1, 0.97);
    EXPECT_EQ(trained->model.labels(), (std::vector<std::string>{"bus", "lamp", "waste", "work"}));
    Judgement const judgement = trained->model.judge({{}, "小区门口的路灯不亮，晚上很黑"});
    EXPECT_EQ(judgement.label(), "lamp");
    EXPECT_TRUE(judgement.certain);
    EXPECT_EQ(judgement.candidates.size(), 3U);
    double sum = 0;
    for (auto const& each : trained->model.judge({{}, "路灯不亮"}, 0).candidates) sum += each.probability;
    EXPECT_NEAR(sum, 1, 1e-5);
}

TEST(Train, DoesNotBelieveWhatTheOtherLessonsContradict) {
    MadeUp const truth = made_up(400, 0, 2, 77);
    auto const trained = train(made_up(600, 0.15).lessons, quick());
    ASSERT_TRUE(trained);
    EXPECT_GT(trained->doubted, 0.10);
    EXPECT_LT(trained->doubted, 0.22);
    auto const examined = examine(trained->model, truth.lessons);
    ASSERT_TRUE(examined);
    EXPECT_GT(examined->assessment.figures.macro_f1, 0.99);
}

TEST(Train, WeakLessonsAreNoYardstick) {
    MadeUp made = made_up(300, 0.5);
    MadeUp const right = made_up(100, 0, 2, 5);
    for (Lesson& lesson : made.lessons) lesson.weak = true;
    made.lessons.insert(made.lessons.end(), right.lessons.begin(), right.lessons.end());
    auto const trained = train(made.lessons, quick());
    ASSERT_TRUE(trained);
    EXPECT_EQ(trained->assessment.figures.rows, 100);
    EXPECT_EQ(trained->weak, 300);
}

TEST(Train, TheSameLessonsGiveTheSameBytes) {
    MadeUp const made = made_up(120, 0.1);
    EXPECT_EQ(train(made.lessons, quick())->model.bytes(), train(made.lessons, quick())->model.bytes());
}

TEST(Train, RefusesWhatCannotBeLearntFrom) {
    EXPECT_EQ(train({}, quick()).error().key, "learning.no_lessons");
    std::vector<Lesson> const one{{{{}, "路灯"}, "lamp", false}, {{{}, "灯泡"}, "lamp", false}};
    EXPECT_EQ(train(one, quick()).error().key, "learning.one_label");
    std::vector<Lesson> const none{{{{}, "路灯"}, "lamp", false}, {{{}, "灯泡"}, "", false}};
    EXPECT_EQ(train(none, quick()).error().key, "learning.label_missing");
}

TEST(Train, TakesVeryFewAndVeryOddLessons) {
    std::string const long_text(100'000, 'x');
    std::vector<Lesson> const odd{{{{}, ""}, "a", false},
                                  {{{}, "路"}, "b", false},
                                  {{{}, long_text}, "b", false},
                                  {{{}, "\xFF\xFE"}, "c", false}};
    auto const trained = train(odd, quick());
    ASSERT_TRUE(trained);
    EXPECT_EQ(trained->model.judge({{}, ""}).candidates.size(), 3U);
    EXPECT_FALSE(trained->model.judge({{}, ""}).certain);
}

TEST(Judge, IsSilentAboutWhatItCannotKnow) {
    auto const trained = train(made_up(200).lessons, quick());
    ASSERT_TRUE(trained);
    std::string const emoji = "😀😡🔥🔥", thai = "ถนนไม่มีไฟ", russian = "Фонарь не горит уже неделю";
    for (std::string_view text :
         {std::string_view(""), std::string_view(" \n"), std::string_view("路"), std::string_view("灯"),
          std::string_view(emoji), std::string_view(thai), std::string_view(russian),
          std::string_view("The street lamp is out"), std::string_view("<br><p></p>"),
          std::string_view("0591-12345678"), std::string_view("\xFF\xC0\x80")}) {
        Judgement const judgement = trained->model.judge({{}, text});
        EXPECT_FALSE(judgement.certain) << text;
        EXPECT_TRUE(trained->model.why({{}, text}, "lamp").size() <= 1) << text;
    }
    std::string longest;
    while (longest.size() < 300'000) longest += "路灯不亮。";
    EXPECT_EQ(trained->model.judge({{}, longest}).label(), "lamp");
}

TEST(Why, NamesPassagesOfTheTextThatDoNotOverlap) {
    auto const trained = train(made_up(200).lessons, quick());
    ASSERT_TRUE(trained);
    std::string const title = "反映路灯不亮", body = "我住在附近，灯杆倾斜，谢谢。<b>照明故障</b>";
    auto const reasons = trained->model.why({title, body}, "lamp");
    ASSERT_GE(reasons.size(), 3U);
    std::string const all = title + body;
    std::vector<bool> covered(all.size(), false);
    double sum = 0;
    std::string passages;
    for (Reason const& reason : reasons) {
        EXPECT_EQ(all.substr(reason.from, reason.to - reason.from), reason.passage);
        for (std::size_t i = reason.from; i < reason.to; ++i) {
            EXPECT_FALSE(covered[i]);
            covered[i] = true;
        }
        sum += reason.weight;
        passages += reason.passage + "|";
    }
    EXPECT_LE(sum, 1.0001);
    EXPECT_NE(reasons[0].passage.find("路灯"), std::string::npos) << passages;
    EXPECT_NE(passages.find("灯杆"), std::string::npos) << passages;
    EXPECT_TRUE(trained->model.why({title, body}, "nothing").empty());
}

TEST(Levels, AboveHaveTheSumOfTheirClasses) {
    Training how = quick();
    how.parent = [](std::string_view label) { return label == "lamp" || label == "bus" ? "street" : "other"; };
    auto const trained = train(made_up(200).lessons, how);
    ASSERT_TRUE(trained);
    Judgement const judgement = trained->model.judge({{}, "路灯不亮，公交太挤"}, 0);
    auto const parents = trained->model.parents_of(judgement);
    ASSERT_EQ(parents.size(), 2U);
    EXPECT_EQ(parents[0].label, "street");
    double street = 0;
    for (auto const& each : judgement.candidates)
        if (each.label == "lamp" || each.label == "bus") street += each.probability;
    EXPECT_NEAR(parents[0].probability, street, 1e-9);
    auto const again = Model::read(trained->model.bytes());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->about(), trained->model.about());
}

TEST(Examine, CountsAClassTheModelDoesNotKnowAsAnError) {
    auto const trained = train(made_up(100).lessons, quick());
    ASSERT_TRUE(trained);
    std::vector<Lesson> const rows{{{{}, "路灯不亮"}, "lamp", false}, {{{}, "河道漂浮物"}, "river", false}};
    auto const examined = examine(trained->model, rows);
    ASSERT_TRUE(examined);
    EXPECT_DOUBLE_EQ(examined->assessment.figures.accuracy, 0.5);
    EXPECT_EQ(examined->labels.back(), "river");
    EXPECT_EQ(examine(trained->model, {}).error().key, "learning.no_lessons");
}

TEST(ModelFile, IsReadAsItWasWritten) {
    auto const trained = train(made_up(100).lessons, quick());
    ASSERT_TRUE(trained);
    std::string const bytes = trained->model.bytes();
    auto const model = Model::read(bytes);
    ASSERT_TRUE(model);
    EXPECT_EQ(model->bytes(), bytes);
    Text const text{"路灯", "灯杆倾斜，请尽快处理"};
    EXPECT_EQ(model->scores(text), trained->model.scores(text));
}

TEST(ModelFile, SaysWhatIsWrongWithIt) {
    std::string const bytes = train(made_up(100).lessons, quick())->model.bytes();
    EXPECT_EQ(Model::read("").error().key, "model.unknown");
    EXPECT_EQ(Model::read("id,label\n1,a\n").error().key, "model.unknown");
    for (std::size_t size = 1; size < bytes.size(); size += size < 200 ? 1 : 997)
        EXPECT_EQ(Model::read(std::string_view(bytes).substr(0, size)).error().key, "model.damaged") << size;
    EXPECT_EQ(Model::read(bytes + "x").error().key, "model.damaged");
    for (std::size_t at = 12; at < bytes.size(); at += 1 + bytes.size() / 300) {
        std::string changed = bytes;
        changed[at] = static_cast<char>(changed[at] ^ 0x40);
        EXPECT_EQ(Model::read(changed).error().key, "model.damaged") << at;
    }
    std::string newer = bytes;
    newer[8] = 9;
    EXPECT_EQ(Model::read(newer).error().key, "model.newer");
    EXPECT_EQ(Model::read(std::string_view(newer).substr(0, 100)).error().key, "model.newer");
}

TEST(Renewal, TakesAModelOnlyWhenItIsBetterOnWhatNeitherHasSeen) {
    MadeUp const city = made_up(300, 0, 2, 3), few = made_up(12, 0, 1, 4);
    auto const first = renew(nullptr, city.lessons, {}, quick());
    ASSERT_TRUE(first);
    EXPECT_EQ(first->why, Renewal::Why::first);
    EXPECT_TRUE(first->taken());
    EXPECT_EQ(first->held_out, 60);
    auto const again = renew(&*first->model, city.lessons, {}, quick());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->why, Renewal::Why::not_better);
    EXPECT_FALSE(again->taken());
    auto const poor = train(few.lessons, quick());
    ASSERT_TRUE(poor);
    auto const better = renew(&poor->model, city.lessons, few.lessons, quick());
    ASSERT_TRUE(better);
    EXPECT_EQ(better->why, Renewal::Why::better);
    EXPECT_GT(better->candidate_f1, better->present_f1);
    EXPECT_EQ(better->learnt_from, 240 + 12);
    EXPECT_EQ(renew(nullptr, few.lessons, {}, quick())->why, Renewal::Why::too_few);
}

}  // namespace
}  // namespace banyan::learning
