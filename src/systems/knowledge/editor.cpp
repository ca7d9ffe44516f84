#include "systems/knowledge/editor.h"

#include <set>

#include "systems/knowledge/knowledge_store.h"

namespace banyan::knowledge {
namespace {

constexpr std::size_t kAtOnce = 500;  ///< events in one transaction
constexpr std::chrono::milliseconds kBetween{250};
/// Another number when what is made of the journal is made otherwise than before: all is made again then.
constexpr char const* kName = "knowledge.1";
constexpr char const* kTiding = "guides";  ///< Nodes: entries, or what is open about them

}  // namespace

Editor::Editor(Engine& engine, store::Store& store, std::shared_ptr<CurrentGuides> guides)
    : engine_(engine),
      follower_(store, engine, kName),
      reading_(store.open_reader()),
      guides_(std::move(guides)),
      articles_(articles_of(load_stock(*reading_))) {
    engine_.nodes().hear(kTiding, [this](std::string const&) { heard_ = true; });
    renew_guides();
}

Editor::~Editor() { stop(); }

void Editor::start() {
    behind_.start(
        "editor", kBetween, [this] { run_once(); },
        [this](std::string const& why) {
            if (on_failure) on_failure(why);
        });
}

void Editor::stop() { behind_.stop(); }

void Editor::run_once() {
    while (!behind_.stopping()) {
        bool const anew = !follower_.position();
        std::vector<EventRow> const events = follower_.read(kAtOnce);
        if (events.empty()) break;
        Found const found = found_in(events);
        bool const entries_changed = put(found, events.back().id, anew);
        guides_stale_ = guides_stale_ || entries_changed || found.any();
        library_stale_ = library_stale_ || entries_changed;
        behind_.rest();
    }
    if (heard_.exchange(false)) guides_stale_ = library_stale_ = true;
    if (guides_stale_) renew_guides();
    guides_stale_ = false;
    if (library_stale_ && changed) changed();
    library_stale_ = false;
}

Editor::Found Editor::found_in(std::span<EventRow const> events) {
    std::set<std::int64_t> ids;
    for (EventRow const& event : events)
        if (concerns_knowledge(event.step)) ids.insert(event.matter.value);
    Found found;
    for (std::int64_t const id : ids) {
        std::optional<Matter> const matter = load_matter(*reading_, MatterId(id), engine_.procedures());
        if (!matter) continue;
        if (matter->procedure->name == "knowledge") {
            if (auto written = written_by(load_history(*reading_, *matter), *matter))
                found.written.push_back(std::move(*written));
        } else if (matter->procedure->name == "correction") {
            if (auto correction = correction_of(load_history(*reading_, *matter), *matter))
                found.corrections.push_back(std::move(*correction));
        }
    }
    return found;
}

bool Editor::put(Found const& found, EventId through, bool anew) {
    Instant const now = engine_.now();
    bool changed_now = false;
    engine_.write_now([&](store::Session& writing) {
        if (anew) changed_now = clear_written(writing);
        for (Written const& each : found.written)
            changed_now = put_written(writing, each.versions, now) || changed_now;
        changed_now = put_matters(writing, found.written) || changed_now;
        put_corrections(writing, found.corrections);
        follower_.keep(writing, through);
        if (changed_now || found.any()) engine_.nodes().tell(writing, kTiding);
    });
    return changed_now;
}

void Editor::renew_guides() {
    auto guides =
        std::make_shared<Guides>(guides_of(load_entries(*reading_), articles_, load_open_matters(*reading_)));
    auto const rules = engine_.rules();
    if (Unit const* centre = rules->directory->unit(rules->directory->city_centre()))
        guides->centre = centre->code;
    guides_->put(std::move(guides));
}

}  // namespace banyan::knowledge
