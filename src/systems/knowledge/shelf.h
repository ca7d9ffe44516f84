// systems/knowledge/shelf.h: the library that is asked now.
//
// It is built by a thread of its own, so that a server is up before its 5,500 texts are read; who asks before it
// stands waits for it. A new stock is built beside the old one and takes its place.
//
// Thread rule: any.
#pragma once
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "systems/knowledge/library.h"

namespace banyan::knowledge {

class Shelf {
  public:
    using Build = std::function<std::shared_ptr<Library const>()>;
    ~Shelf();
    /// Begins to build. REQUIRES: what `build` uses outlives the shelf.
    void begin(Build build);
    /// Waits until one stands. Throws what building it threw.
    std::shared_ptr<Library const> library() const;

  private:
    mutable std::mutex mutex_;
    mutable std::condition_variable ready_;
    std::shared_ptr<Library const> library_;
    std::exception_ptr failed_;
    std::thread thread_;
};

}  // namespace banyan::knowledge
