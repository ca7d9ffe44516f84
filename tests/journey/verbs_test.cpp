// The command line, verb by verb: what it prints, what it refuses, and its exit status.
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <regex>

#include "base/testing.h"
#include "journey/caller.h"
#include "journey/program.h"
#include "platform/store/testing/stores.h"

namespace banyan::journey {
namespace {

namespace fs = std::filesystem;

struct Verbs : ::testing::Test {
    store::testing::TestFolder scratch;
    std::string csv(std::string const& name, std::string_view text) {
        write_file(scratch / name, text);
        return scratch / name;
    }
    Ended import(std::string const& file) { return run({"import", "appeals", file, "--data", scratch / "city"}); }
    void expect_verified() {
        Ended verified = run({"verify", "--data", scratch / "city"});
        EXPECT_EQ(verified.status, 0) << verified.out << verified.err;
    }
};

TEST_F(Verbs, SayWhatTheyAreFor) {
    for (std::vector<std::string> const& verb : std::vector<std::vector<std::string>>{{},
                                                                                      {"serve"},
                                                                                      {"demo"},
                                                                                      {"import"},
                                                                                      {"import", "appeals"},
                                                                                      {"import", "history"},
                                                                                      {"import", "items"},
                                                                                      {"import", "halls"},
                                                                                      {"export", "items"},
                                                                                      {"replay"},
                                                                                      {"due"},
                                                                                      {"calendar"},
                                                                                      {"calendar", "import"},
                                                                                      {"procedure"},
                                                                                      {"procedure", "check"},
                                                                                      {"procedure", "draw"},
                                                                                      {"verify"},
                                                                                      {"backup"},
                                                                                      {"restore"},
                                                                                      {"migrate"},
                                                                                      {"classify"},
                                                                                      {"classify", "train"},
                                                                                      {"classify", "eval"},
                                                                                      {"classify", "text"},
                                                                                      {"clean"},
                                                                                      {"config"}}) {
        std::vector<std::string> words = verb;
        words.push_back("--help");
        std::string name = verb.empty() ? "banyan" : verb.back();
        Ended help = run(words);
        EXPECT_EQ(help.status, 0) << name;
        EXPECT_NE(help.out.find("Usage"), std::string::npos) << name << help.out;
        if (verb.size() > 1 || (verb.size() == 1 && name != "import" && name != "calendar" &&
                                name != "procedure" && name != "classify")) {
            EXPECT_NE(help.out.find("Usage: banyan " + (verb.size() > 1 ? verb[0] + " " : "") + name),
                      std::string::npos)
                << "its own help: " << help.out;
        }
    }
    for (std::vector<std::string> const& words : std::vector<std::vector<std::string>>{
             {"dance"}, {"serve"}, {"import"}, {"due"}, {"serve", "--colour", "red"}, {"verify"}}) {
        Ended refused = run(words);
        EXPECT_NE(refused.status, 0) << words[0];
        EXPECT_FALSE(refused.err.empty()) << words[0] << " says nothing on stderr";
        EXPECT_TRUE(refused.out.empty()) << refused.out;
    }
}

TEST_F(Verbs, DueSaysTheEndOfTheLastDayFirst) {
    struct Row {
        char const *limit, *from, *first;
        int status;
    };
    for (Row const& row :
         {Row{"3 working days", "2026-09-30T16:00:00+08:00", "2026-10-11T00:00:00+08:00", 0},
          Row{"2 working days", "2026-10-09T09:00:00+08:00", "2026-10-13T00:00:00+08:00", 0},
          Row{"3 working days to closing", "2026-09-30T16:00:00+08:00", "2026-10-10T17:30:00+08:00", 0},
          Row{"20 days", "2026-10-09T09:00:00+08:00", "2026-10-30T00:00:00+08:00", 0},
          Row{"1 working day", "2026-10-09T01:00:00Z", "2026-10-11T00:00:00+08:00", 0}}) {
        Ended due = run({"due", row.limit, "--from", row.from});
        EXPECT_EQ(due.status, row.status) << due.err;
        EXPECT_EQ(due.out.substr(0, due.out.find(' ')), row.first) << row.limit << " from " << row.from;
        EXPECT_EQ(std::count(due.out.begin(), due.out.end(), '\n'), 1);
    }
    Ended later = run({"due", "3 working days", "--from", "2027-06-01T09:00:00+08:00"});
    EXPECT_NE(later.status, 0);
    EXPECT_TRUE(later.out.empty());
    EXPECT_NE(later.err.find("2027-06-05T00:00:00+08:00"), std::string::npos) << later.err;
    for (std::vector<std::string> const& words :
         std::vector<std::vector<std::string>>{{"due", "3 bananas"},
                                               {"due", ""},
                                               {"due", "-1 days"},
                                               {"due", "3 working days", "--from", "yesterday"},
                                               {"due", "3 working days", "--from", "2026-10-09T09:00:00"},
                                               {"due", "99999999999999999999 days"},
                                               {"due", "3 working days", "--data", scratch / "nothing"}}) {
        Ended refused = run(words);
        EXPECT_EQ(refused.status, 1) << words[1] << ": " << refused.err;
        EXPECT_FALSE(refused.err.empty());
        EXPECT_EQ(refused.err.find("terminate"), std::string::npos) << refused.err;
    }
    EXPECT_FALSE(fs::exists(scratch / "nothing")) << "asking makes no folder";
}

TEST_F(Verbs, ImportHistoryTakesAPastInOnceAndSaysWhatIsWrong) {
    std::string const file =
        csv("past.csv",
            "id,state,created,replied,closed,kind,unit,title,phone,rating\n"
            "A-1,archived,2016-03-07 09:00,2016-03-08 10:00,2016-03-09 10:00,投诉,热线,路灯不亮,15400001111,满意\n"
            "A-2,陈年,2016-03-07 09:00,,,,,井盖缺失,,\n"
            "A-3,answered,2016-03-07 09:00,,,咨询,,居住证,,\n");
    std::string const map = csv("map.csv", "what,from,to\nunit,热线,centre\n");
    run({"import", "appeals", csv("a.csv", "id,title,body,created\n1,路灯,不亮,2026-03-02 09:00\n"), "--data",
         scratch / "city"});
    auto import_history = [&](std::string const& words) {
        return run({"import", "history", file, "--data", scratch / "city", "--map", words});
    };
    Ended const first = import_history(map);
    EXPECT_EQ(first.status, 0) << first.err;
    EXPECT_NE(first.out.find("2 taken in, 0 were there already, 1 refused"), std::string::npos) << first.out;
    EXPECT_NE(first.err.find("line 3: state: "), std::string::npos) << first.err;
    Ended const again = import_history(map);
    EXPECT_NE(again.out.find("0 taken in, 2 were there already, 1 refused"), std::string::npos) << again.out;
    Ended const no_such = import_history(csv("bad.csv", "what,from,to\nweather,雨,rain\n"));
    EXPECT_EQ(no_such.status, 1);
    EXPECT_NE(no_such.err.find("past.map_what"), std::string::npos) << no_such.err;
    expect_verified();
}

TEST_F(Verbs, ImportTakesWhatSpreadsheetsWrite) {
    std::string const file =
        csv("a.csv",
            "\xEF\xBB\xBF"
            "id,title,body,created,kind,phone\r\n"
            "1,路灯不亮,\"第一行\r\n第二行，有\"\"引号\"\"\",2026-03-02 09:00,求助,154 0000 1111\r\n"
            "2,井盖丢了,,2026/3/2 9:05,投诉,\r\n"
            "3,,正文当题目,2026-03-02T09:00:00+08:00,,\r\n"
            ",没有编号,x,2026-03-02 09:00,,\r\n"
            "5,没有时间,xx,,,\r\n"
            "6,时间不对,xx,2026-02-30 09:00,,\r\n"
            "7,种类不对,xx,2026-03-02 09:00,玩笑,\r\n"
            "8,电话不对,xx,2026-03-02 09:00,,call me\r\n"
            "9,格子太多,xx,2026-03-02 09:00,,,,,\r\n"
            "1,同一编号,xx,2026-03-02 09:00,,\r\n"
            "11,四字节😀,𠮷家,2026-03-02 09:00,,\r\n");
    Ended first = import(file);
    EXPECT_EQ(first.status, 0) << first.err;
    EXPECT_NE(first.out.find("4 taken in, 1 were there already, 6 refused"), std::string::npos)
        << first.out << first.err;
    for (char const* said : {"line 6: id: ", "line 7: created: ", "line 8: created: ", "line 9: kind: ",
                             "line 10: form.phone: ", "line 11: "})
        EXPECT_NE(first.err.find(said), std::string::npos) << said << "\n" << first.err;
    EXPECT_EQ(first.err.find("line 12"), std::string::npos) << "already there is no fault";
    Ended again = import(file);
    EXPECT_EQ(again.status, 0) << again.err;
    EXPECT_NE(again.out.find("0 taken in, 5 were there already"), std::string::npos) << again.out;
    expect_verified();
}

TEST_F(Verbs, ImportRefusesWhatIsNoTable) {
    struct Row {
        char const *name, *text, *said;
    };
    for (Row const& row :
         {Row{"no_title.csv", "id,body,created\n1,x,2026-03-02 09:00\n", "title"},
          Row{"no_created.csv", "id,title,body\n1,x,y\n", "created"}, Row{"empty.csv", "", "csv.empty"},
          Row{"quote.csv", "id,title,body,created\n1,\"offen,x,2026-03-02 09:00\n", "csv.quote"},
          Row{"twice.csv", "id,title,title,created\n", "csv.column_twice"},
          Row{"latin.csv", "id,title,body,created\n1,\xE9\xE8,x,2026-03-02 09:00\n", "csv.utf8"}}) {
        Ended refused = import(csv(row.name, row.text));
        EXPECT_EQ(refused.status, 1) << row.name << refused.out;
        EXPECT_NE(refused.err.find(row.said), std::string::npos) << row.name << ": " << refused.err;
    }
    Ended missing = import(scratch / "none.csv");
    EXPECT_EQ(missing.status, 1);
    EXPECT_NE(missing.err.find("none.csv"), std::string::npos) << missing.err;
}

TEST_F(Verbs, ImportTakesAHundredThousandRowsInAMinute) {
    constexpr int kRows = 100'000;
    std::string text = "id,title,body,created,kind,channel\r\n";
    for (int i = 0; i < kRows; ++i)
        text += std::to_string(i) + ",路灯不亮第" + std::to_string(i) +
                "处,\"夜里走路看不见，请来修，\"\"谢谢\"\"。\",2026-03-" + (i % 28 < 9 ? "0" : "") +
                std::to_string(1 + i % 28) + " 09:" + (i % 60 < 10 ? "0" : "") + std::to_string(i % 60) +
                ":00,求助,web\r\n";
    std::string const file = csv("big.csv", text);
    auto began = std::chrono::steady_clock::now();
    Ended first = import(file);
    double took_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    EXPECT_EQ(first.status, 0) << first.err.substr(0, 500);
    EXPECT_NE(first.out.find("100000 taken in, 0 were there already, 0 refused"), std::string::npos) << first.out;
    EXPECT_NE(first.err.find("50000 of 100000 rows"), std::string::npos) << "progress";
    EXPECT_LT(took_s, 60.0);
    std::printf("100,000 rows in %.1f s\n", took_s);
    Ended again = import(file);
    EXPECT_NE(again.out.find("0 taken in, 100000 were there already"), std::string::npos) << again.out;
}

TEST_F(Verbs, ReplayCountsAsTheContractSays) {
    std::string const file =
        csv("r.csv",
            "id,user,title,body,created,reply,replied\n"
            "1,a,A3区路灯不亮,A3区某路,2019-04-22 09:00:00,已修复,2019-04-23 09:00:00\n"  // 1 day, on time
            "2,b,井盖,丢了,2019-04-22 09:00:00,已补,2019-04-25 21:00:00\n"                // 3.5 days, on time
            "3,c,噪声,太吵,2019-04-22 09:00:00,已停,2019-06-01 09:00:00\n"                // 40 days, late
            "4,d,还没有答复,等着,2019-04-22 09:00:00,,\n"
            "5,e,先答复后提出,怪,2019-04-22 09:00:00,x,2019-04-01 09:00:00\n");
    Ended replayed = run({"replay", file, "--data", scratch / "city", "--kind", "投诉", "--json"});
    ASSERT_EQ(replayed.status, 0) << replayed.err;
    json::value out = json::parse(replayed.out);
    EXPECT_EQ(out.at("accepted"), json::value(4));
    EXPECT_EQ(out.at("answered"), json::value(3));
    EXPECT_EQ(out.at("on_time"), json::value(2));
    EXPECT_EQ(out.at("late"), json::value(1));
    EXPECT_EQ(out.at("on_time").as_int64() + out.at("late").as_int64(), out.at("answered").as_int64());
    EXPECT_DOUBLE_EQ(out.at("median_days").to_number<double>(), 3.5);
    EXPECT_DOUBLE_EQ(out.at("p90_days").to_number<double>(), 40.0);
    EXPECT_EQ(out.at("tally_agrees"), json::value(true));
    json::value const& bad = out.at("bad_rows");
    EXPECT_TRUE(bad.is_array() ? bad.as_array().size() == 1 : bad == json::value(1)) << json::serialize(bad);
    EXPECT_NE(replayed.err.find("line 6"), std::string::npos) << replayed.err;
    Ended consult = run({"replay", file, "--data", scratch / "two", "--kind", "咨询"});
    EXPECT_EQ(consult.status, 0) << consult.err;
    EXPECT_NE(consult.out.find("on time  1"), std::string::npos) << "two working days: " << consult.out;
    EXPECT_NE(consult.out.find("agrees with"), std::string::npos);
    Ended joke = run({"replay", file, "--data", scratch / "three", "--kind", "玩笑"});
    EXPECT_NE(joke.status, 0) << "an unknown kind refuses every row, or the call: " << joke.out;
    expect_verified();
}

TEST_F(Verbs, CalendarImportIsWholeOrNothing) {
    import(csv("a.csv", "id,title,body,created\n1,路灯,不亮,2026-03-02 09:00\n"));
    std::string const good = "date,name,kind\n2027-01-01,元旦,off\n2027-02-07,春节,off\n";
    for (auto const& [bad, line] :
         {std::pair{"2027-13-01,?,off\n", "line 4"}, std::pair{"2027-05-01,劳动节,free\n", "line 4"},
          std::pair{"2027-01-01,又一次,work\n", "line 4"}}) {
        Ended refused = run({"calendar", "import", csv("bad.csv", good + bad), "--data", scratch / "city"});
        EXPECT_EQ(refused.status, 1) << bad << refused.out;
        EXPECT_NE(refused.err.find(line), std::string::npos) << refused.err;
        EXPECT_EQ(run({"due", "1 working day", "--from", "2027-02-05T09:00:00+08:00", "--data", scratch / "city"})
                      .status,
                  3)
            << "nothing has changed";
    }
    Ended taken = run({"calendar", "import", csv("good.csv", good), "--data", scratch / "city"});
    EXPECT_EQ(taken.status, 0) << taken.err;
    Ended due = run({"due", "1 working day", "--from", "2027-02-05T09:00:00+08:00", "--data", scratch / "city"});
    EXPECT_EQ(due.status, 0) << due.err;
    EXPECT_TRUE(due.out.starts_with("2027-02-09T00:00:00+08:00")) << due.out;
    EXPECT_EQ(run({"calendar", "import", scratch / "good.csv", "--data", scratch / "city"}).status, 0)
        << "twice is as once";
}

TEST_F(Verbs, ImportHallsIsWholeOrNothing) {
    import(csv("a.csv", "id,title,body,created\n1,路灯,不亮,2026-03-02 09:00\n"));
    auto halls = [&](std::string const& text) {
        return run({"import", "halls", csv("halls.csv", text), "--data", scratch / "city"});
    };
    std::string const head = "kind,hall,code,zh,en,unit,letter,serves\n";
    Ended wrong = halls(head + "hall,h,h,大厅,Hall,nobody,,\nwindow,h,W1,,,,,general\n");
    EXPECT_EQ(wrong.status, 1);
    EXPECT_NE(wrong.err.find("line 3"), std::string::npos) << wrong.err;
    Ended nobodys = halls(head + "hall,h,h,大厅,Hall,nobody,,\n");
    EXPECT_EQ(nobodys.status, 1);
    EXPECT_NE(nobodys.err.find("unit.unknown"), std::string::npos) << nobodys.err;
    Ended none = halls(head);
    EXPECT_EQ(none.status, 0) << none.err;
    EXPECT_TRUE(none.out.starts_with("0 halls")) << none.out;
}

TEST_F(Verbs, InstallsARulebookWhoseVersionRises) {
    std::string const shipped = testing::source_text("procedures/notice.toml");
    auto install = [&](std::string const& from, std::string const& to) {
        std::string text = shipped;
        if (std::size_t const at = text.find(from); at != std::string::npos) text.replace(at, from.size(), to);
        return run({"procedure", "install", csv("notice.toml", text), "--data", scratch / "city"});
    };
    EXPECT_EQ(install("version = 1", "version = 1").status, 0) << "the one in force, once more";
    Ended same = install("\"10 minutes\"", "\"20 minutes\"");
    EXPECT_EQ(same.status, 1) << same.out;
    EXPECT_NE(same.err.find("rulebook.version_not_above"), std::string::npos) << same.err;
    Ended next = install("version = 1", "version = 2");
    EXPECT_EQ(next.status, 0) << next.err;
    EXPECT_NE(next.out.find("notice 2 in use"), std::string::npos) << next.out;
    EXPECT_EQ(install("version = 1", "version = 1").status, 1) << "not back again";
}

TEST_F(Verbs, ProcedureIsCheckedAndDrawn) {
    Ended checked = run({"procedure", "check", testing::source_file("procedures/appeal.toml")});
    EXPECT_EQ(checked.status, 0) << checked.out << checked.err;
    Ended broken = run({"procedure", "check",
                        csv("broken.toml", "name = \"x\"\nversion = 1\n[step.go]\nfrom = [\"nowhere\"]\n")});
    EXPECT_EQ(broken.status, 1) << broken.out;
    EXPECT_NE(broken.err.find("line "), std::string::npos) << broken.err;
    EXPECT_EQ(run({"procedure", "check", csv("noise.toml", "\xff = = [")}).status, 1);
    EXPECT_TRUE(checked.err.empty()) << checked.err;
    Ended drawn = run({"procedure", "draw", testing::source_file("procedures/appeal.toml")});
    EXPECT_EQ(drawn.status, 0) << drawn.err;
    EXPECT_TRUE(drawn.out.find("<svg") != std::string::npos || drawn.out.find("digraph") != std::string::npos)
        << drawn.out.substr(0, 200);
    EXPECT_NE(drawn.out.find("回访"), std::string::npos);
}

TEST_F(Verbs, ProcedureThatDoesNotShipBringsItsTexts) {
    std::string const permit = testing::source_file("tests/permit/permit.toml");
    Ended with = run({"procedure", "check", permit, "--texts", testing::source_file("tests/permit")});
    EXPECT_EQ(with.status, 0) << with.out << with.err;
    Ended without = run({"procedure", "check", permit});
    EXPECT_EQ(without.status, 1) << without.out;
    EXPECT_NE(without.err.find("check.no_text"), std::string::npos);
    EXPECT_NE(without.err.find("--texts FOLDER"), std::string::npos) << "says how to give them";
    EXPECT_NE(run({"procedure", "check", "--help"}).out.find("--texts"), std::string::npos);
    Ended drawn = run({"procedure", "draw", permit, "--texts", testing::source_file("tests/permit")});
    EXPECT_NE(drawn.out.find("准予许可"), std::string::npos);

    fs::create_directory(scratch / "own");
    auto faults = [&](std::string const& zh, std::string const& en) {
        write_file(scratch / "own/zh.json", zh);
        write_file(scratch / "own/en.json", en);
        Ended ended = run({"procedure", "check", permit, "--texts", scratch / "own"});
        EXPECT_EQ(ended.status, 1) << ended.out;
        return ended.err;
    };
    std::string half = faults("{}", R"({"step.apply": "Apply"})");
    EXPECT_NE(half.find("text=step.apply language=zh"), std::string::npos) << half;
    EXPECT_EQ(half.find("text=step.apply language=en"), std::string::npos) << half;
    EXPECT_EQ(half.find("--texts FOLDER"), std::string::npos) << "they were given";
    EXPECT_NE(faults("{", "{}").find(scratch / "own/zh.json"), std::string::npos);
    EXPECT_NE(faults("{}", "[]").find(scratch / "own/en.json"), std::string::npos);
    EXPECT_NE(faults("{}", "\xff").find("json.utf8"), std::string::npos);
    EXPECT_NE(faults(R"({"step.apply": 1})", "{}").find("own/zh.json: step.apply"), std::string::npos);
    EXPECT_NE(faults(R"({"step.apply": ""})", "{}").find("texts.empty"), std::string::npos);
    write_file(scratch / "own/zh.json", "{}");
    fs::remove(scratch / "own/en.json");
    EXPECT_NE(run({"procedure", "check", permit, "--texts", scratch / "own"}).err.find(scratch / "own/en.json"),
              std::string::npos);
}

TEST_F(Verbs, ConfigPrintsWhatIsInForce) {
    Ended all = run({"config"});
    EXPECT_EQ(all.status, 0) << all.err;
    for (char const* said : {"listen = \"127.0.0.1:12345\"", "BANYAN_LISTEN", "BANYAN_LOG_FILE", "--readers"})
        EXPECT_NE(all.out.find(said), std::string::npos) << said << "\n" << all.out;
    fs::create_directory(scratch / "city");
    write_file(scratch / "city/banyan.toml", "listen = \"127.0.0.1:7\"\n");
    EXPECT_NE(run({"config", "--data", scratch / "city"}).out.find("listen = \"127.0.0.1:7\""), std::string::npos);
    write_file(scratch / "city/banyan.toml", "lisen = \"127.0.0.1:7\"\n");
    Ended wrong = run({"config", "--data", scratch / "city"});
    EXPECT_EQ(wrong.status, 1) << wrong.out;
    EXPECT_NE(wrong.err.find("lisen"), std::string::npos) << wrong.err;
    write_file(scratch / "city/banyan.toml", "readers = \"many\"\n");
    Ended many = run({"serve", "--data", scratch / "city", "--listen", "127.0.0.1:0"}, 20);
    EXPECT_EQ(many.status, 1) << many.out;
    EXPECT_NE(many.err.find("readers"), std::string::npos) << "names the setting: " << many.err;
}

TEST_F(Verbs, ServeNamesTheHostOfTilesInItsPolicyAndNoOther) {
    auto policy = [&](std::vector<std::string> more, std::string const& address) {
        Server server("serve", scratch / "city", std::move(more));
        Heard const map = Caller(server.port()).get("/api/v1/map");
        EXPECT_EQ(map.at("/tiles"), address);
        return map.header("Content-Security-Policy");
    };
    EXPECT_NE(policy({}, "").find("img-src 'self' data:; "), std::string::npos);
    std::string const tiles = "https://t0.example.org:8443/img/{z}/{x}/{y}.png?key=1;2";
    EXPECT_NE(policy({"--tiles", tiles}, tiles).find("img-src 'self' data: https://t0.example.org:8443; "),
              std::string::npos);
    for (char const* wrong :
         {"https://t.example.org/{z}/{x}.png", "http://t.example.org/{z}/{x}/{y}.png", "https://{z}/{x}/{y}",
          "https:///{z}/{x}/{y}", "https://t.example.org;script-src/{z}/{x}/{y}", "tiles/{z}/{x}/{y}"}) {
        Ended refused =
            run({"serve", "--data", scratch / "city", "--listen", "127.0.0.1:0", "--tiles", wrong}, 20);
        EXPECT_EQ(refused.status, 1) << wrong;
        EXPECT_NE(refused.err.find("tiles = "), std::string::npos) << refused.err;
    }
}

TEST_F(Verbs, ServeBeginsWithAnEmptyFolderAndDemoWithNoOther) {
    {
        Server server("serve", scratch / "city");
        EXPECT_EQ(Caller(server.port()).get("/healthz").status, 200);
        EXPECT_EQ(server.stop(), 0);
    }
    Ended demo = run({"demo", "--data", scratch / "city", "--listen", "127.0.0.1:0"}, 30);
    EXPECT_EQ(demo.status, 1);
    EXPECT_NE(demo.err.find("not the demo city"), std::string::npos) << demo.err;
    Ended port = run({"serve", "--data", scratch / "city", "--listen", "127.0.0.1:99999"}, 20);
    EXPECT_EQ(port.status, 1);
    EXPECT_NE(port.err.find("99999"), std::string::npos) << port.err;
}

TEST_F(Verbs, VerifyNamesWhatDoesNotFit) {
    EXPECT_EQ(run({"verify", "--data", scratch / "none"}).status, 1);
    EXPECT_FALSE(fs::exists(scratch / "none"));
    fs::create_directory(scratch / "empty");
    Ended empty = run({"verify", "--data", scratch / "empty"});
    EXPECT_EQ(empty.status, 1) << empty.out;
    EXPECT_TRUE(fs::is_empty(scratch / "empty")) << "looking makes no keys";
    copy_demo(scratch / "city");
    auto change = [&](std::string_view sql) {
        auto store = store::open_sqlite({.file = scratch / "city/banyan.db"});
        auto session = store->open_writer();
        session->begin_write();
        EXPECT_GT(session->execute(sql), 0) << sql;
        session->commit();
    };
    change(
        "UPDATE event SET packed = CAST(substr(packed, 1, length(packed) - 4) || x'0102' || substr(packed, -2) AS "
        "BLOB) WHERE id = (SELECT MIN(id) FROM event WHERE length(packed) > 100)");
    Ended bent = run({"verify", "--data", scratch / "city"});
    EXPECT_EQ(bent.status, 1) << bent.out;
    EXPECT_TRUE(bent.err.starts_with("verify.event_hash: event ")) << bent.err;
    fs::remove_all(scratch / "city");
    copy_demo(scratch / "city");
    change("DELETE FROM event WHERE id = (SELECT MAX(id) FROM event)");
    Ended cut = run({"verify", "--data", scratch / "city"});
    EXPECT_EQ(cut.status, 1) << cut.out;
    EXPECT_TRUE(cut.err.starts_with("verify.event_missing: event ") ||
                cut.err.starts_with("verify.journal_cut: event "))
        << cut.err;
}

}  // namespace
}  // namespace banyan::journey
