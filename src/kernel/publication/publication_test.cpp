// What the public may see: only what was released, only while it is, and never a word of anything else. On both
// databases.
#include <gtest/gtest.h>

#include "base/testing.h"
#include "kernel/engine/testing/story.h"
#include "kernel/publication/publisher.h"
#include "kernel/publication/shelf.h"

namespace banyan::publication {
namespace {

using namespace banyan::testing;

/// Words that stand in what was not released, one for each place.
constexpr char const* kPlanted[] = {"苏念慈",       "13987654321",  "nianci@example.org", "翠园里七十七号",
                                    "甲标题不公开", "乙正文不公开", "丙地点不公开",       "丁摘要不公开",
                                    "戊内部不公开", "己联系不公开", "庚理由不公开"};

/// Rulebook of the hotline, with a step that may correct what was said.
std::shared_ptr<Rules const> correcting_rules() {
    auto rules = std::make_shared<Rules>(*small_rules());
    rules->procedures["appeal"] = rulebook(source_text("procedures/appeal.toml") + R"(
[step.correct]
from = "any"
by = ["seat@centre"]
undo = "10 minutes"
form = [
  { name = "kind", type = "choice", readers = "public" },
  { name = "class", type = "code", readers = "public" },
  { name = "confidential", type = "flag", keep = true },
  { name = "anonymous", type = "flag", keep = true },
  { name = "may_publish", type = "flag", keep = true, readers = "asker" },
]
)");
    return rules;
}

language::Redactor const& redactor() {
    static auto const kRead = language::Redactor::read(source_text("data/language/redaction.csv")).value();
    return kRead;
}

class Public : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam(), correcting_rules());
        city->set_clock(at("2026-10-12 09:00"));
        begin();
    }
    void begin() {
        publisher = std::make_unique<Publisher>(city->engine(), *city->db(), city->keys(), redactor());
        publisher->run_once();
    }
    MatterId file(json::object const& more = {}) {
        json::object form{{"title", "甲标题不公开"},
                          {"body", "乙正文不公开，我是苏念慈"},
                          {"place", "丙地点不公开"},
                          {"channel", "web"},
                          {"class", "road.lamp"},
                          {"region", "350102004"},
                          {"point", {{"lat", 26.0812345}, {"lon", 119.3012345}}},
                          {"name", "苏念慈"},
                          {"phone", "13987654321"},
                          {"email", "nianci@example.org"},
                          {"address", "翠园里七十七号"},
                          {"may_publish", true}};
        for (auto const& one : more) form[one.key()] = one.value();
        Answer const answer = city->open("citizen", form);
        EXPECT_TRUE(answer.ok()) << describe(answer.refusal);
        return answer.matter;
    }
    void take(std::string_view login, MatterId matter, std::string const& step, json::object form = {}) {
        city->set_clock(city->engine().now() + minutes(1));
        Answer const answer = city->step(login, matter, step, std::move(form));
        EXPECT_TRUE(answer.ok()) << step << ": " << describe(answer.refusal);
    }
    MatterId accepted(json::object const& more = {}) {
        MatterId const matter = file(more);
        take("seat01", matter, "accept", {{"kind", "complaint"}});
        return matter;
    }
    static json::object words() {
        return {{"public_title", "路灯不亮"},
                {"public_text", "步道路灯不亮"},
                {"public_place", "榕荫街道"},
                {"public_point", {{"lat", 26.0812345}, {"lon", 119.3012345}}}};
    }
    MatterId released(json::object const& more = {}) {
        MatterId const matter = accepted(more);
        take("disp01", matter, "release", words());
        publisher->run_once();
        return matter;
    }
    void answered(MatterId matter, std::string const& reply = "路灯已修好") {
        take("disp01", matter, "dispatch", {{"lead", "cg"}, {"summary", "丁摘要不公开"}});
        take("unit-cg", matter, "sign");
        take("unit-cg", matter, "contact", {{"reached", true}, {"note", "己联系不公开"}});
        take("unit-cg-head", matter, "reply",
             {{"account", "戊内部不公开"}, {"public_reply", reply}, {"solved", true}});
        publisher->run_once();
        EXPECT_EQ(one(matter) ? one(matter)->reply : "", "") << "not approved yet";
        take("review01", matter, "approve");
        publisher->run_once();
    }
    void end(MatterId matter) {
        take("citizen", matter, "rate", {{"rating", "satisfied"}});
        take("callback01", matter, "call_back", {{"outcome", "solved"}, {"final", "satisfied"}});
        publisher->run_once();
    }
    std::optional<Published> one(MatterId matter) {
        auto const found = load_published(city->reader(), std::span(&matter.value, 1));
        return found.empty() ? std::nullopt : std::optional(found[0]);
    }
    std::vector<Update> updates() {
        return find_updates(city->reader(), {Instant{0}, at("2030-01-01 00:00"), "", std::nullopt, 100});
    }
    std::string all_cells() {
        std::string all;
        for (Published const& row : find_published(city->reader(), {}))
            all += row.class_code + row.region + row.title + row.text + row.place + row.reply + "\n";
        for (Update const& update : updates()) all += update.text + "\n";
        return all;
    }
    std::unique_ptr<City> city;
    std::unique_ptr<Publisher> publisher;
};
BANYAN_ON_BOTH_ENGINES(Public);

TEST_P(Public, IsWhatWasReleasedInTheWordsThatWereReleased) {
    MatterId const quiet = accepted();
    publisher->run_once();
    EXPECT_TRUE(find_published(city->reader(), {}).empty()) << "agreed by the appellant alone";
    MatterId const matter = released();
    EXPECT_FALSE(one(quiet));
    auto const row = one(matter);
    ASSERT_TRUE(row);
    EXPECT_EQ(row->title, "路灯不亮");
    EXPECT_EQ(row->text, "步道路灯不亮");
    EXPECT_EQ(row->place, "榕荫街道");
    EXPECT_EQ(row->class_code, "road.lamp");
    EXPECT_EQ(row->region, "350102004");
    EXPECT_EQ(row->point, (Point{26.081, 119.301})) << "on the grid";
    EXPECT_FALSE(row->unit);
    EXPECT_TRUE(row->open);
    EXPECT_EQ(row->opened, at("2026-10-12 09:01"));
    EXPECT_EQ(row->updated, at("2026-10-12 09:03"));
}

TEST_P(Public, HearsTheReplyOnceItIsApprovedAndTheEnd) {
    MatterId const matter = released();
    answered(matter);
    auto row = one(matter);
    ASSERT_TRUE(row);
    EXPECT_EQ(row->reply, "路灯已修好");
    EXPECT_EQ(row->unit, city->rules().directory->unit("cg")->id);
    EXPECT_TRUE(row->open);
    Instant const approved = city->engine().now();
    EXPECT_EQ(row->updated, approved);
    take("citizen", matter, "supplement", {{"text", "庚理由不公开"}});
    publisher->run_once();
    EXPECT_EQ(one(matter)->updated, approved) << "what the public does not see changes nothing";
    end(matter);
    EXPECT_FALSE(one(matter)->open);
    EXPECT_EQ(one(matter)->closed, city->engine().now());
    auto const told = updates();
    ASSERT_EQ(told.size(), 3U);
    EXPECT_EQ(told[0].text, "");
    EXPECT_EQ(told[1].text, "路灯已修好");
    EXPECT_TRUE(told[1].open);
    EXPECT_FALSE(told[2].open);
    EXPECT_EQ(told[2].no, 3);
}

TEST_P(Public, HearsNoReplyThatWasTakenBack) {
    MatterId const matter = released();
    answered(matter);
    take("review01", matter, "undo");
    publisher->run_once();
    EXPECT_EQ(one(matter)->reply, "");
    take("review01", matter, "send_back", {{"reason", "庚理由不公开"}});
    take("unit-cg-head", matter, "reply",
         {{"account", "戊内部不公开"}, {"public_reply", "明天修"}, {"solved", true}});
    take("review01", matter, "approve");
    publisher->run_once();
    EXPECT_EQ(one(matter)->reply, "明天修");
}

TEST_P(Public, NeverSeesAWordThatWasNotReleased) {
    MatterId const matter = released({{"superior_number", "SUP-7731"}});
    answered(matter,
             "苏念慈女士您好，已按您留的13987654321联系，邮箱nianci@example.org，翠园里七十七号门前路灯已修好");
    end(matter);
    std::string const all = all_cells();
    EXPECT_NE(all.find("路灯已修好"), std::string::npos) << all;
    for (char const* planted : kPlanted) EXPECT_EQ(all.find(planted), std::string::npos) << planted << "\n" << all;
    EXPECT_EQ(all.find("SUP-7731"), std::string::npos);
}

TEST_P(Public, ForgetsWhatIsRetracted) {
    MatterId const matter = released();
    take("citizen", matter, "retract", {{"reason", "庚理由不公开"}});
    publisher->run_once();
    EXPECT_FALSE(one(matter));
    EXPECT_TRUE(updates().empty());
    json::object other = words();
    other["public_title"] = "路灯报修";
    take("disp01", matter, "release", other);
    publisher->run_once();
    EXPECT_EQ(one(matter)->title, "路灯报修");
    ASSERT_EQ(updates().size(), 1U);
    EXPECT_EQ(updates()[0].no, 2) << "a number is given once";
}

TEST_P(Public, NeverHasSecretMattersWhateverIsSaidLater) {
    struct Case {
        json::object said, unsaid;
    };
    std::vector<Case> const cases{{{{"kind", "report"}}, {{"kind", "complaint"}}},
                                  {{{"confidential", true}}, {{"confidential", false}}},
                                  {{{"anonymous", true}}, {{"anonymous", false}}},
                                  {{{"may_publish", false}}, {{"may_publish", true}}}};
    for (Case const& each : cases) {
        SCOPED_TRACE(json::serialize(each.said));
        MatterId const matter = released();
        ASSERT_TRUE(one(matter));
        take("seat01", matter, "correct", each.said);
        publisher->run_once();
        EXPECT_FALSE(one(matter));
        EXPECT_TRUE(updates().empty());
        answered(matter);
        EXPECT_FALSE(one(matter)) << "nor when it goes on";
        take("seat01", matter, "correct", each.unsaid);
        publisher->run_once();
        EXPECT_FALSE(one(matter)) << "nor when that is taken back";
        take("disp01", matter, "release", words());
        publisher->run_once();
        ASSERT_TRUE(one(matter)) << "but when the centre releases it again";
        EXPECT_EQ(one(matter)->reply, "路灯已修好");
        take("disp01", matter, "retract", {{"reason", "测试"}});
        publisher->run_once();
        EXPECT_FALSE(one(matter));
    }
    MatterId const secret = accepted({{"confidential", true}});
    EXPECT_FALSE(city->step("disp01", secret, "release", words()).ok());
}

TEST_P(Public, IsBackWhenTheStepThatHidItIsUndone) {
    MatterId const matter = released();
    take("seat01", matter, "correct", {{"kind", "report"}});
    publisher->run_once();
    EXPECT_FALSE(one(matter));
    take("seat01", matter, "undo");
    publisher->run_once();
    EXPECT_TRUE(one(matter));
    for (char const* kind : {"report", "complaint", "help"}) take("seat01", matter, "correct", {{"kind", kind}});
    take("seat01", matter, "undo");
    publisher->run_once();
    EXPECT_FALSE(one(matter)) << "undoing another step is no release";
}

TEST_P(Public, IsTheSameWhenItIsMadeAgain) {
    for (int i = 0; i < 3; ++i) answered(released());
    released();
    tell_story(*city);
    publisher->run_once();
    auto const before = find_published(city->reader(), {});
    auto const told = updates();
    ASSERT_EQ(before.size(), 4U);
    publisher.reset();
    city->engine().write_now([](store::Session& writing) {
        clear_publications(writing);
        writing.execute("DELETE FROM follower WHERE name = 'publication.1'");
    });
    EXPECT_TRUE(find_published(city->reader(), {}).empty());
    city->restart();
    begin();
    EXPECT_EQ(find_published(city->reader(), {}), before);
    EXPECT_EQ(updates(), told);
}

TEST_P(Public, IsMadeAnewWhereSomethingElseLies) {
    Publication stranger;
    stranger.now.matter = MatterId(256 * 900'000 + 1);
    publisher.reset();
    city->engine().write_now([&](store::Session& writing) { put_publications(writing, {}, {&stranger, 1}); });
    EXPECT_TRUE(one(stranger.now.matter));
    begin();
    released();
    EXPECT_FALSE(one(stranger.now.matter)) << "what an older program left";
}

TEST_P(Public, IsLookedForByWhatIsThere) {
    MatterId const lamp = released(), ad = released({{"class", "city.ad"}, {"region", "350111001"}});
    answered(ad);
    end(ad);
    json::object nowhere = words();
    nowhere.erase("public_point");
    MatterId const placeless = accepted();
    take("disp01", placeless, "release", nowhere);
    publisher->run_once();
    auto find = [&](Wanted const& wanted) {
        std::vector<MatterId> ids;
        for (Published const& row : find_published(city->reader(), wanted)) ids.push_back(row.matter);
        return ids;
    };
    using Ids = std::vector<MatterId>;
    EXPECT_EQ(find({}), (Ids{placeless, ad, lamp})) << "the newest first";
    EXPECT_EQ(find({.classes = {"city.ad"}}), Ids{ad});
    EXPECT_EQ(find({.classes = {"city.ad", "road.lamp"}}), (Ids{placeless, ad, lamp}));
    EXPECT_EQ(find({.classes = {"city.ad", "road.lamp"}, .skip = 1, .most = 1}), Ids{ad});
    EXPECT_EQ(find({.region = "350111"}), Ids{ad});
    EXPECT_EQ(find({.open = false}), Ids{ad});
    EXPECT_EQ(find({.open = true}), (Ids{placeless, lamp}));
    EXPECT_EQ(find({.box = Box{119.3, 26.08, 119.31, 26.09}}), (Ids{ad, lamp}));
    EXPECT_EQ(find({.box = Box{118, 25, 119, 26}}), Ids{});
    Instant const opened = one(ad)->opened;
    EXPECT_EQ(find({.opened_from = opened, .opened_until = opened + seconds(1)}), Ids{ad});
    EXPECT_EQ(find({.updated_from = one(placeless)->updated}), Ids{placeless});
    EXPECT_EQ(find({.skip = 3}), Ids{});
    Instant const begin{0}, end = at("2030-01-01 00:00");
    EXPECT_EQ(find_updates(city->reader(), {begin, end, "350111", std::nullopt, 100}).size(), 3U);
    EXPECT_EQ(find_updates(city->reader(), {begin, end, "", std::vector{lamp, placeless}, 100}).size(), 2U);
    EXPECT_EQ(find_updates(city->reader(), {begin, opened + seconds(1), "", std::nullopt, 100}).size(), 1U);
}

}  // namespace
}  // namespace banyan::publication
