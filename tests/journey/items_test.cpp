// The hall's items from the command line: written out, taken in, into the same city and into an empty one.
#include <gtest/gtest.h>

#include "journey/program.h"
#include "platform/store/testing/stores.h"

namespace banyan::journey {
namespace {

struct Items : ::testing::Test {
    Items() { copy_demo(data); }
    Ended import(std::string const& file, std::string const& into) {
        return run({"import", "items", file, "--data", into});
    }
    store::testing::TestFolder scratch;
    std::string data = scratch / "city", jsonl = scratch / "items.jsonl", csv = scratch / "items.csv";
};

TEST_F(Items, AreWrittenOutAndTakenInAgain) {
    Ended const out = run({"export", "items", jsonl, "--data", data});
    ASSERT_EQ(out.status, 0) << out.err;
    EXPECT_EQ(out.out, "820 items\n");
    EXPECT_EQ(import(jsonl, data).out, "0 added, 0 changed, 820 were there already, 0 refused\n");

    ASSERT_EQ(run({"export", "items", csv, "--data", data}).status, 0);
    EXPECT_EQ(import(csv, data).out, "0 added, 0 changed, 820 were there already, 0 refused\n")
        << "a table says all that the lines say";
    std::string const empty = scratch / "empty";
    EXPECT_EQ(import(csv, empty).out, "820 added, 0 changed, 0 were there already, 0 refused\n");
    EXPECT_EQ(import(jsonl, empty).out, "0 added, 0 changed, 820 were there already, 0 refused\n");
    std::string const again = scratch / "again.jsonl";
    run({"export", "items", again, "--data", empty});
    EXPECT_EQ(text_of(again), text_of(jsonl));
}

TEST_F(Items, ThatAreBadAreNamedAndTheRestIsTaken) {
    run({"export", "items", jsonl, "--data", data});
    std::string text = text_of(jsonl);
    std::string const first = text.substr(0, text.find('\n') + 1);
    auto changed = [&](std::string const& from, std::string const& to) {
        std::string line = first;
        std::size_t const at = line.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        return at == std::string::npos ? line : line.replace(at, from.size(), to);
    };
    std::string const star = first.substr(first.find("\"star\":"), 8);
    write_file(jsonl, changed(star, "\"star\":7") + changed("\"name\":\"", "\"name\":\"新") + "{\n" + first);
    Ended const told = import(jsonl, data);
    EXPECT_EQ(told.status, 0);
    EXPECT_EQ(told.out, "0 added, 1 changed, 0 were there already, 3 refused\n") << told.err;
    for (char const* said :
         {"line 1: star: ", "(field.range)", "line 3: ", "(json.syntax)", "line 4: code: ", "(item.twice)"})
        EXPECT_NE(told.err.find(said), std::string::npos) << said << " in " << told.err;
    EXPECT_NE(import(scratch / "nothing.jsonl", data).status, 0);
    EXPECT_NE(import(scratch / "items.xlsx", data).err.find("takes a file that ends in .csv or .jsonl"),
              std::string::npos);
    write_file(csv, "code,colour\n1,red\n");
    Ended const column = import(csv, data);
    EXPECT_EQ(column.status, 1);
    EXPECT_NE(column.err.find("colour"), std::string::npos) << column.err;
}

TEST_F(Items, ThatEndAreInTheLog) {
    run({"export", "items", jsonl, "--data", data});
    std::string const first = text_of(jsonl), code = first.substr(first.find("\"code\":\"") + 8, 26);
    std::string const log = scratch / "changes.csv";
    auto changes = [&] { return run({"import", "changes", log, "--data", data}); };
    write_file(log, "kind,item,code,basis,day\ncancelled,旧事项," + code + ",国发〔2026〕1号,2026-09-01\n");
    EXPECT_EQ(changes().out, "1 added, 0 were there already\n");
    EXPECT_EQ(changes().out, "0 added, 1 were there already\n");
    EXPECT_EQ(run({"export", "items", jsonl, "--data", data}).out, "819 items\n");
    write_file(log, "kind,item,code,basis,day\nstruck,证明,,依据,2026-09-02\nmerged,旧事项," + code +
                        ",依据,2026-09-02\n");
    Ended const ended = changes();
    EXPECT_EQ(ended.status, 1);
    EXPECT_NE(ended.err.find("(change.ended"), std::string::npos) << ended.err;
    write_file(log, "kind,item,basis,day\nstruck,证明,依据,2026-09-02\n");
    EXPECT_EQ(changes().out, "1 added, 0 were there already\n") << "nothing of the file that was refused";
}

}  // namespace
}  // namespace banyan::journey
