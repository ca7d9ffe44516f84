// systems/knowledge/testing/city.h: a small city with a small stock, where entries are written. On both databases.
#pragma once
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "base/testing.h"
#include "kernel/engine/testing/city.h"
#include "systems/knowledge/editor.h"
#include "systems/knowledge/knowledge_store.h"
#include "systems/knowledge/testing.h"

namespace banyan::knowledge::testing {

using banyan::testing::at;
using banyan::testing::City;
using banyan::testing::kernel_migrations;
using banyan::testing::small_rules;

class WritingCity : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        auto rules = std::make_shared<Rules>(*small_rules());
        rules->checks = checks_of(guides);
        city = std::make_unique<City>(GetParam(), rules);
        std::vector<store::Migration> all = kernel_migrations();
        all.push_back({10, "0010_knowledge.sql", kFirst});
        all.push_back({11, "0011_entries.sql", kSecond});
        std::ranges::sort(all, {}, &store::Migration::number);
        city->db()->migrate(all);
        city->set_clock(at("2026-10-12 09:00"));
        Stock const stock = small();
        city->engine().write_now([&](store::Session& session) {
            take_in_entries(session, stock.entries, Origin::imported, city->engine().now());
            take_in_laws(session, stock, Origin::shipped, city->engine().now());
        });
        begin();
    }
    void begin() {
        editor = std::make_unique<Editor>(city->engine(), *city->db(), guides);
        editor->changed = [this] { ++changes; };
        editor->run_once();
    }

    json::object draft(json::object const& more = {}) {
        json::object form{{"title", "水塘谁清淤"}, {"answer", "水利局每年清淤一次。"},
                          {"region", "3501"},      {"from", "2026-10-12"},
                          {"until", "2027-10-12"}, {"variants", "塘泥谁挖\n塘臭了"},
                          {"basis", "池塘条例"},   {"articles", "ponds-2020:1"}};
        for (auto const& [name, value] : more) form[name] = value;
        return form;
    }
    json::object first_draft(json::object const& more = {}) {
        json::object form = draft(more);
        form["lead"] = "cg";
        return form;
    }
    std::string open(std::string_view who, json::object form, std::string procedure = "knowledge",
                     std::string step = "draft") {
        Answer const answer = city->open(who, std::move(form), std::move(procedure), std::move(step));
        opened = answer.matter;
        return outcome(answer);
    }
    std::string take(std::string_view who, std::string step, json::object form = {}) {
        return take(who, opened, std::move(step), std::move(form));
    }
    std::string take(std::string_view who, MatterId matter, std::string step, json::object form = {}) {
        return outcome(city->step(who, matter, std::move(step), std::move(form)));
    }
    std::string outcome(Answer const& answer) {
        if (answer.ok()) editor->run_once();
        return answer.ok() ? ""
                           : answer.refusal.key + (answer.refusal.field.empty() ? "" : " ") + answer.refusal.field;
    }
    static json::object days(json::object const& more = {}) {
        json::object form{{"from", "2026-10-12"}, {"until", "2027-10-12"}, {"remind_on", "2027-09-12"}};
        for (auto const& [name, value] : more) form[name] = value;
        return form;
    }
    /// Drafted by the seat, endorsed by the unit, published by the centre.
    std::string published(json::object const& more = {}) {
        EXPECT_EQ(open("seat01", first_draft(more)), "");
        reviewed();
        return receipt_number(opened);
    }
    void reviewed(json::object const& more = {}) {
        if (city->matter(opened)->lead()->progress == Progress::offered) {
            EXPECT_EQ(take("unit-cg", "sign"), "");
        }
        EXPECT_EQ(take("unit-cg-head", "endorse"), "");
        EXPECT_EQ(take("review01", "publish", days(more)), "");
    }
    std::string stage() {
        auto const matter = city->matter(opened);
        return matter->procedure->at(matter->stage).name;
    }
    std::string cited(std::string_view entry, int version) {
        MatterId const appeal =
            city->open("seat01", {{"title", "水塘脏了"}, {"body", "谁清"}, {"channel", "phone"}}).matter;
        Answer const answer = city->step(
            "seat01", appeal, "answer",
            {{"kind", "consult"}, {"answer", "水利局清"}, {"entry", entry}, {"entry_version", version}});
        return answer.ok() ? "" : answer.refusal.key;
    }
    /// id@version, each with its last day and what was done to it.
    std::string all_entries() {
        std::string text;
        for (Entry const& entry : load_entries(city->reader()))
            text += entry.name() + " " + entry.title + " " + entry.body + " " + entry.unit + " " +
                    (entry.force.until ? iso(*entry.force.until) : "") + (entry.followed ? " followed" : "") +
                    (entry.taken_down ? " taken down" : "") + (entry.staff_only ? " staff" : "") + "\n";
        return text;
    }
    std::vector<std::string> found(bool everyone) {
        Library const library(load_stock(city->reader()), lexicon());
        Question question{"水塘谁清淤", "350102", kBeijing.day(city->engine().now())};
        question.everyone = everyone;
        std::vector<std::string> names;
        for (Match const& match : library.find(question))
            if (match.entry != nullptr) names.push_back(library.name(match));
        return names;
    }
    bool finds(std::string const& name, bool everyone = true) {
        auto const names = found(everyone);
        return std::ranges::find(names, name) != names.end();
    }

    static inline std::string const kFirst = source_text("src/systems/knowledge/schema/0010_knowledge.sql"),
                                    kSecond = source_text("src/systems/knowledge/schema/0011_entries.sql");
    std::shared_ptr<CurrentGuides> guides = std::make_shared<CurrentGuides>();
    std::unique_ptr<City> city;
    std::unique_ptr<Editor> editor;
    MatterId opened;
    int changes = 0;
};

}  // namespace banyan::knowledge::testing
