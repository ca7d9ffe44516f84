#include "figures.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace banyan::bench {
namespace {

struct Stat {
    std::string name;
    pid_t parent = 0;
    long own_ticks = 0, children_ticks = 0;  ///< children: those that have ended
};

std::optional<Stat> stat_of(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/stat");
    std::string line;
    if (!std::getline(file, line)) return std::nullopt;
    std::size_t open = line.find('('), close = line.rfind(')');  // a name may hold anything
    Stat stat{line.substr(open + 1, close - open - 1)};
    std::istringstream rest(line.substr(close + 2));
    std::string skipped;
    long user = 0, system = 0, children_user = 0, children_system = 0;
    rest >> skipped >> stat.parent;
    for (int i = 0; i < 9; ++i) rest >> skipped;
    rest >> user >> system >> children_user >> children_system;
    stat.own_ticks = user + system;
    stat.children_ticks = children_user + children_system;
    return stat;
}

double us_of(long ticks) { return static_cast<double>(ticks) * 1e6 / static_cast<double>(::sysconf(_SC_CLK_TCK)); }

}  // namespace

std::optional<double> cpu_us(pid_t process) {
    auto stat = stat_of(process);
    return stat ? std::optional(us_of(stat->own_ticks)) : std::nullopt;
}

double own_cpu_us() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    auto us = [](timeval const& time) {
        return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
    };
    return us(used.ru_utime) + us(used.ru_stime);
}

ThreadTimes::ThreadTimes(pid_t process, std::string_view name) {
    for (auto const& task : std::filesystem::directory_iterator("/proc/" + std::to_string(process) + "/task")) {
        std::ifstream file(task.path() / "comm");
        std::string own;
        std::getline(file, own);
        if (own == name) files_.push_back(task.path() / "schedstat");
    }
}

double ThreadTimes::cpu_us() const {
    double ns = 0;
    for (std::string const& file : files_) {
        double own = 0;
        std::ifstream(file) >> own;
        ns += own;
    }
    return ns / 1e3;
}

double rss_mb(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/statm");
    long total = 0, resident = 0;
    file >> total >> resident;
    return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

double written_kb(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/io");
    for (std::string name, value; file >> name >> value;)
        if (name == "wchar:") return std::stod(value) / 1e3;
    return 0;
}

PostgresCost::PostgresCost(pid_t backend) {
    auto stat = stat_of(backend);
    if (stat && stat->name == "postgres") first_ = stat->parent;  // otherwise it is on another machine
}

std::optional<double> PostgresCost::cpu_us() const {
    auto first = first_ != 0 ? stat_of(first_) : std::nullopt;
    if (!first) return std::nullopt;
    long ticks = first->own_ticks + first->children_ticks;
    for (auto const& entry : std::filesystem::directory_iterator("/proc")) {
        std::string name = entry.path().filename();
        if (name.find_first_not_of("0123456789") != std::string::npos) continue;
        auto stat = stat_of(std::stoi(name));
        if (stat && stat->parent == first_) ticks += stat->own_ticks;
    }
    return us_of(ticks);
}

double Times::ms(double percentile) {
    if (us_.empty()) return 0;
    if (!sorted_) std::ranges::sort(us_);
    sorted_ = true;
    auto rank = static_cast<std::size_t>(std::ceil(percentile / 100 * static_cast<double>(us_.size())));
    return us_[std::clamp<std::size_t>(rank, 1, us_.size()) - 1] / 1e3;
}

}  // namespace banyan::bench
