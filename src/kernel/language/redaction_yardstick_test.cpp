// tests/yardsticks/redaction.jsonl: how much of what was planted is found, and how much is found that was not
// planted.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <iostream>
#include <map>
#include <sstream>

#include "kernel/language/redaction.h"
#include "kernel/language/testing.h"

namespace banyan::language {
namespace {

struct Planted {
    std::string sort;
    std::size_t from, to;
};

/// ⟦name:陈秀英⟧ in the yardstick: the text without the marks, and where what is marked stands.
std::string plain(std::string_view marked, std::vector<Planted>& planted) {
    constexpr std::string_view kOpen = "⟦", kClose = "⟧";
    std::string text;
    for (;;) {
        auto open = marked.find(kOpen);
        text += marked.substr(0, open);
        if (open == std::string_view::npos) return text;
        auto colon = marked.find(':', open), close = marked.find(kClose, open);
        std::string_view item = marked.substr(colon + 1, close - colon - 1);
        planted.push_back({std::string(marked.substr(open + kOpen.size(), colon - open - kOpen.size())),
                           text.size(), text.size() + item.size()});
        text += item;
        marked.remove_prefix(close + kClose.size());
    }
}

struct Figures {
    int planted = 0, found = 0, findings = 0, right = 0, clean = 0, clean_hit = 0;
};

void judge(std::string_view id, std::string_view marked, Redactor const& redactor,
           std::map<std::string, Figures>& by_sort, Figures& all) {
    std::vector<Planted> planted;
    std::string text = plain(marked, planted);
    auto findings = redactor.find(text);
    bool any = false;
    for (Planted const& one : planted) {
        std::size_t covered = 0;
        for (Finding const& finding : findings) {
            std::size_t from = std::max(one.from, finding.offset),
                        to = std::min(one.to, finding.offset + finding.length);
            if (to > from) covered += to - from;
        }
        bool found = covered == one.to - one.from;  // all of it: half a number is a number
        ++by_sort[one.sort].planted, ++all.planted;
        by_sort[one.sort].found += found, all.found += found;
        if (!found)
            std::cout << id << " missed " << one.sort << " " << text.substr(one.from, one.to - one.from) << " in "
                      << text << "\n";
    }
    for (Finding const& finding : findings) {
        bool right = std::ranges::any_of(planted, [&](Planted const& one) {
            return finding.offset < one.to && one.from < finding.offset + finding.length;
        });
        std::string sort(name_of(finding.sort));
        ++by_sort[sort].findings, ++all.findings;
        by_sort[sort].right += right, all.right += right;
        any = any || !right;
        if (!right)
            std::cout << id << " too much: " << sort << " " << text.substr(finding.offset, finding.length)
                      << " in " << text << "\n";
    }
    if (planted.empty()) ++all.clean, all.clean_hit += any;
}

void report(std::string_view set, Figures const& all, std::map<std::string, Figures> const& by_sort) {
    for (auto const& [sort, one] : by_sort)
        std::cout << set << " " << sort << ": " << one.found << " of " << one.planted << " found; " << one.right
                  << " of " << one.findings << " findings right\n";
    std::cout << set << " all: " << all.found << " of " << all.planted << " found; " << all.right << " of "
              << all.findings << " findings right; " << all.clean_hit << " of " << all.clean
              << " clean sentences touched\n";
}

// What was reached when this was written, a little below; docs/language.md has the figures.
TEST(RedactionYardstick, HoldsItsFloor) {
    auto redactor = Redactor::read(testing::source_text("data/language/redaction.csv")).value();
    std::map<std::string, Figures> all;
    std::map<std::string, std::map<std::string, Figures>> by_sort;
    std::istringstream lines(testing::source_text("tests/yardsticks/redaction.jsonl"));
    for (std::string line; std::getline(lines, line);) {
        auto const row = boost::json::parse(line).as_object();
        std::string set(row.at("set").as_string());
        judge(row.at("id").as_string(), row.at("text").as_string(), redactor, by_sort[set], all[set]);
    }
    for (auto const& [set, figures] : all) report(set, figures, by_sort[set]);
    for (auto const& [set, figures] : all) {
        EXPECT_GE(figures.found * 100, figures.planted * 98) << set;
        EXPECT_GE(figures.right * 100, figures.findings * 96) << set;
        EXPECT_LE(figures.clean_hit * 100, figures.clean * 3) << set;
    }
}

}  // namespace
}  // namespace banyan::language
