// The 20 topics of tests/yardsticks/topics.csv, whose texts are not ours to ship: skipped where they are not.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <set>

#include "base/csv.h"
#include "base/testing.h"
#include "systems/topics/clusters.h"

namespace banyan::topics {
namespace {

using banyan::testing::source_text;

struct Appeal {
    std::string title, body;
    Instant at;
};

/// In the order of time.
std::vector<std::pair<MatterId, Appeal>> appeals_of(std::string const& source) {
    std::vector<std::pair<MatterId, Appeal>> all;
    auto csv = Csv::parse(source);
    for (CsvRow const& row : csv->rows())
        all.emplace_back(MatterId(std::stoll(std::string(csv->at(row, "id")))),
                         Appeal{std::string(csv->at(row, "title")), std::string(csv->at(row, "body")),
                                *parse_local(csv->at(row, "created"))});
    std::ranges::sort(all, {}, [](auto const& one) { return std::pair(one.second.at, one.first); });
    return all;
}

using Group = std::set<MatterId>;

TEST(TopicsYardstick, FindsTheTopicsAPersonFound) {
    char const* shared = std::getenv("BANYAN_SHARED_DATA");
    if (shared == nullptr) GTEST_SKIP() << "the appeals are not here (BANYAN_SHARED_DATA)";
    std::string const source = banyan::testing::text_at(fmt::format("{}/appeals/unlabelled.csv", shared));
    text::Reader const reader;
    alike::Sketcher const sketcher(reader, *alike::read_words(source_text("data/alike.toml")));
    Clusters clusters(sketcher, *read_numbers(source_text("data/topics.toml")));
    std::vector<double> took;
    for (auto const& [matter, appeal] : appeals_of(source)) {
        auto const begun = std::chrono::steady_clock::now();
        Member member;
        member.matter = matter;
        member.at = appeal.at;
        clusters.add(std::move(member), sketcher.read(appeal.title, appeal.body));
        took.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count());
    }
    auto made = [&](TopicId topic) {
        Group group;
        for (Member const* member : clusters.members(topic)) group.insert(member->matter);
        return group;
    };
    double f1_sum = 0, pieces_sum = 0, precision_sum = 0, recall_sum = 0;
    int topics = 0, judged = 0;
    auto csv = Csv::parse(source_text("tests/yardsticks/topics.csv"));
    std::map<MatterId, std::string, std::less<>> label;
    for (CsvRow const& row : csv->rows())
        for (std::string const& id : split(csv->at(row, "ids"), " "))
            label[MatterId(std::stoll(id))] = csv->at(row, "topic");
    for (CsvRow const& row : csv->rows()) {
        Group wanted;
        for (std::string const& id : split(csv->at(row, "ids"), " ")) wanted.insert(MatterId(std::stoll(id)));
        std::set<TopicId> pieces;
        for (MatterId matter : wanted) pieces.insert(clusters.root(clusters.find(matter)->topic));
        double best = 0, precision = 0, recall = 0;
        for (TopicId topic : pieces) {
            Group const group = made(topic);
            Group both;
            std::ranges::set_intersection(group, wanted, std::inserter(both, both.end()));
            double const p = static_cast<double>(both.size()) / static_cast<double>(group.size());
            double const r = static_cast<double>(both.size()) / static_cast<double>(wanted.size());
            if (double const f1 = 2 * p * r / (p + r); f1 > best) best = f1, precision = p, recall = r;
        }
        fmt::print("{} {:2} matters, {:2} pieces: precision {:.2f} recall {:.2f} F1 {:.2f}\n",
                   csv->at(row, "topic"), wanted.size(), pieces.size(), precision, recall, best);
        f1_sum += best;
        pieces_sum += static_cast<double>(pieces.size());
        ++topics;
        for (MatterId matter : wanted) {  // B-cubed, over the labelled ones only
            double same = 0, in_piece = 0;
            for (MatterId other : made(clusters.root(clusters.find(matter)->topic)))
                if (auto found = label.find(other); found != label.end()) {
                    ++in_piece;
                    same += found->second == csv->at(row, "topic");
                }
            precision_sum += same / in_piece;
            recall_sum += same / static_cast<double>(wanted.size());
            ++judged;
        }
    }
    std::ranges::sort(took);
    double const p = precision_sum / judged, r = recall_sum / judged;
    std::size_t largest = 0;
    for (TopicId topic : clusters.topics(2)) largest = std::max(largest, clusters.members(topic).size());
    fmt::print("mean F1 {:.3f}, {:.1f} pieces each; B-cubed over {}: precision {:.3f} recall {:.3f} F1 {:.3f}\n",
               f1_sum / topics, pieces_sum / topics, judged, p, r, 2 * p * r / (p + r));
    fmt::print("{} topics of two or more, the largest of {}; a new matter: p50 {:.2f} ms, p99 {:.2f} ms\n",
               clusters.topics(2).size(), largest, took[took.size() / 2], took[took.size() * 99 / 100]);
    if (char const* pairs = std::getenv("BANYAN_TUNING")) {  // how many pairs of tests/tuning it puts together
        auto tuning = Csv::parse(source_text("tests/tuning/alike.csv"));
        int together[2] = {0, 0}, all[2] = {0, 0};
        for (CsvRow const& row : tuning->rows()) {
            auto topic = [&](std::string_view column) {
                return clusters.root(
                    clusters.find(MatterId(std::stoll(std::string(tuning->at(row, column)))))->topic);
            };
            int const alike = tuning->at(row, "alike") == "1";
            ++all[alike];
            together[alike] += topic("a") == topic("b");
        }
        fmt::print("{}: alike pairs together {} of {}, others {} of {}\n", pairs, together[1], all[1], together[0],
                   all[0]);
    }
    EXPECT_GT(f1_sum / topics, 0.6);
}

}  // namespace
}  // namespace banyan::topics
