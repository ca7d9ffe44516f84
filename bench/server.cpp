#include "server.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>

namespace banyan::bench {
namespace {

/// Forks and executes; the child's standard output goes to `output`.
pid_t start(std::vector<std::string> words, int output) {
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t const child = ::fork();
    if (child < 0) throw std::runtime_error("no process");
    if (child == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);  // it does not outlive a measurement that is broken off
        ::dup2(output, STDOUT_FILENO);
        ::execv(arguments[0], arguments.data());
        ::_exit(127);
    }
    return child;
}

int wait_for(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string first_line(int from) {
    std::string line;
    for (char c = 0; ::read(from, &c, 1) == 1 && c != '\n';) line += c;
    return line;
}

}  // namespace

std::string sibling_program(std::string const& name) {
    auto own = std::filesystem::read_symlink("/proc/self/exe");
    return (own.parent_path().parent_path() / name).string();
}

Server::Server(Place const& place) {
    std::string log = place.data + "/bench.log";
    std::vector<std::string> words{sibling_program("banyan"),
                                   "serve",
                                   "--data",
                                   place.data,
                                   "--listen",
                                   "127.0.0.1:0",
                                   "--access-log",
                                   "false",
                                   "--log-file",
                                   log};
    if (!place.db.empty()) words.insert(words.end(), {"--db", place.db});
    if (place.unsafe) words.emplace_back("--unsafe");
    int pipe[2];
    if (::pipe2(pipe, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    pid_ = start(words, pipe[1]);
    ::close(pipe[1]);
    output_ = pipe[0];
    std::string line = first_line(output_);  // "Serving at http://127.0.0.1:PORT"
    std::size_t colon = line.rfind(':');
    if (colon != std::string::npos) port_ = static_cast<std::uint16_t>(std::atoi(line.c_str() + colon + 1));
    if (port_ == 0) throw std::runtime_error(words[0] + " does not serve; see " + log);
}

Server::~Server() {
    try {
        stop();
    } catch (std::exception const&) {  // whoever wants to know has asked before
    }
}

void Server::stop() {
    if (pid_ < 0) return;
    ::kill(pid_, SIGTERM);
    int status = wait_for(std::exchange(pid_, -1));
    ::close(output_);
    if (status != 0) throw std::runtime_error("the server ended with status " + std::to_string(status));
}

bool verified(Place const& place) {
    std::vector<std::string> words{sibling_program("banyan"), "verify", "--data", place.data};
    if (!place.db.empty()) words.insert(words.end(), {"--db", place.db});
    return wait_for(start(words, STDERR_FILENO)) == 0;
}

}  // namespace banyan::bench
