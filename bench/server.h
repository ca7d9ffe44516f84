// bench/server.h: the real program, `banyan serve`, as a child process.
#pragma once
#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "main/app.h"

namespace banyan::bench {

/// `name` in the folder above this program's (build/release/bench/year → build/release/banyan).
std::string sibling_program(std::string const& name);

class Server {
  public:
    /// Starts it on a free port of loopback and waits until it serves. Throws with what it said.
    explicit Server(Place const& place);
    ~Server();  ///< as stop()
    Server(Server const&) = delete;

    pid_t pid() const { return pid_; }
    std::uint16_t port() const { return port_; }
    /// SIGTERM, and waits until it has drained. Throws when it did not end with 0.
    void stop();

  private:
    pid_t pid_ = -1;
    int output_ = -1;
    std::uint16_t port_ = 0;
};

/// Runs `banyan verify` on what was written, its words to standard error; true when everything fits.
bool verified(Place const& place);

}  // namespace banyan::bench
