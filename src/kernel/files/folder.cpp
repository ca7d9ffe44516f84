// Contents in a folder: attachments/ab/cdef…, written beside, synced, renamed, the folder synced.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "base/text.h"
#include "kernel/files/contents.h"
#include "platform/crypto/random.h"

namespace banyan::files {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(std::string const& what, int error) {
    using Kind = store::Error::Kind;
    Kind const kind = error == ENOSPC || error == EDQUOT                    ? Kind::full
                      : error == EROFS || error == EACCES || error == EPERM ? Kind::read_only
                                                                            : Kind::other;
    throw store::Error(kind, what + ": " + std::system_category().message(error));
}

class Descriptor {
  public:
    Descriptor(fs::path const& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {
        if (fd_ < 0) fail("attachments", errno);
    }
    ~Descriptor() { ::close(fd_); }
    Descriptor(Descriptor const&) = delete;
    void write(std::string_view bytes) const {
        while (!bytes.empty()) {
            ssize_t const written = ::write(fd_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) fail("attachments", errno);
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    void sync() const {
        if (::fsync(fd_) != 0) fail("attachments", errno);
    }

  private:
    int fd_;
};

void sync_folder(fs::path const& folder) { Descriptor(folder, O_RDONLY | O_DIRECTORY).sync(); }

class Folder final : public Contents {
  public:
    explicit Folder(fs::path root) : root_(std::move(root)) {}

    void put(Sealed const& sealed, Instant) override {
        fs::path const folder = root_ / sealed.address.substr(0, 2);
        make(root_);
        make(folder);
        fs::path const file = path_of(sealed.address);
        fs::path const beside = folder / ("new-" + to_hex(crypto::random_bytes(8)));
        try {
            {
                Descriptor const out(beside, O_WRONLY | O_CREAT | O_EXCL);
                out.write(sealed.bytes);
                out.sync();
            }
            if (::rename(beside.c_str(), file.c_str()) != 0) fail("attachments", errno);
        } catch (store::Error const&) {
            ::unlink(beside.c_str());
            throw;
        }
        sync_folder(folder);
    }

    std::optional<std::string> get(store::Session&, std::string_view address) override {
        std::ifstream in(path_of(address), std::ios::binary);
        if (!in) return std::nullopt;
        std::string bytes{std::istreambuf_iterator<char>(in), {}};
        if (in.bad()) throw store::Error(store::Error::Kind::other, "attachments: a file cannot be read");
        return bytes;
    }

    void remove(std::string_view address) override {
        std::error_code none;
        fs::remove(path_of(address), none);
    }

    /// Also what a broken-off write left: it is taken away on the way.
    std::vector<std::string> older(Instant then, std::string_view after) override {
        std::vector<std::string> found;
        std::vector<fs::path> folders;
        if (!fs::exists(root_)) return found;
        for (auto const& entry : fs::directory_iterator(root_))
            if (entry.is_directory()) folders.push_back(entry.path());
        std::ranges::sort(folders);
        for (fs::path const& folder : folders) {
            std::string const begin = folder.filename().string();
            if (begin < after.substr(0, 2)) continue;
            for (auto const& entry : fs::directory_iterator(folder)) look_at(entry, begin, then, found);
            if (found.size() > 5000) break;  // whole folders, so that `after` is enough to go on from
        }
        std::ranges::sort(found);
        std::erase_if(found, [&](std::string const& address) { return address <= after; });
        return found;
    }

  private:
    static void look_at(fs::directory_entry const& entry, std::string const& begin, Instant then,
                        std::vector<std::string>& found) {
        struct stat about{};
        if (::stat(entry.path().c_str(), &about) != 0 || !S_ISREG(about.st_mode)) return;
        if (Instant{std::int64_t{about.st_mtim.tv_sec} * 1'000'000} >= then) return;
        std::string const name = entry.path().filename().string();
        if (std::string address = begin + name; is_address(address))
            found.push_back(std::move(address));
        else if (name.starts_with("new-"))
            ::unlink(entry.path().c_str());
    }

    fs::path path_of(std::string_view address) const { return root_ / address.substr(0, 2) / address.substr(2); }

    static void make(fs::path const& folder) {
        if (::mkdir(folder.c_str(), 0700) == 0)
            sync_folder(folder.has_parent_path() ? folder.parent_path() : ".");
        else if (errno != EEXIST)
            fail("attachments", errno);
    }

    fs::path root_;
};

}  // namespace

std::unique_ptr<Contents> contents_in_folder(std::string folder) {
    return std::make_unique<Folder>(std::move(folder));
}

}  // namespace banyan::files
