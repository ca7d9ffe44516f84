#include "platform/store/readers.h"

#include "base/thread.h"

#include <utility>

namespace banyan::store {

Readers::Readers(Store& store, ReadersOptions options) : store_(store), options_(options) {
    std::vector<std::unique_ptr<Session>> sessions;
    for (int n = 0; n < options_.threads; ++n) sessions.push_back(store_.open_reader());
    for (auto& session : sessions)
        threads_.emplace_back([this, mine = std::move(session)]() mutable {
            name_thread("reader");
            serve(std::move(mine));
        });
}

Readers::~Readers() { drain(); }

bool Readers::submit(Job job, OnFailure failed) {
    {
        std::scoped_lock const lock(mutex_);
        if (draining_ || std::cmp_greater_equal(tasks_.size(), options_.most_waiting)) return false;
        tasks_.push_back({std::move(job), std::move(failed)});
    }
    changed_.notify_one();
    return true;
}

void Readers::drain() {
    {
        std::scoped_lock const lock(mutex_);
        draining_ = true;
    }
    changed_.notify_all();
    for (auto& thread : threads_)
        if (thread.joinable()) thread.join();
}

int Readers::waiting() const {
    std::scoped_lock const lock(mutex_);
    return static_cast<int>(tasks_.size());
}

int Readers::working() const {
    std::scoped_lock const lock(mutex_);
    return working_;
}

void Readers::serve(std::unique_ptr<Session> session) {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return draining_ || !tasks_.empty(); });
        if (tasks_.empty()) return;
        {
            auto const task = std::move(tasks_.front());
            tasks_.pop_front();
            ++working_;
            lock.unlock();
            perform(session, task);
        }  // what the job holds is let go before the lock is taken
        lock.lock();
        --working_;
    }
}

void Readers::begin(std::unique_ptr<Session>& session) {
    auto const attempt = [&] {
        if (!session) session = store_.open_reader();
        session->limit_time(options_.limit_ms);
        session->begin_read();
    };
    bool const may_be_stale = session != nullptr;
    try {
        attempt();
    } catch (Error const& error) {
        if (error.kind() != Error::Kind::connection) throw;
        session.reset();
        if (!may_be_stale) throw;
        attempt();  // the server was started again meanwhile
    }
}

/// The edge of a query: whatever is thrown ends here.
void Readers::perform(std::unique_ptr<Session>& session, Task const& task) {
    try {
        begin(session);
        task.job(*session);
    } catch (std::exception const& error) {
        if (task.failed) task.failed(error);
    }
    // Here it shows whether the session still works, also when the job has kept its own error to itself.
    if (!session) return;
    try {
        session->commit();
    } catch (Error const& error) {
        session->rollback();
        if (error.kind() == Error::Kind::connection) session.reset();
    }
}

}  // namespace banyan::store
