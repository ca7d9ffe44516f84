// systems/hotline/repeats.h: who asks for the same thing again and again (反复投诉): the newest is supervised.
//
// A thread that gives way to everything else reads the journal on. With each appeal that is accepted it counts
// what the same person (by account, by the digest of the telephone number) had accepted of the same class; the one
// that makes it as many as data/repeats.toml says gets a step by the clock, which begins supervision. Rule and
// source: docs/systems/hotline.md
#pragma once
#include <set>
#include <string>

#include "kernel/engine/behind.h"
#include "kernel/engine/follower.h"

namespace banyan::hotline {

struct RepeatNumbers {
    int times = 3, days = 30;
    std::set<std::string, std::less<>> kinds;
    std::string step;
};
/// Refused: repeats.numbers, with the member; toml.syntax.
Result<RepeatNumbers> read_repeat_numbers(std::string_view toml);

class Repeats {
  public:
    Repeats(Engine& engine, store::Store& store, crypto::Keyring const& keys, RepeatNumbers numbers);
    ~Repeats() { stop(); }
    Repeats(Repeats const&) = delete;

    void start();
    void stop();  ///< before the engine stops
    /// Takes what is durable and not taken yet. On the caller's thread; one at a time.
    void run_once();
    std::function<void(std::string const& why)> on_failure;

  private:
    void look_at(MatterId accepted, store::Session& session);
    std::set<MatterId> of_the_same_person(Matter const& matter, store::Session& session) const;
    void supervise(Matter const& matter, int times);

    Engine& engine_;
    store::Store& store_;
    crypto::Keyring const& keys_;
    RepeatNumbers const numbers_;
    Follower follower_;
    Behind behind_;
};

}  // namespace banyan::hotline
