// main/topics.h: what is alike and what the city talks about, put together: two threads behind the journal, and
// their operations.
#pragma once
#include "api/api.h"
#include "kernel/alike/learner.h"
#include "platform/telemetry/metrics.h"
#include "systems/topics/routes.h"

namespace banyan {

class TopicsPart {
  public:
    /// Throws when its data files cannot be read. REQUIRES: `house` and `store` outlive it.
    TopicsPart(api::House& house, store::Store& store, EmbeddedTable files);
    void add_operations(api::Api& api);
    topics::Topics& now() { return topics_; }
    void measure(telemetry::Metrics& metrics) const;
    void start();
    void stop();  ///< before the engine stops

  private:
    text::Reader reader_;
    alike::Sketcher sketcher_;
    alike::Neighbours neighbours_;
    alike::Learner learner_;
    topics::Topics topics_;
    topics::Desk desk_;
};

}  // namespace banyan
