// main/publication.h: what the public may see, put together: a thread behind the journal.
#pragma once
#include "api/api.h"
#include "kernel/publication/publisher.h"

namespace banyan {

class PublicationPart {
  public:
    /// Throws when its data file cannot be read. REQUIRES: `house` and `store` outlive it.
    PublicationPart(api::House& house, store::Store& store, EmbeddedTable files);
    void start() { publisher_.start(); }
    void stop() { publisher_.stop(); }  ///< before the engine stops

  private:
    language::Redactor redactor_;
    publication::Publisher publisher_;
};

}  // namespace banyan
