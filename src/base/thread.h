// base/thread.h: threads with names, as top -H and perf show them.
#pragma once
#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>

#include <thread>
#include <utility>

namespace banyan {

/// `name`: at most 15 characters.
inline void name_thread(char const* name) { pthread_setname_np(pthread_self(), name); }

/// The thread that calls it gets little while others want to run, and never takes the core from one. (Not
/// SCHED_IDLE: on a machine where all cores are busy such a thread stands still, and whoever waits for it with
/// it.) On Linux both are a thread's.
inline void give_way() {
    sched_param const none{};
    sched_setscheduler(0, SCHED_BATCH, &none);
    setpriority(PRIO_PROCESS, 0, 19);
}

template <class Run>
std::thread named_thread(char const* name, Run run) {
    return std::thread([name, run = std::move(run)] {
        name_thread(name);
        run();
    });
}

}  // namespace banyan
