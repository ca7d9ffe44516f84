#include "kernel/index/folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <stdexcept>
#include <vector>

namespace banyan::index {
namespace {

namespace fs = std::filesystem;

/// The number of a folder of ours; 0: not one.
std::uint64_t number_of(std::string_view name) {
    std::uint64_t number = 0;
    auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    return error == std::errc() && end == name.data() + name.size() ? number : 0;
}

std::vector<fs::path> numbered(fs::path const& path) {
    std::vector<fs::path> folders;
    for (auto const& entry : fs::directory_iterator(path))
        if (number_of(entry.path().filename().string()) != 0) folders.push_back(entry.path());
    return folders;
}

void sync_file(fs::path const& path) {
    int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    bool const synced = file >= 0 && ::fsync(file) == 0;
    if (file >= 0) ::close(file);
    if (!synced) throw std::runtime_error(path.string() + ": cannot be written to the disk");
}

int open_lock(fs::path const& path) {
    return ::open((path / "making").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
}

}  // namespace

Folder::Folder(fs::path path) : path_(std::move(path)) { fs::create_directories(path_); }

std::string Folder::current_name() const {
    std::string name;
    std::ifstream(path_ / "current") >> name;
    return number_of(name) != 0 ? name : "";
}

std::optional<fs::path> Folder::current() const {
    std::string const name = current_name();
    if (name.empty()) return std::nullopt;
    return path_ / name;
}

fs::path Folder::next() const {
    std::uint64_t last = number_of(current_name());
    for (fs::path const& folder : numbered(path_)) last = std::max(last, number_of(folder.filename().string()));
    return path_ / std::to_string(last + 1);
}

void Folder::use(fs::path const& which) const {
    fs::path const made = path_ / "current.new";
    {
        std::ofstream out(made, std::ios::trunc);
        out << which.filename().string() << '\n';
        if (!out.flush()) throw std::runtime_error(made.string() + ": cannot be written");
    }
    sync_file(made);
    fs::rename(made, path_ / "current");
    sync_file(path_);
}

bool Folder::being_made() const {
    int const lock = open_lock(path_);
    bool const free = lock >= 0 && ::flock(lock, LOCK_EX | LOCK_NB) == 0;
    if (lock >= 0) ::close(lock);
    return !free;
}

void Folder::remove_others(fs::path const& keep) const {
    if (keep.empty() && being_made()) return;
    std::string const in_use = current_name();
    for (fs::path const& folder : numbered(path_))
        if (folder.filename() != in_use && folder != keep) {
            std::error_code ignored;  // next time
            fs::remove_all(folder, ignored);
        }
}

Folder::Making::Making(Folder const& folder) : lock_(open_lock(folder.path())) {
    if (lock_ < 0) throw std::runtime_error((folder.path() / "making").string() + ": cannot be written");
    if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
        ::close(lock_);
        throw std::runtime_error(folder.path().string() + ": another program is making an index here");
    }
}

Folder::Making::~Making() { ::close(lock_); }

}  // namespace banyan::index
