// banyan classify: what it learns, what it prints, what it refuses.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>

#include "journey/program.h"
#include "platform/store/testing/stores.h"

namespace banyan::journey {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

struct Classify : ::testing::Test {
    store::testing::TestFolder scratch;
    std::string file(std::string const& name, std::string_view text) {
        write_file(scratch / name, text);
        return scratch / name;
    }
    /// Forty rows of two classes, from `first` on.
    static std::string rows(int first) {
        char const* const lamp[] = {"路灯不亮", "灯杆倾斜", "晚上没有灯", "照明坏了"};
        char const* const waste[] = {"垃圾没人清", "垃圾桶满了", "污水横流", "臭气熏天"};
        std::string text = "id,title,body,label\n";
        for (int i = first; i < first + 40; ++i) {
            char const* const* own = i % 2 == 0 ? lamp : waste;
            text += std::to_string(i) + "," + own[i / 2 % 4] + ",\"小区门口，" + own[(i / 2 + i / 8) % 4] +
                    "，第" + std::to_string(i) + "次反映\"," + (i % 2 == 0 ? "lamp" : "waste") + "\n";
        }
        return text;
    }
    std::string model() { return scratch / "m.model"; }
    Ended train(std::vector<std::string> more = {}) {
        std::vector<std::string> words{"classify", "train", file("a.csv", rows(0)), "--model", model()};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    }
};

TEST_F(Classify, TrainsEvaluatesAndSaysWhy) {
    Ended const trained =
        train({"--weak", file("w.csv", rows(40)), "--weak", file("v.csv", rows(80)), "--unlabelled",
               file("u.csv", rows(120)), "--report", scratch / "report", "--json"});
    ASSERT_EQ(trained.status, 0) << trained.err;
    json::object const said = json::parse(trained.out).as_object();
    EXPECT_EQ(said.at("lessons").to_number<int>(), 120);
    EXPECT_EQ(said.at("weak").to_number<int>(), 80);
    EXPECT_GT(said.at("macro_f1").to_number<double>(), 0.9);
    for (char const* name : {"report.md", "reliability.svg", "confusion.svg"})
        EXPECT_GT(fs::file_size(fs::path(scratch / "report") / name), 300U) << name;

    Ended const eval = run({"classify", "eval", file("b.csv", rows(200)), "--text", "title,body", "--label",
                            "label", "--model", model(), "--json"});
    ASSERT_EQ(eval.status, 0) << eval.err;
    json::object const figures = json::parse(eval.out).as_object();
    EXPECT_EQ(figures.at("rows").to_number<int>(), 40);
    EXPECT_GT(figures.at("accuracy").to_number<double>(), 0.9);
    EXPECT_EQ(figures.at("classes").as_array().size(), 2U);
    Ended const plain = run({"classify", "eval", scratch / "b.csv", "--model", model()});
    EXPECT_NE(plain.out.find("macro-F1"), std::string::npos) << plain.out;
    EXPECT_NE(plain.out.find("confusion"), std::string::npos);
}

TEST_F(Classify, SeveralFilesAreOneAndTheSameRowsGiveTheSameBytes) {
    ASSERT_EQ(train().status, 0);
    std::string const first = text_of(model());
    ASSERT_EQ(train().status, 0);
    EXPECT_EQ(text_of(model()), first);
    Ended const both =
        run({"classify", "train", scratch / "a.csv", file("w.csv", rows(40)), "--model", model(), "--json"});
    ASSERT_EQ(both.status, 0) << both.err;
    EXPECT_EQ(json::parse(both.out).as_object().at("lessons").to_number<int>(), 80);
}

TEST_F(Classify, RefusesLabelsAndTaxonomiesThatAreNone) {
    Ended const unknown = train({"--taxonomy", file("t.csv", "code,parent\nlamp,\n")});
    EXPECT_EQ(unknown.status, 1);
    EXPECT_NE(unknown.err.find("line 3"), std::string::npos) << unknown.err;
    EXPECT_NE(unknown.err.find("learning.label_not_in_taxonomy"), std::string::npos) << unknown.err;
    Ended const cycle = train({"--taxonomy", file("t.csv", "code,parent\nlamp,waste\nwaste,lamp\n")});
    EXPECT_EQ(cycle.status, 1);
    EXPECT_NE(cycle.err.find("taxonomy.cycle"), std::string::npos) << cycle.err;
    EXPECT_FALSE(fs::exists(model()));
    EXPECT_EQ(train({"--taxonomy", file("t.csv", "code,parent\ntop,\nlamp,top\nwaste,top\n")}).status, 0);
}

TEST_F(Classify, RefusesFilesItCannotUse) {
    ASSERT_EQ(train().status, 0);
    std::string const bytes = text_of(model());
    auto const eval_with = [&](std::string_view text) {
        return run({"classify", "eval", scratch / "a.csv", "--model", file("x.model", text)});
    };
    Ended const cut = eval_with(std::string_view(bytes).substr(0, bytes.size() / 2));
    EXPECT_EQ(cut.status, 1);
    EXPECT_NE(cut.err.find("model.damaged"), std::string::npos) << cut.err;
    std::string newer = bytes;
    newer[8] = 7;
    EXPECT_NE(eval_with(newer).err.find("model.newer"), std::string::npos);
    EXPECT_NE(eval_with("not a model").err.find("model.unknown"), std::string::npos);
    Ended const column = run({"classify", "eval", scratch / "a.csv", "--label", "class", "--model", model()});
    EXPECT_EQ(column.status, 1);
    EXPECT_NE(column.err.find("learning.column_missing"), std::string::npos) << column.err;
    Ended const empty =
        run({"classify", "train", file("e.csv", "title,body,label\n路灯,不亮,\n"), "--model", model()});
    EXPECT_EQ(empty.status, 1);
    EXPECT_NE(empty.err.find("line 2"), std::string::npos) << empty.err;
    EXPECT_EQ(run({"classify", "train", "--model", model()}).status, 1);
}

TEST_F(Classify, LearnsFromACityAndTakesOnlyWhatIsBetter) {
    copy_demo(scratch / "city");
    std::string const file = fs::path(scratch / "city") / "models" / "class.model";
    std::string const shipped = text_of(file);  // learnt from the texts that come with the program only
    auto const learn = [&] { return run({"classify", "train", "--data", scratch / "city", "--json"}); };
    Ended const first = learn();
    ASSERT_EQ(first.status, 0) << first.err;
    json::array const said = json::parse(first.out).as_array();
    ASSERT_EQ(said.size(), 3U);
    EXPECT_EQ(said[0].at("why").as_string(), "better");
    EXPECT_TRUE(said[0].at("taken").as_bool());
    std::string const bytes = text_of(file);
    EXPECT_NE(bytes, shipped);
    EXPECT_EQ(text_of(file + ".before"), shipped);
    EXPECT_EQ(json::parse(learn().out).as_array()[0].at("why").as_string(), "not_better");
    EXPECT_EQ(text_of(file), bytes);
    EXPECT_EQ(text_of(file + ".before"), shipped);
}

}  // namespace
}  // namespace banyan::journey
