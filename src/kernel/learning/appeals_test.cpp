// With the real appeals, where they are: BANYAN_SHARED_DATA names the folder that has appeals/labelled.csv.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/csv.h"
#include "kernel/learning/train.h"

namespace banyan::learning {
namespace {

std::optional<Csv> appeals(std::string const& name) {
    char const* const folder = std::getenv("BANYAN_SHARED_DATA");
    if (folder == nullptr) return std::nullopt;
    std::ifstream file(std::filesystem::path(folder) / "appeals" / name, std::ios::binary);
    if (!file) return std::nullopt;
    auto table = Csv::parse(std::string(std::istreambuf_iterator<char>(file), {}));
    return table ? std::optional(std::move(*table)) : std::nullopt;
}

TEST(Appeals, AreClassifiedBetterThanByAPlainMachine) {
    auto const labelled = appeals("labelled.csv"), weak = appeals("weakly_labelled.csv");
    if (!labelled || !weak) GTEST_SKIP() << "BANYAN_SHARED_DATA has no appeals";
    std::vector<Lesson> lessons;
    auto const add = [&](Csv const& table, bool is_weak) {
        for (CsvRow const& row : table.rows())
            lessons.push_back({{table.at(row, "title"), table.at(row, "body")}, table.at(row, "label"), is_weak});
    };
    add(*labelled, false);
    add(*weak, true);
    Training how;
    how.repeats = 1;
    auto const trained = train(lessons, how);
    ASSERT_TRUE(trained);
    EXPECT_GT(trained->model.about().macro_f1, 0.85);
    EXPECT_LT(trained->assessment.reliability.ece, 0.08);
    EXPECT_GT(trained->assessment.coverage, 0.75);
    EXPECT_GT(trained->assessment.right_where_certain, 0.89);
    EXPECT_LT(trained->model.bytes().size(), 30'000'000U);
}

}  // namespace
}  // namespace banyan::learning
