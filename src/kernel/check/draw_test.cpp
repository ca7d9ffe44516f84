#include "kernel/check/draw.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/testing.h"

namespace banyan {
namespace {

Words zh() {
    Words words;
    boost::json::error_code error;
    auto texts = boost::json::parse(testing::source_text("texts/zh.json"), error);
    if (!error && texts.is_object())
        for (auto const& text : texts.as_object())
            if (text.value().is_string()) words[std::string(text.key())] = std::string(text.value().as_string());
    return words;
}

std::shared_ptr<Procedure> rulebook(std::string const& path) {
    return read_procedure(testing::source_text(path)).value();
}

std::size_t count(std::string const& text, std::string_view part) {
    std::size_t n = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
    return n;
}

TEST(Draw, ShowsEveryStageOnceAndEveryWay) {
    auto procedure = rulebook("procedures/appeal.toml");
    std::string svg = draw_svg(*procedure, {});
    for (Stage const& stage : procedure->stages)
        EXPECT_EQ(count(svg, "class=\"stage\" text-anchor=\"start\">" + stage.name + "<"), 1U) << stage.name;
    for (auto name : {"withdraw", "send_back", "redo", "lapse_rating", "dispatch"})
        EXPECT_NE(svg.find(name), std::string::npos) << name;
    EXPECT_GE(count(svg, "way clock"), 1U);  // the rating window ends by the clock
    EXPECT_GE(count(svg, "way self"), 4U);   // and passages are thin
    EXPECT_EQ(count(svg, "unmask"), 0U);     // what may be done anywhere is no way
}

TEST(Draw, SaysWhatPeopleReadAndEscapesIt) {
    auto procedure = rulebook("tests/permit/permit.toml");
    std::string svg = draw_svg(*procedure, {{"stage.filed", "<待受理> & \"co\""}, {"procedure.permit", "许可"}});
    EXPECT_NE(svg.find("&lt;待受理&gt; &amp; &quot;co&quot;"), std::string::npos);
    EXPECT_EQ(svg.find("<待受理>"), std::string::npos);
    EXPECT_NE(svg.find("<title>许可</title>"), std::string::npos);
    std::string dot = draw_dot(*procedure, {{"stage.filed", "a \"filed\" one"}});
    EXPECT_NE(dot.find("\"filed\" [label=\"a \\\"filed\\\" one"), std::string::npos);
    EXPECT_NE(dot.find("opening -> \"filed\""), std::string::npos);
}

TEST(Draw, SaysThatALimitEndsAtClosing) {
    std::string svg = draw_svg(*rulebook("tests/permit/permit.toml"), zh());
    EXPECT_NE(svg.find("5 个工作日（至下班）"), std::string::npos);
}

TEST(Draw, MarksWhatMayBeTakenBack) {
    std::string svg = draw_svg(*rulebook("procedures/appeal.toml"), zh());
    EXPECT_NE(svg.find("批转 ↩"), std::string::npos);
    EXPECT_EQ(svg.find("转紧急热线 ↩"), std::string::npos);
    EXPECT_EQ(svg.find("撤销操作"), std::string::npos);  // it leads to where one came from
}

TEST(Draw, CanBeLookedAt) {  // BANYAN_DRAW_TO=folder leaves the pictures there
    char const* folder = std::getenv("BANYAN_DRAW_TO");
    if (folder == nullptr) GTEST_SKIP() << "nobody looks";
    for (std::string name : {"procedures/appeal.toml", "tests/permit/permit.toml"}) {
        std::string file = std::string(folder) + "/" + name.substr(name.find_last_of('/') + 1);
        std::ofstream(file + ".svg") << draw_svg(*rulebook(name), zh());
        std::ofstream(file + ".dot") << draw_dot(*rulebook(name), zh());
    }
}

}  // namespace
}  // namespace banyan
