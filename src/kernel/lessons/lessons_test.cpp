#include "kernel/lessons/lessons.h"

#include <gtest/gtest.h>

#include "kernel/engine/testing/story.h"

namespace banyan {
namespace {

using testing::City;

TEST(Lessons, AreWhatThePeopleConfirmed) {
    City city(store::Engine::sqlite);
    city.set_clock(testing::at("2026-10-09 09:00"));
    auto const file = [&](std::string const& title, std::string const& code) {
        return city
            .open("seat01", {{"title", title}, {"body", "请尽快处理"}, {"channel", "phone"}, {"class", code}})
            .matter;
    };
    MatterId const corrected = file("路灯不亮", "city.garbage");
    ASSERT_TRUE(
        city.step("seat01", corrected, "accept", {{"kind", "complaint"}, {"class", "road.lamp"}, {"urgent", true}})
            .ok());
    ASSERT_TRUE(city.step("disp01", corrected, "dispatch", {{"lead", "cg"}}).ok());
    file("刚到，没有人看过", "road.lamp");
    MatterId const returned = file("井盖响", "road.lamp");
    ASSERT_TRUE(city.step("seat01", returned, "accept", {{"kind", "help"}}).ok());
    ASSERT_TRUE(city.step("disp01", returned, "dispatch", {{"lead", "zj"}}).ok());
    AssignmentId const share = city.matter(returned)->assignments.front().id;
    ASSERT_TRUE(city.step("unit-zj-head", returned, "ask_return",
                          {{"ground", "not_our_duty"}, {"reason", "不归我们管"}}, share)
                    .ok());
    ASSERT_TRUE(city.step("review01", returned, "grant_return", {{"reason", "按规定"}}, share).ok());

    CityLessons const lessons = read_lessons(city.reader(), city.engine().procedures(), 100);
    ASSERT_EQ(lessons.matters.size(), 2U);
    EXPECT_EQ(lessons.matters[0].class_code, "road.lamp");
    EXPECT_EQ(lessons.matters[0].kind, "complaint");
    EXPECT_TRUE(lessons.matters[0].urgent);
    EXPECT_EQ(lessons.matters[0].title, "路灯不亮");
    EXPECT_EQ(lessons.matters[0].body, "请尽快处理");
    EXPECT_FALSE(lessons.matters[0].weak);
    EXPECT_TRUE(lessons.matters[1].weak);
    UnitId const zj = city.rules().directory->unit("zj")->id;
    RouteFigures const& came_back = lessons.routes.at({"road.lamp", "", zj});
    EXPECT_EQ(came_back.given, 1);
    EXPECT_EQ(came_back.returned, 1);
    EXPECT_EQ(lessons_of(lessons, Subject::urgent)[0].label, "yes");
    EXPECT_EQ(lessons_of(lessons, Subject::kind)[1].label, "help");
    EXPECT_EQ(read_lessons(city.reader(), city.engine().procedures(), 1).matters[0].matter, returned);
}

}  // namespace
}  // namespace banyan
