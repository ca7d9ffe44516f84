// The demo city: 榕州市, fictional, on Fuzhou's real divisions (data/demo/). Every figure on a page is computed
// from the rows this makes; none is typed.
#include <fmt/core.h>

#include <map>
#include <stdexcept>

#include "base/shipped.h"
#include "base/text.h"
#include "kernel/engine/timed.h"
#include "systems/hotline/hotline.h"

namespace banyan::hotline {
namespace {

/// Which appeals their appellants and the centre let everybody read, and what of where they are: released.csv, by
/// their no.
std::map<std::string, json::object> released_ones(Csv const& table) {
    std::map<std::string, json::object> all;
    auto number = [&](CsvRow const& row, char const* column) {
        return std::stod(std::string(table.at(row, column)));
    };
    for (CsvRow const& row : table.rows())
        all[std::string(table.at(row, "no"))] = {
            {"public_place", table.at(row, "place")},
            {"public_point", {{"lat", number(row, "lat")}, {"lon", number(row, "lon")}}}};
    return all;
}

/// One row of appeals.csv on its way through the steps.
class Story {
  public:
    using Reader = std::function<store::Session*()>;
    Story(Engine& engine, Csv const& table, CsvRow const& row, json::object const* released, Instant now,
          Reader reader, Demo const& demo)
        : released_(released),
          engine_(engine),
          timed_(engine),
          table_(table),
          row_(row),
          reader_(std::move(reader)),
          demo_(demo),
          rules_(engine.rules()),
          calendar_(engine.calendar()),
          end_(now) {
        for (std::string const& note : split(at("note"), ";"))
            if (std::size_t equals = note.find('='); equals != std::string::npos)
                notes_[note.substr(0, equals)] = note.substr(equals + 1);
        for (std::string const& flag : split(at("flags"), ";")) flags_.insert(flag);
        filed_ = parse_rfc3339(at("filed")).value();
        accepted_ = filed_ + minutes(6);
        online_ = channel() != "phone" && channel() != "letter" && channel() != "counter";
        seeded_ = static_cast<std::size_t>(std::stoul(std::string(at("no")))) * 2654435761U %
                  1009;  // the same each time
    }
    int tell();
    /// The first appellant's own appeal that waits for a rating: the one newcomers are shown.
    bool is_sample() const { return is("to_rate") && at("phone") == "154 0000 0001"; }
    MatterId matter() const { return matter_; }

  private:
    std::string_view at(std::string_view column) const { return table_.at(row_, column); }
    std::string channel() const { return std::string(at("channel")); }
    std::string note(std::string const& key, std::string const& otherwise = {}) const {
        auto found = notes_.find(key);
        return found == notes_.end() ? otherwise : found->second;
    }
    Actor person(std::string_view login) const {
        Person const* known = rules_->directory->person(login);
        return {known->id, known->role, known->unit, {}, false};
    }
    Actor of_unit(std::string_view role, std::string_view code) const {
        for (Person const& known : rules_->directory->people())
            if (known.role == role && known.unit == rules_->directory->unit(code)->id)
                return {known.id, known.role, known.unit, {}, false};
        return {{}, std::string(role), rules_->directory->unit(code)->id, {}, false};
    }
    Actor head(std::string_view code) const {
        Unit const* unit = rules_->directory->unit(code);
        return of_unit(unit->group == "district" ? "district_centre" : "unit_head", code);
    }
    Actor asker() const {
        Actor actor{{}, "appellant", {}, {}, false};
        for (Person const& known : rules_->directory->people())
            if (known.role == "appellant" && known.zh == at("name")) actor.person = known.id;
        return actor;
    }
    void take(Actor const& actor, std::string step, json::object form, Instant when, AssignmentId on = {}) {
        if (when >= end_) when = end_ - seconds(1);
        if (when < last_) when = last_ + seconds(60);
        Answer answer = timed_.step(actor, matter_, step, std::move(form), when, on);
        if (!answer.ok()) {
            std::string text = fmt::format("appeal {} ({}): {} at {}: {} {}", at("no"), at("state"), step,
                                           rfc3339(when), answer.refusal.key, answer.refusal.field);
            for (auto const& [name, value] : answer.refusal.params) text += " " + name + "=" + value;
            throw std::runtime_error(text);
        }
        last_ = when;
        ++steps_;
    }
    /// A point between acceptance and the end of the limit (or now), the same each time.
    Instant within(double share) const {
        Instant due = limit_end_ && limit_end_ < end_ ? limit_end_ : end_;
        return accepted_ + Span{static_cast<std::int64_t>(static_cast<double>((due - accepted_).us) * share)};
    }
    /// data/demo/pictures/NO-WHAT.png, sent in by who names it then.
    void attach(json::object& form, char const* field, std::string_view what, Actor const& actor) const {
        auto found = demo_.pictures.find(fmt::format("{}-{}", at("no"), what));
        if (demo_.send && found != demo_.pictures.end())
            form[field] = json::array{json::string(demo_.send(found->second, actor))};
    }
    void file_it();
    void accept();
    void dispatch();
    void work();
    void reply(Instant when);
    void approve_and_rate(Instant when, bool rate);
    void return_first();
    void release();
    AssignmentId share_of(std::string_view code) const;
    MatterId told(std::string const& no) const;
    bool is_late(Instant when) const;
    bool is(std::string_view state) const { return at("state") == state; }

    json::object const* released_;  ///< none: only who it concerns reads it
    Engine& engine_;
    Timed timed_;
    Csv const& table_;
    CsvRow const& row_;
    Reader reader_;
    Demo const& demo_;
    std::shared_ptr<Rules const> rules_;
    std::shared_ptr<Calendar const> calendar_;
    Instant end_, filed_, accepted_, last_, limit_end_;
    std::map<std::string, std::string> notes_;
    std::set<std::string> flags_;
    std::size_t seeded_ = 0;
    bool online_ = false;
    MatterId matter_;
    int steps_ = 0;
};

void Story::file_it() {
    json::object form{{"kind", at("kind")},   {"title", at("title")},   {"body", at("body")},
                      {"class", at("class")}, {"region", at("region")}, {"channel", channel()}};
    if (!at("place").empty()) form["place"] = at("place");
    if (!at("name").empty()) form["name"] = at("name");
    if (!at("phone").empty()) form["phone"] = at("phone");
    if (!at("about_unit").empty()) form["about"] = at("about_unit");
    for (std::string_view flag : {"anonymous", "confidential", "no_reply", "urgent", "hazard"})
        if (flags_.contains(std::string(flag))) form[flag] = true;
    if (released_ != nullptr) form["may_publish"] = true;
    bool by_citizen = online_ && channel() != "superior" && channel() != "email" && channel() != "sms";
    Actor const actor = by_citizen ? asker() : person(seeded_ % 3 == 0 ? "seat02" : "seat01");
    attach(form, "attachments", "filed", actor);
    Answer answer = timed_.open(actor, "appeal", std::move(form), filed_, "demo", std::string(at("no")),
                                is_sample() ? demo_.code_hash : std::string());
    if (!answer.ok())
        throw std::runtime_error(
            fmt::format("appeal {}: {} {}", at("no"), answer.refusal.key, answer.refusal.field));
    matter_ = answer.matter;
    last_ = filed_;
    ++steps_;
}

void Story::accept() {
    take(person("seat01"), "accept", {{"kind", at("kind")}}, accepted_);
    accepted_ = last_;
    Limit limit{3, Limit::Unit::working_day};
    std::string_view kind = at("kind");
    if (kind == "consult") limit.amount = 2;
    if (kind == "suggestion") limit.amount = 5;
    if ((kind == "complaint" && !rules_->lists.at("convenience").contains(at("class"))) || kind == "report")
        limit.amount = 10;
    limit_end_ =
        due_after(*calendar_, accepted_, limit).instant;  // only to spread the steps; the rulebook has set the due
}

/// The matter of another row, told before.
MatterId Story::told(std::string const& no) const {
    MatterId matter;
    reader_()->query("SELECT matter FROM external WHERE source = 'demo' AND number = $1", {std::string_view(no)},
                     [&](store::Row const& row) { matter = MatterId(row.integer(0)); });
    return matter;
}

void Story::return_first() {
    Instant when = last_ + minutes(20);
    for (std::string const& code : split(note("returned"), ",")) {
        take(person("disp01"), "dispatch", {{"lead", code}}, when);
        take(head(code), "ask_return", {{"ground", "not_our_duty"}, {"reason", at("title")}}, last_ + hours(2));
        take(person("review01"), "grant_return", {{"reason", at("title")}}, last_ + hours(1));
        when = last_ + minutes(10);
    }
}

void Story::dispatch() {
    json::object form{{"lead", at("lead")}, {"summary", at("title")}};
    json::array assists;
    for (std::string const& code : split(at("assist"), ";")) assists.emplace_back(code);
    if (!assists.empty()) form["assist"] = std::move(assists);
    if (!note("returned").empty()) return_first();
    if (!note("designated").empty()) {
        take(person("disp01"), "consult", {{"reason", at("title")}}, last_ + minutes(30));
        form["as"] = "backstop";
        form["basis"] = note("backstop", "backstop");
        take(person("review01"), "designate", std::move(form), last_ + hours(2));
    } else {
        Instant when = at("story") == "1" ? accepted_ + minutes(4)
                                          : accepted_ + minutes(10 + static_cast<std::int64_t>(seeded_ % 20));
        if (is("offered") || is("return_asked")) when = std::max(when, end_ - hours(is("offered") ? 3 : 20));
        take(person("disp01"), "dispatch", std::move(form), when);
    }
}

void Story::work() {
    std::string_view lead = at("lead");
    take(of_unit("unit_clerk", lead), "sign", {},
         last_ + minutes(at("story") == "1" ? 4 : 25 + static_cast<std::int64_t>(seeded_ % 90)));
    if (is("extension_asked") && limit_end_ <= end_) return;
    take(of_unit("unit_clerk", lead), "contact", {{"reached", seeded_ % 10 != 0}},
         last_ + minutes(at("story") == "1" ? 4 : 40));
    if (at("story") == "1")
        take(of_unit("unit_clerk", lead), "note", {{"text", at("account")}},
             *parse_rfc3339("2018-04-17T09:30:00+08:00"));
}

void Story::reply(Instant when) {
    Instant soon = last_ + minutes(20);
    when = std::max(when, soon);
    json::object form{{"true_claim", true},
                      {"solved", at("rating") != "unsatisfied"},
                      {"account", at("account")},
                      {"public_reply", at("reply")}};
    if (at("rating") == "unsatisfied") form["why_not"] = at("account");
    if (!note("promise").empty()) form["promise_day"] = note("promise");
    if (is_late(when)) form["why_late"] = at("account");
    attach(form, "evidence", "evidence", head(at("lead")));
    take(head(at("lead")), "reply", form, when);
    auto rest = split(at("assist"), ";");
    for (std::string const& code : rest) {
        take(person("review01"), "waive", {{"reason", at("account")}}, last_ + minutes(5), share_of(code));
    }
}

bool Story::is_late(Instant when) const {
    auto session = reader_();
    auto matter = load_matter(*session, matter_, engine_.procedures());
    Assignment const* lead = matter->lead();
    return lead != nullptr && lead->due && when >= lead->due->instant;
}

AssignmentId Story::share_of(std::string_view code) const {
    auto session = reader_();
    auto matter = load_matter(*session, matter_, engine_.procedures());
    for (Assignment const& share : matter->assignments)
        if (share.open() && rules_->directory->unit(share.unit)->code == code) return share.id;
    return {};
}

void Story::approve_and_rate(Instant when, bool rate) {
    if (flags_.contains("hazard"))
        take(person("review01"), "clear_hazard", {{"hazard", false}, {"proof", at("account")}}, when - minutes(5));
    take(person("review01"), "approve", {}, when);
    bool skips = flags_.contains("no_reply") || flags_.contains("anonymous");
    if (rate && online_ && !skips && !at("rating").empty()) {
        Actor who = asker();
        if (!who.person) who.bound = matter_;
        std::string first = note("first", std::string(at("rating")));
        take(who, "rate", {{"rating", first}}, last_ + hours(2));
    }
}

void Story::release() {
    json::object form = *released_;
    form["public_title"] = at("title");
    form["public_text"] = at("reply");
    take(person("review01"), "release", std::move(form), last_ + hours(1));
}

int Story::tell() {
    file_it();
    if (is("to_accept")) return steps_;
    if (filed_ + minutes(6) >= calendar_->zone().start_of(calendar_->zone().day(filed_) + 1))
        accepted_ = filed_ + seconds(20);
    Actor seat = person("seat01"), leader = person("lead01");
    if (is("on_the_spot")) {
        json::object answer{{"kind", at("kind")}, {"answer", at("reply")}};
        if (std::size_t const version = at("via").find('@'); version != std::string_view::npos) {
            answer["entry"] = at("via").substr(0, version);
            answer["entry_version"] = std::stoi(std::string(at("via").substr(version + 1)));
        } else {
            answer["uncited"] = true;
        }
        take(seat, "answer", std::move(answer), filed_ + seconds(40));
        return steps_;
    }
    if (is("refused")) {
        take(seat, "propose_refusal", {{"reason", at("reply")}}, filed_ + minutes(6));
        take(leader, "refuse", {{"ground", at("via")}, {"route", at("reply")}}, filed_ + minutes(12));
        return steps_;
    }
    if (is("invalid")) {
        take(seat, "void", {{"reason", at("title")}}, filed_ + minutes(1));
        return steps_;
    }
    if (is("transferred")) {
        take(seat, "hand_over", {{"line", at("via")}, {"taken_by", at("via")}}, filed_ + minutes(2));
        return steps_;
    }
    accept();
    if (is("to_dispatch")) return steps_;
    if (is("withdrawn")) {
        take(seat, "withdraw", {{"reason", at("title")}}, last_ + hours(1));
        return steps_;
    }
    if (is("consultation")) {
        return_first();
        take(person("disp01"), "consult", {{"reason", at("title")}}, last_ + minutes(15));
        return steps_;
    }
    if (is("merged")) {
        take(person("disp01"), "merge", {{"into", receipt_number(told(note("merged_into")))}}, last_ + minutes(5));
        return steps_;
    }
    dispatch();
    if (is("offered")) return steps_;
    if (is("return_asked")) {
        std::string ground = "not_our_duty";
        json::object form{{"ground", ground}, {"reason", note("ground", std::string(at("title")))}};
        if (!note("believed").empty()) form["believed"] = note("believed");
        take(head(at("lead")), "ask_return", std::move(form), last_ + hours(1));
        return steps_;
    }
    work();
    if (is("working") || is("supervised")) return steps_;
    if (is("held")) {
        auto from = parse_day(note("hold_from"));
        take(person("review01"), "hold", {{"ground", "expert"}, {"hold_until", note("hold_to")}},
             calendar_->zone().start_of(*from) + hours(10));
        return steps_;
    }
    if (is("extended") || is("extension_asked")) {
        std::string days = note("extend", note("extend_asked", "1"));
        take(head(at("lead")), "ask_extension",
             {{"days", std::stoll(days)}, {"reason", note("reason", std::string(at("title")))}}, within(0.7));
        if (is("extended"))
            take(person("review01"), "grant_extension", {{"reason", note("reason")}}, last_ + hours(1));
        return steps_;
    }
    bool recent = is("to_review") || is("to_rate") || is("to_call_back");
    Instant redo_at = parse_rfc3339(note("redo_at")).value_or(Instant{});
    Instant replied = within(0.6);
    if (at("story") == "1") replied = *parse_rfc3339("2018-04-17T11:40:00+08:00");
    if (recent) replied = std::max(last_ + minutes(30), end_ - hours(is("to_review") ? 3 : 20));
    if (is("archived") && online_ && at("rating").empty()) replied = within(0.2);
    if (redo_at) replied = std::min(replied, redo_at - hours(30));
    reply(replied);
    if (is("to_review")) return steps_;
    approve_and_rate(recent ? last_ + hours(1) : last_ + minutes(15), !is("to_rate"));
    if (is("to_rate") || is("to_call_back")) return steps_;
    bool silent = flags_.contains("no_reply") || flags_.contains("anonymous");
    if (silent) return steps_;
    Actor caller = person("callback01");
    if (redo_at) {
        take(caller, "redo",
             {{"cause", "not_solved"},
              {"rating", "unsatisfied"},
              {"note", note("redo_reason", std::string(at("title")))}},
             redo_at);
        if (is("redo")) return steps_;
        take(of_unit("unit_clerk", at("lead")), "contact", {{"reached", true}}, last_ + hours(2));
        take(head(at("lead")), "reply",
             {{"solved", true}, {"account", at("account")}, {"public_reply", at("reply")}}, last_ + hours(30));
        take(person("review01"), "approve", {}, last_ + hours(1));
        if (online_) {
            Actor who = asker();
            if (!who.person) who.bound = matter_;
            take(who, "rate", {{"rating", "satisfied"}}, last_ + hours(2));
        }
    }
    json::object call{{"outcome", at("rating") == "unsatisfied" ? "not_solved_explained" : "solved"}};
    if (!at("rating").empty()) call["final"] = note("final", std::string(at("rating")));
    if (!online_ && !at("rating").empty()) call["rating"] = at("rating");
    if (at("rating").empty()) call["outcome"] = "declined";
    Instant when = last_ + hours(20);
    if (at("story") == "1") when = *parse_rfc3339("2018-04-17T15:30:00+08:00");
    // Nobody rated on line: the window of two working days passes first.
    if (online_ && at("rating").empty())
        when = due_after(*calendar_, last_, {2, Limit::Unit::working_day}).instant + hours(9);
    bool const unhappy = call.contains("final") && call.at("final") == "unsatisfied";
    take(caller, "call_back", std::move(call), when);
    if (unhappy)
        take(leader, "confirm_end", {{"cause_of_end", "duty_done"}, {"reason", at("account")}}, last_ + hours(2));
    if (released_ != nullptr) release();
    return steps_;
}

}  // namespace

void install_demo(store::Session& session, crypto::Keyring const& keys, EmbeddedTable table, Demo const& demo,
                  Instant now) {
    std::vector<Unit> units = must(read_units(shipped(table, "data/demo/units.csv")), "units.csv");
    std::vector<Person> people =
        must(read_people(shipped(table, "data/demo/accounts.csv"), units), "accounts.csv");
    demo.say(fmt::format("{} units, {} accounts", units.size(), people.size()));
    put_units(session, units);
    for (Person const& person : people) put_person(session, keys, person, demo.hashed_password);
    for (std::string_view name : {"classes", "catalogue", "channels"})
        put_catalogue(session, name, shipped(table, fmt::format("data/demo/{}.csv", name)), now);
}

Seeded seed_demo(Engine& engine, store::Store& store, EmbeddedTable table, Demo const& demo) {
    Csv appeals = must(Csv::parse(shipped(table, "data/demo/appeals.csv")), "appeals.csv");
    auto const released =
        released_ones(must(Csv::parse(shipped(table, "data/demo/released.csv")), "released.csv"));
    Seeded seeded;
    auto session = store.open_reader();
    Instant now = engine.now();
    for (CsvRow const& row : appeals.rows()) {
        auto const open = released.find(std::string(appeals.at(row, "no")));
        Story story(
            engine, appeals, row, open == released.end() ? nullptr : &open->second, now,
            [&]() -> store::Session* { return session.get(); }, demo);
        seeded.steps += story.tell();
        if (story.is_sample()) seeded.sample_number = receipt_number(story.matter());
        if (++seeded.appeals % 100 == 0)
            demo.say(
                fmt::format("{} of {} appeals, {} steps", seeded.appeals, appeals.rows().size(), seeded.steps));
    }
    return seeded;
}

}  // namespace banyan::hotline
