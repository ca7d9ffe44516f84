#include "systems/rulebooks/checking.h"

#include <algorithm>
#include <chrono>

#include "base/thread.h"
#include "platform/crypto/digest.h"

namespace banyan::rulebooks {
namespace {

std::set<std::string> keys_of(Texts const& texts, Language language) {
    std::set<std::string> keys;
    for (auto const& [key, text] : texts.all(language)) keys.insert(key);
    return keys;
}

}  // namespace

std::string hash_of(std::string_view text) { return crypto::hex(crypto::sm3(text)); }

std::string_view name(Check::State state) {
    constexpr std::string_view kNames[] = {"waiting", "walking", "done", "stopped"};
    return kNames[static_cast<std::size_t>(state)];
}

Checking::Checking(Texts const& texts, std::function<void()> rest)
    : zh_(keys_of(texts, Language::zh)), en_(keys_of(texts, Language::en)), rest_(std::move(rest)) {}

Checking::~Checking() { stop(); }

void Checking::start() {
    thread_ = named_thread("checker", [this] {
        give_way();
        run();
    });
}

void Checking::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    ready_.notify_all();
    if (thread_.joinable()) thread_.join();
}

Check* Checking::found(std::string_view hash) {
    auto const at = std::ranges::find(checks_, hash, &Check::hash);
    return at == checks_.end() ? nullptr : &*at;
}

/// Room for one more: the oldest goes that nobody waits for.
void Checking::forget_old() {
    while (checks_.size() >= kMostKept) {
        auto const oldest = std::ranges::find_if(checks_, [](Check const& check) {
            return check.state == Check::State::done || check.state == Check::State::stopped;
        });
        if (oldest == checks_.end()) return;
        checks_.erase(oldest);
    }
}

Result<Check> Checking::ask(Whole whole) {
    std::string hash = hash_of(whole.text);
    std::lock_guard lock(mutex_);
    if (Check* known = found(hash); known != nullptr && known->state != Check::State::stopped) {
        // Written otherwise, the same whole: what is taken into force is said as it was asked last.
        known->whole = std::make_shared<Whole const>(std::move(whole));
        return *known;
    }
    if (waiting_.size() >= kMostWaiting) return refuse("rulebook.too_many");
    std::erase_if(checks_, [&](Check const& check) { return check.hash == hash; });
    forget_old();
    Check& check = checks_.emplace_back();
    check.hash = hash;
    check.whole = std::make_shared<Whole const>(std::move(whole));
    waiting_.push_back(std::move(hash));
    ready_.notify_all();
    return check;
}

std::optional<Check> Checking::find(std::string_view hash) const {
    std::lock_guard lock(mutex_);
    auto const at = std::ranges::find(checks_, hash, &Check::hash);
    return at == checks_.end() ? std::nullopt : std::optional(*at);
}

std::optional<Check> Checking::cancel(std::string_view hash) {
    std::lock_guard lock(mutex_);
    Check* known = found(hash);
    if (known == nullptr) return std::nullopt;
    if (known->state != Check::State::done) known->state = Check::State::stopped;
    std::erase(waiting_, known->hash);
    return *known;
}

void Checking::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        ready_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        if (stopping_) return;
        std::string const hash = std::move(waiting_.front());
        waiting_.pop_front();
        if (Check* next = found(hash); next != nullptr && next->state == Check::State::waiting) walk(*next, lock);
    }
}

/// REQUIRES: locked; it is unlocked while it walks. A check that is walked stays in the list: only those that are
/// done or stopped go, and a stopped one goes only when it is asked for again.
void Checking::walk(Check& check, std::unique_lock<std::mutex>& lock) {
    check.state = Check::State::walking;
    std::string const hash = check.hash;
    auto const whole = check.whole;
    auto const began = std::chrono::steady_clock::now();
    lock.unlock();
    Report report = banyan::check(*whole->procedure, zh_, en_, 3, [&](std::size_t states, int unusual) {
        if (rest_) rest_();
        std::lock_guard telling(mutex_);
        Check* told = found(hash);
        if (stopping_ || told == nullptr || told->state != Check::State::walking) return false;
        told->states = states;
        told->unusual = unusual;
        return true;
    });
    lock.lock();
    Check* walked = found(hash);
    if (walked == nullptr || walked->state != Check::State::walking) return;
    walked->state = report.stopped ? Check::State::stopped : Check::State::done;
    walked->states = report.states;
    walked->unusual = report.unusual;
    walked->report = std::move(report);
    walked->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

}  // namespace banyan::rulebooks
