#include "platform/config/data_folder.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>

namespace banyan {

DataFolder::DataFolder(std::string path, Use use) : path_(std::move(path)) {
    namespace fs = std::filesystem;
    std::error_code error;
    if (!fs::exists(path_, error)) {
        if (use == Use::beside) throw std::runtime_error(fmt::format("{}: no such folder", path_));
        fs::create_directories(path_, error);
        if (error) throw std::runtime_error(fmt::format("{}: cannot be made: {}", path_, error.message()));
        fs::permissions(path_, fs::perms::owner_all, error);
    }
    if (!fs::is_directory(path_, error)) throw std::runtime_error(fmt::format("{}: is not a folder", path_));
    empty_before_ = true;
    for (auto const& entry : fs::directory_iterator(path_, error))
        if (entry.path().filename() != "lock" && entry.path().filename() != "banyan.toml") empty_before_ = false;
    if (error) throw std::runtime_error(fmt::format("{}: cannot be read: {}", path_, error.message()));
    if (use == Use::beside) return;
    lock_ = ::open(file("lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock_ < 0) throw std::runtime_error(fmt::format("{}: cannot be written: {}", path_, std::strerror(errno)));
    if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
        char holder[32] = {};
        ssize_t read = ::pread(lock_, holder, sizeof holder - 1, 0);
        ::close(lock_);
        lock_ = -1;
        throw std::runtime_error(fmt::format("{}: another banyan works on this folder (process {})", path_,
                                             read > 0 ? holder : "unknown"));
    }
    std::string self = std::to_string(::getpid());
    if (::ftruncate(lock_, 0) != 0 || ::pwrite(lock_, self.data(), self.size(), 0) < 0)
        throw std::runtime_error(fmt::format("{}: cannot be written: {}", path_, std::strerror(errno)));
}

DataFolder::~DataFolder() {
    if (lock_ >= 0) ::close(lock_);  // the file stays: who removes it races with who opens it
}

}  // namespace banyan
