#include "kernel/index/plan.h"

#include <algorithm>
#include <map>
#include <span>

#include "kernel/engine/view.h"
#include "kernel/matter/matter.h"
#include "platform/text/signs.h"

namespace banyan::index {
namespace {

using search::Query;

constexpr double kInstead = 0.4;        ///< what a name that was not typed is worth
constexpr double kNewer = 1e-14;        ///< of a µs: a year is worth 0.3
constexpr std::size_t kMostTerms = 12;  ///< of a loose question: the rarest
constexpr std::size_t kManyPairs = 6;
constexpr std::uint32_t kMostByOneSign = 300, kMostByTail = 2000;

/// Of many pairs of one word every other: with the last they say all of it, and what they find is looked at again.
std::vector<std::string const*> some_of(std::vector<std::string> const& pairs, std::size_t step) {
    std::vector<std::string const*> some;
    for (std::size_t i = 0; i < pairs.size(); i += step) some.push_back(&pairs[i]);
    if (!pairs.empty() && some.back() != &pairs.back()) some.push_back(&pairs.back());
    return some;
}

/// Terms under the letters that a viewer may read there; only those that some document has, each looked up once.
class Spoken {
  public:
    Spoken(std::string letters, search::Searcher const& searcher)
        : letters_(std::move(letters)), searcher_(searcher) {}

    Query term(std::string const& term) { return known(term).query; }
    std::uint64_t frequency(std::string const& term) { return known(term).frequency; }
    Query sign(std::string const& sign) const {
        std::vector<Query> each;
        for (char letter : letters_) each.push_back(Query::wildcard(letter + sign, kMostByOneSign));
        return Query::any(std::move(each));
    }
    /// `every` pair: where nothing is looked at again, as what it excludes.
    Query wording(Wording const& wording, bool every = false) {
        std::vector<Query> must, more;
        for (std::string const* term : some_of(wording.must, every || wording.must.size() < kManyPairs ? 1 : 2))
            must.push_back(this->term(*term));
        for (std::string const& sign : wording.one) must.push_back(this->sign(sign));
        for (std::string const& term : wording.more) more.push_back(this->term(term));
        return Query::and_maybe(Query::all(std::move(must)), Query::any(std::move(more)));
    }

  private:
    struct Known {
        Query query;
        std::uint64_t frequency = 0;
    };
    Known const& known(std::string const& term) {
        auto const [place, is_new] = known_.try_emplace(term);
        if (!is_new) return place->second;
        std::vector<Query> each;
        for (char letter : letters_) {
            std::uint64_t const frequency = searcher_.frequency(letter + term);
            if (frequency > 0) each.push_back(Query::term(letter + term));
            place->second.frequency += frequency;
        }
        place->second.query = Query::any(std::move(each));
        return place->second;
    }

    std::string const letters_;
    search::Searcher const& searcher_;
    std::map<std::string, Known> known_;
};

Query word_in(Spoken& spoken, Word const& word) {
    std::vector<Query> each;
    for (Wording const& wording : word.wordings) {
        Query query = spoken.wording(wording);
        each.push_back(wording.instead != nullptr ? Query::scaled(std::move(query), kInstead) : std::move(query));
    }
    return Query::any(std::move(each));
}

/// At least so many of the terms must be there: then of any few of them (one more than may be missing) one is.
/// Asked of the rarest few, which most documents fail, of the first and of the last; it is counted exactly on the
/// loaded matter.
Query loosely_in(Spoken& spoken, Plan const& plan) {
    std::vector<std::string> terms = plan.terms();
    std::erase_if(terms, [&](std::string const& term) { return spoken.frequency(term) == 0; });
    if (terms.empty() || terms.size() < plan.needed()) return Query::nothing();
    std::size_t const few = terms.size() - plan.needed() + 1;
    auto any = [&](std::span<std::string const> of) {
        std::vector<Query> each;
        for (std::string const& term : of) each.push_back(spoken.term(term));
        return Query::any(std::move(each));
    };
    auto const all = std::span(std::as_const(terms));
    std::vector<std::string> rarest = terms;
    std::ranges::sort(rarest, {},
                      [&](std::string const& term) { return std::pair(spoken.frequency(term), term); });
    if (rarest.size() > kMostTerms) return any(std::span(rarest).first(kMostTerms));
    return Query::filter(Query::and_maybe(any(all.first(few)), any(all.subspan(few))),
                         Query::all({any(std::span(rarest).first(few)), any(all.last(few))}));
}

Query words_in(std::string letters, Plan const& plan, search::Searcher const& searcher) {
    Spoken spoken(std::move(letters), searcher);
    std::vector<Query> parts;
    if (plan.loosely)
        parts.push_back(loosely_in(spoken, plan));
    else
        for (Word const& word : plan.words) parts.push_back(word_in(spoken, word));
    for (Wording const& phrase : plan.phrases) parts.push_back(spoken.wording(phrase));
    Query query = Query::all(std::move(parts));
    for (Wording const& word : plan.excluded) query = Query::and_not(std::move(query), spoken.wording(word, true));
    return query;
}

Query any_of(std::string_view prefix, std::vector<std::string> const& values) {
    std::vector<Query> each;
    for (std::string const& value : values) {
        std::string term(prefix);
        term += value;
        each.push_back(Query::term(std::move(term)));
    }
    return Query::any(std::move(each));
}

Query keys_of(std::vector<MatterId> const& matters) {
    std::vector<Query> each;
    for (MatterId matter : matters) each.push_back(Query::key(matter.text()));
    return Query::any(std::move(each));
}

Query numbers(Plan const& plan) {
    std::vector<Query> each{keys_of(plan.numbers)};
    for (std::string const& digits : plan.asked.filters.numbers)
        if (digits.size() < 12) {
            std::string term(kDigitsBackwards);
            term.append(digits.rbegin(), digits.rend());
            each.push_back(Query::wildcard(std::move(term), kMostByTail));
        }
    return Query::any(std::move(each));
}

/// Who sees only their own branch does not learn by asking who else works on it.
Query units(Asking const& asking, Tie tie) {
    std::vector<std::string> ids;
    for (UnitId unit : asking.plan.units)
        if (shares_shown(tie) || asking.directory.in_subtree(unit, asking.actor.unit)) ids.push_back(unit.text());
    return any_of(kShareOf, ids);
}

Query days(Filters const& filters) {
    double const from = filters.from ? static_cast<double>(kBeijing.start_of(*filters.from).us) : 0;
    double const to = filters.to ? static_cast<double>(kBeijing.start_of(*filters.to + 1).us - 1) : 9e15;
    return Query::range(kFiled, from, to);
}

std::vector<Query> filters_of(Asking const& asking, Tie tie) {
    Filters const& filters = asking.plan.asked.filters;
    std::vector<Query> all;
    for (auto [prefix, values] : {std::pair{kClass, &filters.classes},
                                  {kKind, &filters.kinds},
                                  {kRegion, &filters.regions},
                                  {kStage, &filters.stages},
                                  {kChannel, &filters.channels}})
        if (!values->empty()) all.push_back(any_of(prefix, *values));
    if (!filters.units.empty()) all.push_back(units(asking, tie));
    if (!filters.numbers.empty() || !filters.old_numbers.empty()) all.push_back(numbers(asking.plan));
    if (!filters.phones.empty())
        all.push_back(asking.access.may_read(asking.actor, tie, FieldClass::centre)
                          ? keys_of(asking.plan.phone_matters)
                          : Query::nothing());
    if (filters.from || filters.to) all.push_back(days(filters));
    if (filters.open.value_or(false)) all.push_back(Query::term(std::string(kOpen)));
    return all;
}

Query seen(Asking const& asking, Access::Sight const& sight, search::Searcher const& searcher) {
    Query query = words_in(letters(asking.access, asking.actor, sight.tie), asking.plan, searcher);
    std::vector<Query> by = filters_of(asking, sight.tie);
    if (!sight.everything) by.push_back(any_of("", sight.any));
    if (!by.empty()) query = Query::filter(std::move(query), Query::all(std::move(by)));
    std::vector<Query> none{any_of("", sight.none)};
    if (!asking.plan.asked.filters.open.value_or(true)) none.push_back(Query::term(std::string(kOpen)));
    return Query::and_not(std::move(query), Query::any(std::move(none)));
}

void add_instead(Word& word, Names const& names, text::Reader const& reader) {
    std::string const typed = word.wordings.front().text;
    for (Names::Instead const& instead : names.instead(typed)) {
        std::string text = typed.substr(0, instead.begin) + instead.name->plain + typed.substr(instead.end);
        Wording wording = wording_of(std::move(text), reader);
        wording.instead = instead.name;
        word.wordings.push_back(std::move(wording));
    }
}

Result<void> add_units(Plan& plan, std::string const& typed, Lookup const& lookup) {
    if (Unit const* unit = lookup.directory.unit(typed)) {
        plan.units.push_back(unit->id);
        return {};
    }
    std::string const plain = lookup.reader.normalised(typed);
    std::vector<Name const*> const found = lookup.names.units(plain);
    if (found.empty()) return refuse("search.unknown_unit", "query.q", {{"text", typed}});
    for (Name const* name : found) {
        plan.units.push_back(name->unit);
        if (one_sign_apart(name->plain, plain)) plan.meant.push_back(name->text);
    }
    return {};
}

}  // namespace

Wording wording_of(std::string text, text::Reader const& reader) {
    Wording wording{std::move(text), {}, {}, {}, nullptr};
    for (text::Term const& term : reader.terms(wording.text)) {
        std::vector<text::Sign> const signs = text::signs_of(term.text);
        bool const han = text::is_han(signs.front().code);
        auto& into = !han || signs.size() == 2 ? wording.must : signs.size() == 1 ? wording.one : wording.more;
        if (std::ranges::find(into, term.text) == into.end()) into.push_back(term.text);
    }
    return wording;
}

std::vector<std::string> Plan::terms() const {
    std::vector<std::string> all;
    for (Word const& word : words)
        for (std::string const& term : word.wordings.front().must)
            if (std::ranges::find(all, term) == all.end()) all.push_back(term);
    return all;
}

std::size_t Plan::needed() const {
    std::size_t const n = terms().size();
    return (n + 1) / 2;
}

Result<Plan> plan_of(Asked asked, Lookup const& lookup) {
    Plan plan;
    plan.asked = std::move(asked);
    for (std::string const& typed : plan.asked.filters.units) BANYAN_CHECK(add_units(plan, typed, lookup));
    for (std::string const& text : plan.asked.words) {
        Word word{{wording_of(text, lookup.reader)}};
        add_instead(word, lookup.names, lookup.reader);
        plan.words.push_back(std::move(word));
    }
    for (std::string const& text : plan.asked.phrases) plan.phrases.push_back(wording_of(text, lookup.reader));
    for (std::string const& text : plan.asked.excluded) plan.excluded.push_back(wording_of(text, lookup.reader));
    for (std::string const& digits : plan.asked.filters.numbers)
        if (auto matter = digits.size() >= 12 ? read_receipt_number(digits) : std::nullopt)
            plan.numbers.push_back(*matter);
    return plan;
}

bool may_ask_phone(Access const& access, Actor const& actor, Directory const& directory) {
    return std::ranges::any_of(access.terms(actor, directory), [&](Access::Sight const& sight) {
        return access.may_read(actor, sight.tie, FieldClass::centre);
    });
}

search::Query query_of(Asking const& asking, search::Searcher const& searcher) {
    std::vector<Query> each;
    for (Access::Sight const& sight : asking.access.terms(asking.actor, asking.directory))
        each.push_back(seen(asking, sight, searcher));
    Query query = Query::any(std::move(each));
    bool const ranked =
        asking.order == Order::relevance && !(asking.plan.words.empty() && asking.plan.phrases.empty());
    if (!ranked) return query;
    // By its place in the index: reading when each was filed would cost more than ranking it.
    auto const [first, last] = searcher.bounds(kFiled);
    return Query::and_maybe(std::move(query), Query::scaled(Query::recent(), kNewer * (last - first)));
}

}  // namespace banyan::index
