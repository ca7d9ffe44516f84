#include "kernel/index/document.h"

#include <algorithm>
#include <unordered_map>

#include "kernel/index/said.h"
#include "kernel/index/terms.h"
#include "platform/text/signs.h"

namespace banyan::index {
namespace {

constexpr std::size_t kShortestRoad = 3;

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
            counter.add(std::string_view(&said.letter, 1),
                        plain.text.substr(signs[i].begin, signs[i].end - signs[i].begin), said.weight);
}

bool is_road(std::string_view term) {
    std::vector<text::Sign> const signs = text::signs_of(term);
    return signs.size() >= kShortestRoad && signs.size() <= 5 && text::is_road_end(signs.back().code) &&
           std::ranges::all_of(signs, [](text::Sign const& sign) { return text::is_han(sign.code); });
}

void add_text(Counter& counter, Said const& said, text::Reader const& reader) {
    text::Plain const plain = reader.plain(said.text);
    for (text::Term const& term : reader.terms(plain)) {
        counter.add(std::string_view(&said.letter, 1), term.text, said.weight);
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

search::Document document_of(Matter const& matter, std::vector<EventRow> const& history,
                             text::Reader const& reader) {
    Counter counter;
    std::vector<Said> const all = said_in(matter, history);
    for (Said const& said : all) add_text(counter, said, reader);
    add_state(counter, matter);
    for (std::string const& term : Access::terms_of(matter)) counter.add("", term);
    return {.key = matter.id.text(),
            .terms = counter.take(),
            .values = {{kFiled, static_cast<double>(matter.filed_at.us)}},
            .data = kept_of(matter.version, all)};
}

}  // namespace banyan::index
