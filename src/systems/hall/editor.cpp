#include "systems/hall/editor.h"

#include <array>

#include "kernel/engine/named_files.h"
#include "kernel/engine/rebuild.h"

namespace banyan::hall {
namespace {

constexpr std::size_t kAtOnce = 500;  ///< events in one transaction
constexpr std::chrono::milliseconds kBetween{250};
constexpr char const* kName = "hall_items.1";

bool concerns_items(std::string_view step) {
    static constexpr std::array<std::string_view, 4> kSteps{"begin_item", "attach_item_file", "give_up_item",
                                                            "publish_item"};
    return std::ranges::find(kSteps, step) != kSteps.end();
}

std::string fact(Matter const& matter, std::string_view name) {
    json::value const* value = matter.facts.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}
int number(Matter const& matter, std::string_view name) {
    json::value const* value = matter.facts.if_contains(name);
    return value != nullptr && value->is_int64() ? static_cast<int>(value->as_int64()) : 0;
}

/// What a clerk of the unit would write first.
json::object new_item(std::string const& name, Unit const& unit) {
    Item item;
    item.name = name;
    item.unit = unit.code;
    item.unit_name = unit.zh;
    item.unit_en = unit.en;
    item.region = unit.region;
    item.audience = {"person"};
    return item_json(item);
}

}  // namespace

bool publishes(Actor const& actor, Directory const& directory) {
    return !actor.bound &&
           (actor.role == "hall_manager" || (actor.role == "reviewer" && actor.unit == directory.city_centre()));
}

std::string unit_of_writer(Actor const& actor, Directory const& directory) {
    if (actor.bound || (actor.role != "unit_clerk" && actor.role != "unit_head")) return {};
    Unit const* unit = directory.unit(actor.unit);
    return unit == nullptr ? std::string() : unit->code;
}

Part part_of(Actor const& actor, std::string_view unit, Directory const& directory) {
    Unit const* held = directory.unit(unit);
    bool const own =
        !unit_of_writer(actor, directory).empty() && held != nullptr && directory.stands_for(actor.unit, held->id);
    return {own, own && actor.role == "unit_head", publishes(actor, directory)};
}

Result<Revision> revision_begun(store::Session& session, Directory const& directory, Matter const& matter,
                                PersonId by) {
    Revision one;
    one.matter = matter.id;
    one.item = fact(matter, "item_code");
    one.unit = fact(matter, "item_unit");
    one.kind = fact(matter, "revision");
    one.name = matter.title;
    one.base = number(matter, "item_version");
    one.withdraws = is_set(matter.facts, "withdraws");
    one.saved_by = by;
    one.begun = matter.filed_at;
    Unit const* unit = directory.unit(one.unit);
    if (unit == nullptr) return refuse("unit.unknown", "unit", {{"value", one.unit}});
    json::object body;
    if (one.kind == "new") {
        body = new_item(one.name, *unit);
    } else {
        auto const found = find_item(session, one.item, one.base);
        if (!found) return refuse("item.unknown", "item", {{"code", one.item}});
        one.name = shown_name(item_json(found->item));
        body = one.kind == "revise" ? item_json(found->item)
                                    : json::object{{"day", iso(kBeijing.day(matter.filed_at))}};
    }
    one.body = json::serialize(body);
    return one;
}

std::string take_event(store::Session& writing, Directory const& directory, Procedures const& procedures,
                       EventRow const& event) {
    if (!concerns_items(event.step)) return {};
    auto const matter = load_matter(writing, event.matter, procedures);
    if (!matter || matter->procedure->name != "item") return {};
    if (event.step == "begin_item") {
        auto const begun = revision_begun(writing, directory, *matter, event.person);
        if (begun) begin_revision(writing, *begun);
        return begun && begun->withdraws ? begun->item : std::string();
    }
    if (event.step != "attach_item_file")
        return end_revision(writing, directory, event.matter, event.step == "publish_item", event.at);
    Result<Event> const said = readable_event(event, *matter->procedure);
    if (said)
        for (NamedFile const& file : files_in(matter->procedure->step_at(said->step).form, said->form))
            put_file(writing, file.address, event.matter, file.type);
    return {};
}

Editor::Editor(Engine& engine, store::Store& store, Shelf& shelf)
    : engine_(engine), shelf_(shelf), follower_(store, engine, kName), reading_(store.open_reader()) {
    engine_.nodes().hear(kItemsTiding, [this](std::string const& code) {
        std::lock_guard const lock(hearing_);
        heard_.insert(code);
    });
}

void Editor::take_heard() {
    std::set<std::string> heard;
    {
        std::lock_guard const lock(hearing_);
        heard.swap(heard_);
    }
    if (heard.erase("") != 0 && read_all_again) read_all_again();
    stale_.merge(heard);
}

void Editor::start() {
    behind_.start(
        "item editor", kBetween, [this] { run_once(); },
        [this](std::string const& why) {
            if (on_failure) on_failure(why);
        });
}

void Editor::stop() { behind_.stop(); }

void Editor::run_once() {
    while (!behind_.stopping()) {
        std::vector<EventRow> const events = follower_.read(kAtOnce);
        if (events.empty()) break;
        auto const rules = engine_.rules();
        auto const procedures = engine_.procedures();
        engine_.write_now([&](store::Session& writing) {
            for (EventRow const& event : events)
                if (std::string const code = take_event(writing, *rules->directory, procedures, event);
                    !code.empty())
                    engine_.nodes().tell(writing, kItemsTiding, code);
            follower_.keep(writing, events.back().id);
        });
        // also what somebody else has put into the tables before: this shelf has not heard of it
        for (EventRow const& event : events)
            if (concerns_items(event.step))
                if (auto const one = find_revision(*reading_, event.matter); one && !one->item.empty())
                    stale_.insert(one->item);
        behind_.rest();
    }
    take_heard();
    if (stale_.empty() || !shelf_.finder()) return;  // still being read: it is told then
    show(*reading_, stale_);
    stale_.clear();
}

void Editor::show(store::Session& session, std::set<std::string> const& codes) {
    std::lock_guard const lock(showing_);
    auto const finder = shelf_.finder();
    if (!finder) return;
    std::vector<Listing> published;
    std::vector<std::string> withdrawn;
    for (std::string const& code : codes) {
        auto const found = find_item(session, code);
        auto const shown = finder->number(code);
        if (found && found->state == State::published) {
            Listing listing = listing_of(found->item, found->version);
            if (!shown || finder->listing(*shown) != listing) published.push_back(std::move(listing));
        } else if (shown) {
            withdrawn.push_back(code);
        }
    }
    if (!published.empty() || !withdrawn.empty()) shelf_.change(published, withdrawn);
}

}  // namespace banyan::hall
