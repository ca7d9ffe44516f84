#include "systems/calls/ratings.h"

#include <fmt/format.h>

namespace banyan::calls {

void Ratings::add(Ratings const& other) {
    answered += other.answered;
    asked += other.asked;
    satisfied += other.satisfied;
    fair += other.fair;
    unsatisfied += other.unsatisfied;
}

RatingsBySeat count_ratings(Office const& office, FiguresAsked const& asked) {
    RatingsBySeat all;
    office.session.query(
        fmt::format(
            "SELECT c.seat, c.day, COUNT(*), SUM(CASE WHEN c.asked > 0 OR c.rated > 0 THEN 1 ELSE 0 END), "
            "SUM(CASE WHEN c.rating = 'satisfied' THEN 1 ELSE 0 END), SUM(CASE WHEN c.rating = 'fair' THEN "
            "1 ELSE 0 END), SUM(CASE WHEN c.rating = 'unsatisfied' THEN 1 ELSE 0 END) FROM call c WHERE "
            "c.day >= $1 AND c.day <= $2 AND c.answered > 0 AND {} GROUP BY c.seat, c.day ORDER BY c.seat, "
            "c.day",
            asked.scope),
        {std::int64_t{asked.first.number}, std::int64_t{asked.last.number}}, [&](store::Row const& row) {
            Ratings& ratings = all[{PersonId(row.integer(0)), Day{static_cast<std::int32_t>(row.integer(1))}}];
            int column = 2;
            for (std::int64_t* into :
                 {&ratings.answered, &ratings.asked, &ratings.satisfied, &ratings.fair, &ratings.unsatisfied})
                *into = row.integer(column++);
        });
    return all;
}

}  // namespace banyan::calls
