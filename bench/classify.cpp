// classify: how many texts a second one core judges, and how large the model is.
//
// Texts are made up of a fixed number of signs, so that every machine measures the same; --train and --text name
// files of one's own instead.
#include <fmt/core.h>

#include <boost/json.hpp>
#include <chrono>
#include <cmath>
#include <deque>

#include "arguments.h"
#include "base/text.h"
#include "figures.h"
#include "kernel/learning/folds.h"
#include "kernel/learning/train.h"
#include "main/classify_rows.h"

namespace banyan::bench {
namespace {

using Steady = std::chrono::steady_clock;

std::vector<Argument> const kArguments{
    {"train", "", "CSV files of lessons (title, body, label), by commas, instead of made-up ones"},
    {"classes", "7", "of the made-up lessons"},
    {"lessons", "3000", "how many are made up"},
    {"texts", "20000", "judged, at least"},
    {"seconds", "5", "measured for so long at least"},
    {"json", "", "one JSON object", true},
};

void put(std::string& to, char32_t sign) {
    to += static_cast<char>(0xE0 | sign >> 12);
    to += static_cast<char>(0x80 | (sign >> 6 & 0x3F));
    to += static_cast<char>(0x80 | (sign & 0x3F));
}

/// Words of two signs out of 3,000, frequent ones often; each class has 40 words of its own. Title 20, body 310
/// signs.
struct MadeUp {
    std::deque<std::string> texts;
    std::vector<learning::Lesson> lessons;
    std::deque<std::string> labels;
};

MadeUp make_up(std::size_t lessons, std::size_t classes) {
    MadeUp made;
    learning::Dice dice(1);
    for (std::size_t k = 0; k < classes; ++k) made.labels.push_back(fmt::format("class {:03}", k));
    auto text_of = [&](std::size_t label, int words) {
        std::string text;
        for (int i = 0; i < words; ++i) {
            double const even = static_cast<double>(dice.below(1'000'000)) / 1e6;
            auto word = static_cast<std::size_t>(3000 * std::pow(even, 3));
            if (dice.below(12) == 0) word = 3000 + label * 40 + dice.below(40);
            put(text, static_cast<char32_t>(0x4E00 + word % 2500));
            put(text, static_cast<char32_t>(0x4E00 + word * 7 % 2500));
        }
        return text;
    };
    for (std::size_t i = 0; i < lessons; ++i) {
        std::string const& title = made.texts.emplace_back(text_of(i % classes, 10));
        std::string const& body = made.texts.emplace_back(text_of(i % classes, 155));
        made.lessons.push_back({{title, body}, made.labels[i % classes], false});
    }
    return made;
}

int run(Arguments const& given) {
    MadeUp made;
    LessonFiles files(Columns{{"title", "body"}, "label"});
    if (given.given("train")) {
        for (std::string const& file : split(given.text("train"), ","))
            if (auto added = files.add_lessons(file, false); !added)
                throw std::runtime_error(added.error().field + ": " + added.error().key);
    } else {
        made = make_up(given.number("lessons"), given.number("classes"));
    }
    auto const& lessons = given.given("train") ? files.lessons() : made.lessons;
    learning::Training how;
    how.repeats = 1;
    auto const began = Steady::now();
    auto trained = learning::train(lessons, how);
    if (!trained) throw std::runtime_error(trained.error().key);
    double const training = std::chrono::duration<double>(Steady::now() - began).count();
    std::string const bytes = trained->model.bytes();
    auto const model = learning::Model::read(bytes);
    if (!model) throw std::runtime_error(model.error().key);

    std::size_t judged = 0, characters = 0, certain = 0;
    double seconds = 0;
    double const cpu_before = own_cpu_us();
    auto const start = Steady::now();
    while (seconds < static_cast<double>(given.number("seconds")) || judged < given.number("texts")) {
        for (learning::Lesson const& lesson : lessons) certain += model->judge(lesson.text).certain;
        judged += lessons.size();
        seconds = std::chrono::duration<double>(Steady::now() - start).count();
    }
    double const cpu = own_cpu_us() - cpu_before;
    for (learning::Lesson const& lesson : lessons)
        characters += count_characters(lesson.text.title) + count_characters(lesson.text.body);
    auto const n = static_cast<double>(judged);
    boost::json::object const report{
        {"texts_per_second", std::round(n / seconds)},
        {"texts_per_cpu_second", std::round(n / (cpu / 1e6))},
        {"characters_per_text", std::round(static_cast<double>(characters) / static_cast<double>(lessons.size()))},
        {"classes", model->labels().size()},
        {"lessons", lessons.size()},
        {"model_bytes", bytes.size()},
        {"training_seconds", training},
        {"macro_f1", model->about().macro_f1},
        {"certain", static_cast<double>(certain) / n}};
    if (given.flag("json")) {
        fmt::print("{}\n", boost::json::serialize(report));
        return 0;
    }
    for (auto const& figure : report)
        fmt::print("{:<22} {}\n", std::string_view(figure.key()), boost::json::serialize(figure.value()));
    return 0;
}

}  // namespace
}  // namespace banyan::bench

int main(int argc, char** argv) {
    using namespace banyan::bench;
    try {
        return run(Arguments("classify: texts judged in a second on one core", kArguments, argc, argv));
    } catch (std::exception const& error) {
        fmt::print(stderr, "classify: {}\n", error.what());
        return 1;
    }
}
