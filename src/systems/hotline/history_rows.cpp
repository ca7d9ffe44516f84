// One row of an old system: read, translated, checked, and made into the steps it says were taken.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/text.h"
#include "systems/hotline/history.h"

namespace banyan::hotline {
namespace {

std::vector<std::string> const kOver{"archived",    "answered",  "refused",   "invalid",
                                     "transferred", "withdrawn", "terminated"};
std::vector<std::string> const kOpen{"filed", "accepted", "handling"};
std::map<std::string, std::string, std::less<>> const kEnds{
    {"archived", "archive"},      {"answered", "answer"},    {"refused", "refuse"},      {"invalid", "void"},
    {"transferred", "hand_over"}, {"withdrawn", "withdraw"}, {"terminated", "terminate"}};
/// Columns that a map may say words of, and below which key the program's own words for them are.
std::vector<std::pair<std::string, std::string>> const kMapped{{"state", "stage."},
                                                               {"kind", "kind."},
                                                               {"channel", "choice.channel."},
                                                               {"rating", "choice.rating."},
                                                               {"final", "choice.final."},
                                                               {"outcome", "choice.outcome."},
                                                               {"class", ""},
                                                               {"region", ""},
                                                               {"unit", ""}};
constexpr std::size_t kLongestTitle = 60, kLongestText = 5000, kLongestId = 64;

bool ends_with_answer(std::string_view state) { return state != "invalid" && state != "withdrawn"; }

/// The times a row says, by column.
struct Times {
    std::map<std::string, Instant, std::less<>> said;
    std::optional<Instant> at(std::string_view column) const {
        auto found = said.find(column);
        return found == said.end() ? std::nullopt : std::optional(found->second);
    }
};

class RowReader {
  public:
    RowReader(Csv const& table, CsvRow const& row, OldCity const& city) : table_(table), row_(row), city_(city) {}

    Result<OldMatter> read() {
        if (row_.cells.size() > table_.columns().size()) return refuse("csv.too_many_cells");
        OldMatter made;
        made.id = cell("id");
        if (made.id.empty()) return refuse("field.required", "id");
        if (made.id.size() > kLongestId)
            return refuse("field.too_long", "id", {{"most", std::to_string(kLongestId)}});
        state_ = word("state");
        if (state_.empty()) return refuse("field.required", "state");
        bool const over = std::ranges::find(kOver, state_) != kOver.end();
        if (!over && std::ranges::find(kOpen, state_) == kOpen.end())
            return refuse("past.state", "state",
                          {{"value", shown(state_)},
                           {"states", fmt::format("{}, {}", fmt::join(kOver, ", "), fmt::join(kOpen, ", "))}});
        BANYAN_CHECK(read_times());
        BANYAN_CHECK(read_unit());
        BANYAN_TRY(json::object form, said());
        made.procedure = over ? "past" : "appeal";
        BANYAN_CHECK(over ? past(made, std::move(form)) : appeal(made, std::move(form)));
        return made;
    }

  private:
    std::string cell(std::string_view column) const { return std::string(trim(table_.at(row_, column))); }
    std::string word(std::string_view column) const { return city_.words(column, cell(column)); }
    static std::string shown(std::string_view value) { return std::string(first_characters(value, 40)); }

    Result<void> read_times() {
        for (char const* column :
             {"created", "accepted", "dispatched", "signed", "replied", "rated", "called_back", "closed"}) {
            std::string const text = cell(column);
            if (text.empty()) continue;
            auto at = parse_local(text);
            if (!at) at = parse_rfc3339(text);
            if (!at) return refuse("field.format", column, {{"type", "instant"}});
            if (*at > city_.now) return refuse("past.future", column);
            times_.said.emplace(column, *at);
        }
        if (!times_.at("created")) return refuse("field.required", "created");
        static constexpr std::pair<char const*, char const*> kOrder[] = {
            {"created", "accepted"},   {"created", "dispatched"},  {"created", "signed"},
            {"created", "replied"},    {"created", "rated"},       {"created", "called_back"},
            {"created", "closed"},     {"accepted", "dispatched"}, {"dispatched", "signed"},
            {"dispatched", "replied"}, {"signed", "replied"},      {"replied", "closed"},
            {"dispatched", "closed"}};
        for (auto const& [earlier, later] : kOrder)
            if (auto const first = times_.at(earlier), second = times_.at(later);
                first && second && *second < *first)
                return refuse("past.order", later, {{"earlier", earlier}, {"later", later}});
        std::string const due = cell("due");
        if (due.empty()) return {};
        due_ = parse_day(due);
        if (!due_)
            if (auto const at = parse_local(due)) due_ = kBeijing.day(*at);
        if (!due_)
            if (auto const at = parse_rfc3339(due)) due_ = kBeijing.day(*at);
        if (!due_) return refuse("field.format", "due", {{"type", "day"}});
        if (*due_ < kBeijing.day(*times_.at("created")))
            return refuse("past.order", "due", {{"earlier", "created"}, {"later", "due"}});
        return {};
    }

    /// By code, or by a name that only one unit has.
    Result<void> read_unit() {
        std::string const said = word("unit");
        if (said.empty()) return {};
        unit_ = city_.directory.unit(said);
        if (unit_ != nullptr) return {};
        for (Unit const& unit : city_.directory.units()) {
            if (unit.zh != said && unit.en != said) continue;
            if (unit_ != nullptr) return refuse("past.unit_twice", "unit", {{"value", shown(said)}});
            unit_ = &unit;
        }
        if (unit_ == nullptr) return refuse("past.unit", "unit", {{"value", shown(said)}});
        return {};
    }

    /// One of a list's words, or nothing.
    Result<std::string> one_of(std::string_view column, std::vector<std::string> const& words) const {
        std::string value = word(column);
        if (!value.empty() && std::ranges::find(words, value) == words.end())
            return refuse("past.word", std::string(column),
                          {{"value", shown(value)}, {"words", fmt::format("{}", fmt::join(words, ", "))}});
        return value;
    }

    /// What both rulebooks ask of who opens a matter.
    Result<json::object> said() const {
        std::string title = cell("title"), body = cell("body");
        if (body.empty()) body = title;
        if (title.empty()) title = std::string(first_characters(body, 30));
        if (count_characters(title) < 2) return refuse("field.too_short", "title", {{"least", "2"}});
        for (std::string_view column : {"body", "reply"})
            if (count_characters(cell(column)) > kLongestText)
                return refuse("field.too_long", std::string(column), {{"most", std::to_string(kLongestText)}});
        json::object form{{"title", first_characters(title, kLongestTitle)}, {"body", body}};
        BANYAN_TRY(std::string const kind,
                   one_of("kind", {"consult", "help", "complaint", "suggestion", "report", "praise"}));
        BANYAN_TRY(std::string const channel, one_of("channel", {"phone", "web", "app", "wechat", "qq", "sms",
                                                                 "email", "letter", "counter", "superior"}));
        std::string const code = word("class");
        if (!code.empty() && !city_.classes.empty() && !city_.classes.contains(code))
            return refuse("past.class", "class", {{"value", shown(code)}});
        for (auto const& [name, value] : {std::pair<char const*, std::string>{"kind", kind},
                                          {"channel", channel},
                                          {"class", code},
                                          {"region", word("region")},
                                          {"place", cell("place")},
                                          {"name", cell("name")},
                                          {"phone", cell("phone")}})
            if (!value.empty()) form[name] = value;
        std::string const secret = cell("confidential");
        if (secret == "1" || secret == "yes" || secret == "true" || secret == "\u662f")
            form["confidential"] = true;
        return form;
    }

    Actor centre(char const* role) const { return {{}, role, city_.directory.city_centre(), {}, false}; }

    Result<Instant> end() const {
        if (auto const closed = times_.at("closed")) return *closed;
        std::optional<Instant> last;
        for (char const* column : {"replied", "rated", "called_back"})
            if (auto const at = times_.at(column)) last = last ? std::max(*last, *at) : *at;
        if (last) return *last;
        // What was never handled ends where it began, when nothing else is said.
        if (state_ == "archived" || state_ == "terminated") return refuse("past.no_end", "closed");
        return *times_.at("created");
    }

    /// It is over: recorded when it was created, with what the old system says of it, and closed at its end.
    Result<void> past(OldMatter& made, json::object form) const {
        BANYAN_TRY(Instant const over, end());
        form["old_number"] = made.id;
        if (auto const at = times_.at("accepted")) form["accepted_at"] = rfc3339(*at);
        Actor const by = centre("shift_leader");
        bool const led =
            unit_ != nullptr && (state_ == "archived" || state_ == "terminated" || state_ == "withdrawn");
        if (due_) form["due_day"] = iso(*due_);
        Instant const created = *times_.at("created");
        made.steps.push_back({due_ ? "record_due" : "record", by, std::move(form), created, "", std::nullopt});
        if (led) {
            auto const at = times_.at("dispatched");
            json::object dispatch{{"lead", unit_->code}};
            if (!at) dispatch["time_unknown"] = true;
            made.steps.push_back({"dispatch", by, std::move(dispatch),
                                  at.value_or(times_.at("accepted").value_or(created)), "recorded", std::nullopt});
        }
        std::string const reply = cell("reply");
        bool const replies = led && state_ == "archived";
        if (replies) {
            Instant const replied = times_.at("replied").value_or(over);
            json::object sign, answer;
            if (!times_.at("signed")) sign["time_unknown"] = true;
            if (!reply.empty()) answer["public_reply"] = reply;
            if (!times_.at("replied")) answer["reply_time_unknown"] = true;
            made.steps.push_back({"sign", by, std::move(sign), times_.at("signed").value_or(replied), "recorded",
                                  Progress::offered});
            made.steps.push_back({"reply", by, std::move(answer), replied, "recorded", Progress::signed_for});
        }
        json::object last;
        if (!replies && !reply.empty() && ends_with_answer(state_)) last["answer"] = reply;
        if (state_ == "archived") BANYAN_CHECK(add_opinions(last));
        std::optional<Progress> progress;
        if (led) progress = replies ? Progress::replied : Progress::offered;
        made.steps.push_back({kEnds.find(state_)->second, by, std::move(last), over, "recorded", progress});
        return {};
    }

    Result<void> add_opinions(json::object& form) const {
        std::vector<std::string> const ratings{"satisfied", "fair", "unsatisfied"};
        BANYAN_TRY(std::string const rating, one_of("rating", ratings));
        BANYAN_TRY(std::string const last, one_of("final", ratings));
        BANYAN_TRY(std::string const outcome,
                   one_of("outcome", {"solved", "not_solved_explained", "declined", "unreachable"}));
        if (!rating.empty()) form["rating"] = rating;
        if (!last.empty()) form["final"] = last;
        if (!outcome.empty()) form["outcome"] = outcome;
        for (char const* column : {"rated", "called_back"})
            if (auto const at = times_.at(column)) form[std::string(column) + "_at"] = rfc3339(*at);
        return {};
    }

    /// It is open: an appeal, taken on to where the old system had it; from then on this city's rules hold.
    Result<void> appeal(OldMatter& made, json::object form) const {
        Instant const created = *times_.at("created"), accepted = times_.at("accepted").value_or(created);
        if (!form.contains("channel")) return refuse("field.required", "channel");
        json::object sorting;
        if (json::value const* kind = form.if_contains("kind")) sorting["kind"] = *kind;
        made.steps.push_back({"file", centre("seat"), std::move(form), created, "", std::nullopt});
        if (state_ == "filed") return {};
        if (sorting.empty()) return refuse("field.required", "kind");
        made.steps.push_back({"accept", centre("seat"), std::move(sorting), accepted, "filed", std::nullopt});
        if (state_ == "accepted") return {};
        if (unit_ == nullptr) return refuse("past.no_unit", "unit");
        Instant const dispatched = std::max(accepted, times_.at("dispatched").value_or(accepted));
        made.steps.push_back(
            {"dispatch", centre("dispatcher"), {{"lead", unit_->code}}, dispatched, "accepted", std::nullopt});
        if (auto const at = times_.at("signed")) {
            char const* role = unit_->group == "district" ? "district_centre" : "unit_clerk";
            made.steps.push_back({"sign",
                                  {{}, role, unit_->id, {}, false},
                                  {},
                                  std::max(*at, dispatched),
                                  "handling",
                                  Progress::offered});
        }
        return {};
    }

    Csv const& table_;
    CsvRow const& row_;
    OldCity const& city_;
    std::string state_;
    Times times_;
    std::optional<Day> due_;
    Unit const* unit_ = nullptr;
};

}  // namespace

Result<OldWords> OldWords::read(std::string_view map, Texts const& texts) {
    OldWords words;
    for (Language const language : {Language::en, Language::zh})
        for (auto const& [key, text] : texts.all(language))
            for (auto const& [what, below] : kMapped)
                if (!below.empty() && key.starts_with(below))
                    words.words_[{what, text}] = key.substr(below.size());
    if (map.empty()) return words;
    BANYAN_TRY(Csv const table, Csv::parse(map));
    BANYAN_CHECK(table.needs({"what", "from", "to"}));
    std::set<std::pair<std::string, std::string>> said;
    for (CsvRow const& row : table.rows()) {
        std::pair<std::string, std::string> key{trim(table.at(row, "what")), trim(table.at(row, "from"))};
        std::vector<std::string> columns;
        for (auto const& [what, below] : kMapped) columns.push_back(what);
        std::string const line = std::to_string(row.line);
        if (std::ranges::find(columns, key.first) == columns.end())
            return refuse("past.map_what", "map",
                          {{"line", line},
                           {"value", std::string(first_characters(key.first, 40))},
                           {"words", fmt::format("{}", fmt::join(columns, ", "))}});
        if (!said.insert(key).second)
            return refuse("past.map_twice", "map",
                          {{"line", line}, {"value", std::string(first_characters(key.second, 40))}});
        words.words_[key] = trim(table.at(row, "to"));
    }
    return words;
}

std::string OldWords::operator()(std::string_view what, std::string_view word) const {
    auto const found = words_.find({std::string(what), std::string(word)});
    return found == words_.end() ? std::string(word) : found->second;
}

Result<OldMatter> read_old_matter(Csv const& table, CsvRow const& row, OldCity const& city) {
    return RowReader(table, row, city).read();
}

}  // namespace banyan::hotline
