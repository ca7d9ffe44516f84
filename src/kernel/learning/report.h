// kernel/learning/report.h: an assessment as people read it: a page of Markdown and two pictures.
#pragma once
#include <string>
#include <vector>

#include "kernel/learning/assessment.h"

namespace banyan::learning {

/// What the report is of.
struct Heading {
    std::string title;               ///< "cross-validation of labelled.csv"
    std::vector<std::string> facts;  ///< one line each
};

/// Plain text for a terminal: figures, classes, confusion.
std::string report_text(std::vector<std::string> const& labels, Assessment const& assessment);
/// Names reliability.svg and confusion.svg, which lie beside it.
std::string report_markdown(Heading const& heading, std::vector<std::string> const& labels,
                            Assessment const& assessment);
std::string reliability_svg(Reliability const& reliability);
std::string confusion_svg(std::vector<std::string> const& labels, Figures const& figures);

}  // namespace banyan::learning
