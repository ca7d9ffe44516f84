// bench/figures.h: what processes cost, and what is made of many times.
#pragma once
#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace banyan::bench {

/// User and system time of a process so far, of all its threads; nullopt when it cannot be read.
std::optional<double> cpu_us(pid_t process);
double own_cpu_us();
double rss_mb(pid_t process);
/// What a process has written to files so far, in KB; 0 when it cannot be read. Steadier than any time.
double written_kb(pid_t process);

/// User and system time of a PostgreSQL server on this machine: its first process and all that it started.
class PostgresCost {
  public:
    /// `backend`: pg_backend_pid() of a connection that is still open.
    explicit PostgresCost(pid_t backend);
    std::optional<double> cpu_us() const;

  private:
    pid_t first_ = 0;
};

/// Latencies; a percentile is the nearest rank.
/// The threads of a process that have this name, and the time they were on a core: what they did since, however
/// many others waited for it.
class ThreadTimes {
  public:
    ThreadTimes(pid_t process, std::string_view name);
    double cpu_us() const;

  private:
    std::vector<std::string> files_;
};

class Times {
  public:
    void add(double us) { us_.push_back(static_cast<std::uint32_t>(us)); }
    double ms(double percentile);  ///< 0 when there are none
    std::size_t count() const { return us_.size(); }

  private:
    std::vector<std::uint32_t> us_;
    bool sorted_ = false;
};

}  // namespace banyan::bench
