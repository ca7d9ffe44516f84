#include "systems/hall/cases/demo.h"

#include <fmt/core.h>

#include <algorithm>
#include <stdexcept>

#include "base/csv.h"
#include "base/text.h"
#include "kernel/engine/timed.h"
#include "systems/hall/cases/rating.h"
#include "systems/hall/companies.h"

namespace banyan::hall {
namespace {

constexpr char const* kElsewhere = "window-gl";

class CaseStory {
  public:
    CaseStory(Engine& engine, store::Session& reading, DemoCases const& demo, Csv const& table, CsvRow const& row)
        : engine_(engine),
          reading_(reading),
          demo_(demo),
          table_(table),
          row_(row),
          timed_(engine),
          rules_(engine.rules()),
          now_(engine.now()) {}

    void tell() {
        applied();
        std::string_view const state = at("state");
        if (state == "received") return;
        if (state == "incomplete")
            return take(window("window01"), "ask_for_papers", {{"missing", at("note")}}, minutes(50));
        if (state == "pre_passed") return take(window("window01"), "pass_pre_review", {}, minutes(40));
        if (state == "withdrawn") return take(asker(), "withdraw_case", {{"reason", word("withdrawn")}}, hours(3));
        if (elsewhere()) {
            take(window(kElsewhere), "send_papers", sent("papers"), minutes(30));
            if (state == "elsewhere:sent") return;
            take(window("window01"), "papers_here", {{"papers_found", "whole"}}, hours(2));
        }
        accepted();
        take(of_unit("unit_clerk", lead_), "begin_examination", {}, hours(2));
        if (state == "special") return special();
        if (state == "follow" || state == "examining" || state == "overdue") return;
        if (state == "billed")
            return take(of_unit("unit_clerk", lead_), "bill",
                        {{"amount", std::stoll(std::string(at("note")))}, {"standard", word("standard")}},
                        hours(4));
        if (state == "together") return parts();
        decided(state);
    }

  private:
    std::string_view at(std::string_view column) const { return table_.at(row_, column); }
    /// Taken in at the window of a district for the city's.
    bool elsewhere() const { return at("state").starts_with("elsewhere"); }
    json::object sent(std::string const& what) const {
        json::object form{{what + "_how", "courier"},
                          {what + "_waybill", fmt::format("SF00000000{:0>2}", at("no"))}};
        if (what == "papers") form["papers_sent"] = word("papers");
        return form;
    }
    /// By login, or a company by its code.
    Actor of(std::string_view login) const {
        if (auto const company = find_company(reading_, login))
            return {company->account(), "appellant", {}, {}, false};
        Person const* known = rules_->directory->person(login);
        return {known->id, known->role, known->unit, {}, false};
    }
    Actor window(std::string_view login) const { return of(login); }
    Actor of_unit(std::string_view role, std::string_view code) const {
        UnitId const unit = rules_->directory->unit(code)->id;
        for (Person const& known : rules_->directory->people())
            if (known.role == role && known.unit == unit) return {known.id, known.role, known.unit, {}, false};
        return {{}, std::string(role), unit, {}, false};
    }
    /// By account, else as somebody who has number and code.
    Actor asker() const {
        if (!at("account").empty()) return of(at("account"));
        Actor actor;
        actor.role = "appellant";
        actor.bound = matter_;
        return actor;
    }

    std::string word(std::string_view what) const {
        return demo_.texts.sentence("hall.demo." + std::string(what), Language::zh);
    }

    [[noreturn]] void wrong(std::string_view what, Refusal const& refusal) const {
        std::string others;
        for (Refusal const& each : refusal.others) others += " " + each.field + " " + each.key;
        throw std::runtime_error(fmt::format("data/demo/cases.csv: {} ({}): {}: {} {}{}", at("no"), at("state"),
                                             what, refusal.field, refusal.key, others));
    }

    Stored item() const {
        std::string code;
        reading_.query(
            "SELECT i.code FROM hall_item i JOIN hall_item_version v ON v.item = i.id AND v.version = "
            "i.version WHERE i.region = '3501' AND i.catalogue = $1 AND v.body LIKE $2 ORDER BY i.id LIMIT 1",
            {at("item"), std::string_view(fmt::format("%\"situation\":\"{}\"%", at("situation")))},
            [&](store::Row const& row) { code = std::string(row.text(0)); });
        auto found = find_item(reading_, code);
        if (!found) wrong("item", {"item.unknown", {}, {}, {}});
        return std::move(*found);
    }

    Said said(Item const& item, Actor const& actor) const {
        Said said;
        bool const person = std::ranges::find(item.audience, "person") != item.audience.end();
        said.applicant = person ? "person" : "company";
        said.form = json::parse(at("form")).as_object();
        said.form["name"] = at("name");
        said.form["phone"] = at("phone");
        if (person) said.form["identity"] = at("identity");
        auto const sheet = demo_.sheets.of(item, said.applicant);
        if (!sheet) wrong("sheet", sheet.error());
        for (Material const& material : item.materials) {
            if (material.form == "noneed" || material.shared || !material.when.empty() ||
                sheet->stands_for(material))
                continue;
            bool const follows = at("state") == "follow" && material.name == at("note");
            bool const paper = material.form == "paper" || item.star < 4;
            json::object given{{"code", material.code},
                               {"how", follows                      ? "follow"
                                       : paper                      ? "paper"
                                       : material.form == "licence" ? "licence"
                                                                    : "upload"}};
            if (given["how"] == "upload") given["files"] = {demo_.paper(actor)};
            said.materials.push_back(std::move(given));
        }
        if (at("note") == "pickup") said.delivery = "pickup";
        return said;
    }

    void applied() {
        Stored const stored = item();
        lead_ = stored.item.unit;
        special_ = stored.item.special.empty() ? Special{} : stored.item.special.front();
        Actor actor = elsewhere() ? of(kElsewhere) : at("account").empty() ? Actor{} : of(at("account"));
        actor.role = elsewhere() ? "intake" : "applicant";
        last_ = parse_rfc3339(at("filed")).value();
        Said given = said(stored.item, actor);
        given.version = stored.version;
        auto hands = hands_of(reading_, stored.item, demo_.sheets, demo_.windows, *rules_->directory);
        if (!hands) wrong("hands", hands.error());
        std::string const taken_at =
            elsewhere() ? rules_->directory->unit(of(kElsewhere).unit)->code : std::string();
        if (elsewhere()) hands->informed.push_back(taken_at);
        others_ = hands->assist;
        auto form = application_form(std::move(given), stored, demo_.sheets, *hands, kBeijing.day(last_));
        if (!form) wrong("form", form.error());
        (*form)["channel"] = elsewhere() ? "counter" : "web";
        if (elsewhere()) (*form)["taken_at"] = taken_at;
        Command command{actor, std::string("application"), {}, {}, "apply_case", std::move(*form), {}, last_, {},
                        {}};
        Request request;
        request.what = std::move(command);
        Answer const answer = engine_.run(std::move(request));
        if (!answer.ok()) wrong("apply_case", answer.refusal);
        matter_ = answer.matter;
    }

    void take(Actor const& actor, std::string step, json::object form, Span after, AssignmentId on = {}) {
        Instant when = last_ + after;
        if (when >= now_) when = now_ - seconds(1);
        if (when < last_) when = last_ + seconds(1);
        Answer const answer = timed_.step(actor, matter_, step, std::move(form), when, on);
        if (!answer.ok()) wrong(step, answer.refusal);
        last_ = when;
    }

    void accepted() {
        json::object form;
        if (at("state") == "follow") form = {{"follow", at("note")}, {"follow_by", "2026-10-20"}};
        take(window("window01"), "accept_case", std::move(form), hours(1));
    }

    void special() {
        // Told this morning: the clock stands while the visitor looks at the place.
        Instant const morning = parse_rfc3339("2026-10-09T08:40:00+08:00").value();
        take(of_unit("unit_clerk", lead_), "special",
             {{"special_step", special_.name}, {"special_until", "2026-10-14"}, {"told", true}}, morning - last_);
    }

    void examined(std::string_view unit) {
        take(of_unit("unit_clerk", unit), "examine_case", {{"examination", "agree"}, {"finding", word("finding")}},
             hours(3));
    }

    /// A life event: two of the units have done their part.
    void parts() {
        for (std::size_t n = 0; n < others_.size() && n < 2; ++n) {
            take(of_unit("unit_clerk", others_[n]), "begin_examination", {}, minutes(30));
            examined(others_[n]);
        }
    }

    void decided(std::string_view state) {
        examined(lead_);
        if (state == "deciding") return;
        Actor const head = of_unit("unit_head", lead_);
        if (state == "refused")
            return take(head, "refuse_case", {{"grounds", at("note")}, {"remedy", word("remedy")}}, hours(20));
        bool const slow = state == "rated:2";
        take(head, "grant_case",
             {{"licence_number", fmt::format("RZ2026{:05}", std::stoi(std::string(at("no"))))}},
             slow ? hours(24 * 16) : hours(3));
        auto const matter = load_matter(reading_, matter_, engine_.procedures());
        bool const waits = matter && matter->open();
        if (elsewhere()) return take(window("window02"), "send_result", sent("result"), minutes(30));
        if (waits && state != "to_deliver")
            take(window("window02"), "deliver_case", {{"delivered_by", "pickup"}}, minutes(30));
        if (state.starts_with("rated:")) rated(state.back() - '0');
    }

    void rated(int stars) {
        auto const matter = load_matter(reading_, matter_, engine_.procedures());
        Rating rating{stars, {}, {}, false};
        for (std::string const& part : split(at("note"), ";"))
            if (part.size() == 3)
                rating.reasons.push_back(part);
            else
                rating.words = part;
        auto command = rate(rating, *matter, asker(), demo_.windows, *rules_->directory, demo_.texts);
        if (!command) wrong("rate", command.error());
        command->form["name"] = at("name");
        command->form["phone"] = at("phone");
        command->at = last_ + minutes(5) < now_ ? last_ + minutes(5) : now_ - seconds(1);
        Request request;
        Instant const when = *command->at;
        request.what = std::move(*command);
        Answer const answer = engine_.run(std::move(request));
        if (!answer.ok()) wrong("rate_service", answer.refusal);
        timed_.wake(answer.matter, when + minutes(2));
    }

    Engine& engine_;
    store::Session& reading_;
    DemoCases const& demo_;
    Csv const& table_;
    CsvRow const& row_;
    Timed timed_;
    std::shared_ptr<Rules const> rules_;
    Instant now_, last_;
    MatterId matter_;
    std::string lead_;
    std::vector<std::string> others_;
    Special special_;
};

}  // namespace

int seed_cases(Engine& engine, store::Store& store, DemoCases const& demo) {
    auto const table = Csv::parse(demo.csv);
    if (!table) throw std::runtime_error("data/demo/cases.csv: " + table.error().key);
    auto const reading = store.open_reader();
    int count = 0;
    for (CsvRow const& row : table->rows()) {
        CaseStory(engine, *reading, demo, *table, row).tell();
        ++count;
    }
    return count;
}

}  // namespace banyan::hall
