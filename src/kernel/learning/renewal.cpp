#include "kernel/learning/renewal.h"

#include <map>

namespace banyan::learning {
namespace {

/// What one gets who always says the most frequent class of what was learnt from.
Assessment plain_guess(std::vector<Lesson> const& learnt, std::vector<Lesson> const& held_out) {
    std::map<std::string_view, int> often;
    for (Lesson const& lesson : learnt) ++often[lesson.label];
    auto const most = std::ranges::max_element(often, {}, [](auto const& entry) { return entry.second; });
    std::map<std::string_view, Label> number;
    auto const number_of = [&](std::string_view label) {
        return number.try_emplace(label, static_cast<Label>(number.size())).first->second;
    };
    std::vector<Outcome> outcomes;
    for (Lesson const& row : held_out) {
        Outcome& outcome = outcomes.emplace_back();
        outcome.truth = number_of(row.label);
        outcome.judged = number_of(most->first);
    }
    return assess(outcomes, number.size());
}

}  // namespace

std::string_view name(Renewal::Why why) {
    switch (why) {
        case Renewal::Why::better:
            return "better";
        case Renewal::Why::first:
            return "first";
        case Renewal::Why::not_better:
            return "not_better";
        case Renewal::Why::too_few:
            return "too_few";
    }
    return "";
}

Result<Renewal> renew(Model const* present, std::vector<Lesson> const& city, std::vector<Lesson> const& shipped,
                      Training how) {
    Renewal renewal;
    std::size_t const held = city.size() / 5;
    std::vector<Lesson> const held_out(city.end() - static_cast<std::ptrdiff_t>(held), city.end());
    std::vector<Lesson> lessons(city.begin(), city.end() - static_cast<std::ptrdiff_t>(held));
    for (Lesson lesson : shipped) {
        lesson.weak = !lessons.empty() && !lessons.front().weak;
        lessons.push_back(lesson);
    }
    renewal.held_out = static_cast<int>(held);
    renewal.learnt_from = static_cast<int>(lessons.size());
    if (held < kLeastHeldOut) return renewal;

    BANYAN_TRY(Trained trained, train(lessons, how));
    BANYAN_TRY(Examined const candidate, examine(trained.model, held_out));
    renewal.candidate_f1 = candidate.assessment.figures.macro_f1;
    renewal.candidate_accuracy = candidate.assessment.figures.accuracy;
    Assessment rival;
    if (present != nullptr) {
        BANYAN_TRY(Examined examined, examine(*present, held_out));
        rival = std::move(examined.assessment);
    } else {
        rival = plain_guess(lessons, held_out);
    }
    renewal.present_f1 = rival.figures.macro_f1;
    renewal.present_accuracy = rival.figures.accuracy;
    if (renewal.candidate_f1 <= renewal.present_f1) {
        renewal.why = Renewal::Why::not_better;
        return renewal;
    }
    renewal.why = present != nullptr ? Renewal::Why::better : Renewal::Why::first;
    renewal.model = std::move(trained.model);
    return renewal;
}

}  // namespace banyan::learning
