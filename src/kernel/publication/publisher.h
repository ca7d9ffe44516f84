// kernel/publication/publisher.h: keeps the table of what is public by the journal.
//
// A thread that gives way to everything else reads the journal on (engine/follower.h). A matter that was released
// and whose events go on is made again of all its events (publication.h) and replaces what the table had, in the
// transaction that keeps the position. It is the same whenever it is made, so a table that is missing, or of an
// older program, is made again from the first event.
//
// Thread rule: run_once() one at a time, the rest any.
#pragma once
#include <set>

#include "kernel/engine/behind.h"
#include "kernel/engine/follower.h"
#include "kernel/language/redaction.h"
#include "kernel/publication/publication.h"

namespace banyan::publication {

class Publisher {
  public:
    Publisher(Engine& engine, store::Store& store, crypto::Keyring const& keys,
              language::Redactor const& redactor);
    ~Publisher();  ///< as stop()
    Publisher(Publisher const&) = delete;

    void start();
    void stop();
    /// Takes what is durable and not taken yet. On the caller's thread.
    void run_once();
    std::function<void(std::string const& why)> on_failure;

  private:
    std::set<std::int64_t> concerned(std::span<EventRow const> events);
    std::optional<Publication> made_of(MatterId id);
    std::string masked(std::span<EventRow const> history, std::string_view reply);

    Engine& engine_;
    crypto::Keyring const& keys_;
    language::Redactor const& redactor_;
    Follower follower_;
    std::unique_ptr<store::Session> reading_;

    Behind behind_{engine_};  ///< ends first
};

}  // namespace banyan::publication
