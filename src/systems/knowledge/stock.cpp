#include "systems/knowledge/stock.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/csv.h"
#include "base/text.h"

namespace banyan::knowledge {
namespace {

constexpr std::size_t kLongestId = 40;  ///< of an entry: a field of the type `code`

/// One row on its way in: what is wrong is said with its line and column.
class RowReader {
  public:
    RowReader(Csv const& table, CsvRow const& row) : table_(table), row_(row) {}

    std::string text(std::string_view column) const { return std::string(trim(table_.at(row_, column))); }
    std::string required(std::string_view column) {
        std::string value = text(column);
        if (value.empty()) wrong(column, value);
        return value;
    }
    /// Letters, digits and hyphens.
    std::string code(std::string_view column) {
        std::string value = required(column);
        auto fits = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
        };
        if (!std::ranges::all_of(value, fits) || value.size() > 60) wrong(column, value);
        return value;
    }
    std::string area(std::string_view column) {
        std::string value = required(column);
        auto digit = [](char c) { return c >= '0' && c <= '9'; };
        if (!std::ranges::all_of(value, digit) || value.size() < 2 || value.size() > 12) wrong(column, value);
        return value;
    }
    std::optional<Day> day(std::string_view column) {
        std::string const value = text(column);
        if (value.empty()) return std::nullopt;
        auto day = parse_day(value);
        if (!day) wrong(column, value);
        return day;
    }
    int version(std::string_view column) {
        std::string const value = required(column);
        int number = 0;
        auto const read = std::from_chars(value.data(), value.data() + value.size(), number);
        if (read.ec != std::errc() || read.ptr != value.data() + value.size() || number < 1 || number > 9999)
            wrong(column, value);
        return number;
    }
    void wrong(std::string_view column, std::string_view value) {
        if (!refusal_)
            refusal_ =
                Refusal{"knowledge.row",
                        std::string(column),
                        {{"line", std::to_string(row_.line)}, {"value", std::string(first_characters(value, 60))}},
                        {}};
    }
    std::optional<Refusal> const& refusal() const { return refusal_; }

  private:
    Csv const& table_;
    CsvRow const& row_;
    std::optional<Refusal> refusal_;
};

Result<void> check_columns(Csv const& table, std::vector<std::string_view> const& needed) {
    for (std::string_view column : needed)
        if (!table.has(column)) return refuse("knowledge.no_column", std::string(column));
    return {};
}

}  // namespace

void end_superseded(std::vector<Entry>& entries) {
    std::string_view id;
    std::optional<Day> next;  // the first day of a later version
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        if (entry->id != id) next.reset(), id = entry->id;
        if (entry->taken_down) continue;
        if (next && (!entry->force.until || *next < *entry->force.until)) {
            entry->force.until = next;
            entry->followed = true;
        }
        Day const begins = entry->force.from.value_or(Day{});
        next = next ? std::min(*next, begins) : begins;
    }
}

Entry const* Stock::entry(std::string_view id, int version) const {
    for (Entry const* each : versions(id))
        if (each->version == version) return each;
    return nullptr;
}

std::vector<Entry const*> Stock::versions(std::string_view id) const {
    std::vector<Entry const*> all;
    for (auto at = std::ranges::lower_bound(entries, id, {}, &Entry::id); at != entries.end() && at->id == id;
         ++at)
        all.push_back(&*at);
    return all;
}

Law const* Stock::law(std::string_view id) const {
    auto found = std::ranges::lower_bound(laws, id, {}, &Law::id);
    return found != laws.end() && found->id == id ? &*found : nullptr;
}

Article const* Stock::article(Law const& law, std::string_view number) const {
    for (std::size_t i = law.first; i < law.first + law.count; ++i)
        if (articles[i].number == number) return &articles[i];
    return nullptr;
}

Result<std::vector<Entry>> read_entries(std::string_view csv) {
    BANYAN_TRY(Csv const table, Csv::parse(csv));
    BANYAN_CHECK(check_columns(table, {"id", "version", "title", "variants", "body", "area", "from", "until"}));
    std::vector<Entry> entries;
    for (CsvRow const& row : table.rows()) {
        RowReader reader(table, row);
        Entry entry;
        entry.id = reader.code("id");
        if (entry.id.size() > kLongestId) reader.wrong("id", entry.id);  // or no form could name it
        entry.version = reader.version("version");
        entry.title = reader.required("title");
        entry.variants = split(reader.text("variants"), "\uFF1B");
        entry.body = reader.required("body");
        entry.en = reader.text("en");
        entry.basis = reader.text("basis");
        entry.articles = split(reader.text("articles"), ";");
        entry.unit = reader.text("unit");
        entry.class_code = reader.text("class");
        entry.force = {reader.area("area"), reader.day("from"), reader.day("until")};
        if (entry.force.from && entry.force.until && *entry.force.until <= *entry.force.from)
            reader.wrong("until", reader.text("until"));
        if (reader.refusal()) return refuse(*reader.refusal());
        entries.push_back(std::move(entry));
    }
    auto key = [](Entry const& entry) { return std::pair(std::string_view(entry.id), entry.version); };
    std::ranges::sort(entries, {}, key);
    if (auto twice = std::ranges::adjacent_find(entries, {}, key); twice != entries.end())
        return refuse("knowledge.twice", {}, {{"name", twice->name()}});
    return entries;
}

namespace {

Result<std::vector<Law>> laws_of(std::string_view csv) {
    BANYAN_TRY(Csv const laws, Csv::parse(csv));
    BANYAN_CHECK(check_columns(laws, {"id", "title", "kind", "area", "in_force_from", "in_force_until", "sure"}));
    std::vector<Law> all;
    for (CsvRow const& row : laws.rows()) {
        RowReader reader(laws, row);
        Law law;
        law.id = reader.code("id");
        law.title = reader.required("title");
        law.kind = reader.code("kind");
        law.made = reader.day("made");
        law.force = {reader.area("area"), reader.day("in_force_from"), reader.day("in_force_until")};
        law.superseded_by = reader.text("superseded_by");
        law.sure = reader.text("sure") == "yes";
        law.note = reader.text("note");
        law.source = reader.text("source");
        if (reader.refusal()) return refuse(*reader.refusal());
        all.push_back(std::move(law));
    }
    std::ranges::sort(all, {}, &Law::id);
    if (auto twice = std::ranges::adjacent_find(all, {}, &Law::id); twice != all.end())
        return refuse("knowledge.twice", {}, {{"name", twice->id}});
    return all;
}

Result<void> add_wordings(Stock& stock, std::string_view csv) {
    if (csv.empty()) return {};
    BANYAN_TRY(Csv const wordings, Csv::parse(csv));
    BANYAN_CHECK(check_columns(wordings, {"article", "wordings"}));
    for (CsvRow const& row : wordings.rows()) {
        RowReader reader(wordings, row);
        std::string const name = reader.required("article");
        std::size_t const colon = name.find(':');
        Law const* law = stock.law(std::string_view(name).substr(0, colon));
        Article const* article =
            law != nullptr && colon != std::string::npos ? stock.article(*law, name.substr(colon + 1)) : nullptr;
        if (article == nullptr) reader.wrong("article", name);
        if (reader.refusal()) return refuse(*reader.refusal());
        stock.articles[static_cast<std::size_t>(article - stock.articles.data())].wordings =
            split(reader.text("wordings"), "\uFF1B");
    }
    return {};
}

}  // namespace

Result<Stock> read_laws(LawTables const& tables) {
    Stock stock;
    BANYAN_TRY(stock.laws, laws_of(tables.laws));
    BANYAN_TRY(Csv const articles, Csv::parse(tables.articles));
    BANYAN_CHECK(check_columns(articles, {"law", "article", "chapter", "text"}));
    std::map<std::string, std::vector<Article>, std::less<>> of_law;
    for (CsvRow const& row : articles.rows()) {
        RowReader reader(articles, row);
        std::string const law = reader.code("law");
        Article article{0, reader.code("article"), reader.text("chapter"), reader.required("text"), {}};
        if (!stock.law(law)) reader.wrong("law", law);
        if (reader.refusal()) return refuse(*reader.refusal());
        of_law[law].push_back(std::move(article));
    }
    for (std::size_t i = 0; i < stock.laws.size(); ++i) {
        Law& law = stock.laws[i];
        auto found = of_law.find(law.id);
        if (found == of_law.end()) return refuse("knowledge.no_articles", {}, {{"law", law.id}});
        law.first = stock.articles.size();
        law.count = found->second.size();
        for (Article& article : found->second) {
            article.law = i;
            stock.articles.push_back(std::move(article));
        }
    }
    BANYAN_CHECK(add_wordings(stock, tables.wordings));
    return stock;
}

}  // namespace banyan::knowledge
