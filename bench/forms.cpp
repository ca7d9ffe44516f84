#include "forms.h"

#include <fmt/format.h>
#include <boost/json.hpp>

namespace banyan::bench {
namespace {

namespace json = boost::json;

constexpr std::size_t kAppeals = 2'000, kNames = 300, kReplies = 300;

/// What is asked of 12345, roughly as often as in practice.
std::string_view kind(Random& random) {
    std::uint64_t n = random() % 100;
    return n < 35   ? "complaint"
           : n < 60 ? "help"
           : n < 90 ? "consult"
           : n < 95 ? "suggestion"
           : n < 98 ? "report"
                    : "praise";
}

constexpr std::string_view kClasses[] = {"city.garbage", "utility.hydrant", "city.lamp",    "traffic.bus",
                                         "noise.site",   "water.quality",   "labour.wages", "house.lift"};
constexpr std::string_view kRegions[] = {"350102", "350103", "350104", "350105", "350111"};

std::string open_object(json::object const& object) {
    std::string text = json::serialize(object);
    text.pop_back();
    return text;
}

}  // namespace

Forms::Forms(Random& random) {
    for (std::size_t i = 0; i < kAppeals; ++i) {
        std::string body = appeal_body(random);
        for (char c : body) body_characters_ += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
        appeals_.push_back(open_object({{"kind", kind(random)},
                                        {"title", appeal_title(random)},
                                        {"body", body},
                                        {"class", kClasses[random() % std::size(kClasses)]},
                                        {"region", kRegions[random() % std::size(kRegions)]},
                                        {"place", place_name(random)},
                                        {"channel", "phone"}}));
    }
    body_characters_ /= kAppeals;
    for (std::size_t i = 0; i < kNames; ++i) names_.push_back(person_name(random));
    for (std::size_t i = 0; i < 100; ++i)
        sortings_.push_back(json::serialize(json::object{{"kind", kind(random)}}));
    for (std::size_t i = 0; i < kReplies; ++i) {
        std::string place = place_name(random);
        std::string account =
            place + "\u5df2\u6d3e\u4eba\u5230\u573a\u67e5\u52d8\uff0c\u5f53\u65e5\u5904\u7406\u5b8c\u6bd5\u3002";
        std::string reply =
            "\u60a8\u597d\uff0c\u60a8\u53cd\u6620\u7684" + place +
            "\u7684\u60c5\u51b5\uff0c\u6211\u5355\u4f4d\u5df2\u6d3e\u5de5\u4f5c\u4eba\u5458\u5230\u73b0\u573a"
            "\u6838\u5b9e\uff0c"
            "\u5e76\u8ddf\u8fdb\u5904\u7406\u5b8c\u6bd5\u3002\u5982\u6709\u5176\u4ed6\u95ee\u9898\uff0c\u8bf7"
            "\u518d\u62e8\u625312345\u3002\u611f\u8c22\u60a8\u7684\u76d1\u7763\u548c\u652f\u6301\u3002";
        replies_.push_back(json::serialize(
            json::object{{"true_claim", true}, {"solved", true}, {"account", account}, {"public_reply", reply}}));
    }
    for (char const* rating : {"satisfied", "satisfied", "satisfied", "fair", "unsatisfied"})
        calls_.push_back(
            json::serialize(json::object{{"rating", rating}, {"outcome", "solved"}, {"final", rating}}));
}

void Forms::append(std::string& out, Step step, std::size_t unit, Random& random) const {
    switch (step) {
        case Step::file:
            out += appeals_[random() % appeals_.size()];
            fmt::format_to(std::back_inserter(out), R"(,"name":"{}","phone":"{}"}})",
                           names_[random() % names_.size()], phone_number(random));
            return;
        case Step::accept:
            out += sortings_[random() % sortings_.size()];
            return;
        case Step::dispatch:
            fmt::format_to(std::back_inserter(out), R"({{"lead":"{}"}})", unit_code(unit));
            return;
        case Step::sign:
            out += "{}";
            return;
        case Step::reply:
            out += replies_[random() % replies_.size()];
            return;
        case Step::approve:
            out += "{}";
            return;
        case Step::call_back:
            out += calls_[random() % calls_.size()];
            return;
    }
}

void append_key(std::string& out, Random& random) {
    static constexpr char kHex[] = "0123456789abcdef";
    std::uint64_t bits = 0;
    for (int i = 0; i < 32; ++i, bits >>= 4) {
        if (i % 16 == 0) bits = random();
        if (i == 8 || i == 12 || i == 16 || i == 20) out += '-';
        out += kHex[bits & 15];
    }
}

}  // namespace banyan::bench
