#include "kernel/engine/backup.h"

#include <fcntl.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <filesystem>

#include "base/text.h"
#include "kernel/engine/tar.h"
#include "platform/crypto/random.h"

namespace banyan {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr char kMark[] = "banyan-backup", kManifest[] = "manifest.json", kManifestSum[] = "manifest.sm3",
               kKeys[] = "keys.wrapped";
constexpr std::size_t kPage = 1 << 16;

/// What is taken away when the work does not come to its end.
class Unfinished {
  public:
    explicit Unfinished(fs::path path) : path_(std::move(path)) {}
    ~Unfinished() {
        std::error_code ignored;
        if (!path_.empty()) fs::remove_all(path_, ignored);
    }
    Unfinished(Unfinished const&) = delete;
    fs::path const& path() const { return path_; }
    void kept() { path_.clear(); }

  private:
    fs::path path_;
};

void sync_folder(fs::path const& folder) {
    OpenFile(folder.empty() ? "." : folder.string(), O_RDONLY | O_DIRECTORY).sync();
}

struct Meter {
    OnProgress const& call;
    std::int64_t of = 0, done = 0;
    void add(std::size_t bytes) {
        std::int64_t const before = done;
        done += static_cast<std::int64_t>(bytes);
        if (call && before >> 22 != done >> 22) call(done, of);
    }
};

// ── the manifest ─────────────────────────────────────────────────────────────────────────────────────────────

std::string text_of(Manifest const& manifest) {
    json::array files;
    for (Manifest::File const& file : manifest.files)
        files.push_back({{"name", file.name}, {"size", file.size}, {"sm3", file.sm3}});
    return json::serialize(json::object{{"format", manifest.format},
                                        {"created", rfc3339(manifest.created)},
                                        {"schema", manifest.schema},
                                        {"keys", manifest.keys},
                                        {"files", std::move(files)}}) +
           "\n";
}

std::optional<Manifest> manifest_from(std::string_view text) {
    json::error_code error;
    json::value const value = json::parse(trim(text), error);
    if (error || !value.is_object()) return std::nullopt;
    json::object const& object = value.as_object();
    auto number = [](json::object const& of, std::string_view name) {
        json::value const* n = of.if_contains(name);
        return n != nullptr && n->is_int64() ? n->as_int64() : -1;
    };
    auto words = [](json::object const& of, std::string_view name) {
        json::value const* s = of.if_contains(name);
        return s != nullptr && s->is_string() ? std::string(s->as_string()) : std::string();
    };
    Manifest manifest{static_cast<int>(number(object, "format")),
                      parse_rfc3339(words(object, "created")).value_or(Instant{}),
                      number(object, "schema"),
                      object.contains("keys") && object.at("keys") == json::value(true),
                      {}};
    json::value const* files = object.if_contains("files");
    if (files == nullptr || !files->is_array()) return std::nullopt;
    for (json::value const& file : files->as_array()) {
        if (!file.is_object()) return std::nullopt;
        manifest.files.push_back(
            {words(file.as_object(), "name"), number(file.as_object(), "size"), words(file.as_object(), "sm3")});
    }
    return manifest;
}

// ── taking it ────────────────────────────────────────────────────────────────────────────────────────────────

/// Up to the end of the last whole line.
std::int64_t whole_lines(fs::path const& file) {
    std::error_code none;
    auto const size = static_cast<std::int64_t>(fs::file_size(file, none));
    if (none) return -1;
    OpenFile in(file.string(), O_RDONLY);
    std::string room;
    std::int64_t at = 0, whole = 0;
    while (at < size) {
        std::string_view const page =
            in.read(room, static_cast<std::size_t>(std::min<std::int64_t>(size - at, kPage)));
        if (page.empty()) break;
        if (std::size_t const end = page.rfind('\n'); end != std::string_view::npos)
            whole = at + static_cast<std::int64_t>(end) + 1;
        at += static_cast<std::int64_t>(page.size());
    }
    return whole;
}

class Packing {
  public:
    Packing(fs::path const& file, Manifest& manifest, Meter& meter)
        : tar_(file.string(), manifest.created), manifest_(manifest), meter_(meter) {
        tar_.add(kMark, std::to_string(kBackupFormat) + "\n");
    }
    /// The first `size` bytes; what is written to it meanwhile stays out.
    void add_file(std::string const& name, fs::path const& from, std::int64_t size) {
        OpenFile in(from.string(), O_RDONLY);
        tar_.begin(name, size);
        crypto::Sm3 sm3;
        std::string room;
        for (std::int64_t left = size; left > 0;) {
            std::string_view const page =
                in.read(room, static_cast<std::size_t>(std::min<std::int64_t>(left, kPage)));
            if (page.empty()) throw std::runtime_error(from.string() + " became shorter while it was copied");
            sm3.update(page);
            tar_.write(page);
            left -= static_cast<std::int64_t>(page.size());
            meter_.add(page.size());
        }
        manifest_.files.push_back({name, size, crypto::hex(sm3.finish())});
    }
    void add_text(std::string const& name, std::string_view text) {
        tar_.add(name, text);
        manifest_.files.push_back({name, static_cast<std::int64_t>(text.size()), crypto::hex(crypto::sm3(text))});
    }
    void finish() {
        std::string const text = text_of(manifest_);
        tar_.add(kManifest, text);
        tar_.add(kManifestSum, crypto::hex(crypto::sm3(text)) + "\n");
        tar_.finish();
    }

  private:
    TarWriter tar_;
    Manifest& manifest_;
    Meter& meter_;
};

void add_attachments(Packing& packing, fs::path const& folder) {
    if (!fs::is_directory(folder / kAttachmentsFolder)) return;
    for (fs::directory_entry const& entry : fs::recursive_directory_iterator(folder / kAttachmentsFolder)) {
        std::error_code none;
        auto const size = entry.is_regular_file(none) ? entry.file_size(none) : 0;
        if (none || !entry.is_regular_file(none)) continue;  // taken away meanwhile
        packing.add_file(entry.path().lexically_relative(folder).generic_string(), entry.path(),
                         static_cast<std::int64_t>(size));
    }
}

}  // namespace

Result<Manifest> backup(store::Store& store, crypto::Keyring const& keys, BackupPlan const& plan,
                        OnProgress const& on_progress) {
    if (store.engine() != store::Engine::sqlite) return refuse("backup.postgresql");
    if (fs::exists(plan.file)) return refuse("backup.exists", "file", {{"file", plan.file}});
    if (plan.passphrase && plan.passphrase->empty()) return refuse("backup.passphrase_empty", "passphrase");
    fs::path const folder(plan.folder);
    Manifest manifest{kBackupFormat, plan.created, 0, plan.passphrase.has_value(), {}};
    store.open_reader()->query("SELECT coalesce(max(number), 0) FROM migration", {},
                               [&](store::Row const& row) { manifest.schema = row.integer(0); });

    // The log before the database: a line is written after its checkpoint. Attachments after it: a row names only
    // what is there.
    std::int64_t const log = whole_lines(folder / kHeadsLogFile);
    Unfinished const copy(plan.file + ".db"), leftover(plan.file + ".db.part");
    Unfinished part(plan.file + ".part");
    for (fs::path const& old : {copy.path(), part.path()}) fs::remove(old);  // of one that was cut short
    store.copy_to(copy.path().string());
    auto const size = static_cast<std::int64_t>(fs::file_size(copy.path()));
    Meter meter{on_progress, size + std::max<std::int64_t>(log, 0)};
    {
        Packing packing(part.path(), manifest, meter);
        packing.add_file(kDatabaseFile, copy.path(), size);
        if (log >= 0) packing.add_file(kHeadsLogFile, folder / kHeadsLogFile, log);
        if (fs::is_regular_file(folder / kConfigFile))
            packing.add_file(kConfigFile, folder / kConfigFile,
                             static_cast<std::int64_t>(fs::file_size(folder / kConfigFile)));
        if (plan.passphrase) packing.add_text(kKeys, keys.wrapped(*plan.passphrase, plan.cost));
        add_attachments(packing, folder);
        packing.finish();
    }
    fs::rename(part.path(), plan.file);
    part.kept();
    sync_folder(fs::path(plan.file).parent_path());
    if (on_progress) on_progress(meter.of, meter.of);
    return manifest;
}

// ── putting it back ──────────────────────────────────────────────────────────────────────────────────────────

namespace {

std::unexpected<Refusal> damaged(std::string what) {
    return refuse("restore.damaged", "file", {{"what", std::move(what)}});
}

Result<std::string> whole_text(TarReader& tar, std::int64_t size) {
    if (size > (1 << 24)) return damaged("size");
    std::string text;
    for (;;) {
        Result<std::string_view> page = tar.read();
        if (!page) return damaged("end");
        if (page->empty()) return text;
        text += *page;
    }
}

Result<void> check_mark(TarReader& tar) {
    auto first = tar.next();
    if (!first || !*first || (*first)->name != kMark) return refuse("restore.not_a_backup", "file");
    BANYAN_TRY(std::string mark, whole_text(tar, (*first)->size));
    int format = 0;
    std::from_chars(mark.data(), mark.data() + mark.size(), format);
    if (format < 1) return refuse("restore.not_a_backup", "file");
    if (format > kBackupFormat) return refuse("restore.newer", "file", {{"format", std::to_string(format)}});
    return {};
}

Result<Manifest::File> unpack(TarReader& tar, TarReader::Entry const& entry, fs::path const& folder,
                              Meter& meter) {
    fs::path const to = folder / entry.name;
    fs::create_directories(to.parent_path());
    OpenFile out(to.string(), O_WRONLY | O_CREAT | O_EXCL);
    crypto::Sm3 sm3;
    for (;;) {
        Result<std::string_view> page = tar.read();
        if (!page) return damaged(entry.name);
        if (page->empty()) break;
        sm3.update(*page);
        out.write(*page);
        meter.add(page->size());
    }
    out.sync();
    return Manifest::File{entry.name, entry.size, crypto::hex(sm3.finish())};
}

/// Everything into `folder`, as the manifest at its end says.
Result<Manifest> unpack_all(TarReader& tar, fs::path const& folder, Meter& meter) {
    std::vector<Manifest::File> found;
    std::string text, sum;
    for (;;) {
        auto entry = tar.next();
        if (!entry) return damaged(entry.error().params.front().second);
        if (!*entry) break;
        std::string const& name = (*entry)->name;
        if (name == kManifest) {
            BANYAN_TRY(text, whole_text(tar, (*entry)->size));
        } else if (name == kManifestSum) {
            BANYAN_TRY(sum, whole_text(tar, (*entry)->size));
        } else {
            if (fs::exists(folder / name)) return damaged(name);
            BANYAN_TRY(Manifest::File file, unpack(tar, **entry, folder, meter));
            found.push_back(std::move(file));
        }
    }
    if (text.empty() || trim(sum) != crypto::hex(crypto::sm3(text))) return damaged(kManifest);
    std::optional<Manifest> manifest = manifest_from(text);
    if (!manifest) return damaged(kManifest);
    for (std::size_t i = 0; i < std::max(found.size(), manifest->files.size()); ++i) {
        if (i >= found.size()) return damaged(manifest->files[i].name);
        if (i >= manifest->files.size() || found[i] != manifest->files[i]) return damaged(found[i].name);
    }
    return *manifest;
}

bool holds_anything(fs::path const& folder) {
    return fs::exists(fs::symlink_status(folder)) && !(fs::is_directory(folder) && fs::is_empty(folder));
}

}  // namespace

Result<Manifest> restore(RestorePlan const& plan, OnProgress const& on_progress) {
    fs::path const folder = fs::absolute(fs::path(plan.folder) / "").parent_path();
    if (holds_anything(folder)) return refuse("restore.not_empty", "folder", {{"folder", folder.string()}});
    if (!fs::is_regular_file(plan.file)) return refuse("restore.no_file", "file", {{"file", plan.file}});
    TarReader tar(plan.file);
    BANYAN_CHECK(check_mark(tar));

    fs::create_directories(folder.parent_path());
    Unfinished made(folder.string() + ".restoring-" + to_hex(crypto::random_bytes(4)));
    fs::create_directory(made.path());
    fs::permissions(made.path(), fs::perms::owner_all);
    Meter meter{on_progress, static_cast<std::int64_t>(fs::file_size(plan.file))};
    BANYAN_TRY(Manifest manifest, unpack_all(tar, made.path(), meter));
    if (!fs::exists(made.path() / kDatabaseFile)) return damaged(kDatabaseFile);
    if (fs::path const wrapped = made.path() / kKeys; fs::exists(wrapped)) {
        if (!plan.passphrase) return refuse("restore.passphrase_needed", "passphrase");
        std::string room;
        OpenFile in(wrapped.string(), O_RDONLY);
        BANYAN_TRY(crypto::Keyring keys,
                   crypto::Keyring::unwrap(in.read(room, static_cast<std::size_t>(in.size())), *plan.passphrase,
                                           made.path() / kKeysFolder));
        (void)keys;
        fs::remove(wrapped);
    }
    for (fs::directory_entry const& entry : fs::recursive_directory_iterator(made.path()))
        if (entry.is_directory()) sync_folder(entry.path());
    sync_folder(made.path());
    fs::rename(made.path(), folder);  // also onto an empty folder, in one step
    made.kept();
    sync_folder(folder.parent_path());
    if (on_progress) on_progress(meter.of, meter.of);
    return manifest;
}

}  // namespace banyan
