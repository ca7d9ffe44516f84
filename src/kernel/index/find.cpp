#include "kernel/index/find.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "kernel/engine/blind.h"

namespace banyan::index {
namespace {

constexpr std::size_t kMostLooked =
    100;  ///< proposals that one question loads, shown or not; then there is `next`
constexpr std::size_t kMostLookedLoosely = 40;  ///< each costs more, and the best come first
constexpr std::size_t kMostByPhone = 500;
constexpr std::int64_t kMostByOldNumber = 20;  ///< several old systems may have given the same
constexpr std::size_t kFew = 3;                ///< found with all words: below it, most of them are enough

/// One way through the proposals of the index, a page of them at a time.
class Looking {
  public:
    Looking(FindAsk const& ask, Plan const& plan, Viewer const& viewer, Tools const& tools)
        : ask_(ask), plan_(plan), viewer_(viewer), tools_(tools) {}

    FoundMatters look(std::uint32_t from) {
        Actor const& actor = viewer_.actor;
        Asking const asking{plan_, actor, *viewer_.rules.access, *viewer_.rules.directory, ask_.order};
        search::Query const query = query_of(asking, tools_.searcher);
        FoundMatters found;
        found.loosely = plan_.loosely;
        std::size_t const most_looked = plan_.loosely ? kMostLookedLoosely : kMostLooked;
        std::size_t looked = 0, dropped = 0;
        std::uint64_t about = 0;
        for (std::uint32_t const start = from;;) {
            search::Found const page = tools_.searcher.find(query, options(from));
            if (from == start) about = page.about;
            if (page.hits.empty()) break;
            auto matters = load(page.hits);
            for (search::Hit const& hit : page.hits) {
                if (found.matters.size() == ask_.limit) break;
                ++from;
                ++looked;
                if (!add(found, matters, hit)) ++dropped;
            }
            if (found.matters.size() == ask_.limit || looked >= most_looked || from >= kFarthest) {
                if (std::size_t const seen = from - start; about > start + seen && from < kFarthest)
                    found.next = Cursor{from, plan_.loosely};
                break;
            }
        }
        found.about = about - std::min<std::uint64_t>(about, dropped);
        if (!found.next) found.about = std::min<std::uint64_t>(found.about, from);
        found.more_than_about = found.about > kCounted;
        if (found.more_than_about) found.about = kCounted;
        if (looked > 0 && found.matters.empty() && !found.next) found.about = 0;
        return found;
    }

  private:
    search::FindOptions options(std::uint32_t from) const {
        bool const ranked = ask_.order == Order::relevance && !(plan_.words.empty() && plan_.phrases.empty());
        return {.most = static_cast<std::uint32_t>(ask_.limit + 4),
                .from = from,
                .order = ranked ? search::FindOptions::Order::relevance : search::FindOptions::Order::newest,
                .count_at_least = kCounted + 1,
                .time_limit = std::chrono::milliseconds(500)};
    }
    std::unordered_map<std::string, Matter> load(std::vector<search::Hit> const& hits) const {
        std::vector<std::int64_t> ids;
        for (search::Hit const& hit : hits) {
            std::int64_t id = 0;
            std::from_chars(hit.key.data(), hit.key.data() + hit.key.size(), id);
            ids.push_back(id);
        }
        std::unordered_map<std::string, Matter> matters;
        for (Matter& matter : load_matters(tools_.session, ids, tools_.procedures))
            matters.emplace(matter.id.text(), std::move(matter));
        return matters;
    }
    bool add(FoundMatters& found, std::unordered_map<std::string, Matter> const& matters,
             search::Hit const& hit) const {
        auto const at = matters.find(hit.key);
        if (at == matters.end()) return false;
        Matter const& matter = at->second;
        if (!viewer_.rules.access->may_see(viewer_.actor, matter, *viewer_.rules.directory)) return false;
        std::optional<json::object> row = view_of(nullptr, matter, {}, viewer_);
        if (!row) return false;
        if (plan_.words.empty() && plan_.phrases.empty()) {
            found.matters.push_back({std::move(*row), {}});
            return true;
        }
        auto const whole = view_of(nullptr, matter, load_history(tools_.session, matter), viewer_);
        if (!whole) return false;
        auto matched = match(plan_, readable_in(*whole, *matter.procedure), tools_.reader);
        if (!matched) return false;
        for (Name const* name : matched->instead)
            if (std::ranges::find(found.also, name->text) == found.also.end()) found.also.push_back(name->text);
        found.matters.push_back({std::move(*row), std::move(matched->passages)});
        return true;
    }

    FindAsk const& ask_;
    Plan const& plan_;
    Viewer const& viewer_;
    Tools const& tools_;
};

Result<void> look_up_phones(Plan& plan, Viewer const& viewer, Tools const& tools) {
    if (plan.asked.filters.phones.empty()) return {};
    if (!may_ask_phone(*viewer.rules.access, viewer.actor, *viewer.rules.directory))
        return refuse("search.not_yours", "query.q");
    for (std::string const& digits : plan.asked.filters.phones)
        for (MatterId matter : find_blind(tools.session, blind_token(tools.keys, "phone", digits), kMostByPhone))
            plan.phone_matters.push_back(matter);
    return {};
}

void look_up_old_numbers(Plan& plan, Tools const& tools) {
    for (std::string const& number : plan.asked.filters.old_numbers)
        tools.session.query("SELECT matter FROM external WHERE number = $1 ORDER BY matter DESC LIMIT $2",
                            {std::string_view(number), kMostByOldNumber},
                            [&](store::Row const& row) { plan.numbers.emplace_back(row.integer(0)); });
}

}  // namespace

Result<FoundMatters> find(FindAsk ask, Viewer const& viewer, Tools const& tools) {
    BANYAN_TRY(Plan plan, plan_of(std::move(ask.asked), {tools.names, *viewer.rules.directory, tools.reader}));
    BANYAN_CHECK(look_up_phones(plan, viewer, tools));
    look_up_old_numbers(plan, tools);
    plan.loosely = ask.cursor && ask.cursor->loosely;
    std::uint32_t const from = ask.cursor ? ask.cursor->from : 0;
    FoundMatters found = Looking(ask, plan, viewer, tools).look(from);
    if (!ask.cursor && found.matters.size() < std::min(kFew, ask.limit) && plan.terms().size() > 1) {
        plan.loosely = true;
        FoundMatters more = Looking(ask, plan, viewer, tools).look(0);
        if (more.matters.size() > found.matters.size()) {
            more.also.insert(more.also.end(), found.also.begin(), found.also.end());
            found = std::move(more);
        }
    }
    for (std::string const& name : plan.meant)
        if (std::ranges::find(found.also, name) == found.also.end()) found.also.push_back(name);
    return found;
}

bool reads_somewhere(std::string_view text, Viewer const& viewer, Tools const& tools) {
    FindAsk ask;
    ask.asked.phrases.emplace_back(text);
    ask.limit = 1;
    Result<FoundMatters> const found = find(std::move(ask), viewer, tools);
    return found && !found->matters.empty();
}

}  // namespace banyan::index
