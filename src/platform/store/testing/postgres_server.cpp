#include "platform/store/testing/postgres_server.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "base/testing.h"
#include "platform/store/postgres_connection.h"

namespace banyan::store::testing {
namespace {

struct Pipe {
    int ends[2];
    Pipe() {
        if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    }
};

std::string read_line(int from) {
    std::string line;
    for (char c = 0; ::read(from, &c, 1) == 1 && c != '\n';) line += c;
    return line;
}

std::string const& server_url() {
    static auto const url = [] {
        if (char const* const ready = std::getenv("BANYAN_TEST_POSTGRES"); ready && *ready)
            return std::string(ready);
        static PostgresServer const server;
        return server.url();
    }();
    return url;
}

struct FreeOptions {
    void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
using Options = std::unique_ptr<PQconninfoOption, FreeOptions>;

Options parse(std::string const& url) {
    Options options(PQconninfoParse(url.c_str(), nullptr));
    if (!options) throw std::runtime_error("not a url: " + url);
    return options;
}

std::string escaped(std::string_view text) {
    static constexpr char kDigits[] = "0123456789ABCDEF";
    std::string escaped;
    for (char const c : text) {
        if (std::isalnum(static_cast<unsigned char>(c)) || c == '/' || c == '-' || c == '_' || c == '.')
            escaped += c;
        else
            escaped += {'%', kDigits[(c >> 4) & 15], kDigits[c & 15]};
    }
    return escaped;
}

/// The same server, another database.
std::string with_database(std::string const& url, std::string const& name) {
    auto const options = parse(url);
    std::string result = "postgresql:///" + name;
    char separator = '?';
    for (auto const* option = options.get(); option->keyword; ++option) {
        if (!option->val || std::string_view(option->keyword) == "dbname") continue;
        result += separator + std::string(option->keyword) + "=" + escaped(option->val);
        separator = '&';
    }
    return result;
}

struct GivenBack {
    std::mutex mutex;
    std::vector<std::string> urls;
};
GivenBack& given_back() {
    static GivenBack databases;
    return databases;
}
std::string take_back() {
    std::scoped_lock const lock(given_back().mutex);
    if (given_back().urls.empty()) return {};
    auto url = std::move(given_back().urls.back());
    given_back().urls.pop_back();
    return url;
}

}  // namespace

PostgresServer::PostgresServer(std::vector<std::string> const& settings) {
    // The command is a shell that says its url and then waits for the end of its input.
    std::vector<std::string> words = {banyan::testing::source_file("src/platform/store/testing/with_postgres")};
    for (auto const& setting : settings) words.insert(words.end(), {"-o", setting});
    words.insert(words.end(), {"sh", "-c", "echo \"$BANYAN_TEST_POSTGRES\"; exec cat >/dev/null"});
    std::vector<char*> argv;
    for (auto& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);

    Pipe input, output;
    process_ = ::fork();
    if (process_ < 0) throw std::runtime_error("no process");
    if (process_ == 0) {
        ::setpgid(0, 0);  // Ctrl-C reaches it by the end of its input
        ::dup2(input.ends[0], 0);
        ::dup2(output.ends[1], 1);
        ::execv(argv[0], argv.data());
        ::_exit(127);
    }
    ::close(input.ends[0]);
    ::close(output.ends[1]);
    lifeline_ = input.ends[1];
    url_ = read_line(output.ends[0]);
    ::close(output.ends[0]);
    if (url_.empty()) throw std::runtime_error("no PostgreSQL for the tests: see above");
}

PostgresServer::~PostgresServer() {
    ::close(lifeline_);
    ::waitpid(process_, nullptr, 0);
}

// Making a database takes the server 100 ms and dropping it as long, emptying one 5: so they are used again.
std::string fresh_database() {
    static std::atomic<int> count = 0;
    if (auto used = take_back(); !used.empty()) return used;
    auto const name = "test_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
    run_on_postgres(server_url(), "CREATE DATABASE " + name);
    return with_database(server_url(), name);
}

void give_back_database(std::string const& url) {
    auto const connection = open_postgres_connection(url);
    run_postgres(connection.get(),
                 "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                 " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    run_postgres(connection.get(), "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    std::scoped_lock const lock(given_back().mutex);
    given_back().urls.push_back(url);
}

void run_on_postgres(std::string const& url, std::string const& sql) {
    run_postgres(open_postgres_connection(url).get(), sql);
}

}  // namespace banyan::store::testing
