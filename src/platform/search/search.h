// platform/search/search.h: an index of documents by their terms, ranked by BM25. All of Xapian is behind it.
//
// A document is a bag of terms without positions, numbers and texts in slots, and some bytes of the caller's.
// Which terms there are is the caller's; by custom a term of a field begins with capital letters (`T路灯`), and
// `Q` is this folder's own (the keys). Terms over 240 bytes are cut, in documents and queries alike.
//
// What was replaced becomes visible, and safe from a loss of power, with commit(position): documents and position
// are written in one revision. A large batch may be written earlier in parts, without its position: who follows a
// journal then repeats some of it, which replace() by key makes harmless.
//
// Thread rules: Index: one thread at a time. Searcher: any thread, one call at a time (the others wait). Threads
// that want to search at once each have a Searcher. An index in memory and its Searchers may be called from any
// thread.
#pragma once
#include "platform/search/query.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace banyan::search {

/// What can go wrong with an index: a broken machine, so an exception.
class Error : public std::runtime_error {
  public:
    enum class Kind : std::uint8_t { missing, damaged, locked, full, other };
    Error(Kind of, std::string const& what) : std::runtime_error(what), kind(of) {}
    Kind kind;
};

struct TermCount {
    std::string text;
    std::uint32_t count = 1;  ///< how often it stands there; BM25 counts with it
    bool operator==(TermCount const&) const = default;
};

struct Value {
    std::uint32_t slot = 0;
    std::variant<double, std::string> value;
};

struct Document {
    std::string key;  ///< unique; 1 to 200 bytes
    std::vector<TermCount> terms;
    std::vector<Value> values;
    std::string data;
};

struct Bm25 {
    double k1 = 1.2;          ///< how fast repeating a term stops counting
    double b = 0.5;           ///< how much a long document is held against it; 0: nobody looks how long one is
    double min_length = 0.5;  ///< shorter ones (of the average) count as this long
};

/// Documents by their numbers, which rise with the time they were added first; replacing one leaves it its number.
struct Window {
    std::uint32_t above = 0, upto = ~std::uint32_t{0};  ///< numbers > above and <= upto
    bool operator==(Window const&) const = default;
};

struct FindOptions {
    std::uint32_t most = 20;
    std::uint32_t from = 0;
    /// `newest`: those first that were added last (replacing leaves a document in its place); the only order in
    /// which a search may stop before it has seen all that match. No scores.
    enum class Order : std::uint8_t { relevance, newest, slot_falling, slot_rising } order = Order::relevance;
    std::uint32_t slot = 0;  ///< of the last two orders; equal ones by relevance
    Bm25 bm25{};
    Window window{};                          ///< only documents in it
    std::uint32_t fewest = 0;                 ///< of fewer than so many, no hits are read
    std::uint32_t count_at_least = 0;         ///< `about` is exact up to this many
    std::chrono::milliseconds time_limit{0};  ///< after it, `about` is no longer made better. 0: none
};

struct Hit {
    std::string key;
    double score = 0;
    std::string data;
};

struct Found {
    std::vector<Hit> hits;
    std::uint64_t about = 0;  ///< how many there are, estimated
    bool exact = false;       ///< `about` is no estimate
};

/// How many documents match a query, without looking: by how often each of its terms is there.
struct Bound {
    std::uint64_t most = 0;
    bool near = false;  ///< not many fewer either: one word is asked for, not several together
};

class Index {
  public:
    /// Opens the index below `folder`, or makes an empty one. Only one Index may be open on a folder, in all
    /// processes (Error::Kind::locked).
    static Index open(std::filesystem::path const& folder);
    /// Small stocks and tests.
    static Index in_memory();

    Index(Index&&) noexcept;
    Index& operator=(Index&&) noexcept;
    ~Index();  ///< what was not committed may be lost

    void replace(Document const& document);
    void remove(std::string_view key);  ///< nothing happens if it is not there
    /// `position`: how far the source has been followed.
    void commit(std::string_view position);
    std::string position() const;  ///< empty: never committed

    /// Words of the caller's about the index, committed with the next commit().
    void set_note(std::string_view name, std::string_view text);
    std::string note(std::string_view name) const;

    std::uint64_t count() const;  ///< what is not committed counted too

  private:
    friend class Searcher;
    struct Parts;
    explicit Index(std::shared_ptr<Parts> parts);
    std::shared_ptr<Parts> parts_;
};

/// A snapshot of what was committed; refresh() moves it on. If the writer has meanwhile overwritten what the
/// snapshot stood on (two commits later), a call moves it on by itself.
class Searcher {
  public:
    explicit Searcher(std::filesystem::path const& folder);
    /// Of an index in memory: sees everything at once, committed or not.
    explicit Searcher(Index const& index);
    Searcher(Searcher&&) noexcept;
    Searcher& operator=(Searcher&&) noexcept;
    ~Searcher();

    bool refresh();  ///< false: nothing newer

    Found find(Query const& query, FindOptions const& options = {}) const;
    /// The least and the greatest number that any document has, or had, in `slot`.
    std::pair<double, double> bounds(std::uint32_t slot) const;
    std::uint32_t last_number() const;  ///< of the document added last, if it was not removed

    std::uint64_t count() const;
    std::string position() const;
    std::string note(std::string_view name) const;

    bool has(std::string_view key) const;
    std::vector<TermCount> terms(std::string_view key) const;  ///< of a document, in order; unknown: none
    std::optional<std::string> data(std::string_view key) const;
    std::uint64_t frequency(std::string_view term) const;  ///< in how many documents
    Bound bound(Query const& query) const;
    /// Terms that begin with `prefix`, in order, with their frequency.
    std::vector<TermCount> terms_with(std::string_view prefix, std::size_t most) const;
    double average_length() const;  ///< terms a document

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

/// Reads all of an index and compares it with itself: false if something is damaged.
bool is_sound(std::filesystem::path const& folder);

/// Writes what is committed in `from` to `to` (which must not exist) without the room left for changes.
void compact(std::filesystem::path const& from, std::filesystem::path const& to);

}  // namespace banyan::search
