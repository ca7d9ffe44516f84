#include "past.h"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <condition_variable>

namespace banyan::bench {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostUnderWay = 6'000;  ///< the engine takes 10,000
constexpr std::size_t kShareUnderWay = 4;     ///< of the open ones at most: who is picked is left to chance

enum class Next { file, accept, dispatch, sign, reply, approve, call_back, confirm_end, over };

class Making {
  public:
    Making(Place const& place, Past const& past, Mouth& mouth)
        : past_(past), mouth_(mouth), until_(wall_clock()), now_(begin().us), city_(place, options()) {
        Directory const& directory = *city_.installed.rules->directory;
        for (std::size_t unit = 0; unit < kUnits; ++unit) units_.push_back(directory.unit(unit_code(unit)));
        for (Unit const& unit : directory.units())
            if (unit.group == "city" || unit.group == "company") others_.push_back(&unit);
        for (Person const& person : directory.people()) people_.try_emplace(person.role, &person);
        slots_.resize(past.open);
        for (std::size_t slot = past.open; slot > 0; --slot) unused_.push_back(slot - 1);
    }

    MadePast make() {
        auto const began = std::chrono::steady_clock::now();
        city_.engine->start();
        while (filed_ < past_.matters) {
            take_back(std::min(kMostUnderWay, past_.open / kShareUnderWay + 1));
            if (auto const slot = choose()) send(*slot);
        }
        take_back(1);
        city_.engine->stop();
        return {steps_, std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count()};
    }

  private:
    struct Slot {
        MatterId matter;
        Next next = Next::file;
        Unit const* unit = nullptr;
        bool unsatisfied = false;
    };

    Instant begin() const { return until_ - Span{past_.days * 24 * hours(1).us}; }
    EngineOptions options() {
        EngineOptions options;
        options.timers = options.checkpoints = false;
        options.now = [this] { return Instant{now_}; };
        return options;
    }
    /// An empty slot first, so that so many are open; then any that waits.
    std::optional<std::size_t> choose() {
        if (!unused_.empty() && filed_ < past_.matters) {
            std::size_t const slot = unused_.back();
            unused_.pop_back();
            return slot;
        }
        if (ready_.empty()) {
            take_back(under_way_);
            return std::nullopt;
        }
        std::swap(ready_[mouth_.number(ready_.size())], ready_.back());
        std::size_t const slot = ready_.back();
        ready_.pop_back();
        return slot;
    }

    Actor by(std::string_view role, Unit const* unit = nullptr) const {
        auto const person = people_.find(role);
        if (person == people_.end()) throw std::runtime_error(fmt::format("nobody is {}", role));
        UnitId const where = unit != nullptr ? unit->id : person->second->unit;
        return {unit != nullptr ? PersonId{} : person->second->id, std::string(role), where, {}, false};
    }

    void send(std::size_t number) {
        Slot& slot = slots_[number];
        Command command = command_of(slot);
        command.matter = slot.matter;
        Request request;
        request.what = std::move(command);
        request.done = [this, number](Answer&& answer) {
            std::lock_guard const lock(mutex_);
            if (!answer.ok() && failed_.empty()) failed_ = answer.refusal.key + " " + answer.refusal.field;
            answered_.emplace_back(number, answer.matter);
            came_.notify_one();
        };
        ++under_way_;
        if (!city_.engine->submit(std::move(request))) throw std::runtime_error("the queue is full");
    }

    Command command_of(Slot& slot) {
        Command command;
        auto step = [&](Actor actor, char const* name, json::object form) {
            command.actor = std::move(actor);
            command.step = name;
            command.form = std::move(form);
        };
        switch (slot.next) {
            case Next::file: {
                slot.unit =
                    mouth_.number(2) == 0 ? units_[mouth_.number(kUnits)] : others_[mouth_.number(others_.size())];
                slot.unsatisfied = mouth_.number(20) == 0;
                command.procedure = "appeal";
                now_ = (begin() + Span{static_cast<std::int64_t>(static_cast<double>((until_ - begin()).us) *
                                                                 static_cast<double>(filed_) /
                                                                 static_cast<double>(past_.matters))})
                           .us;
                ++filed_;
                step(by("seat"), "file", mouth_.appeal());
                break;
            }
            case Next::accept: {
                static constexpr char const* kKinds[] = {"complaint", "help", "consult", "suggestion", "help"};
                step(by("seat"), "accept", {{"kind", kKinds[mouth_.number(std::size(kKinds))]}});
                break;
            }
            case Next::dispatch:
                step(by("dispatcher"), "dispatch", {{"lead", slot.unit->code}});
                break;
            case Next::sign:
                step(by("unit_clerk", slot.unit), "sign", {});
                break;
            case Next::reply:
                step(by("unit_head", slot.unit), "reply",
                     {{"true_claim", true},
                      {"solved", true},
                      {"account", mouth_.words(4) + mouth_.words(6)},
                      {"public_reply", mouth_.words(4) + "\uFF0C" + mouth_.words(8) + "\u3002"},
                      {"why_late", mouth_.words(4)}});
                break;
            case Next::approve:
                step(by("reviewer"), "approve", {});
                break;
            case Next::call_back: {
                char const* rating = slot.unsatisfied ? "unsatisfied" : "satisfied";
                step(by("caller_back"), "call_back",
                     {{"way", "message"},
                      {"rating", rating},
                      {"outcome", slot.unsatisfied ? "not_solved_explained" : "solved"},
                      {"final", rating}});
                break;
            }
            case Next::confirm_end:
            case Next::over:
                step(by("supervision_officer"), "confirm_end",
                     {{"cause_of_end", "duty_done"}, {"reason", mouth_.words(4)}});
                break;
        }
        return command;
    }

    /// Waits until fewer than so many are under way, and notes what has been answered.
    void take_back(std::size_t most) {
        std::vector<std::pair<std::size_t, MatterId>> answered;
        {
            std::unique_lock lock(mutex_);
            came_.wait(lock, [&] { return under_way_ - answered_.size() < most || under_way_ == 0; });
            if (!failed_.empty()) throw std::runtime_error("a step was refused: " + failed_);
            answered.swap(answered_);
        }
        under_way_ -= answered.size();
        steps_ += answered.size();
        for (auto const& [number, matter] : answered) {
            Slot& slot = slots_[number];
            slot.matter = matter;
            slot.next = static_cast<Next>(static_cast<int>(slot.next) + 1);
            if (slot.next == Next::confirm_end && !slot.unsatisfied) slot.next = Next::over;
            if (slot.next != Next::over) {
                ready_.push_back(number);
                continue;
            }
            slot = {};
            unused_.push_back(number);
        }
    }

    Past const past_;
    Mouth& mouth_;
    Instant const until_;
    std::atomic<std::int64_t> now_;
    Opened city_;
    std::vector<Unit const*> units_, others_;
    std::map<std::string, Person const*, std::less<>> people_;
    std::vector<Slot> slots_;
    std::vector<std::size_t> unused_, ready_;
    std::size_t filed_ = 0, steps_ = 0, under_way_ = 0;
    std::mutex mutex_;
    std::condition_variable came_;
    std::vector<std::pair<std::size_t, MatterId>> answered_;  ///< heard of, not noted yet
    std::string failed_;
};

}  // namespace

MadePast make_past(Place const& place, Past const& past, Mouth& mouth) {
    return Making(place, past, mouth).make();
}

}  // namespace banyan::bench
