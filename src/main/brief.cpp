#include "main/brief.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "systems/brief/handover.h"
#include "systems/calls/figures.h"
#include "systems/calls/ring_backs.h"
#include "systems/notices/readings.h"
#include "systems/topics/ledger.h"
#include "systems/topics/seen.h"

namespace banyan {
namespace {

constexpr std::size_t kHotTopics = 5, kRisingWords = 8, kRingBacks = 1000, kNotices = 200;
constexpr int kWindow = 7;  // days of topics and words

std::vector<MatterId> filed(store::Session& session, Instant from, Instant until) {
    std::vector<MatterId> ids;
    for (topics::Put const& put : topics::load_puts(session, from))
        if (put.at < until) ids.push_back(put.matter);
    return ids;
}

brief::Section of_calls(api::House& house, calls::Handbook const& book, store::Session& session,
                        brief::Asked const& asked) {
    auto const rules = house.engine.rules();
    calls::Office const office{session, book, house.keys, *rules->directory, asked.actor, asked.now};
    auto counted = [&](Day day) { return calls::count_figures(office, {"1 = 1", day, day}); };
    calls::Figures const now = counted(asked.day), before = counted(asked.before);
    calls::Counts const one = now.total(), other = before.total();
    bool const lists_calls = asked.actor.role == "shift_leader";  // the others have figures of them only
    std::string const day = iso(asked.day),
                      hours = fmt::format("/api/v1/calls/figures?from={}&to={}&by=hour", day, day),
                      list = "/api/v1/calls?day=" + day;
    brief::Section calls{"calls", {}};
    calls.rows = {
        {.key = "offered", .now = one.offered, .before = other.offered, .link = lists_calls ? list : hours},
        {.key = "connected",
         .now = one.answered,
         .before = other.answered,
         .of = one.offered,
         .of_before = other.offered,
         .link = hours},
        {.key = "quick",
         .now = one.quick,
         .before = other.quick,
         .of = one.answered,
         .of_before = other.answered,
         .link = hours},
        {.key = "missed",
         .now = one.abandoned,
         .before = other.abandoned,
         .link = lists_calls ? list + "&missed=true" : hours},
        {.key = "service_satisfied",
         .now = one.satisfied,
         .before = other.satisfied,
         .of = one.rated,
         .of_before = other.rated,
         .link = fmt::format("/api/v1/calls/ratings?from={}&to={}", day, day)}};
    for (auto const& [line, n] : now.lines) {
        auto const then = before.lines.find(line);
        calls.rows.push_back({.zh = line,
                              .en = line,
                              .now = n,
                              .before = then == before.lines.end() ? 0 : then->second,
                              .link = hours});
    }
    return calls;
}

/// Words of people are shown only where the topics' own list shows them to this viewer.
brief::Section of_topics(api::House& house, topics::Topics& topics, store::Session& session,
                         brief::Asked const& asked) {
    topics::Viewing const viewing{asked.actor, house.engine.rules(), asked.now, house.engine.procedures()};
    brief::Section hot{"topics", {}};
    for (topics::Seen const& seen :
         topics::seen_topics(session, topics, viewing, {kWindow, "", kHotTopics}, topics::without_numbers)) {
        std::string const given = topics.title_of(seen.topic);
        std::string const& title = given.empty() ? seen.portrait.headline : given;
        if (title.empty()) continue;
        hot.rows.push_back({.zh = title,
                            .en = title,
                            .now = static_cast<std::int64_t>(seen.members.size()),
                            .link = "/api/v1/topics/" + seen.topic.text()});
    }
    auto const words = topics.look([&](topics::Clusters const& clusters) {
        return topics::rising_words(clusters, asked.now, kWindow, topics.numbers());
    });
    for (std::size_t i = 0; i < std::min(kRisingWords, words.size()); ++i)
        hot.rows.push_back({.zh = "↑ " + words[i].word,
                            .en = "↑ " + words[i].word,
                            .now = words[i].now,
                            .link = "/api/v1/topics/words?window=7"});
    return hot;
}

std::int64_t open_ring_backs(store::Session& session) {
    calls::RingBacksAsked asked;
    asked.limit = kRingBacks;
    return static_cast<std::int64_t>(calls::load_ring_backs(session, asked).size());
}

/// Pinned ones that somebody who is to read them has not.
std::int64_t unread_notices(Engine& engine, store::Session& session, Actor const& viewer) {
    OpenMatters::Asked asked;
    asked.stage = "pinned";
    std::vector<std::int64_t> ids;
    for (auto const& place : engine.open_matters().find(asked, std::nullopt, kNotices))
        ids.push_back(place.matter.value);
    auto const rules = engine.rules();
    auto const whose = notices::readers(*rules->directory, viewer.unit);
    std::int64_t unread = 0;
    for (Matter const& matter : load_matters(session, ids, engine.procedures())) {
        if (matter.procedure->name != "notice") continue;
        auto const read = notices::load_readings(session, matter.id);
        if (!std::ranges::all_of(whose, [&](Person const* one) { return read.contains(one->id); })) ++unread;
    }
    return unread;
}

}  // namespace

brief::Sources handover_sources(Engine& engine) {
    brief::Sources sources;
    sources.ring_backs = open_ring_backs;
    sources.unread_notices = [&engine](store::Session& session, Actor const& viewer) {
        return unread_notices(engine, session, viewer);
    };
    return sources;
}

brief::Sources brief_sources(api::House& house, calls::Handbook const& book, topics::Topics& topics) {
    brief::Sources sources = handover_sources(house.engine);
    sources.filed = filed;
    sources.calls = [&house, &book](store::Session& session, brief::Asked const& asked) {
        return of_calls(house, book, session, asked);
    };
    sources.topics = [&house, &topics](store::Session& session, brief::Asked const& asked) {
        return of_topics(house, topics, session, asked);
    };
    return sources;
}

int seed_demo_handover(Engine& engine, store::Store& store, EmbeddedTable files) {
    auto const rules = engine.rules();
    Person const* leader = rules->directory->person("lead02");
    if (leader == nullptr) throw std::runtime_error("the demo has nobody called lead02");
    Actor const actor{leader->id, leader->role, leader->unit, {}, false};
    Texts const texts = Texts::of(files);
    Instant const at = *parse_rfc3339("2026-10-09T08:55:00+08:00");
    Command command =
        brief::writing(brief::left_now(handover_sources(engine), *store.open_reader(), engine, actor), texts,
                       actor, texts.sentence("brief.demo_remarks", Language::zh), at);
    command.at = at;
    Request request;
    request.what = std::move(command);
    Answer const answer = engine.run(std::move(request));
    if (!answer.ok()) throw std::runtime_error("demo: write_handover: " + answer.refusal.key);
    return 1;
}

}  // namespace banyan
