// banyan classify train|eval|why: models from files of lessons, and what they are worth.
#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <iterator>

#include "base/text.h"
#include "kernel/learning/report.h"
#include "main/app.h"
#include "main/classify_rows.h"
#include "main/verbs.h"

namespace banyan {
namespace {

namespace fs = std::filesystem;

Option const kFiles{.name = "<file>", .about = "CSV with a header line; several are one", .many = true};
Option const kText{.name = "text",
                   .about = "columns of the text, by commas; of several the first is the title",
                   .otherwise = "title,body"};
Option const kLabel{.name = "label", .about = "column of the class", .otherwise = "label"};
Option const kReport{.name = "report", .about = "folder for a report: report.md, reliability.svg, confusion.svg"};
Option const kJson{.name = "json", .about = "print one JSON object", .flag = true};

Columns columns_of(Given const& given) { return {split(given.at("text"), ","), given.at("label")}; }

std::string names_of(std::vector<std::string> const& files) {
    std::string names;
    for (std::string const& file : files)
        names += (names.empty() ? "" : ", ") + fs::path(file).filename().string();
    return names;
}

json::object to_json(std::vector<std::string> const& labels, learning::Assessment const& assessment) {
    learning::Figures const& figures = assessment.figures;
    json::array classes, confusion;
    for (std::size_t k = 0; k < labels.size(); ++k) {
        learning::ClassFigures const& of = figures.classes[k];
        classes.push_back({{"label", labels[k]},
                           {"precision", of.precision},
                           {"recall", of.recall},
                           {"f1", of.f1},
                           {"support", of.support}});
        confusion.push_back(json::value_from(figures.confusion[k]));
    }
    return {{"rows", figures.rows},
            {"accuracy", figures.accuracy},
            {"macro_f1", figures.macro_f1},
            {"coverage", assessment.coverage},
            {"accuracy_where_certain", assessment.right_where_certain},
            {"brier", assessment.brier},
            {"ece", assessment.reliability.ece},
            {"classes", std::move(classes)},
            {"confusion", std::move(confusion)}};
}

/// Prints the assessment, and writes the report where one is wanted.
void say(Given const& given, learning::Heading const& heading, std::vector<std::string> const& labels,
         learning::Assessment const& assessment) {
    if (given.contains("report")) {
        fs::path const folder = given.at("report");
        fs::create_directories(folder);
        write_file(folder / "report.md", learning::report_markdown(heading, labels, assessment));
        write_file(folder / "reliability.svg", learning::reliability_svg(assessment.reliability));
        write_file(folder / "confusion.svg", learning::confusion_svg(labels, assessment.figures));
    }
    if (given.contains("json")) return;
    fmt::print("{}\n", heading.title);
    for (std::string const& fact : heading.facts) fmt::print("  {}\n", fact);
    fmt::print("\n{}", learning::report_text(labels, assessment));
}

Result<learning::Model> read_model(std::string const& file) {
    auto model = learning::Model::read(read_file(file));
    if (!model) model.error().field = file;
    return model;
}

Result<LessonFiles> files_of(Given const& given) {
    std::optional<learning::Taxonomy> taxonomy;
    if (given.contains("taxonomy")) {
        BANYAN_TRY(taxonomy, read_taxonomy(given.at("taxonomy")));
    }
    LessonFiles files(columns_of(given), std::move(taxonomy));
    for (std::string const& file : values_of(given, "file")) BANYAN_CHECK(files.add_lessons(file, false));
    for (std::string const& file : values_of(given, "weak")) BANYAN_CHECK(files.add_lessons(file, true));
    for (std::string const& file : values_of(given, "unlabelled")) BANYAN_CHECK(files.add_texts(file));
    return files;
}

learning::Heading heading_of(Given const& given, learning::Trained const& trained) {
    learning::Heading heading{"Cross-validation of " + names_of(values_of(given, "file")), {}};
    auto& facts = heading.facts;
    facts.push_back(
        fmt::format("{} lessons, {} of them weak: learnt from, never judged", trained.lessons, trained.weak));
    if (trained.guessed > 0) facts.push_back(fmt::format("{} texts without a class helped", trained.guessed));
    std::string each;
    for (double f1 : trained.macro_f1) each += fmt::format(" {:.4f}", f1);
    facts.push_back(fmt::format("macro-F1 of each repeat:{}; mean {:.4f}", each, trained.model.about().macro_f1));
    facts.push_back(fmt::format("{:.1f} % of the labels are contradicted by the other lessons and weigh less",
                                100 * trained.doubted));
    facts.push_back(fmt::format("silent below a probability of {:.3f}", trained.model.about().threshold));
    return heading;
}

int train(Given const& given) {
    if (given.contains("data")) return learn_from_city(given);
    if (!given.contains("file")) return say_refused({"field.required", "FILE", {}, {}});
    if (!given.contains("model")) return say_refused({"field.required", "--model", {}, {}});
    auto const files = files_of(given);
    if (!files) return say_refused(files.error());
    learning::Training how;
    how.repeats = std::max(1, std::atoi(given.at("repeats").c_str()));
    how.unlabelled = files->texts();
    if (files->taxonomy())
        how.parent = [&](std::string_view label) { return std::string(files->taxonomy()->top(label)); };
    auto const trained = learning::train(files->lessons(), how);
    if (!trained) return say_refused(trained.error());
    write_file(given.at("model"), trained->model.bytes());
    say(given, heading_of(given, *trained), trained->model.labels(), trained->assessment);
    if (given.contains("json")) {
        json::object report = to_json(trained->model.labels(), trained->assessment);
        report["macro_f1"] = trained->model.about().macro_f1;
        report["macro_f1_of_repeats"] = json::value_from(trained->macro_f1);
        report["threshold"] = trained->model.about().threshold;
        report["lessons"] = trained->lessons;
        report["weak"] = trained->weak;
        fmt::print("{}\n", json::serialize(report));
    }
    return 0;
}

int eval(Given const& given) {
    auto const model = read_model(given.at("model"));
    if (!model) return say_refused(model.error());
    auto const files = files_of(given);
    if (!files) return say_refused(files.error());
    auto const examined = learning::examine(*model, files->lessons());
    if (!examined) return say_refused(examined.error());
    learning::Heading const heading{
        "Evaluation of " + fs::path(given.at("model")).filename().string() + " on " +
            names_of(values_of(given, "file")),
        {fmt::format("the model learnt from {} lessons; cross-validated macro-F1 {:.4f}", model->about().rows,
                     model->about().macro_f1),
         fmt::format("silent below a probability of {:.3f}", model->about().threshold)}};
    say(given, heading, examined->labels, examined->assessment);
    if (given.contains("json"))
        fmt::print("{}\n", json::serialize(to_json(examined->labels, examined->assessment)));
    return 0;
}

int why(Given const& given) {
    auto const model = read_model(given.at("model"));
    if (!model) return say_refused(model.error());
    std::string const body((std::istreambuf_iterator<char>(std::cin)), {});
    learning::Text const text{given.contains("title") ? std::string_view(given.at("title")) : std::string_view(),
                              body};
    learning::Judgement const judgement = model->judge(text);
    json::array candidates, reasons;
    for (auto const& each : judgement.candidates)
        candidates.push_back({{"label", each.label}, {"probability", each.probability}});
    for (auto const& reason : model->why(text, judgement.label()))
        reasons.push_back({{"passage", reason.passage}, {"weight", reason.weight}});
    fmt::print("{}\n", json::serialize(json::object{{"certain", judgement.certain},
                                                    {"coverage", judgement.coverage},
                                                    {"candidates", candidates},
                                                    {"why", reasons}}));
    return 0;
}

}  // namespace

Verb classify_train_verb() {
    return {
        "classify train",
        "learn classes from lessons, and say by cross-validation what was learnt",
        {kFiles,
         kText,
         kLabel,
         {.name = "model", .about = "file to write"},
         {.name = "weak", .about = "more lessons, labelled by a machine: learnt from, never judged", .many = true},
         {.name = "unlabelled", .about = "texts without a class that help", .many = true},
         {.name = "taxonomy", .about = "CSV of the classes: code,parent or level1,level2,…"},
         {.name = "repeats", .about = "of the cross-validation", .otherwise = "2"},
         {.name = "data",
          .about = "folder of a city: learn from its own matters instead, and take the models into use where they "
                   "are better"},
         {.name = "db", .about = "postgresql://…, with --data"},
         {.name = "lessons",
          .about = "with --data: CSV text,class,kind,urgent beside the matters [those that ship]"},
         kReport,
         kJson},
        train};
}

Verb classify_eval_verb() {
    return {"classify eval",
            "judge rows whose class is known",
            {{.name = "<file>", .about = kFiles.about, .required = true, .many = true},
             kText,
             kLabel,
             {.name = "model", .about = "file to read", .required = true},
             {.name = "taxonomy", .about = "CSV of the classes: refuses labels that are none"},
             kReport,
             kJson},
            eval};
}

Verb classify_text_verb() {
    return {"classify text",
            "judge the text on standard input, and say why",
            {{.name = "model", .about = "file to read", .required = true},
             {.name = "title", .about = "the text's title"}},
            why};
}

}  // namespace banyan
