// A step that begins a matter of another rulebook: both happen, or neither. On both databases.
#include <gtest/gtest.h>

#include "base/testing.h"
#include "kernel/engine/installation.h"
#include "kernel/engine/rebuild.h"
#include "kernel/engine/testing/city.h"
#include "kernel/engine/verify.h"
#include "kernel/engine/view.h"

namespace banyan {
namespace {

using namespace banyan::testing;

/// What a beach warden finds, and who is sent to clean up.
constexpr char const* kFinding = R"(name = "finding"
kinds = ["litter"]
matter_limit = "whole"
[[limit.whole]]
limit = "5 working days"
[[limit.patience]]
limit = "2 days"
[stage.seen]
owner = "seat"
[stage.done]
final = true
[step.report]
opens = true
to = "seen"
by = ["seat@anyone"]
form = [
  { name = "kind", type = "choice", required = true },
  { name = "title", required = true, least = 2, most = 60, readers = "handler" },
  { name = "region", type = "region" },
  { name = "depth", type = "integer", keep = true, least = 0, most = 100 },
]
clock = "start"
[step.send]
from = ["seen"]
by = ["seat@centre"]
form = [{ name = "what", least = 2, most = 200, readers = "handler" }]
opens = [{ procedure = "errand", step = "begin", with = ["title", "region", "depth", "what"] }]
[step.give_up]
from = ["seen"]
to = "done"
by = ["clock"]
opens = [
  { procedure = "errand", step = "begin", with = ["title", "region", "what"] },
  { procedure = "errand", step = "begin", with = ["title", "depth"] },
]
[timer.patience]
stage = "seen"
limit = "patience"
step = "give_up"
)";
constexpr char const* kErrand = R"(name = "errand"
kinds = ["cleaning"]
matter_limit = "whole"
[[limit.whole]]
limit = "2 working days"
[stage.ordered]
owner = "dispatcher"
[stage.done]
final = true
[step.begin]
opens = true
to = "ordered"
by = ["clock"]
form = [
  { name = "title", required = true, least = 2, most = 60, readers = "handler" },
  { name = "region", type = "region" },
  { name = "depth", type = "integer", keep = true, least = 0, most = 50 },
  { name = "what", most = 200, readers = "handler" },
]
clock = "start"
counts = [{ measure = "ordered" }]
[step.finish]
from = ["ordered"]
to = "done"
by = ["dispatcher@centre"]
)";

std::shared_ptr<Rules const> rules_with(std::string const& finding, std::string const& errand) {
    auto rules = std::make_shared<Rules>(*small_rules());
    rules->procedures["finding"] = rulebook(finding);
    rules->procedures["errand"] = rulebook(errand);
    return rules;
}

class Opens : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam(), rules_with(kFinding, kErrand));
        city->set_clock(at("2026-10-12 09:00"));
    }
    MatterId found(int depth) {
        Answer const answer = city->open(
            "seat01", {{"kind", "litter"}, {"title", "内河漂浮物"}, {"region", "350102"}, {"depth", depth}},
            "finding", "report");
        EXPECT_TRUE(answer.ok()) << describe(answer.refusal);
        return answer.matter;
    }
    std::vector<EventRow> history(MatterId id) { return load_history(city->reader(), *city->matter(id)); }
    /// The matters that began with the matter's last event.
    std::vector<MatterId> begun(MatterId id) {
        std::vector<MatterId> all;
        Result<Event> const last = readable_event(history(id).back(), *city->matter(id)->procedure);
        for (Opening const& opening : last->opens) {
            EXPECT_EQ(opening.procedure, "errand");
            all.push_back(opening.matter);
        }
        return all;
    }
    std::int64_t matters() {
        std::int64_t n = 0;
        city->reader().query("SELECT count(*) FROM matter", {},
                             [&](store::Row const& row) { n = row.integer(0); });
        return n;
    }
    json::object view(std::string_view who, MatterId id) {
        auto const rules = city->engine().rules();
        return *view_of(nullptr, *city->matter(id), history(id),
                        {city->actor(who), *rules, city->engine().moment(), nullptr});
    }
    void expect_proven() {
        city->restart();
        city->engine().stop();
        EXPECT_EQ(tally_from_journal(city->reader(), city->engine().procedures()),
                  tally_as_stored(city->reader()));
        EXPECT_TRUE(verify(*city->db(), city->engine().procedures(), &city->keys(), city->heads_log()).ok);
        city->restart();
    }
    std::unique_ptr<City> city;
};
BANYAN_ON_BOTH_ENGINES(Opens);

TEST_P(Opens, AnotherMatterWithWhatIsHandedOver) {
    MatterId const finding = found(40);
    Answer const sent = city->step("seat01", finding, "send", {{"what", "派一条船"}});
    ASSERT_TRUE(sent.ok()) << describe(sent.refusal);
    EXPECT_EQ(sent.matter, finding);
    ASSERT_EQ(begun(finding).size(), 1U);
    Matter const errand = *city->matter(begun(finding).front());
    EXPECT_EQ(errand.procedure->name, "errand");
    EXPECT_EQ(errand.opened_by, finding);
    EXPECT_EQ(errand.title, "内河漂浮物");
    EXPECT_EQ(errand.region, "350102");
    EXPECT_EQ(errand.facts.at("depth"), 40);
    EXPECT_EQ(errand.id.lane(), finding.lane());
    EXPECT_EQ(rfc3339(errand.due->instant), "2026-10-15T00:00:00+08:00");
    Result<Event> const first = readable_event(history(errand.id).front(), *errand.procedure);
    EXPECT_EQ(first->role, "clock");
    EXPECT_EQ(first->form.at("what"), "派一条船");
    EXPECT_TRUE(city->step("disp01", errand.id, "finish").ok());
    EXPECT_EQ(city->matter(finding)->version, 2) << "each goes its own way";
    expect_proven();
    EXPECT_EQ(*rebuild(history(errand.id), errand.procedure), *city->matter(errand.id));
}

TEST_P(Opens, NothingHappensWhenTheOtherIsRefused) {
    MatterId const finding = found(80);  // deeper than an errand may be
    Answer const refused = city->step("seat01", finding, "send");
    EXPECT_EQ(refused.refusal.key, "field.range");
    EXPECT_EQ(refused.refusal.field, "opens.errand.form.depth");
    EXPECT_EQ(city->matter(finding)->version, 1);
    EXPECT_EQ(matters(), 1);
    expect_proven();
}

TEST_P(Opens, SeveralByTheClock) {
    MatterId const finding = found(40);
    city->go_to(at("2026-10-15 00:00"));
    EXPECT_EQ(city->matter(finding)->procedure->at(city->matter(finding)->stage).name, "done");
    std::vector<MatterId> const errands = begun(finding);
    ASSERT_EQ(errands.size(), 2U);
    EXPECT_EQ(city->matter(errands[0])->region, "350102");
    EXPECT_EQ(city->matter(errands[1])->region, "");
    EXPECT_EQ(city->matter(errands[1])->facts.at("depth"), 40);
    EXPECT_EQ(matters(), 3);
    expect_proven();
}

TEST_P(Opens, ARepeatedRequestBeginsNoSecond) {
    MatterId const finding = found(40);
    Command command{city->actor("seat01"), {}, finding, {}, "send", {}, {}, {}, {}, {}};
    for (auto kind : {Answer::Kind::done, Answer::Kind::repeated}) {
        Request request;
        request.what = command;
        request.who = "seat01";
        request.once = "tap";
        EXPECT_EQ(city->engine().run(std::move(request)).kind, kind);
    }
    EXPECT_EQ(matters(), 2);
}

TEST_P(Opens, WhoHandlesItSeesTheOtherNumber) {
    MatterId const finding = found(40);
    ASSERT_TRUE(city->step("seat01", finding, "send").ok());
    MatterId const errand = begun(finding).front();
    EXPECT_EQ(view("disp01", finding).at("timeline").as_array().back().at("opens"),
              (json::array{{{"procedure", "errand"}, {"number", receipt_number(errand)}}}));
    EXPECT_EQ(view("disp01", errand).at("opened_by").as_string(), receipt_number(finding));
}

TEST_P(Opens, ARulebookThatOpensWhatIsNotThereIsNotLoaded) {
    auto load = [&](std::string_view finding, std::string_view errand) -> std::string {
        auto session = city->db()->open_writer();
        session->begin_write();
        auto const now = city->engine().now();
        for (std::string_view toml : {finding, errand})
            if (!toml.empty()) put_procedure(*session, toml, now).value();
        put_catalogue(*session, "calendar", source_text("data/calendar/holidays.csv"), now);
        std::string why;
        try {
            load_installation(*session, city->keys(), source_text("data/roles.toml"), {});
        } catch (std::runtime_error const& error) {
            why = error.what();
        }
        session->rollback();
        return why;
    };
    EXPECT_EQ(load(kFinding, kErrand), "");
    std::string const missing =
        "rulebook finding: step.send opens errand.begin, which is no step that the clock begins a matter with";
    EXPECT_EQ(load(kFinding, ""), missing);
    std::string by_people = kErrand;
    by_people.replace(by_people.find("by = [\"clock\"]"), 14, "by = [\"seat@anyone\"]");
    EXPECT_EQ(load(kFinding, by_people), missing);
}

}  // namespace
}  // namespace banyan
