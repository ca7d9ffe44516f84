#include "kernel/learning/report.h"

#include <fmt/format.h>

#include <algorithm>

namespace banyan::learning {
namespace {

constexpr std::size_t kMostInTable = 30;  ///< classes of a confusion matrix that is still readable

using Out = std::back_insert_iterator<std::string>;

std::string escaped(std::string_view text) {
    std::string safe;
    for (char c : text) {
        if (c == '<')
            safe += "&lt;";
        else if (c == '>')
            safe += "&gt;";
        else if (c == '&')
            safe += "&amp;";
        else if (c == '|')
            safe += "&#124;";
        else
            safe += c;
    }
    return safe;
}

struct Mistake {
    std::size_t truth = 0, judged = 0;
    int rows = 0;
};

std::vector<Mistake> most_frequent(Figures const& figures, std::size_t most) {
    std::vector<Mistake> all;
    for (std::size_t truth = 0; truth < figures.confusion.size(); ++truth)
        for (std::size_t judged = 0; judged < figures.confusion.size(); ++judged)
            if (truth != judged && figures.confusion[truth][judged] > 0)
                all.push_back({truth, judged, figures.confusion[truth][judged]});
    std::ranges::stable_sort(all, [](Mistake const& a, Mistake const& b) { return a.rows > b.rows; });
    all.resize(std::min(all.size(), most));
    return all;
}

void confusion_table(Out out, std::vector<std::string> const& labels, Figures const& figures) {
    fmt::format_to(out, "| truth \\ judged |");
    for (std::string const& label : labels) fmt::format_to(out, " {} |", escaped(label));
    fmt::format_to(out, "\n|---|");
    for (std::size_t i = 0; i < labels.size(); ++i) fmt::format_to(out, "---:|");
    for (std::size_t truth = 0; truth < labels.size(); ++truth) {
        fmt::format_to(out, "\n| {} |", escaped(labels[truth]));
        for (int rows : figures.confusion[truth]) fmt::format_to(out, " {} |", rows);
    }
    fmt::format_to(out, "\n");
}

std::string svg_open(double width, double height) {
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
        "font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"{0}\" height=\"{1}\" fill=\"#fff\"/>\n",
        width, height);
}

}  // namespace

std::string report_text(std::vector<std::string> const& labels, Assessment const& assessment) {
    Figures const& figures = assessment.figures;
    std::string text;
    Out out(text);
    fmt::format_to(out, "rows      {}\naccuracy  {:.4f}\nmacro-F1  {:.4f}\n", figures.rows, figures.accuracy,
                   figures.macro_f1);
    fmt::format_to(out, "speaks    {:.1f} % of the rows, and is right in {:.1f} % of these\n",
                   100 * assessment.coverage, 100 * assessment.right_where_certain);
    fmt::format_to(out, "Brier     {:.4f}\nECE       {:.4f}\n\n", assessment.brier, assessment.reliability.ece);
    fmt::format_to(out, "{:>9} {:>9} {:>9} {:>9}  class\n", "precision", "recall", "F1", "support");
    for (std::size_t k = 0; k < labels.size(); ++k) {
        ClassFigures const& of = figures.classes[k];
        fmt::format_to(out, "{:>9.4f} {:>9.4f} {:>9.4f} {:>9}  {}\n", of.precision, of.recall, of.f1, of.support,
                       labels[k]);
    }
    if (labels.size() > kMostInTable) {
        fmt::format_to(out, "\nmost frequent mistakes\n");
        for (Mistake const& each : most_frequent(figures, kMostInTable))
            fmt::format_to(out, "{:>6}  {} taken for {}\n", each.rows, labels[each.truth], labels[each.judged]);
        return text;
    }
    fmt::format_to(out,
                   "\nconfusion: a row for each true class, a column for each judged one, in the order above\n");
    for (std::size_t truth = 0; truth < labels.size(); ++truth) {
        for (int rows : figures.confusion[truth]) fmt::format_to(out, "{:>6}", rows);
        fmt::format_to(out, "  {}\n", labels[truth]);
    }
    return text;
}

std::string report_markdown(Heading const& heading, std::vector<std::string> const& labels,
                            Assessment const& assessment) {
    Figures const& figures = assessment.figures;
    std::string text;
    Out out(text);
    fmt::format_to(out, "# {}\n\n", escaped(heading.title));
    for (std::string const& fact : heading.facts) fmt::format_to(out, "- {}\n", escaped(fact));
    fmt::format_to(out, "\n| | |\n|---|---:|\n| rows | {} |\n| accuracy | {:.4f} |\n| macro-F1 | {:.4f} |\n",
                   figures.rows, figures.accuracy, figures.macro_f1);
    fmt::format_to(out, "| Brier score (0 to 2) | {:.4f} |\n| expected calibration error | {:.4f} |\n",
                   assessment.brier, assessment.reliability.ece);
    fmt::format_to(out, "| rows about which it speaks | {:.1f} % |\n| right where it speaks | {:.1f} % |\n\n",
                   100 * assessment.coverage, 100 * assessment.right_where_certain);
    fmt::format_to(
        out,
        "Accuracy and macro-F1 are of forced choices. Macro-F1 is the mean over all labels that occur as truth "
        "or as judgement.\n\n## Classes\n\n| class | precision | recall | F1 | support "
        "|\n|---|---:|---:|---:|---:|\n");
    for (std::size_t k = 0; k < labels.size(); ++k) {
        ClassFigures const& of = figures.classes[k];
        fmt::format_to(out, "| {} | {:.4f} | {:.4f} | {:.4f} | {} |\n", escaped(labels[k]), of.precision,
                       of.recall, of.f1, of.support);
    }
    fmt::format_to(out,
                   "\n## How sure it is, and how often it is right\n\n![reliability](reliability.svg)\n\n"
                   "| said | rows | mean said | right |\n|---|---:|---:|---:|\n");
    for (std::size_t i = 0; i < assessment.reliability.bins.size(); ++i) {
        ReliabilityBin const& bin = assessment.reliability.bins[i];
        if (bin.rows > 0)
            fmt::format_to(out, "| {}–{} % | {:.0f} | {:.3f} | {:.3f} |\n", i * 10, i * 10 + 10, bin.rows,
                           bin.said, bin.right);
    }
    fmt::format_to(out, "\n## Who is taken for whom\n\n![confusion](confusion.svg)\n\n");
    if (labels.size() <= kMostInTable) {
        confusion_table(out, labels, figures);
        return text;
    }
    fmt::format_to(out, "The most frequent mistakes:\n\n| truth | judged | rows |\n|---|---|---:|\n");
    for (Mistake const& each : most_frequent(figures, kMostInTable))
        fmt::format_to(out, "| {} | {} | {} |\n", escaped(labels[each.truth]), escaped(labels[each.judged]),
                       each.rows);
    return text;
}

std::string reliability_svg(Reliability const& reliability) {
    constexpr double kLeft = 60, kTop = 20, kSize = 360;
    std::string svg = svg_open(kLeft + kSize + 20, kTop + kSize + 60);
    Out out(svg);
    auto x = [](double share) { return kLeft + share * kSize; };
    auto y = [](double share) { return kTop + (1 - share) * kSize; };
    double most = 1;
    for (ReliabilityBin const& bin : reliability.bins) most = std::max(most, bin.rows);
    for (std::size_t i = 0; i < reliability.bins.size(); ++i)
        fmt::format_to(out,
                       "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"#dde6ee\"/>\n",
                       x(static_cast<double>(i) / 10) + 1, y(reliability.bins[i].rows / most), kSize / 10 - 2,
                       kSize * reliability.bins[i].rows / most);
    fmt::format_to(out, "<rect x=\"{0}\" y=\"{1}\" width=\"{2}\" height=\"{2}\" fill=\"none\" stroke=\"#666\"/>\n",
                   kLeft, kTop, kSize);
    fmt::format_to(out, "<path d=\"M{} {}L{} {}\" stroke=\"#999\" stroke-dasharray=\"4 4\"/>\n", x(0), y(0), x(1),
                   y(1));
    std::string line;
    for (ReliabilityBin const& bin : reliability.bins) {
        if (bin.rows <= 0) continue;
        line += fmt::format("{}{:.1f} {:.1f}", line.empty() ? "M" : "L", x(bin.said), y(bin.right));
        fmt::format_to(out, "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4\" fill=\"#1f5f99\"/>\n", x(bin.said),
                       y(bin.right));
    }
    fmt::format_to(out, "<path d=\"{}\" fill=\"none\" stroke=\"#1f5f99\" stroke-width=\"2\"/>\n", line);
    for (int i = 0; i <= 10; i += 2) {
        fmt::format_to(out, "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{:.1f}</text>\n", x(i / 10.0),
                       y(0) + 18, i / 10.0);
        fmt::format_to(out, "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{:.1f}</text>\n", kLeft - 6,
                       y(i / 10.0) + 4, i / 10.0);
    }
    fmt::format_to(
        out,
        "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">said probability (bars: how many rows)</text>\n",
        x(0.5), y(0) + 40);
    fmt::format_to(out,
                   "<text transform=\"translate(16 {:.1f}) rotate(-90)\" text-anchor=\"middle\">share that was "
                   "right</text>\n</svg>\n",
                   y(0.5));
    return svg;
}

std::string confusion_svg(std::vector<std::string> const& labels, Figures const& figures) {
    std::size_t const classes = labels.size();
    bool const words = classes <= kMostInTable;
    double const cell = words ? 44 : std::max(4.0, 700.0 / static_cast<double>(classes)), left = 170,
                 top = words ? 120 : 20;
    double const side = cell * static_cast<double>(classes);
    std::string svg = svg_open(left + side + 20, top + side + 20);
    Out out(svg);
    for (std::size_t truth = 0; truth < classes; ++truth) {
        double const y = top + cell * static_cast<double>(truth);
        if (words) {
            double const x = left + cell * (static_cast<double>(truth) + 0.6);
            fmt::format_to(out, "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>\n", left - 6,
                           y + cell * 0.6, escaped(labels[truth]));
            fmt::format_to(out, "<text transform=\"translate({:.1f} {:.1f}) rotate(-50)\">{}</text>\n", x, top - 6,
                           escaped(labels[truth]));
        }
        int const support = std::max(1, figures.classes[truth].support);
        for (std::size_t judged = 0; judged < classes; ++judged) {
            int const rows = figures.confusion[truth][judged];
            if (rows == 0) continue;
            double const x = left + cell * static_cast<double>(judged),
                         share = static_cast<double>(rows) / support;
            fmt::format_to(out,
                           "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\" "
                           "fill-opacity=\"{:.3f}\"/>\n",
                           x, y, cell, cell, truth == judged ? "#1f5f99" : "#b3261e", 0.08 + 0.92 * share);
            if (words)
                fmt::format_to(out,
                               "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\" fill=\"{}\">{}</text>\n",
                               x + cell / 2, y + cell * 0.6, share > 0.5 ? "#fff" : "#222", rows);
        }
    }
    fmt::format_to(out,
                   "<rect x=\"{0:.1f}\" y=\"{1:.1f}\" width=\"{2:.1f}\" height=\"{2:.1f}\" fill=\"none\" "
                   "stroke=\"#666\"/>\n</svg>\n",
                   left, top, side);
    return svg;
}

}  // namespace banyan::learning
