#include "platform/crypto/key_folder.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace banyan::crypto {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kLongest = 64 * 1024;  ///< bytes; a key file has a few hundred

[[noreturn]] void failed(char const* what, fs::path const& path) {
    throw KeyError(fmt::format("{} {}: {}", path.string(), what, std::strerror(errno)));
}

class File {
  public:
    File(fs::path const& path, int flags, mode_t mode = 0)
        : path_(path), fd_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {
        if (fd_ < 0) failed("cannot be opened", path_);
    }
    ~File() { ::close(fd_); }
    File(File const&) = delete;
    File& operator=(File const&) = delete;

    void must_be_private() const {
        struct stat about{};
        if (::fstat(fd_, &about) != 0) failed("cannot be examined", path_);
        if ((about.st_mode & 077) != 0)
            throw KeyError(fmt::format("{} may be read or written by others: run chmod {} {}", path_.string(),
                                       S_ISDIR(about.st_mode) ? "700" : "600", path_.string()));
    }
    Secret read_all() const {
        std::string text(kLongest, '\0');
        std::size_t size = 0;
        while (size < text.size()) {
            ssize_t got = ::read(fd_, text.data() + size, text.size() - size);
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) failed("cannot be read", path_);
            if (got == 0) break;
            size += static_cast<std::size_t>(got);
        }
        if (size == text.size()) throw KeyError(fmt::format("{} is too long for a key", path_.string()));
        Secret all{text.substr(0, size)};
        Secret wiped{std::move(text)};
        return all;
    }
    void write_all(std::string_view text) const {
        while (!text.empty()) {
            ssize_t put = ::write(fd_, text.data(), text.size());
            if (put < 0 && errno == EINTR) continue;
            if (put < 0) failed("cannot be written", path_);
            text.remove_prefix(static_cast<std::size_t>(put));
        }
    }
    void sync() const {
        if (::fsync(fd_) != 0) failed("cannot be written to the disk", path_);
    }

  private:
    fs::path path_;
    int fd_;
};

void sync_folder(fs::path const& folder) { File(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY).sync(); }

void write_file(fs::path const& path, Secret const& text) {
    File file(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    file.write_all(text.view());
    file.sync();
}

void rename_to(fs::path const& from, fs::path const& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) failed("cannot be put in place", to);
    sync_folder(to.parent_path());
}

}  // namespace

KeyFiles read_key_files(fs::path const& folder) {
    File(folder, O_RDONLY | O_DIRECTORY).must_be_private();
    KeyFiles files;
    for (auto const& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() != ".key") continue;
        File file(entry.path(), O_RDONLY);
        file.must_be_private();
        files.emplace(entry.path().filename().string(), file.read_all());
    }
    return files;
}

void write_key_folder(fs::path const& folder, KeyFiles const& files) {
    fs::path target = folder.has_filename() ? folder : folder.parent_path();  // "keys/" is "keys"
    fs::path unfinished = target;
    unfinished += ".new";
    fs::remove_all(unfinished);  // of an attempt that was cut short: no keys that were ever used
    if (::mkdir(unfinished.c_str(), 0700) != 0) failed("cannot be made", unfinished);
    for (auto const& [name, text] : files) write_file(unfinished / name, text);
    sync_folder(unfinished);
    rename_to(unfinished, target);  // onto nothing or an empty folder; anything else is refused by the system
}

void add_key_file(fs::path const& folder, std::string const& name, Secret const& text) {
    fs::path unfinished = folder / (name + ".new");
    if (fs::exists(folder / name)) throw KeyError(fmt::format("{} is there already", (folder / name).string()));
    write_file(unfinished, text);
    rename_to(unfinished, folder / name);
}

}  // namespace banyan::crypto
