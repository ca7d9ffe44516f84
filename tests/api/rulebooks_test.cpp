// Rulebooks: who sees them, what a text that is typed is told, how one is checked and taken into force while the
// server runs, what keeps it from that.
#include "api/rulebooks.h"

#include <gtest/gtest.h>

namespace banyan::api_test {
namespace {

std::string notice(char const* title) {
    Heard const made = as("lead01").post(
        "/api/v1/matters",
        {{"procedure", "notice"},
         {"step", "write_notice"},
         {"form", {{"sort", "wording"}, {"title", title}, {"text", "请说：已记下。"}, {"basis", "值班领导"}}}});
    EXPECT_EQ(made.status, 201) << made.text;
    return made.at("/id");
}

/// How many open matters keep the version.
std::int64_t open_of(std::string const& hash) {
    Heard const list = as("sys").get(kRulebooks);
    for (json::value const& row : list.body.at("rulebooks").as_array())
        if (row.at("hash").as_string() == hash) return row.at("open").as_int64();
    return -1;
}

/// The limit is another than in the rulebook that ships.
bool differs(Heard const& book, std::string_view limit) {
    return std::ranges::any_of(book.body.at("shipped").at("changes").at("limits").as_array(),
                               [&](json::value const& each) { return each.at("name").as_string() == limit; });
}

Heard read(std::string const& text) { return as("sys").post(kNoticeBook + "/reading", {{"text", text}}); }

TEST(Rulebooks, AreTheAdministratorsAlone) {
    std::string const hash(64, 'a');
    for (char const* login : {"seat01", "mayor", "review01", "unit-cg", "citizen", "sec", "audit"}) {
        EXPECT_EQ(as(login).get(kRulebooks).key(), "step.wrong_desk") << login;
        EXPECT_EQ(as(login).get(kNoticeBook).key(), "step.wrong_desk") << login;
        EXPECT_EQ(as(login).post(kNoticeBook + "/reading", {{"text", "x"}}).key(), "step.wrong_desk") << login;
        EXPECT_EQ(as(login).post(kNoticeBook + "/checks", {{"text", "x"}}).key(), "step.wrong_desk") << login;
        EXPECT_EQ(as(login)
                      .post(kNoticeBook + "/versions", {{"hash", hash}, {"instead_of", hash}, {"note", "试行"}})
                      .key(),
                  "step.wrong_desk")
            << login;
    }
    EXPECT_EQ(as("nobody").get(kRulebooks).status, 401);
}

TEST(Rulebooks, AreSaidInWords) {
    Heard const book = as("sys").get(kRulebooks + "/appeal?lang=zh");
    ASSERT_EQ(book.status, 200) << book.text;
    auto limit = std::ranges::find_if(book.body.at("limits").as_array(),
                                      [](json::value const& each) { return each.at("name") == "handle"; });
    EXPECT_TRUE(limit->at("matter").as_bool());
    json::array const& rows = limit->at("rows").as_array();
    EXPECT_EQ(rows.at(0).at("limit"), "2 个工作日");
    EXPECT_EQ(rows.at(0).at("when").at(0), "诉求类型：咨询或表扬");
    EXPECT_EQ(rows.at(2).at("yellow_days").as_int64(), 2);
    EXPECT_TRUE(rows.at(rows.size() - 1).at("when").as_array().empty()) << "the last has no condition";
    EXPECT_EQ(as("sys").get(kRulebooks + "/appeal?lang=en").at("/limits/0/rows/0/limit"), "2 working days");
    EXPECT_TRUE(book.body.at("shipped").at("same").as_bool());
    for (char const* language : {"zh", "en"}) {  // every word of every rulebook has its sentence
        Heard const list = as("sys").get(kRulebooks);
        for (json::value const& row : list.body.at("rulebooks").as_array()) {
            std::string const name(row.at("name").as_string());
            Heard told = as("sys").get(kRulebooks + "/" + name + "?lang=" + language);
            told.body.as_object().erase("source");
            told.body.as_object().erase("said");
            std::string const all = json::serialize(told.body);
            EXPECT_EQ(all.find("rule."), std::string::npos) << name << all.substr(all.find("rule."), 60);
        }
    }
    EXPECT_EQ(as("sys").get(kRulebooks + "/nothing").key(), "rulebook.unknown");
    EXPECT_EQ(as("sys").get(kNoticeBook + "?hash=" + std::string(64, 'a')).key(), "rulebook.unknown");
}

TEST(Rulebooks, AreReadAsTheyAreTyped) {
    std::string const text = as("sys").get(kNoticeBook).at("/source");
    Heard const syntax = read("name = \"notice\"\nversion = \n");
    EXPECT_EQ(syntax.at("/faults/0/key"), "toml.syntax");
    EXPECT_EQ(syntax.number("/faults/0/line"), 2);
    Heard const two = read(with_instead(with_instead(text, "to = \"to_check\"", "to = \"nowhere\""),
                                        "limit = \"10 minutes\"", "limit = \"soon\""));
    ASSERT_EQ(two.body.at("faults").as_array().size(), 2U) << two.text;
    EXPECT_EQ(two.at("/faults/0/key"), "procedure.bad_limit") << "by line";
    EXPECT_EQ(two.number("/faults/0/line"), 10);
    EXPECT_EQ(two.at("/faults/1/key"), "procedure.unknown_stage");

    Heard const same = read(text);
    EXPECT_TRUE(same.body.at("faults").as_array().empty());
    EXPECT_EQ(same.at("/hindrances/0/key"), "rulebook.in_force");
    EXPECT_EQ(read(text + "\n# 同一版本\n").at("/hindrances/0/key"), "rulebook.version_not_above");
    Heard const longer = read(with_instead(text, "limit = \"10 minutes\"", "limit = \"15 minutes\""));
    EXPECT_EQ(longer.at("/changes/limits/0/name"), "check");
    EXPECT_NE(longer.at("/changes/limits/0/after/0").find("15 分钟"), std::string::npos) << longer.text;

    std::string const next = next_version(as("sys").get(kNoticeBook));
    EXPECT_EQ(read(with_instead(next, "reviewer@city", "referee@city")).at("/hindrances/0/key"),
              "rulebook.unknown_role");
    EXPECT_EQ(read(with_instead(next, "clock = \"start\"", "checks = [\"horoscope\"]\nclock = \"start\""))
                  .at("/hindrances/0/key"),
              "rulebook.unknown_check");
    EXPECT_EQ(read(with_instead(next, "name = \"notice\"", "name = \"poster\"")).at("/hindrances/0/key"),
              "rulebook.other_name");
}

TEST(Rulebooks, AreTakenIntoForceWhileTheServerRuns) {
    std::string const before = notice("生效前的口径");
    Heard const old = as("sys").get(kNoticeBook);
    std::string const text =
        with_instead(next_version(old), "limit = \"4 working hours\"", "limit = \"6 working hours\"");
    EXPECT_EQ(take(std::string(64, 'a'), old).key(), "rulebook.not_checked");
    Heard const check = checked(text);
    EXPECT_TRUE(check.body.at("clean").as_bool()) << check.text;
    EXPECT_GT(check.number("/states"), 10);
    EXPECT_EQ(take(check.at("/hash"), old, "").key(), "field.required");
    Heard other = old;
    other.body.as_object()["hash"] = std::string(64, 'b');
    EXPECT_EQ(take(check.at("/hash"), other).key(), "rulebook.overtaken");

    Heard const now = take(check.at("/hash"), old, "核对时间放宽，班长要求");
    ASSERT_EQ(now.status, 201) << now.text;
    EXPECT_EQ(take(check.at("/hash"), old).key(), "rulebook.overtaken") << "once";
    Heard const book = as("sys").get(kNoticeBook);
    EXPECT_EQ(book.at("/hash"), check.at("/hash"));
    EXPECT_EQ(book.at("/by/login"), "sys");
    EXPECT_EQ(book.at("/note"), "核对时间放宽，班长要求");
    EXPECT_TRUE(differs(book, "check")) << book.text;
    EXPECT_EQ(as("nobody").get("/api/v1/procedures/notice").at("/hash"), check.at("/hash"));
    EXPECT_EQ(as("sys").get(kNoticeBook + "?hash=" + old.at("/hash")).at("/source"), old.at("/source"));

    std::int64_t const kept = open_of(old.at("/hash"));
    EXPECT_GE(kept, 1) << "what began with it keeps it";
    notice("生效后的口径");
    EXPECT_EQ(open_of(old.at("/hash")), kept);
    EXPECT_EQ(open_of(check.at("/hash")), 1);
    as("review01").take(before, "pin", {{"pin_until", "2026-10-20"}});
}

TEST(Rulebooks, WithAFaultAreNot) {
    Heard const old = as("sys").get(kNoticeBook);
    // Nobody can take it any more: it leads from where nobody comes.
    std::string const text = with_instead(next_version(old), "[stage.unpinned]",
                                          "[stage.forgotten]\nowner = \"reviewer\"\n[stage.unpinned]");
    Heard const check = checked(text);
    EXPECT_FALSE(check.body.at("clean").as_bool());
    bool found = false;
    for (json::value const& fault : check.body.at("faults").as_array())
        if (fault.at("key") == "check.stage_unreached") {
            found = true;
            EXPECT_EQ(fault.at("place"), "stage.forgotten");
            EXPECT_GT(fault.at("line").as_int64(), 10);
        }
    EXPECT_TRUE(found) << check.text;
    EXPECT_EQ(take(check.at("/hash"), old).key(), "rulebook.faulty");
    EXPECT_EQ(as("sys").get(kNoticeBook).at("/hash"), old.at("/hash"));
    EXPECT_EQ(as("sys").post(kNoticeBook + "/checks", {{"text", "version = "}}).key(), "toml.syntax");
    EXPECT_EQ(as("sys").post(kRulebooks + "/appeal/checks", {{"text", text}}).key(), "rulebook.other_name");
    EXPECT_EQ(as("sys").get(kRulebooks + "/appeal/checks/" + check.at("/hash")).key(), "rulebook.no_check");
}

TEST(Rulebooks, AreCheckedInTheBackgroundAndNotOnceStopped) {
    std::string const appeal = kRulebooks + "/appeal", text = next_version(as("sys").get(appeal));
    Heard const asked = as("sys").post(appeal + "/checks", {{"text", text}});
    ASSERT_EQ(asked.status, 202) << asked.text;
    std::string const at = appeal + "/checks/" + asked.at("/hash");
    for (int tries = 0; tries < 200 && as("sys").get(at).number("/states") == 0; ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_EQ(as("sys").get(at).at("/state"), "walking");
    EXPECT_EQ(as("sys")
                  .post(kRulebooks + "/appeal/versions", {{"hash", asked.at("/hash")},
                                                          {"instead_of", as("sys").get(appeal).at("/hash")},
                                                          {"note", "试行"}})
                  .key(),
              "rulebook.not_done");
    EXPECT_EQ(as("sys").send(http::Method::del, at).at("/state"), "stopped");
    EXPECT_EQ(as("sys").get(at).at("/state"), "stopped");
    EXPECT_TRUE(checked(as("sys").get(kNoticeBook).at("/source")).body.at("clean").as_bool())
        << "the next goes on";
}

TEST(Rulebooks, MayBeWrittenAsAVariantOfWhatShips) {
    Heard const old = as("sys").get(kNoticeBook);
    std::string const version = "version = " + std::to_string(old.number("/version") + 1) + "\n",
                      variant = "base = \"notice\"\n" + version + "[[limit.again]]\nlimit = \"2 working days\"\n";
    Heard const wrong = read("base = \"notice\"\n" + version + "[[limit.again]]\nlimit = \"later\"\n");
    EXPECT_EQ(wrong.at("/faults/0/key"), "procedure.bad_limit");
    EXPECT_EQ(wrong.number("/faults/0/line"), 4) << "its own line, not that of the whole";
    EXPECT_EQ(read("base = \"poster\"\n").at("/faults/0/key"), "procedure.unknown_base");
    Heard const good = read(variant);
    EXPECT_EQ(good.at("/base"), "notice");
    EXPECT_NE(good.at("/whole").find("[step.write_notice]"), std::string::npos);
    Heard const check = checked(variant);
    EXPECT_EQ(check.at("/hash"), good.at("/hash"));
    ASSERT_EQ(take(check.at("/hash"), old).status, 201);
    Heard const acts = as("audit").get("/api/v1/administrative_acts?limit=1");
    EXPECT_EQ(acts.at("/acts/0/act"), "rulebook.take") << acts.text;
    EXPECT_EQ(acts.at("/acts/0/subject"), "notice");
    EXPECT_EQ(acts.number("/acts/0/detail/to/version"), old.number("/version") + 1);
    Heard const book = as("sys").get(kNoticeBook);
    EXPECT_EQ(book.at("/base"), "notice");
    EXPECT_EQ(book.at("/said"), variant);
    EXPECT_TRUE(differs(book, "again")) << book.text;
}

}  // namespace
}  // namespace banyan::api_test
