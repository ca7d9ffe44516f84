#include "systems/knowledge/knowledge_store.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "kernel/engine/tables.h"
#include "platform/crypto/digest.h"

namespace banyan::knowledge {
namespace {

using store::Type;

store::Table const kEntryTable{
    "knowledge_entry",
    {{"id", Type::text},        {"version", Type::integer},    {"edition", Type::integer},
     {"title", Type::text},     {"variants", Type::text},      {"body", Type::text},
     {"en", Type::text},        {"basis", Type::text},         {"articles", Type::text},
     {"unit", Type::text},      {"class", Type::text},         {"area", Type::text},
     {"begins", Type::integer}, {"ends", Type::integer},       {"origin", Type::text},
     {"digest", Type::text},    {"taken_in", Type::integer},   {"replaced", Type::integer},
     {"matter", Type::integer}, {"staff_only", Type::integer}, {"taken_down", Type::integer}},
    {"id", "version", "edition"}};

store::Table const kLawTable{"knowledge_law",
                             {{"id", Type::text},
                              {"edition", Type::integer},
                              {"title", Type::text},
                              {"kind", Type::text},
                              {"area", Type::text},
                              {"made", Type::integer},
                              {"begins", Type::integer},
                              {"ends", Type::integer},
                              {"superseded_by", Type::text},
                              {"sure", Type::integer},
                              {"note", Type::text},
                              {"source", Type::text},
                              {"origin", Type::text},
                              {"digest", Type::text},
                              {"taken_in", Type::integer},
                              {"replaced", Type::integer}},
                             {"id", "edition"}};

store::Table const kArticleTable{"knowledge_article",
                                 {{"law", Type::text},
                                  {"edition", Type::integer},
                                  {"place", Type::integer},
                                  {"number", Type::text},
                                  {"chapter", Type::text},
                                  {"text", Type::text},
                                  {"wordings", Type::text}},
                                 {"law", "edition", "place"}};

std::string_view name(Origin origin) {
    return origin == Origin::shipped ? "shipped" : origin == Origin::imported ? "imported" : "written";
}

std::string lines(std::vector<std::string> const& parts) {
    std::string all;
    for (std::string const& part : parts) all += (all.empty() ? "" : "\n") + part;
    return all;
}

std::string written(std::optional<Day> day) { return day ? iso(*day) : std::string(); }

std::string digest_of(Entry const& entry) {
    crypto::Sm3 sum;
    for (std::string const& part :
         {entry.id, std::to_string(entry.version), entry.title, lines(entry.variants), entry.body, entry.en,
          entry.basis, lines(entry.articles), entry.unit, entry.class_code, entry.force.area,
          written(entry.force.from), written(entry.force.until)})
        sum.update_field(part);
    return crypto::hex(sum.finish());
}

std::string digest_of(Stock const& stock, Law const& law) {
    crypto::Sm3 sum;
    for (std::string const& part :
         {law.id, law.title, law.kind, written(law.made), law.force.area, written(law.force.from),
          written(law.force.until), law.superseded_by, std::string(law.sure ? "sure" : ""), law.note, law.source})
        sum.update_field(part);
    for (std::size_t i = law.first; i < law.first + law.count; ++i) {
        Article const& article = stock.articles[i];
        for (std::string const& part : {article.number, article.chapter, article.text, lines(article.wordings)})
            sum.update_field(part);
    }
    return crypto::hex(sum.finish());
}

void put_day(RowBuffer& rows, std::optional<Day> day) {
    if (day)
        rows.integer(day->number);
    else
        rows.null();
}

std::optional<Day> day_at(store::Row const& row, int column) {
    if (row.null(column)) return std::nullopt;
    return Day{static_cast<std::int32_t>(row.integer(column))};
}

/// What is there, by id (an entry's with its version).
struct Known {
    int edition = 0;  ///< the last one
    std::string digest, origin;
    bool current = false;
    bool met = false;
};
using AllKnown = std::map<std::string, Known, std::less<>>;

void note(AllKnown& known, std::string const& id, store::Row const& row) {
    Known& one = known[id];
    auto const edition = static_cast<int>(row.integer(1));
    if (edition < one.edition) return;
    one = {edition, std::string(row.text(2)), std::string(row.text(3)), row.integer(4) == 0, false};
}

/// Whether it is to be written, and as which edition; counts it.
bool is_new(AllKnown& known, std::string const& id, std::string const& digest, TakenIn& taken) {
    Known& one = known[id];
    one.met = true;
    if (one.edition > 0 && one.current && one.digest == digest) {
        ++taken.unchanged;
        return false;
    }
    ++(one.edition == 0 ? taken.added : taken.changed);
    ++one.edition;
    return true;
}

struct Edition {
    int number = 0;
    std::string digest;
    Origin origin;
    Instant now;
};

void put_row(RowBuffer& rows, Entry const& entry, Edition const& edition) {
    rows.text(entry.id);
    rows.integer(entry.version);
    rows.integer(edition.number);
    rows.text(entry.title);
    rows.text(lines(entry.variants));
    rows.text(entry.body);
    rows.text(entry.en);
    rows.text(entry.basis);
    rows.text(lines(entry.articles));
    rows.text(entry.unit);
    rows.text(entry.class_code);
    rows.text(entry.force.area);
    put_day(rows, entry.force.from);
    put_day(rows, entry.force.until);
    rows.text_view(name(edition.origin));
    rows.text(edition.digest);
    rows.integer(edition.now.us);
    rows.integer(0);
    rows.integer(entry.matter.value);
    rows.integer(entry.staff_only ? 1 : 0);
    rows.integer(entry.taken_down ? edition.now.us : 0);
}

}  // namespace

TakenIn take_in_entries(store::Session& session, std::vector<Entry> const& entries, Origin origin, Instant now) {
    AllKnown known;
    session.query("SELECT id, edition, digest, origin, replaced, version FROM knowledge_entry", {},
                  [&](store::Row const& row) {
                      note(known, std::string(row.text(0)) + "@" + std::to_string(row.integer(5)), row);
                  });
    auto end = [&](std::string_view id, std::int64_t version) {
        session.execute("UPDATE knowledge_entry SET replaced = $1 WHERE id = $2 AND version = $3 AND replaced = 0",
                        {now.us, id, version});
    };
    TakenIn taken;
    RowBuffer rows;
    for (Entry const& entry : entries) {
        std::string const digest = digest_of(entry);
        if (!is_new(known, entry.name(), digest, taken)) continue;
        end(entry.id, entry.version);
        put_row(rows, entry, {known.find(entry.name())->second.edition, digest, origin, now});
    }
    if (!rows.empty()) session.write(kEntryTable, rows.cells());
    if (origin == Origin::shipped)
        for (auto const& [id, one] : known)
            if (!one.met && one.current && one.origin == name(Origin::shipped)) {
                std::size_t const at = id.rfind('@');
                end(std::string_view(id).substr(0, at), std::stoll(id.substr(at + 1)));
                ++taken.ended;
            }
    return taken;
}

bool put_written(store::Session& session, std::vector<Entry> const& entries, Instant now) {
    RowBuffer rows;
    for (Entry const& entry : entries) {
        int last = 0;
        bool there = false;
        session.query("SELECT edition, replaced, matter FROM knowledge_entry WHERE id = $1 AND version = $2",
                      {std::string_view(entry.id), std::int64_t{entry.version}}, [&](store::Row const& row) {
                          last = std::max(last, static_cast<int>(row.integer(0)));
                          there = there || (row.integer(1) == 0 && row.integer(2) == entry.matter.value);
                      });
        if (there) continue;
        session.execute("UPDATE knowledge_entry SET replaced = $1 WHERE id = $2 AND version = $3 AND replaced = 0",
                        {now.us, std::string_view(entry.id), std::int64_t{entry.version}});
        put_row(rows, entry, {last + 1, digest_of(entry), Origin::written, now});
    }
    if (rows.empty()) return false;
    session.write(kEntryTable, rows.cells());
    return true;
}

TakenIn take_in_laws(store::Session& session, Stock const& laws, Origin origin, Instant now) {
    AllKnown known;
    session.query("SELECT id, edition, digest, origin, replaced FROM knowledge_law", {},
                  [&](store::Row const& row) { note(known, std::string(row.text(0)), row); });
    auto end = [&](std::string_view id) {
        session.execute("UPDATE knowledge_law SET replaced = $1 WHERE id = $2 AND replaced = 0", {now.us, id});
    };
    TakenIn taken;
    RowBuffer rows, articles;
    for (Law const& law : laws.laws) {
        std::string const digest = digest_of(laws, law);
        if (!is_new(known, law.id, digest, taken)) continue;
        end(law.id);
        int const edition = known.find(law.id)->second.edition;
        rows.text(law.id);
        rows.integer(edition);
        rows.text(law.title);
        rows.text(law.kind);
        rows.text(law.force.area);
        put_day(rows, law.made);
        put_day(rows, law.force.from);
        put_day(rows, law.force.until);
        rows.text(law.superseded_by);
        rows.integer(law.sure ? 1 : 0);
        rows.text(law.note);
        rows.text(law.source);
        rows.text_view(name(origin));
        rows.text(digest);
        rows.integer(now.us);
        rows.integer(0);
        for (std::size_t i = 0; i < law.count; ++i) {
            Article const& article = laws.articles[law.first + i];
            articles.text_view(law.id);
            articles.integer(edition);
            articles.integer(static_cast<std::int64_t>(i));
            articles.text_view(article.number);
            articles.text_view(article.chapter);
            articles.text_view(article.text);
            articles.text(lines(article.wordings));
        }
    }
    if (!rows.empty()) session.write(kLawTable, rows.cells());
    if (!articles.empty()) session.write(kArticleTable, articles.cells());
    if (origin == Origin::shipped)
        for (auto const& [id, one] : known)
            if (!one.met && one.current && one.origin == name(Origin::shipped)) {
                end(id);
                ++taken.ended;
            }
    return taken;
}

bool same_source(store::Session& session, std::string_view source, std::string_view digest) {
    bool same = false;
    session.query("SELECT digest FROM knowledge_source WHERE name = $1", {source},
                  [&](store::Row const& row) { same = row.text(0) == digest; });
    return same;
}

void note_source(store::Session& session, std::string_view source, std::string_view digest, Instant now) {
    session.execute(
        "INSERT INTO knowledge_source (name, digest, taken_in) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE "
        "SET "
        "digest = excluded.digest, taken_in = excluded.taken_in",
        {source, digest, now.us});
}

std::vector<Entry> load_entries(store::Session& session) {
    std::vector<Entry> entries;
    session.query(
        "SELECT id, version, title, variants, body, en, basis, articles, unit, class, area, begins, ends, "
        "staff_only, taken_down, matter FROM knowledge_entry WHERE replaced = 0 ORDER BY id, version",
        {}, [&](store::Row const& row) {
            entries.push_back({std::string(row.text(0)),
                               static_cast<int>(row.integer(1)),
                               std::string(row.text(2)),
                               split(row.text(3), "\n"),
                               std::string(row.text(4)),
                               std::string(row.text(5)),
                               std::string(row.text(6)),
                               split(row.text(7), "\n"),
                               std::string(row.text(8)),
                               std::string(row.text(9)),
                               {std::string(row.text(10)), day_at(row, 11), day_at(row, 12)},
                               row.integer(13) != 0,
                               row.integer(14) != 0,
                               false,
                               MatterId(row.integer(15))});
        });
    end_superseded(entries);
    return entries;
}

Stock load_stock(store::Session& session) {
    Stock stock;
    stock.entries = load_entries(session);
    session.query(
        "SELECT id, title, kind, made, area, begins, ends, superseded_by, sure, note, source FROM knowledge_law "
        "WHERE replaced = 0 ORDER BY id",
        {}, [&](store::Row const& row) {
            stock.laws.push_back({std::string(row.text(0)),
                                  std::string(row.text(1)),
                                  std::string(row.text(2)),
                                  day_at(row, 3),
                                  {std::string(row.text(4)), day_at(row, 5), day_at(row, 6)},
                                  std::string(row.text(7)),
                                  row.integer(8) != 0,
                                  std::string(row.text(9)),
                                  std::string(row.text(10))});
        });
    std::size_t law = 0;
    session.query(
        "SELECT a.law, a.number, a.chapter, a.text, a.wordings FROM knowledge_article a JOIN knowledge_law l ON "
        "l.id = a.law AND l.edition = a.edition WHERE l.replaced = 0 ORDER BY a.law, a.place",
        {}, [&](store::Row const& row) {
            while (stock.laws[law].id != row.text(0)) ++law;
            Law& of = stock.laws[law];
            if (of.count++ == 0) of.first = stock.articles.size();
            stock.articles.push_back({law, std::string(row.text(1)), std::string(row.text(2)),
                                      std::string(row.text(3)), split(row.text(4), "\n")});
        });
    return stock;
}

}  // namespace banyan::knowledge
