// journey/program.h: the real program as a child process: one verb to its end, or a server until it is stopped or
// killed.
#pragma once
#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace banyan::journey {

struct Ended {
    int status = -1;  ///< exit status; 128 + n: ended by signal n
    std::string out, err;
};
/// `banyan` with these words, until it ends; killed after `patience_s`.
Ended run(std::vector<std::string> const& words, int patience_s = 120);

std::string program_path();

/// A server on a free port of loopback.
class Server {
  public:
    /// `verb`: serve or demo. Throws with what the program said when it is not ready within a minute.
    Server(std::string verb, std::string folder, std::vector<std::string> more = {});
    ~Server();
    Server(Server const&) = delete;

    std::uint16_t port() const { return port_; }
    pid_t pid() const { return pid_; }
    int stop();  ///< SIGTERM and wait: its exit status
    void kill();
    bool runs();  ///< neither ended nor crashed
    std::string said() const;

  private:
    int wait();
    std::string out_;  ///< file of what it says
    pid_t pid_ = -1;
    std::uint16_t port_ = 0;
};

std::string text_of(std::string const& file);
void write_file(std::string const& file, std::string_view text);
/// A seeded demo city, made once in this process; not served.
std::string const& demo_folder();
/// Its own copy to play with.
void copy_demo(std::string const& into);

/// Whether these tests run on PostgreSQL (BANYAN_TEST_ON=postgresql).
bool on_postgresql();
/// What the program is told besides the folder: nothing; on PostgreSQL the city of the folder moves there first.
std::vector<std::string> moved(std::string const& folder);

}  // namespace banyan::journey
