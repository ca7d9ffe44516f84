#include "asked.h"

#include <fmt/format.h>

#include "city.h"

namespace banyan::bench {
namespace {

using Request = Asked::Request;

std::size_t const kSeat = account_for(Step::file, 0), kDispatcher = account_for(Step::dispatch, 0),
                  kReviewer = account_for(Step::approve, 0), kCaller = account_for(Step::call_back, 0);

std::string escaped(std::string_view text) {
    std::string out;
    for (char const c : text) {
        bool const plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.';
        if (plain)
            out += c;
        else
            fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

Request search(std::string_view typed, std::size_t account) {
    return {"/api/v1/search?q=" + escaped(typed), account};
}

template <class List>
auto const& any_of(List const& list, Mouth& mouth) {
    return list[mouth.number(std::size(list))];
}

std::size_t clerk(Mouth& mouth) { return account_for(Step::sign, mouth.number(kUnits)); }
std::size_t head(Mouth& mouth) { return account_for(Step::reply, mouth.number(kUnits)); }

void add_lists(std::vector<Asked>& all, Stock const& stock) {
    all.push_back({"worklist of a desk", false, true, [](Mouth& mouth) -> Request {
                       static std::pair<char const*, std::size_t> const kDesks[] = {{"filed", kSeat},
                                                                                    {"accepted", kDispatcher},
                                                                                    {"handling", kReviewer},
                                                                                    {"review", kReviewer},
                                                                                    {"call_back", kCaller}};
                       auto const& [stage, account] = any_of(kDesks, mouth);
                       return {fmt::format("/api/v1/matters?stage={}", stage), account};
                   }});
    all.push_back({"worklist of a unit", false, true,
                   [](Mouth& mouth) -> Request { return {"/api/v1/matters?mine=true&order=due", clerk(mouth)}; }});
    all.push_back({"worklist, one class", false, false, [&stock](Mouth& mouth) -> Request {
                       return {"/api/v1/matters?stage=handling&class=" + any_of(stock.classes, mouth), kReviewer};
                   }});
    all.push_back({"overdue, the city's", false, true,
                   [](Mouth&) -> Request { return {"/api/v1/matters?overdue=true&order=due", kReviewer}; }});
    all.push_back({"overdue, a unit's", false, true, [](Mouth& mouth) -> Request {
                       return {"/api/v1/matters?overdue=true&mine=true&order=due", head(mouth)};
                   }});
    all.push_back({"all of a class", false, true, [&stock](Mouth& mouth) -> Request {
                       return {"/api/v1/matters?class=" + any_of(stock.classes, mouth), kSeat};
                   }});
    all.push_back({"all of a unit", false, true, [](Mouth& mouth) -> Request {
                       return {"/api/v1/matters?unit=" + unit_code(mouth.number(kUnits)), kReviewer};
                   }});
}

void add_numbers(std::vector<Asked>& all, Stock const& stock) {
    all.push_back({"a matter by its number", false, false, [&stock](Mouth& mouth) -> Request {
                       return {"/api/v1/matters/" + any_of(stock.numbers, mouth), kSeat};
                   }});
    all.push_back({"search: number", false, false,
                   [&stock](Mouth& mouth) { return search(any_of(stock.numbers, mouth), kSeat); }});
    all.push_back({"search: its last six", true, false, [&stock](Mouth& mouth) {
                       return search("no:" + any_of(stock.numbers, mouth).substr(6), kSeat);
                   }});
    all.push_back(
        {"search: telephone", false, false, [](Mouth& mouth) { return search("tel:" + mouth.phone(), kSeat); }});
}

void add_texts(std::vector<Asked>& all, Stock const& stock) {
    auto add = [&](std::string name, std::function<Request(Mouth&)> next) {
        all.push_back({std::move(name), true, false, std::move(next)});
    };
    add("text: two characters", [](Mouth& mouth) { return search(mouth.words(2), kSeat); });
    add("text: four characters", [](Mouth& mouth) { return search(mouth.words(4), kSeat); });
    add("text: two words", [](Mouth& mouth) { return search(mouth.words(2) + " " + mouth.words(3), kSeat); });
    add("text: a phrase", [](Mouth& mouth) { return search("\"" + mouth.words(6) + "\"", kSeat); });
    add("text: word and filters", [&stock](Mouth& mouth) {
        return search(mouth.words(2) + " open:yes class:" + any_of(stock.classes, mouth), kReviewer);
    });
    add("text: a unit's clerk", [](Mouth& mouth) { return search(mouth.words(2), clerk(mouth)); });
    add("text: nobody said it so", [](Mouth& mouth) { return search(mouth.words(5) + mouth.words(5), kSeat); });
}

void add_figures(std::vector<Asked>& all, Stock const& stock) {
    all.push_back({"a month's indicators", false, false, [&stock](Mouth& mouth) -> Request {
                       return {"/api/v1/figures/months/" + any_of(stock.months, mouth), kReviewer};
                   }});
    all.push_back({"the same by unit", false, false, [&stock](Mouth& mouth) -> Request {
                       return {"/api/v1/figures/months/" + any_of(stock.months, mouth) + "/units", kReviewer};
                   }});
    all.push_back({"the same by class", false, false, [&stock](Mouth& mouth) -> Request {
                       return {"/api/v1/figures/months/" + any_of(stock.months, mouth) + "/values?by=class",
                               kReviewer};
                   }});
}

}  // namespace

std::vector<Asked> all_asked(Stock const& stock) {
    std::vector<Asked> all;
    add_lists(all, stock);
    add_numbers(all, stock);
    add_texts(all, stock);
    add_figures(all, stock);
    return all;
}

}  // namespace banyan::bench
