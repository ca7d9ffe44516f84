// rules: what the rules of appeal.toml cost. The seven steps of a year are decided and applied in memory, as the
// writer does, with the whole rulebook and again with one rule less; in turn, so that all see the same machine.
#include <fmt/core.h>

#include <algorithm>
#include <ctime>
#include <functional>
#include <set>

#include "arguments.h"
#include "base/embedded.h"
#include "kernel/matter/command.h"
#include "platform/crypto/digest.h"

extern "C" banyan::EmbeddedFile const banyan_embedded_table[];

namespace banyan::bench {
namespace {

std::vector<Argument> const kArguments{
    {"matters", "2000", "so many go through the seven steps in a round"},
    {"rounds", "15", "so often each is measured, in turn; the median counts"},
};

std::string_view data(std::string_view path) {
    auto file = embedded(banyan_embedded_table, path);
    if (!file) throw std::runtime_error(fmt::format("{} is not embedded", path));
    return *file;
}
template <class T>
T read(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().key + " " + result.error().field);
    return std::move(*result);
}

struct Taken {
    char const *step, *login;
    json::object form;
    int minutes;  ///< after the one before
};

/// The seven steps, and the two beside them that units take most.
std::vector<Taken> seven_steps() {
    return {{"file",
             "seat01",
             {{"title", "路灯不亮"},
              {"body", "整排路灯三天没有亮，晚上黑漆漆的，老人小孩出门都害怕。"},
              {"channel", "phone"},
              {"class", "road.lamp"},
              {"region", "350102"}},
             0},
            {"accept", "seat01", {{"kind", "complaint"}, {"class", "road.lamp"}}, 2},
            {"dispatch", "disp01", {{"lead", "cg"}, {"summary", "路灯不亮"}}, 10},
            {"sign", "unit-cg", {}, 60},
            {"contact", "unit-cg", {{"reached", true}}, 5},
            {"reply",
             "unit-cg-head",
             {{"account", "已更换"}, {"public_reply", "路灯已修好。"}, {"solved", true}},
             600},
            {"approve", "review01", {}, 60},
            {"call_back",
             "callback01",
             {{"outcome", "solved"}, {"rating", "satisfied"}, {"final", "satisfied"}},
             1500}};
}

std::shared_ptr<Rules> rules_of(std::shared_ptr<Procedure const> appeal) {
    static auto const directory = [] {
        auto units = read(read_units(data("data/demo/units.csv")));
        auto people = read(read_people(data("data/demo/accounts.csv"), units));
        for (std::size_t i = 0; i < units.size(); ++i) units[i].id = UnitId(static_cast<std::int64_t>(i) + 1);
        return std::make_shared<Directory>(std::move(units), std::move(people));
    }();
    static auto const access = std::make_shared<Access>(read(Access::read(data("data/roles.toml"))));
    auto rules = std::make_shared<Rules>();
    rules->procedures["appeal"] = std::move(appeal);
    rules->directory = directory;
    rules->access = access;
    rules->lists["convenience"] = {"road.lamp"};
    return rules;
}

/// A rulebook with one rule less, and what is left out.
struct Variant {
    std::string what;
    std::shared_ptr<Rules const> rules;
    std::vector<double> us;  ///< a step, of each round
};

double median(std::vector<double> all) {
    std::ranges::sort(all);
    return all[all.size() / 2];
}

/// µs of CPU a step: decided, applied, its body made.
double measure(Rules const& rules, Calendar const& calendar, std::size_t matters) {
    std::vector<Taken> const steps = seven_steps();
    Procedure const& procedure = *rules.procedures.at("appeal");
    std::vector<Command> commands;
    for (Taken const& taken : steps) {
        Person const* person = rules.directory->person(std::string_view(taken.login));
        if (person == nullptr) throw std::runtime_error(std::string("nobody is called ") + taken.login);
        Command command;
        command.actor = {person->id, person->role, person->unit, {}, false, {}};
        command.step = taken.step;
        command.form = taken.form;
        commands.push_back(std::move(command));
    }
    std::clock_t const began = std::clock();  // CPU time: others may be at work on the machine
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < matters; ++i) {
        Matter matter;
        matter.procedure = rules.procedures.at("appeal");
        Instant now = *parse_local("2026-10-12 09:00");
        std::int64_t next = static_cast<std::int64_t>(i) * 100 * kLanes;
        for (std::size_t k = 0; k < steps.size(); ++k) {
            Command command = commands[k];
            now = now + minutes(steps[k].minutes);
            if (k == 0)
                command.procedure = "appeal";
            else
                command.matter = matter.id;
            Result<Event> event = decide(command, k == 0 ? nullptr : &matter, rules, {now, &calendar});
            if (!event) throw std::runtime_error(fmt::format("{}: {}", steps[k].step, event.error().key));
            event->id = EventId(next += kLanes);
            if (k == 0) event->matter = MatterId(next);
            for (Assignment& share : event->assignments)
                if (!share.id) share.id = AssignmentId(next += kLanes);
            bytes += body_of(*event, procedure, "").size();
            apply(matter, *event);
        }
        if (matter.open()) throw std::runtime_error("it did not end: " + procedure.at(matter.stage).name);
    }
    double const us = 1e6 * static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
    if (bytes == 0) throw std::runtime_error("nothing was said");
    return us / static_cast<double>(matters * steps.size());
}

std::vector<Variant> variants() {
    auto whole = [] {
        auto procedure = read(read_procedure(data("procedures/appeal.toml")));
        procedure->hash = crypto::hex(crypto::sm3(data("procedures/appeal.toml")));
        return procedure;
    };
    std::vector<Variant> all;
    auto without = [&](std::string what, std::function<void(Procedure&)> const& leave_out) {
        std::shared_ptr<Procedure> procedure = whole();
        leave_out(*procedure);
        all.push_back({std::move(what), rules_of(procedure), {}});
    };
    without("(the whole rulebook)", [](Procedure&) {});
    without("(the whole again: what the measuring itself differs by)", [](Procedure&) {});
    auto of_each = [](auto const& clear) {
        return [clear](Procedure& p) {
            for (Step& step : p.steps) clear(step);
        };
    };
    without("every condition of a step (needs)", of_each([](Step& step) { step.needs.clear(); }));
    without("every figure (counts)", of_each([](Step& step) { step.counts.clear(); }));
    without("everybody told (tell)", of_each([](Step& step) { step.tells.clear(); }));
    without("supervision and entries begun (opens)", of_each([](Step& step) { step.openings.clear(); }));
    without("merging (along, merge)", of_each([](Step& step) {
                step.along.clear();
                step.merge = MergeWord::none;
            }));
    without("named refusals, claims (otherwise, claim)", of_each([](Step& step) {
                step.otherwise.clear();
                step.claim = ClaimWord::none;
            }));
    without("every clock (timers)", [](Procedure& p) { p.timers.clear(); });
    without("steps nobody takes here", [](Procedure& p) {
        std::set<std::string> kept;
        for (Taken const& taken : seven_steps()) kept.insert(taken.step);
        for (Step& step : p.steps)
            if (!kept.contains(step.name)) step.needs.clear(), step.counts.clear(), step.tells.clear();
    });
    std::shared_ptr<Procedure> const rulebook = whole();
    for (Taken const& taken : seven_steps()) {  // each condition of the seven by itself
        auto const at = static_cast<std::size_t>(rulebook->step(taken.step));
        for (std::size_t i = 0; i < rulebook->steps[at].needs.size(); ++i)
            without(fmt::format("  {}: {}", taken.step, rulebook->steps[at].needs[i].key), [at, i](Procedure& p) {
                p.steps[at].needs.erase(p.steps[at].needs.begin() + static_cast<std::ptrdiff_t>(i));
            });
    }
    for (std::size_t i = 0; i < rulebook->timers.size(); ++i)
        without("  timer " + rulebook->timers[i].name,
                [i](Procedure& p) { p.timers.erase(p.timers.begin() + static_cast<std::ptrdiff_t>(i)); });
    return all;
}

int run(Arguments const& arguments) {
    Calendar const calendar = read(Calendar::parse(data("data/calendar/holidays.csv")));
    std::vector<Variant> all = variants();
    std::size_t const matters = arguments.number("matters");
    for (Variant const& one : all) measure(*one.rules, calendar, std::min<std::size_t>(matters, 200));  // warm
    for (std::size_t round = 0; round < arguments.number("rounds"); ++round)
        for (Variant& one : all) one.us.push_back(measure(*one.rules, calendar, matters));
    double const whole = median(all.front().us);
    fmt::print("{:<60} {:>9} {:>9}\n", "without", "us/step", "costs us");
    for (Variant const& one : all)
        fmt::print("{:<60} {:>9.2f} {:>9.2f}\n", one.what, median(one.us), whole - median(one.us));
    return 0;
}

}  // namespace
}  // namespace banyan::bench

int main(int argc, char** argv) {
    using namespace banyan::bench;
    try {
        return run(Arguments("what each rule of appeal.toml costs a step", kArguments, argc, argv));
    } catch (std::exception const& error) {
        fmt::print(stderr, "rules: {}\n", error.what());
        return 1;
    }
}
