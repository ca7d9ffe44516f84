// kernel/uploads/uploads.h: files on their way in, and what becomes of those that nobody names.
//
// An upload is told by its bytes, written anew without what tells of people and places (platform/media), sealed,
// put down, and then known to the database: whoever made it may name it in a form for a day
// (kernel/engine/named_files.h). What no step has named by then is removed, row first, then content; a content
// without a row, left by a program that was killed in between, is removed a day later too. docs/files.md
//
// A thread of its own does it, one file after another. Any thread may call.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "kernel/engine/engine.h"
#include "kernel/files/contents.h"
#include "platform/media/media.h"

namespace banyan {

/// data/files/types.csv: which types a city takes, how a file of it is called, and whether a browser may show it.
struct FileType {
    std::string extension;
    bool shown = false;  ///< in the page; else it is only handed over to be kept
};
using FileTypes = std::map<std::string, FileType, std::less<>>;
FileTypes read_file_types(std::string_view csv);  ///< throws std::runtime_error: it is ours

struct UploadOptions {
    std::int64_t most_bytes = 10LL << 20;
    std::int64_t most_waiting_of_one = 200LL << 20;  ///< of one owner, not named yet
    std::int64_t most_waiting_of_strangers = 1LL << 30;
    std::size_t most_in_line = 8;
    Span kept = hours(24);
    std::chrono::seconds look = std::chrono::minutes(10);  ///< how often for what nobody named
    /// In a process of its own where the program can (main/clean.cpp).
    std::function<Result<media::Clean>(std::string_view)> clean = media::clean;
    std::function<void(std::string const& what)> on_failure;
};

struct Uploaded {
    std::string file, type;
    std::int64_t size = 0;
};

class Uploads {
  public:
    Uploads(Engine& engine, store::Store& store, crypto::Keyring const& keys, files::Contents& contents,
            FileTypes types, UploadOptions options = {});
    ~Uploads();
    void start();
    void stop();

    using Done = std::function<void(Result<Uploaded>)>;
    /// `said`: the type the sender names; empty: none. False: too many wait. Refused: file.empty, file.too_large,
    /// file.type, file.other_type, file.broken, file.too_many, store.full, store.read_only, server.failed.
    bool take(std::string content, std::string said, Actor const& actor, Done done);
    /// The same at once. REQUIRES: the engine runs, or nobody else writes.
    Result<Uploaded> take_now(std::string_view content, std::string_view said, Actor const& actor);

    /// What lies at the address. Nothing: not there, or damaged.
    std::optional<std::string> content(store::Session& session, std::string_view address) const;
    FileTypes const& types() const { return types_; }
    UploadOptions const& options() const { return options_; }

    /// Removes what nobody named in time; how many.
    int remove_unnamed();
    /// Removes contents that no row knows; how many.
    int remove_strays();

    struct Figures {
        std::atomic<std::int64_t> taken{0}, bytes{0}, refused{0}, removed{0};
    };
    Figures const& figures() const { return figures_; }

  private:
    struct Job {
        std::string content, said;
        Actor actor;
        Done done;
    };
    void serve();
    void look_after(bool at_everything);
    Result<Uploaded> put(std::string_view content, std::string_view said, Actor const& actor);
    Result<media::Clean> examine(std::string_view content, std::string_view said) const;
    Result<void> has_room(std::string const& owner, std::int64_t size);

    Engine& engine_;
    crypto::Keyring const& keys_;
    files::Contents& contents_;
    FileTypes types_;
    UploadOptions options_;
    Figures figures_;
    std::mutex reading_mutex_;
    std::unique_ptr<store::Session> reading_;
    std::mutex mutex_;
    std::condition_variable ready_;
    std::deque<Job> jobs_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace banyan
