// kernel/index/matter_index.h: the search index of a running server: follows the journal, and is searched.
//
// A thread of its own (`indexer`, nice 19) makes documents of what has become durable and commits about once a
// second; nothing ever waits for it. An index that is missing, damaged, of another format or of another database
// is made anew while the server runs; `banyan reindex` makes one beside it, which is taken into use as soon as it
// is whole. On PostgreSQL each node has its own.
//
// Thread rule: start() and stop() by who made it, the rest from any thread.
#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "kernel/engine/pace.h"
#include "kernel/index/folder.h"
#include "kernel/index/follow.h"
#include "kernel/index/names.h"
#include "kernel/index/status.h"

namespace banyan::index {

struct IndexOptions {
    std::filesystem::path folder;
    std::chrono::milliseconds look_every{250}, commit_every{1000}, names_every{60'000}, wait_after_fault{5000};
    /// What happened, for the log: index.made_anew, index.switched, index.failed, index.whole.
    std::function<void(std::string const& what, std::string const& why)> tell;
};

class MatterIndex {
  public:
    MatterIndex(store::Store& store, Engine& engine, text::Reader const& reader, IndexOptions options);
    ~MatterIndex();  ///< as stop()
    MatterIndex(MatterIndex const&) = delete;

    void start();
    void stop();  ///< commits what it has made

    IndexStatus status() const;
    std::shared_ptr<Names const> names() const;
    text::Reader const& reader() const { return reader_; }

    /// A searcher on the newest revision, given back at the end. Throws search::Error when there is no index.
    class Lease {
      public:
        ~Lease();
        Lease(Lease const&) = delete;
        search::Searcher const& operator*() const { return *searcher_; }

      private:
        friend class MatterIndex;
        Lease(MatterIndex& index, std::unique_ptr<search::Searcher> searcher, std::string folder)
            : index_(index), searcher_(std::move(searcher)), folder_(std::move(folder)) {}
        MatterIndex& index_;
        std::unique_ptr<search::Searcher> searcher_;
        std::string folder_;
    };
    Lease searcher();
    /// What `work`, which leases a searcher, answers; once more when another index was taken into use meanwhile.
    /// Throws search::Error when the one in use cannot be searched; a damaged one is made anew.
    template <class Work>
    auto search(Work const& work) {
        for (;;) {
            std::string const folder = searched_folder();
            try {
                return work();
            } catch (search::Error const& error) {
                if (searched_folder() != folder) continue;
                if (error.kind == search::Error::Kind::damaged) report_damage();
                throw;
            }
        }
    }
    /// A search found the index damaged: it is made anew.
    void report_damage() { damaged_ = true; }

    /// Waits until everything that is durable now can be found; false: not within `patience`. For tests.
    bool wait_until_whole(std::chrono::milliseconds patience);

  private:
    struct Open {  ///< an index, and how far it is
        std::filesystem::path folder;
        search::Index index;
        Following following;
        Open(std::filesystem::path path, store::Store& store, text::Reader const& reader)
            : folder(std::move(path)), index(search::Index::open(folder)), following(store, reader, index) {}
    };
    void serve();
    void open();
    void make_anew(std::string const& why);
    void search_in(std::filesystem::path const& folder);
    std::string searched_folder() const;
    void round();
    bool commit(bool now);  ///< true: nothing is uncommitted
    void note_status(Following::Portion const& portion, EventId durable_then);
    void renew_names(bool idle);
    void fault(std::string const& why);
    bool wait(std::chrono::milliseconds time);  ///< false: it is to stop

    store::Store& store_;
    Engine& engine_;
    text::Reader const& reader_;
    IndexOptions const options_;
    Folder const folder_;

    // The indexer's own.
    std::unique_ptr<Open> open_;
    std::chrono::steady_clock::time_point committed_at_{}, names_at_{}, busy_since_{};
    std::chrono::milliseconds names_wait_{0};
    std::size_t busy_documents_ = 0;
    std::shared_ptr<Directory const> named_directory_;
    std::vector<Name> unit_names_;
    Pace pace_{engine_};
    std::string last_fault_;
    bool was_whole_ = false;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false;
    IndexStatus status_;
    EventId whole_through_;
    std::int64_t events_done_ = 0, events_there_ = 0;
    std::shared_ptr<Names const> names_;
    std::string live_;                                          ///< folder that is searched
    std::vector<std::unique_ptr<search::Searcher>> searchers_;  ///< of that folder, idle
    std::atomic<bool> damaged_{false};
    std::thread indexer_;
};

}  // namespace banyan::index
