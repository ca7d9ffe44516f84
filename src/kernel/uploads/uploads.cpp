#include "kernel/uploads/uploads.h"

#include <fmt/core.h>

#include "base/csv.h"
#include "base/text.h"
#include "base/thread.h"
#include "kernel/engine/named_files.h"

namespace banyan {
namespace {

/// "image/jpeg; x=y" → "image/jpeg"; what says nothing of the content is empty.
std::string_view said_type(std::string_view header) {
    std::string_view const type = trim(header.substr(0, header.find(';')));
    return type == "application/octet-stream" ? std::string_view() : type;
}

/// Names that stand for the same.
std::string_view usual_name(std::string_view type) {
    if (type == "image/jpg" || type == "image/pjpeg") return "image/jpeg";
    if (type == "audio/mp3") return "audio/mpeg";
    if (type == "audio/x-wav" || type == "audio/wave" || type == "audio/vnd.wave") return "audio/wav";
    if (type == "audio/x-m4a" || type == "audio/m4a") return "audio/mp4";
    return type;
}

}  // namespace

FileTypes read_file_types(std::string_view csv) {
    auto const table = Csv::parse(csv);
    if (!table) throw std::runtime_error("data/files/types.csv: " + table.error().key);
    FileTypes types;
    for (CsvRow const& row : table->rows())
        types[std::string(table->at(row, "type"))] = {std::string(table->at(row, "extension")),
                                                      table->at(row, "shown") == "1"};
    return types;
}

Uploads::Uploads(Engine& engine, store::Store& store, crypto::Keyring const& keys, files::Contents& contents,
                 FileTypes types, UploadOptions options)
    : engine_(engine),
      keys_(keys),
      contents_(contents),
      types_(std::move(types)),
      options_(std::move(options)),
      reading_(store.open_reader()) {}

Uploads::~Uploads() { stop(); }

void Uploads::start() {
    thread_ = named_thread("uploads", [this] { serve(); });
}

void Uploads::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    ready_.notify_all();
    if (thread_.joinable()) thread_.join();
}

bool Uploads::take(std::string content, std::string said, Actor const& actor, Done done) {
    {
        std::lock_guard lock(mutex_);
        if (stopping_ || jobs_.size() >= options_.most_in_line) return false;
        jobs_.push_back({std::move(content), std::move(said), actor, std::move(done)});
    }
    ready_.notify_one();
    return true;
}

/// What still waits is answered before it ends.
void Uploads::serve() {
    auto look = std::chrono::steady_clock::now(), sweep = look;
    for (;;) {
        std::deque<Job> taken;
        {
            std::unique_lock lock(mutex_);
            ready_.wait_until(lock, look, [&] { return stopping_ || !jobs_.empty(); });
            if (stopping_ && jobs_.empty()) return;
            if (!jobs_.empty()) {
                taken.push_back(std::move(jobs_.front()));
                jobs_.pop_front();
            }
        }
        for (Job& job : taken) job.done(take_now(job.content, job.said, job.actor));
        if (std::chrono::steady_clock::now() < look) continue;
        look_after(look >= sweep);
        if (look >= sweep) sweep = look + std::chrono::hours(12);
        look = std::chrono::steady_clock::now() + options_.look;
    }
}

void Uploads::look_after(bool at_everything) {
    try {
        remove_unnamed();
        if (at_everything) remove_strays();
    } catch (std::exception const& error) {  // the next look may find it better
        if (options_.on_failure) options_.on_failure(error.what());
    }
}

Result<Uploaded> Uploads::take_now(std::string_view content, std::string_view said, Actor const& actor) {
    Result<Uploaded> made = refuse("server.failed");
    try {
        made = put(content, said, actor);
    } catch (std::exception const&) {
        made = refuse(refusal_of(std::current_exception()));
    }
    if (made)
        figures_.taken.fetch_add(1), figures_.bytes.fetch_add(made->size);
    else
        figures_.refused.fetch_add(1);
    return made;
}

Result<media::Clean> Uploads::examine(std::string_view content, std::string_view said) const {
    if (content.empty()) return refuse("file.empty");
    if (static_cast<std::int64_t>(content.size()) > options_.most_bytes)
        return refuse("file.too_large", {}, {{"most", std::to_string(options_.most_bytes >> 20)}});
    std::string_view const type = media::type_of(content);
    if (!types_.contains(type)) return refuse("file.type");
    std::string_view const named = usual_name(said_type(said));
    // Sound alone is recorded as video by some browsers, and the other way round.
    bool const both_mp4 =
        (type == "audio/mp4" || type == "video/mp4") && (named == "audio/mp4" || named == "video/mp4");
    if (!named.empty() && named != type && !both_mp4)
        return refuse("file.other_type", {}, {{"type", std::string(type)}});
    return options_.clean(content);
}

Result<void> Uploads::has_room(std::string const& owner, std::int64_t size) {
    std::int64_t waiting = 0;
    std::lock_guard lock(reading_mutex_);
    reading_->query("SELECT CAST(coalesce(sum(size), 0) AS BIGINT) FROM file WHERE owner = $1 AND matter = 0",
                    {std::string_view(owner)}, [&](store::Row const& row) { waiting = row.integer(0); });
    if (waiting + size > (owner.empty() ? options_.most_waiting_of_strangers : options_.most_waiting_of_one))
        return refuse("file.too_many");
    return {};
}

/// Content first, then the row: what is named is there.
Result<Uploaded> Uploads::put(std::string_view content, std::string_view said, Actor const& actor) {
    BANYAN_TRY(media::Clean clean, examine(content, said));
    auto const size = static_cast<std::int64_t>(clean.bytes.size());
    if (size > options_.most_bytes)  // what was packed is in the open now
        return refuse("file.too_large", {}, {{"most", std::to_string(options_.most_bytes >> 20)}});
    std::string const owner = file_owner(actor);
    BANYAN_CHECK(has_room(owner, size));
    files::Sealed const sealed = files::seal(keys_, clean.bytes);
    contents_.put(sealed, wall_clock());
    engine_.write_now([&](store::Session& session) {
        session.execute(
            "INSERT INTO file (address, owner, at, type, size, matter, event) VALUES ($1, $2, $3, $4, $5, 0, 0)",
            {std::string_view(sealed.address), std::string_view(owner), engine_.now().us,
             std::string_view(clean.type), size});
    });
    return Uploaded{sealed.address, clean.type, size};
}

std::optional<std::string> Uploads::content(store::Session& session, std::string_view address) const {
    if (!files::is_address(address)) return std::nullopt;
    auto const sealed = contents_.get(session, address);
    return sealed ? files::open(keys_, address, *sealed) : std::nullopt;
}

/// The writer's turn: no step can name it at the same moment.
int Uploads::remove_unnamed() {
    std::vector<std::string> gone;
    Instant const before = engine_.now() - options_.kept;
    bool due = false;
    {
        std::lock_guard lock(reading_mutex_);
        reading_->query("SELECT address FROM file WHERE matter = 0 AND at < $1 ORDER BY address LIMIT 1",
                        {before.us}, [&](store::Row const&) { due = true; });
    }
    if (!due) return 0;
    engine_.write_now([&](store::Session& session) {
        session.query("DELETE FROM file WHERE matter = 0 AND at < $1 RETURNING address", {before.us},
                      [&](store::Row const& row) { gone.emplace_back(row.text(0)); });
    });
    for (std::string const& address : gone) contents_.remove(address);
    figures_.removed.fetch_add(static_cast<std::int64_t>(gone.size()));
    return static_cast<int>(gone.size());
}

int Uploads::remove_strays() {
    int removed = 0;
    std::string after;
    for (;;) {
        std::vector<std::string> const old = contents_.older(wall_clock() - options_.kept, after);
        if (old.empty()) return removed;
        for (std::string const& address : old) {
            bool known = false;
            {
                std::lock_guard lock(reading_mutex_);
                reading_->query("SELECT 1 FROM file WHERE address = $1", {std::string_view(address)},
                                [&](store::Row const&) { known = true; });
            }
            if (known) continue;
            contents_.remove(address);
            ++removed;
        }
        after = old.back();
    }
}

}  // namespace banyan
