#include "journey/program.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

#include "platform/store/testing/postgres_server.h"
#include "platform/store/testing/stores.h"

namespace banyan::journey {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

store::testing::TestFolder const& scratch() {
    static store::testing::TestFolder const kFolder;
    return kFolder;
}

std::string scratch_file() {
    static std::atomic<int> number{0};
    return scratch() / ("said-" + std::to_string(++number));
}

pid_t start(std::vector<std::string> const& words, std::string const& out, std::string const& err) {
    std::vector<char*> argv{const_cast<char*>("banyan")};
    for (std::string const& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    pid_t pid = ::fork();
    if (pid < 0) throw std::runtime_error("no process could be made");
    if (pid > 0) return pid;
    // Only what is allowed between fork and exec; the tests' own threads are not here.
    int to_out = ::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    int to_err = err == out ? to_out : ::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    int nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, 0);
    ::dup2(to_out, 1);
    ::dup2(to_err, 2);
    ::execv(BANYAN_BINARY, argv.data());
    ::_exit(127);
}

int status_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

}  // namespace

std::string program_path() { return BANYAN_BINARY; }

std::string text_of(std::string const& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(std::string const& file, std::string_view text) { std::ofstream(file, std::ios::binary) << text; }

Ended run(std::vector<std::string> const& words, int patience_s) {
    std::string out = scratch_file(), err = scratch_file();
    pid_t pid = start(words, out, err);
    auto until = Clock::now() + std::chrono::seconds(patience_s);
    int status = 0;
    while (::waitpid(pid, &status, WNOHANG) == 0) {
        if (Clock::now() > until) ::kill(pid, SIGKILL);
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return {status_of(status), text_of(out), text_of(err)};
}

Server::Server(std::string verb, std::string folder, std::vector<std::string> more) : out_(scratch_file()) {
    std::vector<std::string> words{std::move(verb), "--data", std::move(folder), "--listen", "127.0.0.1:0"};
    words.insert(words.end(), more.begin(), more.end());
    pid_ = start(words, out_, out_);
    auto until = Clock::now() + std::chrono::seconds(60);
    std::string_view const address = "http://127.0.0.1:";
    while (port_ == 0) {
        if (!runs() || Clock::now() > until) {
            kill();
            throw std::runtime_error("the server did not start: " + said());
        }
        std::string text = said();
        std::size_t at = text.find(address);
        if (at != std::string::npos && text.find('\n', at) != std::string::npos)
            port_ = static_cast<std::uint16_t>(std::stoi(text.substr(at + address.size())));
        else
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

Server::~Server() { kill(); }

std::string Server::said() const { return text_of(out_); }

bool Server::runs() {
    if (pid_ < 0) return false;
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) == 0) return true;
    pid_ = -1;
    return false;
}

int Server::wait() {
    int status = 0;
    if (pid_ < 0 || ::waitpid(pid_, &status, 0) != pid_) return -1;
    pid_ = -1;
    return status_of(status);
}

int Server::stop() {
    if (pid_ >= 0) ::kill(pid_, SIGTERM);
    return wait();
}

void Server::kill() {
    if (pid_ >= 0) ::kill(pid_, SIGKILL);
    wait();
}

std::string const& demo_folder() {
    static std::string const kFolder = [] {
        std::string folder = scratch() / "demo";
        Server seeded("demo", folder);
        if (int status = seeded.stop(); status != 0)
            throw std::runtime_error("the demo city did not stop cleanly: " + std::to_string(status) + "\n" +
                                     seeded.said());
        return folder;
    }();
    return kFolder;
}

void copy_demo(std::string const& into) {
    fs::copy(demo_folder(), into, fs::copy_options::recursive);
    fs::permissions(into, fs::perms::owner_all);
}

bool on_postgresql() {
    char const* const asked = std::getenv("BANYAN_TEST_ON");
    return asked != nullptr && std::string_view(asked) == "postgresql";
}

std::vector<std::string> moved(std::string const& folder) {
    if (!on_postgresql()) return {};
    std::string const url = store::testing::fresh_database();
    Ended const done = run({"migrate", "--from", folder, "--to", url});
    if (done.status != 0) throw std::runtime_error("the city did not move: " + done.out + done.err);
    for (char const* file : {"/banyan.db", "/banyan.db-wal", "/banyan.db-shm"})
        std::filesystem::remove(folder + file);
    return {"--db", url};
}

}  // namespace banyan::journey
