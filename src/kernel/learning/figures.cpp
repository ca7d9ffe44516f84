#include "kernel/learning/figures.h"

namespace banyan::learning {

Figures figures_of(std::vector<Label> const& truth, std::vector<Label> const& judged, std::size_t classes) {
    Figures figures;
    figures.rows = static_cast<int>(truth.size());
    figures.classes.resize(classes);
    figures.confusion.assign(classes, std::vector<int>(classes, 0));
    for (std::size_t i = 0; i < truth.size(); ++i)
        ++figures.confusion[static_cast<std::size_t>(truth[i])][static_cast<std::size_t>(judged[i])];
    int right = 0, occurring = 0;
    double sum = 0;
    for (std::size_t c = 0; c < classes; ++c) {
        ClassFigures& of = figures.classes[c];
        of.right = figures.confusion[c][c];
        for (std::size_t other = 0; other < classes; ++other) {
            of.support += figures.confusion[c][other];
            of.judged += figures.confusion[other][c];
        }
        if (of.judged > 0) of.precision = static_cast<double>(of.right) / of.judged;
        if (of.support > 0) of.recall = static_cast<double>(of.right) / of.support;
        if (of.right > 0) of.f1 = 2.0 * of.right / (of.support + of.judged);
        right += of.right;
        if (of.support + of.judged > 0) ++occurring, sum += of.f1;
    }
    if (figures.rows > 0) figures.accuracy = static_cast<double>(right) / figures.rows;
    if (occurring > 0) figures.macro_f1 = sum / occurring;
    return figures;
}

}  // namespace banyan::learning
