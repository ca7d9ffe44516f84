#include "kernel/learning/train.h"

#include <map>

#include "kernel/learning/folds.h"
#include "kernel/learning/model_maker.h"

namespace banyan::learning {
namespace {

constexpr std::size_t kManyLessons = 1500;

/// Texts a gram must be in: of few lessons, even two that agree are worth keeping.
std::uint32_t least_texts(std::size_t lessons) { return lessons < kManyLessons ? 2 : 3; }

constexpr float kHalf = 0.5F;
constexpr float kGuessed = 0.1F;  ///< weight of a text whose label is the learner's own

/// Lessons as the learner wants them.
struct Material {
    std::vector<std::string> labels;      ///< sorted
    std::vector<Labelled> rows;           ///< one for each lesson
    std::vector<std::size_t> trusted;     ///< lessons that are a yardstick: those that are not weak, or all
    std::vector<std::size_t> unlabelled;  ///< rows of the corpus
    std::size_t classes() const { return labels.size(); }
};

Result<Material> material_of(std::vector<Lesson> const& lessons) {
    Material material;
    if (lessons.empty()) return refuse("learning.no_lessons");
    std::map<std::string_view, Label> number;
    for (Lesson const& lesson : lessons) {
        if (lesson.label.empty()) return refuse("learning.label_missing");
        number.emplace(lesson.label, 0);
    }
    if (number.size() < 2)
        return refuse("learning.one_label", {}, {{"label", std::string(number.begin()->first)}});
    for (auto& [label, n] : number) {
        n = static_cast<Label>(material.labels.size());
        material.labels.emplace_back(label);
    }
    for (std::size_t i = 0; i < lessons.size(); ++i) {
        material.rows.push_back({i, number.at(lessons[i].label), 1});
        if (!lessons[i].weak) material.trusted.push_back(i);
    }
    if (material.trusted.empty())
        for (std::size_t i = 0; i < lessons.size(); ++i) material.trusted.push_back(i);
    return material;
}

/// Rows with the weight their labels deserve, and, where there are texts without a label, those the learner is not
/// unsure of: by what it says itself, with a small weight.
std::vector<Labelled> weighed(Corpus const& corpus, std::vector<Labelled> rows,
                              std::vector<std::size_t> const& unlabelled, std::size_t classes,
                              Learning const& how) {
    Doubt const doubt = doubt_of(corpus, rows, classes, how);
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].weight *= doubt.belief[i];
    if (unlabelled.empty()) return rows;
    Learnt const learnt = learn_from(corpus, rows, classes, how);
    for (std::size_t row : unlabelled) {
        std::vector<float> probabilities = learnt.scores(corpus.row(row));
        make_probabilities(probabilities, {doubt.sharpness, 0});
        auto const most = std::ranges::max_element(probabilities);
        if (*most >= kHalf) rows.push_back({row, static_cast<Label>(most - probabilities.begin()), kGuessed});
    }
    return rows;
}

/// What one learns from while a fold is held out: nothing of it, and no text that is the same.
struct Others {
    std::vector<Labelled> rows;
    std::vector<std::size_t> unlabelled;
};

Others others_of(Corpus const& corpus, Material const& material, std::vector<int> const& fold, int held_out) {
    std::vector<bool> twin(corpus.size(), false);
    for (std::size_t i = 0; i < material.trusted.size(); ++i)
        if (fold[i] == held_out) twin[corpus.twins()[material.trusted[i]]] = true;
    Others others;
    for (Labelled const& row : material.rows)
        if (!twin[corpus.twins()[row.row]]) others.rows.push_back(row);
    for (std::size_t row : material.unlabelled)
        if (!twin[corpus.twins()[row]]) others.unlabelled.push_back(row);
    return others;
}

/// One repeat of cross-validation: what is said of each trusted lesson by who has not seen it.
std::vector<Judged> cross_validated(Corpus const& corpus, Material const& material, Training const& how,
                                    int repeat) {
    std::vector<Label> labels;
    std::vector<std::size_t> twins;
    for (std::size_t i : material.trusted)
        labels.push_back(material.rows[i].label), twins.push_back(corpus.twins()[i]);
    auto const fold = stratified_folds(labels, twins, how.folds, 1000 + static_cast<std::uint64_t>(repeat));
    std::vector<Judged> judged(material.trusted.size());
    for (int held_out = 0; held_out < how.folds; ++held_out) {
        Others const others = others_of(corpus, material, fold, held_out);
        auto const rows = weighed(corpus, others.rows, others.unlabelled, material.classes(), how.learning);
        Learnt const learnt = learn_from(corpus, rows, material.classes(), how.learning);
        for (std::size_t i = 0; i < material.trusted.size(); ++i)
            if (fold[i] == held_out) judged[i] = {learnt.scores(corpus.row(material.trusted[i])), labels[i], 1};
    }
    return judged;
}

/// Half of what all but the strangest hundredth of the lessons share with others.
double familiar_from(Corpus const& corpus, std::vector<std::size_t> const& rows) {
    std::vector<float> coverage;
    for (std::size_t row : rows) coverage.push_back(corpus.coverage()[row]);
    auto const at = coverage.begin() + static_cast<std::ptrdiff_t>(coverage.size() / 100);
    std::ranges::nth_element(coverage, at);
    return *at / 2;
}

/// What the model may say of itself: from held-out scores of all repeats.
void calibrate(std::vector<std::vector<Judged>> const& repeats, Training const& how, Trained& trained,
               About& about) {
    std::vector<Judged> all;
    for (auto const& repeat : repeats) all.insert(all.end(), repeat.begin(), repeat.end());
    about.calibration = fit_calibration(all);
    std::vector<Outcome> outcomes;
    std::vector<Said> said;
    for (Judged& row : all) {
        make_probabilities(row.scores, about.calibration);
        outcomes.push_back(outcome_of(row.truth, row.scores));
        said.push_back({outcomes.back().probability, outcomes.back().truth == outcomes.back().judged, 1});
    }
    about.threshold = fit_threshold(said, how.right);
    for (Outcome& outcome : outcomes) outcome.certain = outcome.probability >= about.threshold;
    trained.assessment = assess(outcomes, about.labels.size());
    about.macro_f1 = 0, about.accuracy = trained.assessment.figures.accuracy;
    for (std::size_t from = 0; from < outcomes.size(); from += repeats.front().size()) {
        std::vector<Outcome> const one(
            outcomes.begin() + static_cast<std::ptrdiff_t>(from),
            outcomes.begin() + static_cast<std::ptrdiff_t>(from + repeats.front().size()));
        trained.macro_f1.push_back(assess(one, about.labels.size()).figures.macro_f1);
        about.macro_f1 += trained.macro_f1.back() / static_cast<double>(repeats.size());
    }
}

}  // namespace

Result<Trained> train(std::vector<Lesson> const& lessons, Training const& how) {
    BANYAN_TRY(Material material, material_of(lessons));
    std::vector<Text> texts;
    for (Lesson const& lesson : lessons) texts.push_back(lesson.text);
    for (Text const& text : how.unlabelled) {
        material.unlabelled.push_back(texts.size());
        texts.push_back(text);
    }
    std::size_t const most_grams = how.most_bytes / (16 + 2 * material.classes());
    Corpus const corpus(texts, how.reading, least_texts(lessons.size()), most_grams);

    Trained trained;
    trained.lessons = static_cast<int>(lessons.size());
    trained.weak = static_cast<int>(std::ranges::count_if(lessons, &Lesson::weak));
    About about;
    about.labels = material.labels;
    if (how.parent)
        for (std::string const& label : material.labels) about.parents.push_back(how.parent(label));
    about.reading = how.reading;
    about.rows = trained.lessons;
    about.made = how.made;
    about.familiar = familiar_from(corpus, material.trusted);
    std::vector<std::vector<Judged>> repeats;
    for (int repeat = 0; repeat < how.repeats; ++repeat)
        repeats.push_back(cross_validated(corpus, material, how, repeat));
    if (!repeats.empty()) calibrate(repeats, how, trained, about);

    auto const rows = weighed(corpus, material.rows, material.unlabelled, material.classes(), how.learning);
    trained.doubted = static_cast<double>(std::ranges::count_if(
                          rows, [&](auto const& row) { return row.row < lessons.size() && row.weight < kHalf; })) /
                      static_cast<double>(lessons.size());
    trained.guessed = static_cast<int>(rows.size() - lessons.size());
    trained.model =
        ModelMaker::make(learn_from(corpus, rows, material.classes(), how.learning), corpus.hashes(), about);
    return trained;
}

Result<Examined> examine(Model const& model, std::vector<Lesson> const& rows) {
    if (rows.empty()) return refuse("learning.no_lessons");
    Examined examined{model.labels(), {}};
    std::map<std::string, Label, std::less<>> number;
    for (std::string const& label : examined.labels) number.emplace(label, static_cast<Label>(number.size()));
    std::vector<Outcome> outcomes;
    for (Lesson const& row : rows) {
        if (row.label.empty()) return refuse("learning.label_missing");
        auto const [truth, is_new] = number.try_emplace(std::string(row.label), static_cast<Label>(number.size()));
        if (is_new) examined.labels.emplace_back(row.label);
        double coverage = 0;
        std::vector<float> probabilities = model.scores(row.text, &coverage);
        make_probabilities(probabilities, model.about().calibration);
        Outcome& outcome = outcomes.emplace_back(outcome_of(truth->second, probabilities));
        outcome.certain = model.knows(coverage) && outcome.probability >= model.about().threshold;
    }
    examined.assessment = assess(outcomes, examined.labels.size());
    return examined;
}

}  // namespace banyan::learning
