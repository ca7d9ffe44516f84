#include "kernel/publication/publisher.h"

#include "kernel/engine/rebuild.h"
#include "kernel/engine/view.h"
#include "kernel/publication/shelf.h"

namespace banyan::publication {
namespace {

constexpr std::size_t kAtOnce = 500;  ///< events in one transaction
constexpr std::chrono::milliseconds kBetween{250};
/// Another number when a row is made otherwise than before: all are made again then.
constexpr char const* kName = "publication.1";

std::string text(json::object const& object, std::string_view name) {
    json::value const* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

}  // namespace

Publisher::Publisher(Engine& engine, store::Store& store, crypto::Keyring const& keys,
                     language::Redactor const& redactor)
    : engine_(engine),
      keys_(keys),
      redactor_(redactor),
      follower_(store, engine, kName),
      reading_(store.open_reader()) {}

Publisher::~Publisher() { stop(); }

void Publisher::start() {
    behind_.start(
        "publisher", kBetween, [this] { run_once(); },
        [this](std::string const& why) {
            if (on_failure) on_failure(why);
        });
}

void Publisher::stop() { behind_.stop(); }

void Publisher::run_once() {
    while (!behind_.stopping()) {
        bool const anew = !follower_.position();
        std::vector<EventRow> const events = follower_.read(kAtOnce);
        if (events.empty()) return;
        std::set<std::int64_t> const ids = concerned(events);
        std::vector<std::int64_t> const matters(ids.begin(), ids.end());
        std::vector<Publication> publications;
        for (std::int64_t const id : matters)
            if (auto made = made_of(MatterId(id))) publications.push_back(std::move(*made));
        engine_.write_now([&](store::Session& writing) {
            if (anew) clear_publications(writing);
            put_publications(writing, matters, publications);
            follower_.keep(writing, events.back().id);
        });
        behind_.rest();
    }
}

/// Those that are public already, and those of which an event says `released`: of most no event ever does.
std::set<std::int64_t> Publisher::concerned(std::span<EventRow const> events) {
    std::set<std::int64_t> all, said;
    for (EventRow const& event : events) {
        all.insert(event.matter.value);
        if (says_released(event)) said.insert(event.matter.value);
    }
    std::vector<std::int64_t> const asked(all.begin(), all.end());
    for (Published const& one : load_published(*reading_, asked)) said.insert(one.matter.value);
    return said;
}

std::optional<Publication> Publisher::made_of(MatterId id) {
    std::optional<Matter> const matter = load_matter(*reading_, id, engine_.procedures());
    if (!matter || !is_public(*matter)) return std::nullopt;
    std::vector<EventRow> const history = load_history(*reading_, *matter);
    return publication_of(history, matter->procedure,
                          [&](std::string_view reply) { return masked(history, reply); });
}

/// A reply is written to the appellant: names and numbers in it are no business of others.
std::string Publisher::masked(std::span<EventRow const> history, std::string_view reply) {
    std::vector<json::object> persons;
    for (EventRow const& event : history)
        if (!commitment_of(event).empty()) persons.push_back(open_personal(*reading_, event.id, keys_));
    std::vector<std::string> kept;
    kept.reserve(3 * persons.size());  // views point into it
    std::vector<language::KnownPerson> known;
    for (json::object const& person : persons) {
        for (char const* field : {"name", "phone", "address"}) kept.push_back(text(person, field));
        known.push_back({kept[kept.size() - 3], kept[kept.size() - 2], kept.back()});
    }
    return language::redacted(reply, redactor_.find(reply, known));
}

}  // namespace banyan::publication
