// Runs tests/scenario/*.txt: what a hotline supervisor can read, against the real engine on both databases with a
// replaced clock. The form of a line is explained in tests/scenario/README.md.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/testing.h"
#include "base/text.h"
#include "kernel/engine/testing/city.h"
#include "kernel/procedure/variant.h"
#include "systems/hall/cases/checks.h"
#include "systems/knowledge/guides.h"
#include "systems/knowledge/testing.h"

namespace banyan::testing {
namespace {

/// Words of a line; "quoted words" stay together, key="quoted" too.
std::vector<std::string> words(std::string_view line) {
    std::vector<std::string> all;
    std::string word;
    bool quoted = false, any = false;
    for (char c : line) {
        if (c == '"')
            quoted = !quoted, any = true;
        else if (c == ' ' && !quoted) {
            if (any) all.push_back(std::move(word)), word.clear(), any = false;
        } else
            word += c, any = true;
    }
    if (any) all.push_back(std::move(word));
    return all;
}

json::value value_of(std::string const& text) {
    if (text == "true" || text == "false") return text == "true";
    if (text.starts_with('[')) {
        json::array array;
        for (std::string const& part : split(std::string_view(text).substr(1, text.size() - 2), ","))
            array.emplace_back(part);
        return array;
    }
    if (text.starts_with('#')) return std::stoll(text.substr(1));  // a number
    return json::string(text);
}

/// The rules of a city that has the demo's knowledge entries.
std::shared_ptr<Rules const> rules_with_entries() {
    static auto const kRules = [] {
        knowledge::Stock stock = knowledge::testing::shipped();
        knowledge::end_superseded(stock.entries);
        auto current = std::make_shared<knowledge::CurrentGuides>();
        current->put(std::make_shared<knowledge::Guides>(
            knowledge::guides_of(stock.entries, knowledge::articles_of(stock), {})));
        auto rules = std::make_shared<Rules>(*small_rules());
        rules->checks = knowledge::checks_of(current);
        static hall::Shelf const kNoItems(nullptr);  // while none are known nobody is refused for one
        rules->checks.merge(hall::case_checks(kNoItems));
        return rules;
    }();
    return kRules;
}

class Scenario {
  public:
    explicit Scenario(store::Engine engine, std::shared_ptr<Rules const> rules = nullptr)
        : city_(engine, rules ? std::move(rules) : rules_with_entries()) {}

    void play(std::string const& file) {
        std::ifstream in(file);
        std::string line;
        for (int number = 1; std::getline(in, line); ++number) {
            line = line.substr(0, line.find(" ;"));
            if (trim(line).empty() || line.starts_with(';')) continue;
            SCOPED_TRACE(file.substr(file.find_last_of('/') + 1) + ":" + std::to_string(number) + ": " + line);
            play_line(line);
            if (::testing::Test::HasFatalFailure()) return;
        }
    }

  private:
    void play_line(std::string const& line) {
        std::size_t arrow = line.find(" -> ");
        ASSERT_NE(arrow, std::string::npos) << "a line says what it expects";
        std::vector<std::string> said = words(line.substr(0, arrow));
        std::vector<std::string> expected = words(line.substr(arrow + 4));
        ASSERT_GE(said.size(), 4U);
        Instant now = at(said[0] + " " + said[1]);
        city_.go_to(now);
        std::string const& who = said[2];
        std::string const& step = said[3];
        if (who == "all") return expect_state(step, expected);
        ASSERT_GE(said.size(), 5U);
        std::string matter = said[4], unit;
        if (std::size_t on = matter.find('@'); on != std::string::npos)
            unit = matter.substr(on + 1), matter.resize(on);
        json::object form;
        for (std::size_t i = 5; i < said.size(); ++i) {
            std::size_t equals = said[i].find('=');
            ASSERT_NE(equals, std::string::npos) << said[i];
            std::string const value = said[i].substr(equals + 1);
            if (value.starts_with('@') && matters_.contains(value.substr(1)))
                form[said[i].substr(0, equals)] = json::string(receipt_number(matters_[value.substr(1)]));
            else
                form[said[i].substr(0, equals)] = value_of(value);
        }
        Answer answer;
        std::size_t const colon = step.find(':');
        if (step == "file" || colon != std::string::npos) {
            answer = colon == std::string::npos
                         ? city_.open(who, form)
                         : city_.open(who, form, step.substr(0, colon), step.substr(colon + 1));
            if (answer.ok()) matters_[matter] = answer.matter;
        } else {
            ASSERT_TRUE(matters_.contains(matter)) << matter << " was never filed";
            answer =
                city_.step(who, matters_[matter], step, form, unit.empty() ? AssignmentId{} : share(matter, unit));
        }
        if (expected[0] == "refused") {
            EXPECT_EQ(answer.kind, Answer::Kind::refused);
            EXPECT_EQ(answer.refusal.key, expected.at(1)) << describe(answer.refusal);
            return;
        }
        ASSERT_TRUE(answer.ok()) << describe(answer.refusal);
        expect_state(matter, expected);
    }

    AssignmentId share(std::string const& matter, std::string const& unit) {
        auto state = city_.matter(matters_[matter]);
        for (auto share = state->assignments.rbegin(); share != state->assignments.rend(); ++share)
            if (city_.rules().directory->unit(share->unit)->code == unit) return share->id;
        ADD_FAILURE() << unit << " has no share of " << matter;
        return {};
    }

    void expect_state(std::string const& matter, std::vector<std::string> const& expected) {
        auto state = city_.matter(matters_[matter]);
        ASSERT_TRUE(state);
        for (std::string const& word : expected) {
            std::size_t equals = word.find('=');
            if (equals == std::string::npos) continue;  // "ok"
            std::string key = word.substr(0, equals), value = word.substr(equals + 1);
            if (key == "merged")
                EXPECT_EQ(std::to_string(state->merged.size()), value);
            else if (key == "stage")
                EXPECT_EQ(state->procedure->at(state->stage).name, value);
            else if (key == "due") {
                ASSERT_TRUE(state->due);
                EXPECT_EQ(rfc3339(state->due->instant).substr(0, 16), value);
            } else if (key == "first_due") {
                ASSERT_TRUE(state->first_due);
                EXPECT_EQ(rfc3339(state->first_due->instant).substr(0, 16), value);
            } else if (key == "provisional")
                EXPECT_EQ(state->due && state->due->provisional, value == "yes");
            else if (key == "last_day")
                EXPECT_EQ(iso(state->due->last_day), value);
            else if (key == "light")
                EXPECT_EQ(kLights[static_cast<int>(state->light(city_.engine().moment()))], value);
            else if (key == "left")
                EXPECT_EQ(std::to_string(
                              working_days_left(*city_.engine().calendar(), *state->due, city_.engine().now())),
                          value);
            else if (key == "events")
                EXPECT_EQ(std::to_string(state->version), value);
            else if (key == "opens")
                matters_[value] = opened_by(matters_[matter]);
            else if (key == "steps")
                expect_steps(*state, split(value, ","));
            else if (key.starts_with("share.")) {
                auto const* assignment = state->assignment(share(matter, key.substr(6)));
                ASSERT_NE(assignment, nullptr);
                EXPECT_EQ(name(assignment->progress), value);
            } else if (key.starts_with("due.")) {
                auto const* assignment = state->assignment(share(matter, key.substr(4)));
                ASSERT_NE(assignment, nullptr);
                EXPECT_EQ(rfc3339(assignment->due->instant).substr(0, 16), value);
            } else if (key.starts_with("light.")) {
                auto const* assignment = state->assignment(share(matter, key.substr(6)));
                EXPECT_EQ(kLights[static_cast<int>(state->light(*assignment, city_.engine().moment()))], value);
            } else
                FAIL() << "unknown expectation " << key;
        }
    }

    /// The newest matter; it began with a step of that one.
    MatterId opened_by(MatterId opener) {
        MatterId newest;
        city_.db()->open_reader()->query("SELECT max(id) FROM matter", {},
                                         [&](store::Row const& row) { newest = MatterId(row.integer(0)); });
        EXPECT_EQ(city_.matter(newest)->opened_by, opener);
        return newest;
    }

    void expect_steps(Matter const& matter, std::vector<std::string> const& expected) {
        auto reader = city_.db()->open_reader();
        std::vector<std::string> taken;
        for (EventRow const& row : load_history(*reader, matter)) taken.push_back(row.step);
        EXPECT_EQ(taken, expected);
    }

    static constexpr std::string_view kLights[] = {"green", "yellow", "red", "grey"};
    City city_;
    std::map<std::string, MatterId> matters_;
};

class Scenarios : public store::testing::OnBothEngines {};
BANYAN_ON_BOTH_ENGINES(Scenarios);

TEST_P(Scenarios, PlayAsWritten) {
    int played = 0;
    for (auto const& entry : std::filesystem::directory_iterator(source_file("tests/scenario"))) {
        if (entry.path().extension() != ".txt") continue;
        Scenario(GetParam()).play(entry.path().string());
        ++played;
    }
    EXPECT_GE(played, 3);
}

/// The same engine, another city's limits.
TEST_P(Scenarios, PlayUnderBeijingsLimits) {
    auto rules = std::make_shared<Rules>(*rules_with_entries());
    rules->procedures["appeal"] = rulebook(
        with_variant(source_text("procedures/appeal.toml"), source_text("procedures/variants/beijing.toml"))
            .value());
    Scenario(GetParam(), rules).play(source_file("tests/scenario/beijing/01_limits.txt"));
}

}  // namespace
}  // namespace banyan::testing
