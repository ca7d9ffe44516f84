// systems/hall/cases/news.h: who is told when a case or a rating of the hall has changed: its wall.
//
// An event says that something is another and nothing else: what is now there is asked for through the ordinary
// query, so it may go to who finds no case. So many listen at a time. Thread rule: any.
#pragma once
#include <memory>
#include <mutex>
#include <vector>

#include "kernel/engine/engine.h"
#include "platform/http/http.h"

namespace banyan::hall {

class News {
  public:
    /// Null: too many listen.
    std::shared_ptr<http::EventStream> open();
    void tell(std::vector<Changed> const& changed);
    void close();

  private:
    std::mutex mutex_;
    std::vector<std::shared_ptr<http::EventStream>> listeners_;
    std::int64_t told_ = 0;
};

}  // namespace banyan::hall
