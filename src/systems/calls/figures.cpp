#include "systems/calls/figures.h"

#include <fmt/format.h>

namespace banyan::calls {
namespace {

/// SUM of 1 where the condition holds.
std::string counted(std::string_view condition) {
    return fmt::format(", SUM(CASE WHEN {} THEN 1 ELSE 0 END)", condition);
}
std::string summed(std::string_view condition, std::string_view value) {
    return fmt::format(", SUM(CASE WHEN {} THEN {} ELSE 0 END)", condition, value);
}

constexpr std::string_view kTalked = "c.answered > 0 AND c.ended > 0";
constexpr std::string_view kWorked = "c.answered > 0 AND c.ended > 0 AND c.finished >= c.ended";

std::string counting_sql(std::string_view scope) {
    return "SELECT c.day, c.hour, COUNT(*)" + counted("c.answered > 0") +
           counted("c.answered > 0 AND c.answered - c.offered <= $3") + counted("c.abandoned > 0") +
           counted("c.closed > 0") + counted("c.rated > 0") +
           counted("c.rating = 'satisfied' OR c.rating = 'fair'") +
           summed("c.answered > 0", "c.answered - c.offered") + summed(kTalked, "c.ended - c.answered") +
           summed(kWorked, "c.finished - c.ended") + counted(kTalked) + counted(kWorked) +
           fmt::format(
               " FROM call c WHERE c.day >= $1 AND c.day <= $2 AND {} GROUP BY c.day, c.hour ORDER BY c.day, "
               "c.hour",
               scope);
}

void count_by(Office const& office, FiguresAsked const& asked, std::string_view column,
              std::map<std::string, std::int64_t>& into) {
    office.session.query(
        fmt::format("SELECT c.{0}, COUNT(*) FROM call c WHERE c.day >= $1 AND c.day <= $2 AND {1} GROUP BY c.{0} "
                    "ORDER BY c.{0}",
                    column, asked.scope),
        {std::int64_t{asked.first.number}, std::int64_t{asked.last.number}}, [&](store::Row const& row) {
            if (!row.text(0).empty()) into[std::string(row.text(0))] = row.integer(1);
        });
}

}  // namespace

void Counts::add(Counts const& other) {
    offered += other.offered;
    answered += other.answered;
    quick += other.quick;
    abandoned += other.abandoned;
    closed += other.closed;
    valid += other.valid;
    on_the_spot += other.on_the_spot;
    rated += other.rated;
    satisfied += other.satisfied;
    waiting_us += other.waiting_us;
    talking_us += other.talking_us;
    after_us += other.after_us;
    talked += other.talked;
    worked += other.worked;
}

Counts Figures::total() const {
    Counts all;
    for (auto const& [hour, counts] : hours) all.add(counts);
    return all;
}

std::map<Day, Counts> Figures::days() const {
    std::map<Day, Counts> all;
    for (auto const& [hour, counts] : hours) all[hour.first].add(counts);
    return all;
}

Figures count_figures(Office const& office, FiguresAsked const& asked) {
    Figures figures;
    std::int64_t const first = asked.first.number, last = asked.last.number;
    auto hour_of = [&](store::Row const& row) -> Counts& {
        return figures.hours[{Day{static_cast<std::int32_t>(row.integer(0))}, static_cast<int>(row.integer(1))}];
    };
    office.session.query(
        counting_sql(asked.scope), {first, last, office.book.quick.us}, [&](store::Row const& row) {
            Counts& counts = hour_of(row);
            int column = 2;
            for (std::int64_t* into : {&counts.offered, &counts.answered, &counts.quick, &counts.abandoned,
                                       &counts.closed, &counts.rated, &counts.satisfied, &counts.waiting_us,
                                       &counts.talking_us, &counts.after_us, &counts.talked, &counts.worked})
                *into = row.integer(column++);
        });
    office.session.query(
        fmt::format("SELECT c.day, c.hour, c.closing, COUNT(*) FROM call c WHERE c.day >= $1 AND c.day <= $2 AND "
                    "c.closed > 0 AND {} GROUP BY c.day, c.hour, c.closing ORDER BY c.day, c.hour, c.closing",
                    asked.scope),
        {first, last}, [&](store::Row const& row) {
            Closing const* closing = office.book.closing(row.text(2));
            Counts& counts = hour_of(row);
            if (closing == nullptr || closing->valid) counts.valid += row.integer(3);
            if (closing != nullptr && closing->on_the_spot) counts.on_the_spot += row.integer(3);
            figures.closings[std::string(row.text(2))] += row.integer(3);
        });
    count_by(office, asked, "line", figures.lines);
    count_by(office, asked, "language", figures.languages);
    count_by(office, asked, "rating", figures.ratings);
    return figures;
}

Counts count_level(store::Session& session, Handbook const& book, Day first, Day last) {
    static std::string const kSql = "SELECT COUNT(*)" + counted("c.answered > 0") +
                                    counted("c.answered > 0 AND c.answered - c.offered <= $3") +
                                    " FROM call c WHERE c.day >= $1 AND c.day <= $2";
    Counts counts;
    session.query(kSql, {std::int64_t{first.number}, std::int64_t{last.number}, book.quick.us},
                  [&](store::Row const& row) {
                      counts.offered = row.integer(0);
                      counts.answered = row.integer(1);
                      counts.quick = row.integer(2);
                  });
    return counts;
}

}  // namespace banyan::calls
