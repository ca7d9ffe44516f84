// read_procedure(): names, limits, forms, stages, steps, timers, in the order they stand on each other.
#include "kernel/procedure/reading.h"

namespace banyan {
namespace {

using What = Condition::What;

constexpr std::string_view kMergeWords[] = {"none", "into", "take", "let_go", "part"};
constexpr std::string_view kClaimWords[] = {"none", "take", "give_back", "end"};
constexpr std::string_view kClockWords[] = {"none", "start", "hold", "resume", "extend", "stop", "redate"};

}  // namespace

void Reading::read_names() {
    Place root{document_.root, ""};
    only(root, {"name", "version", "kinds", "matter_limit", "limit", "form", "stage", "step", "timer"});
    made_->name = text(root, "name", true);
    made_->version = static_cast<int>(number(root, "version", 1));
    made_->kinds = words(root, "kinds");
    if (made_->kinds.empty()) fault("missing", "", "kinds");
    made_->matter_limit = text(root, "matter_limit", true);
    auto in_order = [&](std::string_view key, auto& list) {  // files name things in the order people read them
        std::vector<std::pair<int, std::string>> found;
        tables(document_.root, key, "", [&](std::string const& name, Place const& place) {
            found.emplace_back(document_.line_of(place.path), name);
        });
        std::ranges::sort(found);
        for (auto& [line, name] : found) list.emplace_back().name = name;
    };
    in_order("stage", made_->stages);
    in_order("step", made_->steps);
    if (made_->step(kUndo) >= 0) fault("reserved", fmt::format("step.{}", kUndo), std::string(kUndo));
}

void Reading::read_limits() {
    json::value const* limits = document_.root.if_contains("limit");
    if (limits == nullptr || !limits->is_object()) return fault("missing", "limit", "limit");
    for (auto const& member : limits->as_object()) {
        std::string limit_name(member.key());
        tables(limits->as_object(), limit_name, "limit", [&](std::string const&, Place const& place) {
            only(place, {"when", "limit", "yellow_days"});
            LimitRow row{read_conditions(place.table, "when", place.path),
                         {},
                         static_cast<int>(number(place, "yellow_days", 1))};
            if (!read_amount(place, row)) return;
            made_->limits[limit_name].push_back(std::move(row));
        });
    }
    if (!made_->limits.contains(made_->matter_limit)) fault("unknown_limit", "matter_limit", made_->matter_limit);
}

/// "5 working days", or "promised_days working days": as many as that kept field says.
bool Reading::read_amount(Place const& place, LimitRow& row) {
    std::string const words = text(place, "limit", true);
    std::size_t const space = words.find(' ');
    bool const of_field = !words.empty() && (words[0] < '0' || words[0] > '9') && space != std::string::npos;
    auto const limit = of_field ? parse_limit("1" + words.substr(space)) : parse_limit(words);
    if (words.empty()) return false;
    if (!limit) {
        fault("bad_limit", place.path + ".limit", words);
        return false;
    }
    row.limit = *limit;
    if (of_field) row.amount_of = words.substr(0, space);
    return true;
}

void Reading::read_forms() {
    json::value const* forms = document_.root.if_contains("form");
    if (forms == nullptr) return;
    if (!forms->is_object()) return fault("not_table", "form", "form");
    for (auto const& member : forms->as_object()) {
        std::string form_name(member.key());
        tables(forms->as_object(), form_name, "form",
               [&](std::string const&, Place const& place) { forms_[form_name].push_back(read_field(place)); });
    }
}

void Reading::read_stages() {
    tables(document_.root, "stage", "", [&](std::string const& stage_name, Place const& place) {
        only(place, {"final", "owner", "passes", "closes_tree"});
        Stage& made = made_->stages[static_cast<std::size_t>(made_->stage(stage_name))];
        made.final = flag(place, "final");
        made.owner = text(place, "owner");
        made.closes_tree = flag(place, "closes_tree") || made.final;
        tables(place.table, "passes", place.path, [&](std::string const&, Place const& passage) {
            only(passage, {"to", "when"});
            made.passes.push_back({stage(text(passage, "to", true), passage.path),
                                   read_conditions(passage.table, "when", passage.path)});
        });
    });
}

void Reading::read_step(Place const& place, Step& made) {
    only(place, {"from",   "to",    "opens", "by",       "form",      "needs", "tree",   "on",
                 "states", "clock", "limit", "no_later", "sets",      "tell",  "counts", "undo",
                 "checks", "along", "merge", "claim",    "otherwise", "since", "shares"});
    read_opens(place, made);
    for (std::string const& from : words(place, "from")) {
        if (from == "open" || from == "any") {
            for (std::size_t i = 0; i < made_->stages.size(); ++i)
                if (from == "any" || !made_->stages[i].final) made.from.push_back(static_cast<Index>(i));
        } else {
            made.from.push_back(stage(from, place.path + ".from"));
        }
    }
    if (made.opens != made.from.empty()) fault(made.opens ? "opens_from" : "missing", place.path, "from");
    made.to = stage(text(place, "to", made.opens), place.path + ".to");
    for (std::string const& actor : words(place, "by")) {
        if (actor == "clock" || actor == "along") {
            made.by.push_back({"", actor == "clock" ? Relation::clock : Relation::along});
            continue;
        }
        std::size_t at = actor.find('@');
        auto known = at == std::string::npos ? std::nullopt : relation(std::string_view(actor).substr(at + 1));
        if (!known || at == 0)
            fault("bad_actor", place.path + ".by", actor);
        else
            made.by.push_back({actor.substr(0, at), *known});
    }
    if (made.by.empty()) fault("missing", place.path, "by");
    if (json::value const* form = place.table.if_contains("form")) {
        json::array elements = form->is_array() ? form->as_array() : json::array{*form};
        for (std::size_t i = 0; i < elements.size(); ++i) {
            std::string path = fmt::format("{}.form[{}]", place.path, i);
            if (elements[i].is_object()) {
                made.form.push_back(read_field({elements[i].as_object(), path}));
            } else if (elements[i].is_string() && forms_.contains(std::string(elements[i].as_string()))) {
                auto const& shared = forms_[std::string(elements[i].as_string())];
                made.form.insert(made.form.end(), shared.begin(), shared.end());
            } else {
                fault("unknown_form", path);
            }
        }
        for (std::size_t i = 0; i < made.form.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                if (made.form[i].name == made.form[j].name)
                    fault("field_twice", place.path + ".form", made.form[i].name);
    }
    made.needs = read_conditions(place.table, "needs", place.path);
    read_sets(place, made);
    read_along(place, made);
    read_claim(place, made);
    tables(place.table, "otherwise", place.path, [&](std::string const&, Place const& other) {
        only(other, {"stages", "when", "key"});
        Otherwise& rule = made.otherwise.emplace_back();
        for (std::string const& each : words(other, "stages"))
            rule.stages.push_back(stage(each, other.path + ".stages"));
        rule.when = read_conditions(other.table, "when", other.path);
        rule.key = text(other, "key", true);
    });
    if (std::string word = text(place, "tree"); !word.empty()) {
        if (auto known = tree_word(word))
            made.tree = *known;
        else
            fault("unknown_tree", place.path + ".tree", word);
    }
    std::string on = text(place, "on");
    if (!on.empty() && on != "assignment" && on != "matter") fault("unknown_word", place.path + ".on", on);
    made.on_assignment = on == "assignment";
    for (std::string& state : words(place, "states")) made.states.insert(std::move(state));
    if (std::string word = text(place, "clock"); !word.empty()) {
        auto found = std::ranges::find(kClockWords, word);
        if (found == std::end(kClockWords))
            fault("unknown_clock", place.path + ".clock", word);
        else
            made.clock = static_cast<ClockWord>(found - std::begin(kClockWords));
    }
    made.clock_limit = text(place, "limit");
    made.no_later = text(place, "no_later");
    made.share_limit = text(place, "shares");
    std::string const since = text(place, "since");
    if (!since.empty() && since != "entered") fault("unknown_word", place.path + ".since", since);
    made.since_entered = since == "entered";
    tables(place.table, "tell", place.path, [&](std::string const&, Place const& tell) {
        only(tell, {"whom", "text"});
        made.tells.push_back({text(tell, "whom", true), text(tell, "text", true)});
        if (made.tells.back().whom != "asker" && made.tells.back().whom != "lead" &&
            made.tells.back().whom != "unit" && made.tells.back().whom != "centre")
            fault("unknown_whom", tell.path, made.tells.back().whom);
    });
    tables(place.table, "counts", place.path, [&](std::string const&, Place const& count) {
        only(count, {"measure", "unit", "day", "when"});
        Count row{text(count, "measure", true), text(count, "unit"), text(count, "day") == "due",
                  read_conditions(count.table, "when", count.path)};
        if (std::string day = text(count, "day"); !day.empty() && day != "due")
            fault("unknown_word", count.path + ".day", day);
        if (!row.unit.empty() && row.unit != "assignment" && row.unit != "lead" && row.unit != "own")
            fault("unknown_word", count.path + ".unit", row.unit);
        made.counts.push_back(std::move(row));
    });
    made.checks = words(place, "checks");
    if (place.table.contains("undo")) read_undo(place, made);
}

void Reading::read_sets(Place const& place, Step& made) {
    json::value const* sets = place.table.if_contains("sets");
    if (sets == nullptr) return;
    if (!sets->is_object()) return fault("not_table", place.path + ".sets", "sets");
    for (auto const& [name, value] : sets->as_object()) {
        if (!value.is_bool()) fault("not_flag", place.path + ".sets." + std::string(name), std::string(name));
        if (value.is_bool()) made.sets[std::string(name)] = value.as_bool();
    }
}

void Reading::read_along(Place const& place, Step& made) {
    if (std::string const word = text(place, "merge"); !word.empty()) {
        auto const found = std::ranges::find(kMergeWords, word);
        if (found == std::end(kMergeWords))
            fault("unknown_merge", place.path + ".merge", word);
        else
            made.merge = static_cast<MergeWord>(found - std::begin(kMergeWords));
    }
    tables(place.table, "along", place.path, [&](std::string const&, Place const& other) {
        only(other, {"whom", "step", "with"});
        using Whom = AlongRule::Whom;
        AlongRule rule{Whom::named, text(other, "whom", true), text(other, "step", true), words(other, "with")};
        if (rule.field == "main" || rule.field == "merged")
            rule.whom = std::exchange(rule.field, "") == "main" ? Whom::main : Whom::merged;
        else if (std::ranges::none_of(made.form, [&](Field const& field) {
                     return field.name == rule.field && field.type == Field::Type::matter;
                 }))
            fault("along_whom", other.path + ".whom", rule.field);
        made.along.push_back(std::move(rule));
    });
    bool const named =
        std::ranges::any_of(made.along, [](AlongRule const& rule) { return rule.whom == AlongRule::Whom::named; });
    if (made.merge == MergeWord::into && !named) fault("merge_into_nothing", place.path + ".merge", made.name);
}

void Reading::read_claim(Place const& place, Step& made) {
    std::string const word = text(place, "claim");
    if (word.empty()) return;
    auto const found = std::ranges::find(kClaimWords, word);
    if (found == std::end(kClaimWords)) return fault("unknown_claim", place.path + ".claim", word);
    made.claim = static_cast<ClaimWord>(found - std::begin(kClaimWords));
    if (made.claim == ClaimWord::take && text(place, "limit").empty())
        fault("claim_without_end", place.path + ".limit", made.name);
}

/// `true`: a matter of this rulebook. Tables: matters of others, beside what the step does to its own.
void Reading::read_opens(Place const& place, Step& made) {
    json::value const* opens = place.table.if_contains("opens");
    if (opens == nullptr || !opens->is_array()) {
        made.opens = flag(place, "opens");
        return;
    }
    tables(place.table, "opens", place.path, [&](std::string const&, Place const& other) {
        only(other, {"procedure", "step", "with", "says", "each", "asker", "when"});
        OpeningRule rule{text(other, "procedure", true),
                         text(other, "step", true),
                         words(other, "with"),
                         {},
                         text(other, "each"),
                         flag(other, "asker"),
                         read_conditions(other.table, "when", other.path)};
        if (json::value const* says = other.table.if_contains("says"); says != nullptr && says->is_object())
            for (auto const& [name, value] : says->as_object()) {
                if (!value.is_string())
                    fault("not_text", other.path + ".says." + std::string(name), std::string(name));
                if (value.is_string()) rule.says[std::string(name)] = std::string(value.as_string());
            }
        else if (says != nullptr)
            fault("not_table", other.path + ".says", "says");
        made.openings.push_back(std::move(rule));
    });
    if (place.table.contains("undo")) fault("undo_opens", place.path + ".undo", made.name);
}

void Reading::read_undo(Place const& place, Step& made) {
    made.undo = read_limit(place, "undo");
    if (!made.undo) return;
    if (made.undo->unit != Limit::Unit::minute && made.undo->unit != Limit::Unit::hour)
        fault("bad_undo", place.path + ".undo", text(place, "undo"));
    bool people = std::ranges::any_of(made.by, [](ActorRule const& rule) {
        return rule.relation != Relation::clock && rule.relation != Relation::along;
    });
    if (made.opens || !people) fault("undo_of_nobody", place.path + ".undo", made.name);
}

/// The kernel's own step comes after those of the file.
void Reading::add_undo() {
    if (std::ranges::none_of(made_->steps, [](Step const& step) { return step.undo.has_value(); })) return;
    made_->steps.emplace_back().name = kUndo;
}

void Reading::read_steps() {
    tables(document_.root, "step", "", [&](std::string const& step_name, Place const& place) {
        read_step(place, made_->steps[static_cast<std::size_t>(made_->step(step_name))]);
    });
}

void Reading::read_timers() {
    tables(document_.root, "timer", "", [&](std::string const& timer_name, Place const& place) {
        only(place, {"stage", "state", "limit", "later", "step", "when"});
        Timer timer;
        timer.name = timer_name;
        std::string const where = text(place, "stage");
        if (where != "open") timer.stage = stage(where, place.path + ".stage");
        timer.state = text(place, "state");
        timer.limit = text(place, "limit", true);
        timer.step = step(text(place, "step", true), place.path + ".step");
        if (timer.step < 0) return;
        timer.when = read_conditions(place.table, "when", place.path);
        bool const follows = timer.limit == "due" || timer.limit.starts_with("field.");
        if (place.table.contains("later")) {
            timer.later = read_limit(place, "later");
            if (!follows) fault("later_than_what", place.path + ".later", timer.name);
        }
        if (timer.stage < 0 && timer.state.empty() && where != "open") fault("missing", place.path, "stage");
        if (!follows && !made_->limits.contains(timer.limit))
            fault("unknown_limit", place.path + ".limit", timer.limit);
        made_->timers.push_back(std::move(timer));
    });
}

void Reading::cross_check() {
    for (Step const& step : made_->steps) {
        std::string path = "step." + step.name;
        if (step.clock == ClockWord::start &&
            !made_->limits.contains(step.clock_limit.empty() ? made_->matter_limit : step.clock_limit))
            fault("unknown_limit", path + ".limit", step.clock_limit);
        if (!step.share_limit.empty() && !made_->limits.contains(step.share_limit))
            fault("unknown_limit", path + ".shares", step.share_limit);
        for (Condition const& need : step.needs)
            each_inside(need, [&](Condition const& inner) {
                if (asks_step(inner) && made_->step(inner.name) < 0)
                    fault("unknown_step", path + ".needs", inner.name);
            });
        bool const is_along =
            std::ranges::any_of(step.by, [](ActorRule const& rule) { return rule.relation == Relation::along; });
        if (is_along && (!step.along.empty() || !step.openings.empty() || step.opens || step.on_assignment))
            fault("along_of_along", path, step.name);
        for (AlongRule const& rule : step.along) {
            Index const other = made_->step(rule.step);
            if (other < 0)
                fault("unknown_step", path + ".along", rule.step);
            else if (std::ranges::none_of(made_->step_at(other).by,
                                          [](ActorRule const& by) { return by.relation == Relation::along; }))
                fault("along_not_by", path + ".along", rule.step);
        }
    }
    if (made_->stages.empty()) fault("missing", "", "stage");
    if (std::ranges::none_of(made_->steps, [](Step const& step) { return step.opens; }))
        fault("nothing_opens", "step");
}

/// Which steps the state must remember (when, by whom, how often), because some condition asks.
void Reading::mark_steps() {
    auto ask = [&](std::vector<Condition> const& conditions) {
        for (Condition const& condition : conditions)
            each_inside(condition, [&](Condition const& inner) {
                Index const asked = asks_step(inner) ? made_->step(inner.name) : -1;
                if (asked < 0) return;
                Step& step = made_->steps[static_cast<std::size_t>(asked)];
                step.marks = true;
                step.marks_days = step.marks_days || inner.what == What::at_least_days;
            });
    };
    for (Step const& step : made_->steps) {
        ask(step.needs);
        for (Count const& count : step.counts) ask(count.when);
        for (OpeningRule const& opening : step.openings) ask(opening.when);
        for (Otherwise const& other : step.otherwise) ask(other.when);
    }
    for (Stage const& stage : made_->stages)
        for (Passage const& passage : stage.passes) ask(passage.when);
    for (Timer const& timer : made_->timers) {
        ask(timer.when);
        // Taken once while a stage lasts, though its instant is computed again after every step.
        if (timer.limit == "due" || timer.limit.starts_with("field."))
            made_->steps[static_cast<std::size_t>(timer.step)].marks = true;
    }
    for (auto const& [name, rows] : made_->limits)
        for (LimitRow const& row : rows) ask(row.when);
}

std::optional<Refusal> Reading::refusal() {
    if (faults_.empty()) return std::nullopt;
    Refusal first = std::move(faults_.front());
    faults_.erase(faults_.begin());
    first.others = std::move(faults_);
    return first;
}

Result<Forms> Reading::forms() {
    read_forms();
    if (auto faults = refusal()) return refuse(std::move(*faults));
    return std::move(forms_);
}

Result<Forms> read_forms(TomlDocument const& document) { return Reading(document).forms(); }

Result<std::shared_ptr<Procedure>> Reading::read() {
    read_names();
    read_limits();
    read_forms();
    read_stages();
    read_steps();
    read_timers();
    cross_check();
    if (auto faults = refusal()) return refuse(std::move(*faults));
    mark_steps();
    add_undo();
    return made_;
}

Result<std::shared_ptr<Procedure>> read_procedure(std::string_view toml) {
    BANYAN_TRY(TomlDocument document, parse_toml(toml));
    Result<std::shared_ptr<Procedure>> made = Reading(document).read();
    if (made) (*made)->source = std::string(toml);
    return made;
}

}  // namespace banyan
