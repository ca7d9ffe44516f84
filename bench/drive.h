// bench/drive.h: a running server, and a load driven through it while costs are counted.
#pragma once
#include <optional>
#include <vector>

#include "connections.h"
#include "figures.h"
#include "server.h"
#include "work.h"

namespace banyan::bench {

struct Measured {
    std::size_t steps = 0, filed = 0, requests = 0;
    double seconds = 0, server_cpu_us = 0, client_cpu_us = 0, written_kb = 0;
    std::optional<double> postgres_cpu_us;
    double batches = 0;  ///< transactions of the server's writer
    Times latencies;
};

/// Tokens of logins(), each signed in over HTTP.
std::vector<std::string> sign_in_all(std::uint16_t port);

class Drive {
  public:
    /// `servers`: nodes of one city, each gets its part of the connections; whoever asks has signed in at the
    /// first. `postgres`: null when there is none.
    Drive(std::vector<Server*> servers, Load load, PostgresCost const* postgres);
    Drive(Server& server, Load load, PostgresCost const* postgres) : Drive(std::vector{&server}, load, postgres) {}
    /// Takes so many steps; throws for any answer but success.
    Measured take(std::size_t steps);
    Work const& work() const { return work_; }

  private:
    double batches() const;
    double cpu_us() const;
    double written_kb() const;

    std::vector<Server*> servers_;
    PostgresCost const* postgres_;
    Work work_;
    Connections connections_;
};

}  // namespace banyan::bench
