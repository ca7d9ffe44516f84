// The verb `clean`, and the server's way to call it.
#include <fcntl.h>
#include <fmt/core.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <thread>

#include "main/files.h"
#include "main/verbs.h"

namespace banyan {
namespace {

constexpr int kRefused = 3;  ///< exit status: the key, a space and `why` are what was written
constexpr std::chrono::seconds kPatience{30};
constexpr rlim_t kMemory = 768U << 20, kWritten = 256U << 20, kSeconds = 20;

/// A file in memory.
class Buffer {
  public:
    Buffer() : fd_(::memfd_create("banyan-clean", MFD_CLOEXEC)) {
        if (fd_ < 0) throw std::runtime_error("clean: no room for a file in memory");
    }
    ~Buffer() { ::close(fd_); }
    Buffer(Buffer const&) = delete;
    int fd() const { return fd_; }

    void fill(std::string_view bytes) const {
        while (!bytes.empty()) {
            ssize_t const n = ::write(fd_, bytes.data(), bytes.size());
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) throw std::runtime_error("clean: " + std::system_category().message(errno));
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
        ::lseek(fd_, 0, SEEK_SET);
    }
    std::string content() const {
        struct stat about{};
        if (::fstat(fd_, &about) != 0) return {};
        std::string all(static_cast<std::size_t>(about.st_size), '\0');
        std::size_t have = 0;
        while (have < all.size()) {
            ssize_t const n = ::pread(fd_, all.data() + have, all.size() - have, static_cast<off_t>(have));
            if (n <= 0) break;
            have += static_cast<std::size_t>(n);
        }
        all.resize(have);
        return all;
    }

  private:
    int fd_;
};

/// Its exit status; -1: it crashed or was too slow.
int wait_for(pid_t child) {
    auto const until = std::chrono::steady_clock::now() + kPatience;
    for (;;) {
        int status = 0;
        pid_t const ended = ::waitpid(child, &status, WNOHANG);
        if (ended == child) return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        if (ended < 0 && errno != EINTR) return -1;
        if (std::chrono::steady_clock::now() > until) {
            ::kill(child, SIGKILL);
            ::waitpid(child, &status, 0);
            return -1;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

pid_t start_clean(Buffer const& in, Buffer const& out) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in.fd(), 0);
    posix_spawn_file_actions_adddup2(&actions, out.fd(), 1);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);  // no socket, no lock, no database
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    std::array<std::string, 4> words{"banyan", "clean", "-", "--for-server"};
    std::array<char*, 5> argv{words[0].data(), words[1].data(), words[2].data(), words[3].data(), nullptr};
    std::array<char*, 1> environment{nullptr};
    pid_t child = -1;
    int const failed =
        ::posix_spawn(&child, "/proc/self/exe", &actions, &attributes, argv.data(), environment.data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) throw std::runtime_error("clean: " + std::system_category().message(failed));
    return child;
}

void limit(int which, rlim_t most) {
    rlimit const both{most, most};
    if (::setrlimit(static_cast<__rlimit_resource_t>(which), &both) != 0)
        throw std::runtime_error("clean: " + std::system_category().message(errno));
}

void limit_all() {
    limit(RLIMIT_CPU, kSeconds);
    limit(RLIMIT_DATA, kMemory);
    limit(RLIMIT_CORE, 0);  // what a stranger sent is nowhere else on the disk
    limit(RLIMIT_NOFILE, 16);
    limit(RLIMIT_FSIZE, kWritten);
}

int clean_for_server() {
    std::string const bytes = read_file("/dev/stdin");
    Result<media::Clean> const made = media::clean(bytes);
    std::string const said =
        made ? made->bytes
             : made.error().key + (made.error().params.empty() ? "" : " " + made.error().params.front().second);
    bool const written =
        std::fwrite(said.data(), 1, said.size(), stdout) == said.size() && std::fflush(stdout) == 0;
    if (!written) return 1;
    return made ? 0 : kRefused;
}

}  // namespace

Result<media::Clean> clean_elsewhere(std::string_view bytes) {
    Buffer in, out;
    in.fill(bytes);
    int const status = wait_for(start_clean(in, out));
    std::string said = out.content();
    if (status == 0) return media::Clean{std::string(media::type_of(bytes)), std::move(said)};
    std::size_t const space = said.find(' ');
    std::string const key = status == kRefused ? said.substr(0, space) : "file.broken";
    std::string const why = status == kRefused && space != std::string::npos ? said.substr(space + 1) : "limit";
    return refuse(key, {},
                  key == "file.broken" ? decltype(Refusal::params){{"why", why}} : decltype(Refusal::params){});
}

Verb clean_verb() {
    return {
        "clean",
        "write what would be kept of a file that is sent in: without EXIF, positions, names; with little memory "
        "and time",
        {{.name = "<file>", .about = "`-`: standard input", .required = true},
         {.name = "for-server", .about = "as the server calls it: a refusal is written as its key", .flag = true}},
        [](Given const& given) {
            limit_all();
            if (given.contains("for-server") && given.at("for-server") == "true") return clean_for_server();
            std::string const& file = given.at("file");
            Result<media::Clean> const made = media::clean(read_file(file == "-" ? "/dev/stdin" : file));
            if (!made) return say_refused(made.error());
            return std::fwrite(made->bytes.data(), 1, made->bytes.size(), stdout) == made->bytes.size() ? 0 : 1;
        }};
}

}  // namespace banyan
