#include "kernel/index/find.h"

#include <algorithm>
#include <charconv>
#include <span>

#include <fmt/format.h>

#include "base/text.h"
#include "kernel/engine/blind.h"

namespace banyan::index {
namespace {

constexpr std::uint32_t kMostLooked =
    100;  ///< proposals that one question loads, shown or not; then there is `next`
constexpr std::uint32_t kMostLookedLoosely = 40;  ///< each costs more, and the best come first
constexpr std::uint32_t kRankedLoosely = 200;
/// So many documents are gone through for one page before it begins with what was found: a year of a city of eight
/// million, and half of one for what costs most. Further back only when that holds nothing, or the page is not
/// full.
constexpr std::uint32_t kWidest = 500'000, kWidestLoosely = 200'000;
constexpr std::uint32_t kSpare = 4;  ///< proposed beside a page's, for those that drop out
constexpr std::size_t kMostByPhone = 500;
constexpr std::int64_t kMostByOldNumber = 20;  ///< several old systems may have given the same
constexpr std::size_t kFew = 3;                ///< found with all words: below it, most of them are enough

/// One way through the proposals of the index, a page of them at a time.
class Looking {
  public:
    Looking(FindAsk const& ask, Plan const& plan, Viewer const& viewer, Tools const& tools)
        : ask_(ask), plan_(plan), viewer_(viewer), tools_(tools) {}

    FoundMatters look(std::optional<Cursor> const& cursor) {
        Asking const asking{plan_, viewer_.actor, *viewer_.rules.access, *viewer_.rules.directory, ask_.order};
        search::Windows const windows(tools_.searcher, query_of(asking, tools_.searcher), options(), width());
        Cursor at{cursor ? cursor->from : 0, plan_.loosely, {}};
        std::optional<search::Place> place;
        if (cursor) place = cursor->place;
        std::uint32_t const start = at.from, stop = std::min(start + most_looked(), kFarthest);
        FoundMatters found;
        found.loosely = plan_.loosely;
        std::uint64_t about = 0, dropped = 0;
        bool more = true, older = false, all_seen = false;
        auto full = [&] {
            return at.from == stop || found.matters.size() == ask_.limit || (plan_.loosely && at.from > start);
        };
        while (more && !full()) {
            std::uint32_t const most = std::min(looked_at_once(found), stop - at.from);
            search::Windows::Page page =
                all_seen ? windows.behind(place->window, place->from, most) : windows.page(place, most);
            if (at.from == start) about = in_all(page, start);
            older = page.older;
            if (page.hits.size() > stop - at.from) page.hits.resize(stop - at.from);
            Taken const taken = take(found, page.hits);
            dropped += taken.dropped;
            at.from += taken.looked;
            page.place.from += taken.looked;
            all_seen = page.place.from >= page.about && page.about < width().enough;  // it is exact up to there
            more = !page.hits.empty() && (page.older || page.place.from < page.about);
            at.place = page.place;
            place = page.place;
        }
        if (more && at.from < kFarthest)
            found.next = at;
        else
            about = at.from;
        about = std::max<std::uint64_t>(about, at.from);
        found.about = about - std::min(about, dropped);
        found.more_than_about = found.about > ask_.counted || (found.next && older && !plan_.loosely);
        if (found.about > ask_.counted) found.about = ask_.counted;
        if (found.matters.empty() && !found.next) found.about = 0;
        return found;
    }

  private:
    struct Loaded {
        std::optional<Matter> matter;  ///< nothing: it is not there, or not for this viewer
        std::vector<Said> said;
    };
    struct Taken {
        std::uint32_t looked = 0, dropped = 0;
    };

    /// So many are ranked together. Of a loose question only the first few are looked at.
    search::Width width() const {
        if (plan_.loosely) return {std::min(kRankedLoosely, ask_.counted + 1), kWidestLoosely};
        return {ask_.counted + 1, kWidest, plan_.words.size() + plan_.phrases.size() == 1};
    }
    /// How many there are, by the first page: those of its window, and behind it no fewer than were shown.
    std::uint64_t in_all(search::Windows::Page const& page, std::uint32_t start) const {
        search::Window const& window = page.place.window;
        std::uint32_t const before = start - std::min(start, page.place.from);
        if (plan_.loosely && page.older)
            return before + page.about * window.upto / std::max(1U, window.upto - window.above);
        return before + page.about;
    }
    std::uint32_t most_looked() const { return plan_.loosely ? kMostLookedLoosely : kMostLooked; }
    /// What the page still lacks, and some for those that drop out; loosely half of them do.
    std::uint32_t looked_at_once(FoundMatters const& found) const {
        if (plan_.loosely) return kMostLookedLoosely;
        return static_cast<std::uint32_t>(ask_.limit - found.matters.size()) + kSpare;
    }
    bool has_words() const { return !plan_.words.empty() || !plan_.phrases.empty(); }
    search::FindOptions options() const {
        bool const ranked = ask_.order == Order::relevance && has_words();
        return {.order = ranked ? search::FindOptions::Order::relevance : search::FindOptions::Order::newest,
                .bm25 = {.b = 0},  // reading how long each is costs eight times the rest of the ranking
                .time_limit = std::chrono::milliseconds(500)};
    }

    /// Until the page is full.
    Taken take(FoundMatters& found, std::span<search::Hit const> hits) const {
        Taken taken;
        while (taken.looked < hits.size() && found.matters.size() < ask_.limit) {
            auto const left = hits.subspan(taken.looked);
            auto const block = left.first(std::min(left.size(), ask_.limit - found.matters.size()));
            for (Loaded const& loaded : load(block))
                if (!add(found, loaded)) ++taken.dropped;
            taken.looked += static_cast<std::uint32_t>(block.size());
        }
        return taken;
    }
    /// In the order of the hits, as many.
    std::vector<Loaded> load(std::span<search::Hit const> hits) const {
        std::vector<std::int64_t> ids;
        for (search::Hit const& hit : hits) {
            std::int64_t id = 0;
            std::from_chars(hit.key.data(), hit.key.data() + hit.key.size(), id);
            ids.push_back(id);
        }
        std::vector<Loaded> loaded(hits.size());
        for (Matter& matter : load_matters(tools_.session, ids, tools_.procedures))
            if (viewer_.rules.access->may_see(viewer_.actor, matter, *viewer_.rules.directory)) {
                auto const at = std::ranges::find(ids, matter.id.value) - ids.begin();
                loaded[static_cast<std::size_t>(at)].matter = std::move(matter);
            }
        if (has_words()) look_up_said(hits, loaded);
        return loaded;
    }
    /// Out of the documents; out of the journal for what has happened since those were written.
    void look_up_said(std::span<search::Hit const> hits, std::vector<Loaded>& loaded) const {
        std::vector<Loaded*> newer;
        std::vector<std::int64_t> last;
        for (std::size_t i = 0; i < hits.size(); ++i) {
            if (!loaded[i].matter) continue;
            if (auto said = said_in_kept(hits[i].data, loaded[i].matter->version)) {
                loaded[i].said = std::move(*said);
            } else {
                newer.push_back(&loaded[i]);
                last.push_back(loaded[i].matter->last_event.value);
            }
        }
        auto const histories = load_histories(tools_.session, std::move(last));
        for (Loaded* each : newer)
            if (auto const history = histories.find(each->matter->id.value); history != histories.end())
                each->said = said_in(*each->matter, history->second);
    }
    bool add(FoundMatters& found, Loaded const& loaded) const {
        if (!loaded.matter) return false;
        Matter const& matter = *loaded.matter;
        Access const& access = *viewer_.rules.access;
        Tie const tie = access.tie(viewer_.actor, matter, *viewer_.rules.directory);
        auto matched = match(plan_, readable_in(loaded.said, letters(access, viewer_.actor, tie)), tools_.reader);
        if (!matched) return false;
        std::optional<json::object> row = view_of(nullptr, matter, {}, viewer_);
        if (!row) return false;
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

std::string Cursor::text() const {
    return fmt::format("{} {} {} {} {}", loosely ? "most" : "all", from, place.window.above, place.window.upto,
                       place.from);
}

std::optional<Cursor> Cursor::read(std::string_view text) {
    std::vector<std::string> const words = split(text, " ");
    if (words.size() != 5 || (words[0] != "most" && words[0] != "all")) return std::nullopt;
    Cursor cursor;
    cursor.loosely = words[0] == "most";
    std::uint32_t* const numbers[] = {&cursor.from, &cursor.place.window.above, &cursor.place.window.upto,
                                      &cursor.place.from};
    for (std::size_t i = 0; i < std::size(numbers); ++i) {
        std::string const& word = words[i + 1];
        auto const [end, error] = std::from_chars(word.data(), word.data() + word.size(), *numbers[i]);
        if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
    }
    bool const fits = cursor.place.window.above < cursor.place.window.upto && cursor.place.from <= cursor.from &&
                      cursor.from <= kFarthest;
    return fits ? std::optional(cursor) : std::nullopt;
}

Result<FoundMatters> find(FindAsk ask, Viewer const& viewer, Tools const& tools) {
    BANYAN_TRY(Plan plan, plan_of(std::move(ask.asked), {tools.names, *viewer.rules.directory, tools.reader}));
    BANYAN_CHECK(look_up_phones(plan, viewer, tools));
    look_up_old_numbers(plan, tools);
    plan.loosely = ask.cursor && ask.cursor->loosely;
    FoundMatters found = Looking(ask, plan, viewer, tools).look(ask.cursor);
    if (!ask.cursor && found.matters.size() < std::min(kFew, ask.limit) && plan.terms().size() > 1) {
        plan.loosely = true;
        FoundMatters more = Looking(ask, plan, viewer, tools).look({});
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
