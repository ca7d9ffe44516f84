#include "kernel/alike/suggest.h"

#include <algorithm>
#include <cmath>

#include "kernel/engine/tables.h"
#include "kernel/publication/row.h"
#include "kernel/publication/shelf.h"

namespace banyan::alike {
namespace {

constexpr std::size_t kLooked = 4;  ///< so many times what is asked for, as some may not be shown

/// Of the asked text's terms that are shared, those of places or the others.
std::vector<std::string_view> shared_of(std::vector<Hash> const& shared, Reading const& reading, bool of_place) {
    std::vector<std::string_view> words;
    for (Hash const hash : shared) {
        auto const term = std::ranges::lower_bound(reading.terms, hash, {}, &Term::hash);
        if (term == reading.terms.end() || term->hash != hash) continue;
        if (((term->bits & Term::kPlace) != 0) == of_place)
            words.push_back(reading.texts[static_cast<std::size_t>(term - reading.terms.begin())]);
    }
    return words;
}

bool holds(std::string_view text, std::string_view word) { return text.find(word) != std::string_view::npos; }

/// Names of places as the asked text has them; where it has none, the terms.
json::array places_of(std::vector<Hash> const& shared, Reading const& reading) {
    std::vector<std::string_view> const words = shared_of(shared, reading, true);
    json::array names;
    for (std::string const& place : reading.places)
        if (std::ranges::any_of(words, [&](std::string_view word) { return holds(place, word); }))
            names.emplace_back(place);
    if (names.empty())
        for (std::string_view const word : words) names.emplace_back(word);
    return names;
}

/// The longest first, and none that is part of another.
json::array subjects_of(std::vector<Hash> const& shared, Reading const& reading) {
    std::vector<std::string_view> words = shared_of(shared, reading, false);
    std::ranges::stable_sort(words, std::greater<>{}, &std::string_view::size);
    json::array kept;
    for (std::string_view const word : words)
        if (std::ranges::none_of(kept, [&](json::value const& other) { return holds(other.as_string(), word); }))
            kept.emplace_back(word);
    return kept;
}

json::object likeness_of(Neighbour const& one, Reading const& reading, bool may_read) {
    json::array why;
    Likeness const& like = one.like;
    auto because = [&](std::string_view key, json::object data) {
        why.push_back({{"key", key}, {"data", std::move(data)}});
    };
    json::array place = places_of(like.shared, reading), subject = subjects_of(like.shared, reading);
    if (may_read && !place.empty()) because("alike.place", {{"words", std::move(place)}});
    if (may_read && !subject.empty()) because("alike.subject", {{"words", std::move(subject)}});
    if (like.same_class) because("alike.class", {});
    because("alike.days", {{"days", like.days}});
    return {{"score", std::round(like.score * 1000) / 1000},
            {"same_place", like.same_place},
            {"same_subject", like.same_subject},
            {"same_days", like.same_days},
            {"why", std::move(why)}};
}

}  // namespace

json::array suggest(store::Session& session, Neighbours const& neighbours, Sketcher const& sketcher,
                    Ask const& ask, Viewer const& viewer, Procedures const& procedures) {
    Reading const reading = sketcher.read(ask.title, ask.body, ask.place);
    Neighbours::Wanted const wanted{.day = viewer.moment.today(),
                                    .class_code = ask.class_code.empty() ? 0 : hash_of(ask.class_code),
                                    .most = ask.most * kLooked,
                                    .but = ask.but};
    std::vector<Neighbour> const found = neighbours.find(sketcher, reading, wanted);
    std::vector<std::int64_t> ids;
    for (Neighbour const& one : found) ids.push_back(one.matter.value);
    std::ranges::sort(ids);
    std::vector<Matter> const matters = load_matters(session, ids, procedures);
    std::vector<publication::Published> const published = publication::load_published(session, ids);
    json::array rows;
    for (Neighbour const& one : found) {
        auto matter = std::ranges::find(matters, one.matter, &Matter::id);
        auto open = std::ranges::find(published, one.matter, &publication::Published::matter);
        if (auto row = matter == matters.end() ? std::nullopt : view_of(nullptr, *matter, {}, viewer)) {
            json::object likeness = likeness_of(one, reading, row->contains("title"));
            rows.push_back({{"matter", std::move(*row)}, {"likeness", std::move(likeness)}});
        } else if (open != published.end()) {
            Reading const words = sketcher.read(open->title, open->text, open->place);
            auto like = neighbours.liken(sketcher, reading, wanted, {words, one.day, hash_of(open->class_code)});
            if (!like) continue;
            rows.push_back({{"public", publication::row_of(*open, *viewer.rules.directory)},
                            {"likeness", likeness_of({one.matter, one.day, std::move(*like)}, reading, true)}});
        }
        if (rows.size() == ask.most) break;
    }
    return rows;
}

shape::Schema suggestions_shape() {
    using namespace shape;
    auto why = object({{"key", code("a text: its words are texts/ of `alike.`")},
                       {"data", open("what the text fills in: words, days")}});
    auto likeness = object({{"score", Schema{{"type", "number"}}},
                            {"same_place", flag()},
                            {"same_subject", flag()},
                            {"same_days", flag("two weeks between, at most")},
                            {"why", list(std::move(why))}});
    return list(object({{"matter?", matter_row_shape()},
                        {"public?", publication::row_shape()},
                        {"likeness", std::move(likeness)}}),
                "the likest first; one of `matter` and `public`");
}

}  // namespace banyan::alike
