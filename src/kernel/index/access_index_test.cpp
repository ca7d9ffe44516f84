// The renderings of access agree: may_see() of one matter, may_hear() of one that changed, sql() of lists, terms()
// of the index, really asked of all, for every role and unit, over matters that somebody drew at random.
#include <array>
#include <random>

#include "kernel/index/document.h"
#include "kernel/index/testing/searched_city.h"
#include "kernel/matter/access.h"
#include "kernel/people/reorganisation.h"

namespace banyan::index {
namespace {

using namespace banyan::index::testing;

/// A matter of one of the rulebooks with shares at random.
Matter drawn(std::mt19937& random, std::int64_t id, Rules const& rules) {
    auto pick = [&](std::size_t below) { return static_cast<std::size_t>(random() % below); };
    std::vector<Unit> const& units = rules.directory->units();
    Matter matter;
    matter.id = MatterId(id);
    constexpr std::array<std::string_view, 4> kRulebooks{"appeal", "appeal", "application", "rating"};
    matter.procedure = rules.procedures.find(kRulebooks[pick(kRulebooks.size())])->second;
    matter.stage = static_cast<banyan::Index>(pick(matter.procedure->stages.size()));
    matter.filed_at = at("2026-10-09 09:00");
    matter.title = "路灯";
    if (pick(2) == 0) matter.asker = rules.directory->person(pick(2) == 0 ? "citizen" : "citizen2")->id;
    if (pick(3) == 0) matter.about = units[1 + pick(units.size() - 1)].id;
    for (std::size_t n = pick(5); n > 0; --n) {
        Assignment share;
        share.id = AssignmentId(id * 256 + static_cast<std::int64_t>(n) * 256);  // the lane is its matter's
        share.unit = units[pick(units.size())].id;
        share.share = static_cast<Share>(pick(3));
        share.progress = static_cast<Progress>(pick(8));
        matter.assignments.push_back(share);
    }
    return matter;
}

std::vector<Actor> everybody(Rules const& rules) {
    std::vector<Actor> actors;
    for (std::string const& role : rules.access->roles())
        for (Unit const& unit : rules.directory->units()) {
            if (unit.heir) continue;  // its people are the heir's
            Actor actor;
            actor.role = role;
            actor.unit = unit.id;
            actor.person = rules.directory->person("citizen")->id;
            actors.push_back(actor);
        }
    Actor nobody, bound;
    nobody.role = "appellant";
    bound.bound = MatterId(7 * 256);
    actors.push_back(nobody);
    actors.push_back(bound);
    actors.push_back(Actor::time());
    return actors;
}

/// A city some of whose units have ended: their matters are their heirs'.
std::shared_ptr<Rules const> reorganised_rules() {
    auto rules = std::make_shared<Rules>(*small_rules());
    Reorganised const done = reorganise(*rules->directory,
                                        "what,unit,into,parent,code,zh,en\n"
                                        "rename,cg,,,zfj,执法局,Enforcement\n"
                                        "merge,350111-zj,zfj,,,,\n"
                                        "rename,350111-centre,,,jinan,晋安中心,Jin'an\n",
                                        at("2026-10-10 09:00"))
                                 .value();
    rules->directory = std::make_shared<Directory>(after(*rules->directory, done));
    return rules;
}

class ThreeRenderings : public store::testing::OnBothEngines {};
BANYAN_ON_BOTH_ENGINES(ThreeRenderings);

void expect_the_same_matters(std::shared_ptr<Rules const> const& rules, store::Engine engine) {
    std::random_device device;
    unsigned const seed = device();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    auto db = store::testing::fresh_store(engine, kernel_migrations());
    search::Index made = search::Index::in_memory();
    std::vector<Matter> matters;
    {
        auto writer = db->open_writer();
        writer->begin_write();
        for (auto const& [rulebook, procedure] : rules->procedures)
            writer->execute(
                "INSERT INTO procedure (hash, name, version, source, current, at) VALUES ($1, $2, 1, '', 1, 0)",
                {std::string_view(procedure->hash), std::string_view(rulebook)});
        RowBuffer rows, shares;
        for (std::int64_t n = 1; n <= 150; ++n) matters.push_back(drawn(random, n * 256, *rules));
        for (Matter const& matter : matters) {
            put_matter(rows, matter);
            for (Assignment const& share : matter.assignments) put_assignment(shares, share, matter);
            made.replace(document_of(matter, {}, reader()));
        }
        writer->write(kMatterTable, rows.cells());
        writer->write(kAssignmentTable, shares.cells());
        writer->commit();
    }
    search::Searcher const searcher(made);
    auto session = db->open_reader();
    Plan const everything;
    std::size_t found = 0;
    for (Actor const& actor : everybody(*rules)) {
        std::set<MatterId> one, sql, index;
        for (Matter const& matter : matters)
            if (rules->access->may_see(actor, matter, *rules->directory)) one.insert(matter.id);
        for (Matter const& matter : matters)
            EXPECT_EQ(rules->access->may_hear(actor, concerned_by(matter), *rules->directory),
                      one.contains(matter.id))
                << actor.role << " of " << actor.unit.text() << " hears of " << matter.id.text();
        session->query("SELECT m.id FROM matter m WHERE " + rules->access->sql(actor, *rules->directory), {},
                       [&](store::Row const& row) { sql.emplace(row.integer(0)); });
        search::Query const query =
            query_of({everything, actor, *rules->access, *rules->directory, Order::newest}, searcher);
        for (search::Hit const& hit : searcher.find(query, {.most = 1000}).hits)
            index.emplace(std::stoll(hit.key));
        EXPECT_EQ(one, sql) << actor.role << " of " << actor.unit.text();
        EXPECT_EQ(one, index) << actor.role << " of " << actor.unit.text();
        found += one.size();
    }
    EXPECT_GT(found, 1000U) << "the draw says something";
}

TEST_P(ThreeRenderings, FindTheSameMatters) { expect_the_same_matters(small_rules(), GetParam()); }
TEST_P(ThreeRenderings, FindTheSameMattersWhenUnitsHaveEnded) {
    expect_the_same_matters(reorganised_rules(), GetParam());
}

/// A sight's tie is the tie: what is looked for under its letters is what may be read.
void expect_the_same_ties(std::shared_ptr<Rules const> const& rules) {
    std::mt19937 random(std::random_device{}());
    search::Index made = search::Index::in_memory();
    std::vector<Matter> matters;
    for (std::int64_t n = 1; n <= 150; ++n) {
        matters.push_back(drawn(random, n * 256, *rules));
        made.replace(document_of(matters.back(), {}, reader()));
    }
    search::Searcher const searcher(made);
    for (Actor const& actor : everybody(*rules))
        for (Access::Sight const& sight : rules->access->terms(actor, *rules->directory)) {
            std::vector<search::Query> any, none;
            for (std::string const& term : sight.any) any.push_back(search::Query::term(term));
            for (std::string const& term : sight.none) none.push_back(search::Query::term(term));
            search::Query const rows =
                search::Query::and_not(sight.everything ? search::Query::everything() : search::Query::any(any),
                                       search::Query::any(none));
            std::set<std::string> index;
            for (search::Hit const& hit : searcher.find(rows, {.most = 1000}).hits) index.insert(hit.key);
            for (Matter const& matter : matters)
                EXPECT_EQ(index.contains(matter.id.text()),
                          rules->access->tie(actor, matter, *rules->directory) == sight.tie)
                    << actor.role << " of " << actor.unit.text() << " is " << name(sight.tie);
        }
}

TEST_P(ThreeRenderings, AgreeWhatSomebodyIsToAMatter) {
    expect_the_same_ties(small_rules());
    expect_the_same_ties(reorganised_rules());
}

}  // namespace
}  // namespace banyan::index
