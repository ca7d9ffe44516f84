#include "kernel/engine/pace.h"

#include <ctime>
#include <utility>

namespace banyan {
namespace {

constexpr int kRest = 49;

std::chrono::nanoseconds cpu_of_thread() {
    timespec used{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

}  // namespace

std::chrono::milliseconds Pace::earned() {
    std::chrono::nanoseconds const now = cpu_of_thread();
    return std::chrono::duration_cast<std::chrono::milliseconds>((now - std::exchange(used_, now)) * kRest);
}

}  // namespace banyan
