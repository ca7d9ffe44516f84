#include "systems/administration/acts.h"

#include <fmt/format.h>

#include <limits>

#include "platform/crypto/digest.h"

namespace banyan::administration {
namespace {

constexpr std::string_view kFormat = "banyan act 1";
constexpr std::string_view kColumns =
    "SELECT id, at, person, role, act, subject, detail, hash FROM administrative_act";
std::string const kNothingBefore(32, '\0');

std::string hash_of(Act const& act, std::string_view before) {
    crypto::Sm3 sm3;
    sm3.update_field(kFormat).update_field(before);
    for (std::int64_t n : {act.id, act.at.us, act.person.value}) sm3.update_field(crypto::big_endian(n));
    for (std::string_view text : {std::string_view(act.role), std::string_view(act.act),
                                  std::string_view(act.subject), std::string_view(act.detail)})
        sm3.update_field(text);
    return std::string(crypto::view(sm3.finish()));
}

Act act_row(store::Row const& row) {
    return {row.integer(0),           Instant{row.integer(1)},  PersonId(row.integer(2)),
            std::string(row.text(3)), std::string(row.text(4)), std::string(row.text(5)),
            std::string(row.text(6)), std::string(row.bytes(7))};
}

}  // namespace

void put_act(store::Session& writing, Act act) {
    std::string before = kNothingBefore;
    writing.query("SELECT id, hash FROM administrative_act ORDER BY id DESC LIMIT 1", {},
                  [&](store::Row const& row) {
                      act.id = row.integer(0);
                      before = row.bytes(1);
                  });
    ++act.id;
    act.hash = hash_of(act, before);
    writing.execute(
        "INSERT INTO administrative_act (id, at, person, role, act, subject, detail, hash) VALUES ($1, $2, $3, "
        "$4, "
        "$5, $6, $7, $8)",
        {act.id, act.at.us, act.person.value, std::string_view(act.role), std::string_view(act.act),
         std::string_view(act.subject), std::string_view(act.detail), store::Bytes{act.hash}});
}

std::vector<Act> load_acts(store::Session& session, std::int64_t before, std::size_t most) {
    std::vector<Act> all;
    session.query(
        fmt::format("{} WHERE id < $1 ORDER BY id DESC LIMIT $2", kColumns),
        {before == 0 ? std::numeric_limits<std::int64_t>::max() : before, static_cast<std::int64_t>(most)},
        [&](store::Row const& row) { all.push_back(act_row(row)); });
    return all;
}

std::int64_t first_altered_act(store::Session& session) {
    std::string before = kNothingBefore;
    std::int64_t expected = 1, altered = 0;
    session.query(fmt::format("{} ORDER BY id", kColumns), {}, [&](store::Row const& row) {
        if (altered != 0) return;
        Act const act = act_row(row);
        if (act.id != expected || act.hash != hash_of(act, before)) altered = expected;
        before = act.hash;
        ++expected;
    });
    return altered;
}

}  // namespace banyan::administration
