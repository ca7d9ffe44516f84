#include "kernel/index/document.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "kernel/engine/rebuild.h"
#include "kernel/engine/view.h"
#include "platform/text/signs.h"

namespace banyan::index {
namespace {

constexpr std::uint32_t kTitle = 3, kAskedFor = 2;  ///< what was asked for counts more than what was said of it
constexpr std::size_t kShortestRoad = 3;

std::set<EventId> taken_back(std::vector<EventRow> const& history, Procedure const& procedure) {
    std::set<EventId> undone;
    for (EventRow const& row : history)
        if (row.step == kUndo)
            if (auto event = readable_event(row, procedure)) undone.insert(event->undoes);
    return undone;
}

/// The number of the last event that approved a reply: what was replied after it is not for who asked yet.
int approved_through(std::vector<EventRow> const& history, Procedure const& procedure,
                     std::set<EventId> const& undone) {
    int through = 0;
    for (EventRow const& row : history)
        if (Index const step = procedure.step(row.step); !undone.contains(row.id) && step >= 0)
            if (procedure.step_at(step).tree == TreeWord::approve) through = row.no;
    return through;
}

/// Terms of one document, each under the letter of its text.
class Counter {
  public:
    void add(std::string_view prefix, std::string_view term, std::uint32_t count = 1) {
        std::string whole(prefix);
        whole += term;
        counts_[std::move(whole)] += count;
    }
    std::vector<search::TermCount> take() {
        std::vector<search::TermCount> terms;
        terms.reserve(counts_.size());
        for (auto& [text, count] : counts_) terms.push_back({text, count});
        return terms;
    }

  private:
    std::unordered_map<std::string, std::uint32_t> counts_;
};

/// What terms_of() cannot find by its first sign: the last sign of a run of Chinese, before a stop or the end.
void add_last_signs(Counter& counter, text::Plain const& plain, Said const& said) {
    std::vector<text::Sign> const signs = text::signs_of(plain.text);
    for (std::size_t i = 1; i < signs.size(); ++i)
        if (text::is_han(signs[i].code) && text::is_han(signs[i - 1].code) &&
            (i + 1 == signs.size() || !text::is_han(signs[i + 1].code)))
            counter.add(letter_of(said.kind), plain.text.substr(signs[i].begin, signs[i].end - signs[i].begin),
                        said.weight);
}

bool is_road(std::string_view term) {
    std::vector<text::Sign> const signs = text::signs_of(term);
    return signs.size() >= kShortestRoad && signs.size() <= 5 && text::is_road_end(signs.back().code) &&
           std::ranges::all_of(signs, [](text::Sign const& sign) { return text::is_han(sign.code); });
}

void add_text(Counter& counter, Said const& said, text::Reader const& reader) {
    text::Plain const plain = reader.plain(said.text);
    for (text::Term const& term : reader.terms(plain)) {
        counter.add(letter_of(said.kind), term.text, said.weight);
        if (is_road(term.text)) counter.add(kRoad, term.text);
    }
    add_last_signs(counter, plain, said);
}

void add_state(Counter& counter, Matter const& matter) {
    Procedure const& procedure = *matter.procedure;
    counter.add(kProcedure, procedure.name);
    counter.add(kStage, procedure.at(matter.stage).name);
    if (matter.kind >= 0) counter.add(kKind, procedure.kinds[static_cast<std::size_t>(matter.kind)]);
    if (!matter.channel.empty()) counter.add(kChannel, matter.channel);
    if (matter.open()) counter.add(kOpen, "");
    // A class and all above it: road.lamp, road. A region and all around it: 350102004, 350102, 3501, 35.
    for (std::size_t dot = matter.class_code.find('.'); dot != std::string::npos;
         dot = matter.class_code.find('.', dot + 1))
        counter.add(kClass, matter.class_code.substr(0, dot));
    if (!matter.class_code.empty()) counter.add(kClass, matter.class_code);
    for (std::size_t length : {2, 4, 6, 9, 12})
        if (length < matter.region.size()) counter.add(kRegion, matter.region.substr(0, length));
    if (!matter.region.empty()) counter.add(kRegion, matter.region);
    std::string backwards = receipt_number(matter.id);
    std::ranges::reverse(backwards);
    counter.add(kDigitsBackwards, backwards);
}

}  // namespace

std::vector<Said> said_in(Matter const& matter, std::vector<EventRow> const& history) {
    std::vector<Said> all;
    if (!matter.title.empty()) all.push_back({matter.title, {FieldClass::asker, true, false}, kTitle});
    Procedure const& procedure = *matter.procedure;
    std::set<EventId> const undone = taken_back(history, procedure);
    int const approved = approved_through(history, procedure, undone);
    for (EventRow const& row : history) {
        Index const index = procedure.step(row.step);
        if (index < 0 || undone.contains(row.id)) continue;
        Step const& step = procedure.step_at(index);
        json::error_code error;
        json::value const body = json::parse(row.body, error);
        json::value const* form = !error && body.is_object() ? body.as_object().if_contains("form") : nullptr;
        if (form == nullptr || !form->is_object()) continue;
        bool const withheld = step.tree == TreeWord::reply && row.no > approved;
        for (Field const& field : step.form) {
            if (field.type != Field::Type::text || field.personal) continue;
            json::value const* value = form->as_object().if_contains(field.name);
            if (value == nullptr || !value->is_string()) continue;
            std::string_view const text = value->as_string();
            if (text.empty() || (field.name == "title" && text == matter.title)) continue;
            TextKind const kind{field.readers, offers_shares(row.step), withheld};
            if (!letter_of(kind).empty()) all.push_back({std::string(text), kind, step.opens ? kAskedFor : 1U});
        }
    }
    return all;
}

search::Document document_of(Matter const& matter, std::vector<EventRow> const& history,
                             text::Reader const& reader) {
    Counter counter;
    for (Said const& said : said_in(matter, history)) add_text(counter, said, reader);
    add_state(counter, matter);
    for (std::string const& term : Access::terms_of(matter)) counter.add("", term);
    return {.key = matter.id.text(),
            .terms = counter.take(),
            .values = {{kFiled, static_cast<double>(matter.filed_at.us)}},
            .data = {}};
}

}  // namespace banyan::index
