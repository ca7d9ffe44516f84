// main/publication.h: what the public may see, put together: a thread behind the journal, and Open311 where it is
// switched on.
#pragma once
#include <optional>

#include "api/api.h"
#include "channels/open311/open311.h"
#include "kernel/publication/publisher.h"

namespace banyan {

class PublicationPart {
  public:
    /// Throws when its data file cannot be read. REQUIRES: `house` and `store` outlive it.
    PublicationPart(api::House& house, store::Store& store, EmbeddedTable files);
    void start() { publisher_.start(); }
    void stop() { publisher_.stop(); }  ///< before the engine stops
    /// Open311 for these jurisdictions (channels/open311/settings.h); none, or `off`: no routes. Throws with what
    /// is wrong.
    void add_routes(http::Routes& routes, std::string const& jurisdictions);

  private:
    api::House& house_;
    EmbeddedTable files_;
    language::Redactor redactor_;
    publication::Publisher publisher_;
    std::optional<open311::Open311> open311_;
};

}  // namespace banyan
