#include <algorithm>
#include <unordered_map>

#include "platform/search/xapian.h"

namespace banyan::search {
namespace {

/// The writer may go on twice while we read: then once more on the newest. Often enough for any real writer.
constexpr int kMostTries = 20;
constexpr std::size_t kRemembered = 10'000;

void set_order(Xapian::Enquire& enquire, FindOptions const& options) {
    using Order = FindOptions::Order;
    Bm25 const& bm25 = options.bm25;
    enquire.set_weighting_scheme(Xapian::BM25Weight(bm25.k1, 0, 1, bm25.b, bm25.min_length));
    if (options.order == Order::newest) enquire.set_weighting_scheme(Xapian::BoolWeight());
    if (options.order == Order::slot_falling || options.order == Order::slot_rising)
        enquire.set_sort_by_value_then_relevance(options.slot, options.order == Order::slot_falling);
    // Newer documents have greater numbers here, more or less: of equal ones the newer first.
    enquire.set_docid_order(Xapian::Enquire::DESCENDING);
    if (options.time_limit.count() > 0)
        enquire.set_time_limit(static_cast<double>(options.time_limit.count()) / 1000.0);
}

std::vector<Xapian::Query> each_to_xapian(std::vector<Query> const& parts) {
    std::vector<Xapian::Query> made;
    made.reserve(parts.size());
    for (Query const& part : parts) made.push_back(to_xapian(part));
    return made;
}

Xapian::Query joined(Xapian::Query::op operation, Query const& query) {
    auto const parts = each_to_xapian(query.parts());
    return {operation, parts.begin(), parts.end()};
}

Xapian::Query wildcard(Query const& query) {
    return {Xapian::Query::OP_WILDCARD, fitting(query.text()), query.count(),
            Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT, Xapian::Query::OP_SYNONYM};
}

/// Every number of a window.
class Numbers : public Xapian::PostingSource {
  public:
    explicit Numbers(Window const& window) : window_(window) {}

    /// All, so that it is asked last: of what the terms have found, not of every number.
    Xapian::doccount get_termfreq_min() const override { return 0; }
    Xapian::doccount get_termfreq_est() const override { return all_; }
    Xapian::doccount get_termfreq_max() const override { return all_; }
    void next(double) override { ++at_; }
    void skip_to(Xapian::docid number, double) override { at_ = std::max({at_, number, window_.above + 1}); }
    bool at_end() const override { return at_ > last_; }
    Xapian::docid get_docid() const override { return at_; }
    void init(Xapian::Database const& database) override {
        all_ = database.get_doccount();
        last_ = std::min(window_.upto, database.get_lastdocid());
        at_ = window_.above;
    }

  protected:
    Xapian::docid at() const { return at_; }
    Xapian::docid last() const { return last_; }

  private:
    Window const window_;
    Xapian::doccount all_ = 0;
    Xapian::docid at_ = 0, last_ = 0;
};

class Recent final : public Numbers {
  public:
    Recent() : Numbers({}) {}
    double get_weight() const override { return static_cast<double>(at()) / last(); }
    void init(Xapian::Database const& database) override {
        Numbers::init(database);
        set_maxweight(1);
    }
};

Xapian::Query range(Query const& query) {
    return {Xapian::Query::OP_VALUE_RANGE, query.count(), Xapian::sortable_serialise(query.from()),
            Xapian::sortable_serialise(query.to())};
}

}  // namespace

Xapian::Query to_xapian(Query const& query) {
    using Kind = Query::Kind;
    using X = Xapian::Query;
    switch (query.kind()) {
        case Kind::nothing:
            return {};
        case Kind::everything:
            return X::MatchAll;
        case Kind::term:
            return {fitting(query.text()), query.count()};
        case Kind::wildcard:
            return wildcard(query);
        case Kind::range:
            return range(query);
        case Kind::recent:
            return X((new Recent)->release());
        case Kind::any:
            return joined(X::OP_OR, query);
        case Kind::all:
            return joined(X::OP_AND, query);
        case Kind::and_not:
            return joined(X::OP_AND_NOT, query);
        case Kind::filter:
            return joined(X::OP_FILTER, query);
        case Kind::and_maybe:
            return joined(X::OP_AND_MAYBE, query);
        case Kind::scaled:
            return {query.from(), to_xapian(query.parts().front())};
    }
    return {};
}

namespace {

Xapian::Query windowed(Query const& query, Window const& window, Xapian::Database const& database) {
    if (window.above == 0 && window.upto >= database.get_lastdocid()) return to_xapian(query);
    return {Xapian::Query::OP_FILTER, to_xapian(query), Xapian::Query((new Numbers(window))->release())};
}

}  // namespace

struct Searcher::Parts {
    std::shared_ptr<Index::Parts> index;  ///< of an index in memory
    mutable Xapian::Database database;
    mutable std::mutex own_mutex;
    mutable std::unordered_map<std::string, std::uint64_t> frequencies;  ///< of terms asked for lately

    std::mutex& mutex() const { return index ? index->mutex : own_mutex; }

    /// `work(database)`, again on a newer snapshot when what it stood on is gone.
    template <class Work>
    auto read(Work&& work) const {
        std::lock_guard lock(mutex());
        return guarded([&] {
            for (int tries = 1;; ++tries) {
                try {
                    return work(index ? static_cast<Xapian::Database const&>(index->database) : database);
                } catch (Xapian::DatabaseModifiedError const&) {
                    if (tries == kMostTries) throw;
                } catch (Xapian::DocNotFoundError const&) {  // removed while we were about to read it
                    if (tries == kMostTries) throw;
                }
                if (!index) reopen();
            }
        });
    }

    bool reopen() const {
        frequencies.clear();
        return database.reopen();
    }

    std::uint64_t frequency(Xapian::Database const& from, std::string_view term) const {
        if (index) return from.get_termfreq(fitting(term));  // it changes under us
        std::string const fits = fitting(term);
        if (auto const known = frequencies.find(fits); known != frequencies.end()) return known->second;
        if (frequencies.size() >= kRemembered) frequencies.clear();
        return frequencies[fits] = from.get_termfreq(fits);
    }

    Bound bound(Xapian::Database const& from, Query const& query) const;

    /// The number of the document with this key; 0: none.
    static Xapian::docid number_of(Xapian::Database const& database, std::string_view key) {
        std::string const term = key_term(key);
        auto const found = database.postlist_begin(term);
        return found == database.postlist_end(term) ? 0 : *found;
    }
};

Searcher::Searcher(std::filesystem::path const& folder) : parts_(std::make_unique<Parts>()) {
    guarded([&] { parts_->database = Xapian::Database(folder.string()); });
}
Searcher::Searcher(Index const& index) : parts_(std::make_unique<Parts>()) {
    if (!index.parts_->in_memory)
        throw Error(Error::Kind::other,
                    "search index: a Searcher of an index in a folder is opened by its folder");
    parts_->index = index.parts_;
}
Searcher::Searcher(Searcher&&) noexcept = default;
Searcher& Searcher::operator=(Searcher&&) noexcept = default;
Searcher::~Searcher() = default;

bool Searcher::refresh() {
    if (parts_->index) return true;
    std::lock_guard lock(parts_->mutex());
    return guarded([&] { return parts_->reopen(); });
}

Found Searcher::find(Query const& query, FindOptions const& options) const {
    if (query.is_nothing()) return {.hits = {}, .about = 0, .exact = true};
    return parts_->read([&](Xapian::Database const& database) {
        Xapian::Enquire enquire(database);
        enquire.set_query(windowed(query, options.window, database));
        set_order(enquire, options);
        Xapian::MSet const matches = enquire.get_mset(options.from, options.most, options.count_at_least);
        Found found;
        found.about = matches.get_matches_estimated();
        bool const enough = found.about >= options.fewest;
        for (auto match = matches.begin(); enough && match != matches.end(); ++match) {
            Hit hit = unpack(match.get_document().get_data());
            hit.score = match.get_weight();
            found.hits.push_back(std::move(hit));
        }
        found.exact = matches.get_matches_lower_bound() == matches.get_matches_upper_bound();
        return found;
    });
}

std::pair<double, double> Searcher::bounds(std::uint32_t slot) const {
    return parts_->read([&](Xapian::Database const& database) {
        return std::pair(Xapian::sortable_unserialise(database.get_value_lower_bound(slot)),
                         Xapian::sortable_unserialise(database.get_value_upper_bound(slot)));
    });
}

std::uint32_t Searcher::last_number() const {
    return parts_->read([](Xapian::Database const& database) { return database.get_lastdocid(); });
}

std::uint64_t Searcher::count() const {
    return parts_->read([](Xapian::Database const& database) { return std::uint64_t{database.get_doccount()}; });
}

std::string Searcher::position() const {
    return parts_->read([](Xapian::Database const& database) { return database.get_metadata("position"); });
}

std::string Searcher::note(std::string_view name) const {
    return parts_->read(
        [&](Xapian::Database const& database) { return database.get_metadata("note." + std::string(name)); });
}

bool Searcher::has(std::string_view key) const {
    return parts_->read([&](Xapian::Database const& database) { return database.term_exists(key_term(key)); });
}

std::vector<TermCount> Searcher::terms(std::string_view key) const {
    return parts_->read([&](Xapian::Database const& database) {
        std::vector<TermCount> terms;
        Xapian::docid const number = Parts::number_of(database, key);
        if (number == 0) return terms;
        for (auto term = database.termlist_begin(number); term != database.termlist_end(number); ++term)
            if ((*term).front() != kKeyPrefix) terms.push_back({*term, term.get_wdf()});
        return terms;
    });
}

std::optional<std::string> Searcher::data(std::string_view key) const {
    return parts_->read([&](Xapian::Database const& database) -> std::optional<std::string> {
        Xapian::docid const number = Parts::number_of(database, key);
        if (number == 0) return std::nullopt;
        return unpack(database.get_document(number).get_data()).data;
    });
}

std::uint64_t Searcher::frequency(std::string_view term) const {
    return parts_->read([&](Xapian::Database const& database) { return parts_->frequency(database, term); });
}

Bound Searcher::Parts::bound(Xapian::Database const& from, Query const& query) const {
    using Kind = Query::Kind;
    std::vector<Bound> of;
    for (Query const& part : query.parts()) of.push_back(bound(from, part));
    switch (query.kind()) {
        case Kind::nothing:
            return {0, true};
        case Kind::term:
            return {frequency(from, query.text()), true};
        case Kind::everything:
        case Kind::recent:
            return {from.get_doccount(), true};
        case Kind::wildcard:
        case Kind::range:
            return {from.get_doccount(), false};
        case Kind::any: {
            Bound sum{0, true};
            for (Bound const& each : of) sum = {sum.most + each.most, sum.near && each.near};
            return {std::min<std::uint64_t>(sum.most, from.get_doccount()), sum.near};
        }
        case Kind::all:
        case Kind::filter:
            return {std::ranges::min(of, {}, &Bound::most).most, false};
        case Kind::and_not:
        case Kind::and_maybe:
        case Kind::scaled:
            return of.front();
    }
    return {from.get_doccount(), false};
}

Bound Searcher::bound(Query const& query) const {
    return parts_->read([&](Xapian::Database const& database) { return parts_->bound(database, query); });
}

std::vector<TermCount> Searcher::terms_with(std::string_view prefix, std::size_t most) const {
    return parts_->read([&](Xapian::Database const& database) {
        std::vector<TermCount> terms;
        std::string const start(prefix);
        for (auto term = database.allterms_begin(start);
             term != database.allterms_end(start) && terms.size() < most; ++term)
            terms.push_back({*term, term.get_termfreq()});
        return terms;
    });
}

double Searcher::average_length() const {
    return parts_->read([](Xapian::Database const& database) { return database.get_avlength(); });
}

}  // namespace banyan::search
