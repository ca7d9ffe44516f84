// base/thread.h: threads with names, as top -H and perf show them.
#pragma once
#include <pthread.h>
#include <sys/resource.h>

#include <thread>
#include <utility>

namespace banyan {

/// `name`: at most 15 characters.
inline void name_thread(char const* name) { pthread_setname_np(pthread_self(), name); }

/// The thread that calls it gets what no other wants. (On Linux niceness is a thread's.)
inline void give_way() { setpriority(PRIO_PROCESS, 0, 19); }

template <class Run>
std::thread named_thread(char const* name, Run run) {
    return std::thread([name, run = std::move(run)] {
        name_thread(name);
        run();
    });
}

}  // namespace banyan
