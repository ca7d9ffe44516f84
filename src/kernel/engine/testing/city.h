// kernel/engine/testing/city.h: a city small enough to know by heart, on a clock set by hand.
//
// Units: centre; cg, zj, water (departments and a company of the city); 350111-centre with 350111-zj, 350111-cg
// and the street 350111001; 350102-centre with the street 350102004 and its community 350102004001. People: data
// of kPeople in city.cpp (seat01, disp01, review01, …, as the demo's).
#pragma once
#include <memory>
#include <string>

#include "kernel/engine/engine.h"
#include "platform/store/testing/stores.h"

namespace banyan::testing {

/// Everything under the source folder.
std::vector<store::Migration> const& kernel_migrations();

std::shared_ptr<Directory const> small_directory();
std::shared_ptr<Procedure const> rulebook(std::string const& toml);  ///< throws with the refusal
std::shared_ptr<Rules const> small_rules();
std::shared_ptr<Calendar const> real_calendar();
Procedures procedures_of(Rules const& rules);  ///< by their hashes

/// "2026-10-09 09:00" or "2026-10-09 09:00:30", Beijing time.
Instant at(std::string_view text);
std::string describe(Refusal const& refusal);

/// An engine on a store of its own.
class City {
  public:
    /// `rules`: small_rules() when null.
    explicit City(store::Engine engine, std::shared_ptr<Rules const> rules = nullptr, EngineOptions options = {});
    ~City();

    void set_clock(Instant now) { *now_ = now; }
    /// Takes the timers that are due until then, each at its instant, and sets the clock.
    void go_to(Instant now);
    /// "citizen", or "citizen/applicant": in a role that a system vouches for.
    Actor actor(std::string_view login) const;
    /// A step on a matter; `assignment` may be left out.
    Answer step(std::string_view login, MatterId matter, std::string step, json::object form = {},
                AssignmentId on = {});
    Answer open(std::string_view login, json::object form, std::string procedure = "appeal",
                std::string step = "file");
    std::optional<Matter> matter(MatterId id);
    /// Kept until restart(): on PostgreSQL a connection takes longer than a step.
    store::Session& reader();
    /// Stops the engine and starts another on the same database.
    void restart();

    Engine& engine() { return *engine_; }
    store::testing::TestStore& db() { return store_; }
    crypto::Keyring& keys() { return keys_; }
    Rules const& rules() const { return *rules_; }
    std::string const& heads_log() const { return options_.heads_log; }
    std::string data_folder() const { return folder_.path().string(); }  ///< keys, heads.log

  private:
    store::testing::TestStore store_;
    store::testing::TestFolder folder_;
    crypto::Keyring keys_;
    std::shared_ptr<Rules const> rules_;
    std::shared_ptr<Instant> now_ = std::make_shared<Instant>();
    EngineOptions options_;
    std::unique_ptr<Engine> engine_;
    std::unique_ptr<store::Session> reader_;
};

/// Makes the city one that several programs serve: its own engine stops, its rulebooks lie in the database.
void give_to_nodes(City& city);
/// One of them, on `store`: the city's, or another connection to the same database.
std::unique_ptr<Engine> start_node(City& city, store::Store& store, std::string name,
                                   std::function<Instant()> now);

}  // namespace banyan::testing
