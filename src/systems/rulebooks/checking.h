// systems/rulebooks/checking.h: rulebooks are walked by the model checker in the background, one after another.
//
// A walk takes half a minute of a core, so it has a thread of its own that gives way to all others, tells how far
// it is and can be stopped. What came of it is kept by the hash of the whole text, and depends on the program
// besides: so it is kept in memory, and gone with it.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <thread>

#include "kernel/check/model.h"
#include "kernel/procedure/texts.h"
#include "kernel/procedure/variant.h"

namespace banyan::rulebooks {

/// SM3 of the whole text, in hex: how the database names a rulebook.
std::string hash_of(std::string_view text);

struct Check {
    enum class State { waiting, walking, done, stopped };
    std::string hash;
    std::shared_ptr<Whole const> whole;
    State state = State::waiting;
    std::size_t states = 0;  ///< known so far
    int unusual = 0;         ///< how many unusual things at once are walked
    Report report;           ///< once it is done
    double seconds = 0;      ///< how long it took
    bool clean() const { return state == State::done && report.faults.empty(); }
};
std::string_view name(Check::State state);

class Checking {
  public:
    static constexpr std::size_t kMostKept = 16, kMostWaiting = 4;

    /// `rest`: called now and then while a rulebook is walked, on its thread.
    explicit Checking(Texts const& texts, std::function<void()> rest = {});
    ~Checking();  ///< as stop()
    void start();
    void stop();

    /// The check of that rulebook: one that is under way or done already, or a new one. Refused:
    /// rulebook.too_many.
    Result<Check> ask(Whole whole);
    std::optional<Check> find(std::string_view hash) const;
    /// It is stopped, soon; one that is done stays. Nothing: there is none.
    std::optional<Check> cancel(std::string_view hash);

  private:
    void run();
    void walk(Check& check, std::unique_lock<std::mutex>& lock);
    Check* found(std::string_view hash);
    void forget_old();

    std::set<std::string> zh_, en_;  ///< keys of texts
    std::function<void()> rest_;
    mutable std::mutex mutex_;
    std::condition_variable ready_;
    std::list<Check> checks_;  ///< the newest last
    std::deque<std::string> waiting_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace banyan::rulebooks
