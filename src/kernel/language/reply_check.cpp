#include "kernel/language/reply_check.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.h"

namespace banyan::language {
namespace {

constexpr std::size_t kTooShort = 25, kTooLong = 1000;  // characters, docs/language.md#replies
constexpr double kMostlyFormula = 0.45, kSomeFormula = 0.2, kShares = 0.1, kSharesAlone = 0.05, kSharesSigns = 0.3,
                 kSharesSignsAlone = 0.2, kElsewhere = 0.13, kElsewhereTitle = 0.2;
constexpr std::size_t kFewFacts = 1, kMostDemands = 40, kMostSentences = 400, kMostPlaces = 40, kBrief = 4;
constexpr std::size_t kShown = 40;  // characters of a demand in an advice

using Pair = std::uint64_t;

/// What a text is made of, without the words that say nothing: its characters, and two side by side.
struct Signs {
    std::set<Pair> pairs;
    std::set<char32_t> single;
    void add(Signs const& other) {
        pairs.insert(other.pairs.begin(), other.pairs.end());
        single.insert(other.single.begin(), other.single.end());
    }
};

Signs signs_of(Characters const& text, Clause const& where, WordSort const& idle) {
    Signs signs;
    for (std::size_t at = where.from; at < where.to;) {
        std::size_t skipped = idle.length_at(text, at);
        if (skipped == 0 && is_han(text[at])) {
            signs.single.insert(text[at]);
            if (at + 1 < where.to && is_han(text[at + 1]) && idle.length_at(text, at + 1) == 0)
                signs.pairs.insert(Pair{text[at]} << 32 | text[at + 1]);
        }
        at += std::max<std::size_t>(skipped, 1);
    }
    return signs;
}

template <class Set>
std::size_t shared(Set const& a, Set const& b) {
    return static_cast<std::size_t>(std::ranges::count_if(a, [&](auto sign) { return b.contains(sign); }));
}

template <class Set>
double share_of(Set const& a, Set const& b) {
    return a.empty() ? 0 : static_cast<double>(shared(a, b)) / static_cast<double>(a.size());
}

/// A short demand in everyday words and an answer in official ones share characters (修灯, 灯具已维修) rather than
/// words.
bool is_about(Signs const& demand, Signs const& said, bool alone) {
    return share_of(demand.pairs, said.pairs) >= (alone ? kSharesAlone : kShares) ||
           (shared(demand.single, said.single) >= 3 &&
            share_of(demand.single, said.single) >= (alone ? kSharesSignsAlone : kSharesSigns));
}

bool has_only_a_day(Characters const& text, Clause const& sentence) {
    constexpr char32_t kOfDays[] = {0x5E74, 0x6708, 0x65E5, U' ', U'.', U'-', U'/'};  // 年 月 日
    for (std::size_t at = sentence.from; at < sentence.to; ++at)
        if (!digit_of(text[at]) && !is_one_of(kOfDays, text[at])) return false;
    return true;
}

/// A number before one of these: 3月, 12日, 5个工作日.
bool is_number(Characters const& text, std::size_t at) { return at > 0 && digit_of(text[at - 1]).has_value(); }

}  // namespace

struct ReplyChecker::Read {
    explicit Read(std::string_view reply)
        : text(reply), whole{0, text.size(), false}, sentences(sentences_of(text)) {}
    Characters text;
    Clause whole;
    std::vector<Clause> sentences;
    std::vector<Signs> signs;  ///< of each sentence
    Signs all;
    std::vector<char> formula;  ///< for each character
    std::size_t formula_characters = 0, han = 0;
    std::vector<PersonalNumber> numbers;
};

Result<ReplyChecker> ReplyChecker::read(std::string_view words, Redactor const& redactor,
                                        Gazetteer const& places) {
    ReplyChecker checker;
    BANYAN_TRY(checker.words_, WordLists::read(words));
    checker.redactor_ = &redactor;
    checker.places_ = &places;
    return checker;
}

bool ReplyChecker::has(Characters const& text, Clause const& where, std::string_view sort) const {
    WordSort const& words = words_[sort];
    for (std::size_t at = where.from; at < where.to; ++at)
        if (words.length_at(text, at) > 0) return true;
    return false;
}

ReplyChecker::Read ReplyChecker::read_reply(Characters const& text) const {
    Read read(text.text());
    WordSort const& formula = words_["formula"];
    read.formula.assign(text.size(), 0);
    for (std::size_t at = 0; at < text.size();) {
        std::size_t length = formula.length_at(text, at);
        for (std::size_t i = at; i < at + length; ++i) read.formula[i] = 1;
        at += std::max<std::size_t>(length, 1);
    }
    for (std::size_t at = 0; at < text.size(); ++at) {
        read.han += is_han(text[at]) || is_digit(text[at]);
        read.formula_characters += read.formula[at] != 0 && is_han(text[at]);
    }
    if (read.sentences.size() > kMostSentences) read.sentences.resize(kMostSentences);
    // A letter ends with its own day, which promises nothing.
    if (!read.sentences.empty() && has_only_a_day(text, read.sentences.back()))
        read.whole.to = read.sentences.back().from;
    for (Clause const& sentence : read.sentences) {
        read.signs.push_back(signs_of(text, sentence, words_["idle"]));
        read.all.add(read.signs.back());
    }
    read.numbers = personal_numbers(text);
    return read;
}

/// Whether these sentences hold what an answer of this sort must hold.
bool ReplyChecker::answers(Read const& reply, Clause const& window, Demand::Sort sort) const {
    Characters const& text = reply.text;
    auto number_before = [&](std::string_view units) {
        for (std::size_t at = window.from; at < window.to; ++at)
            if (words_[units].length_at(text, at) > 0 && is_number(text, at)) return true;
        return false;
    };
    switch (sort) {
        case Demand::Sort::when:
            return number_before("time_unit") || has(text, window, "time");
        case Demand::Sort::who:
            return has(text, window, "unit") || has(text, window, "contact");
        case Demand::Sort::how_much:
            return number_before("money_unit") || has(text, window, "money") || has(text, window, "refusing");
        case Demand::Sort::where:
            return has(text, window, "where");
        case Demand::Sort::may:
            return has(text, window, "yes_no") || has(text, window, "done");
        case Demand::Sort::why:
            return has(text, window, "reason");
        case Demand::Sort::how:
            return has(text, window, "way");
        case Demand::Sort::act:
            break;
    }
    return has(text, window, "done") || has(text, window, "planned") || has(text, window, "refusing");
}

void ReplyChecker::answer_demands(AppealText const& appeal, Read const& reply, ReplyReport& report) const {
    Characters const body(appeal.body), title(appeal.title);
    WordSort const& idle = words_["idle"];
    Signs const of_title = signs_of(title, {0, title.size(), false}, idle);
    auto demands = demands_of(body, words_);
    if (demands.size() > kMostDemands) demands.resize(kMostDemands);
    if (demands.empty() && body.size() > 0) demands.push_back({Demand::Sort::act, 0, body.size()});
    Signs before;
    for (Demand const& demand : demands) {
        ReplyReport::Answer answer{
            demand.sort, body.offset(demand.from), body.offset(demand.to) - body.offset(demand.from), false, 0, 0};
        Signs asked = signs_of(body, {demand.from, demand.to, false}, idle);
        Signs const own = asked;
        bool alone = demands.size() == 1;
        // 多久能好: what is asked in few words is about what the title and the demand before say.
        if (asked.pairs.size() < kBrief || alone) asked.add(of_title);
        Signs const context = own.pairs.size() < kBrief ? before : Signs{};
        before = own;
        bool about_all = alone && is_about(asked, reply.all, true);
        for (std::size_t i = 0; i < reply.sentences.size() && !answer.answered; ++i) {
            Clause window = reply.sentences[i];
            if (!about_all && !is_about(asked, reply.signs[i], alone) && !is_about(context, reply.signs[i], alone))
                continue;
            if (!answers(reply, window, demand.sort) && i + 1 < reply.sentences.size())
                window.to = reply.sentences[i + 1].to;
            if (!answers(reply, window, demand.sort)) continue;
            answer.answered = true;
            answer.by_offset = reply.text.offset(window.from);
            answer.by_length = reply.text.offset(window.to) - answer.by_offset;
        }
        report.demands.push_back(answer);
    }
}

void ReplyChecker::advise_on_form(Read const& reply, ReplyReport& report) const {
    Characters const& text = reply.text;
    auto advise = [&](char const* key, std::size_t from = 0, std::size_t to = 0) {
        std::size_t offset = text.offset(from);
        report.advice.push_back({key, Advice::In::reply, offset, to > from ? text.offset(to) - offset : 0, {}});
    };
    report.formula =
        reply.han == 0 ? 0 : static_cast<double>(reply.formula_characters) / static_cast<double>(reply.han);
    // Facts: numbers, laws, names of roads and units, what was done; none of them inside a formula.
    std::size_t facts = 0;
    WordSort const& done = words_["fact"];
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (reply.formula[at] != 0) continue;
        bool figure = digit_of(text[at]) && is_digit(text[at]) && !(at > 0 && is_digit(text[at - 1]));
        facts += figure || done.length_at(text, at) > 0;
    }
    bool formula =
        report.formula >= kMostlyFormula ? facts <= kFewFacts : report.formula >= kSomeFormula && facts == 0;
    if (formula) advise("formula");
    if (text.size() < kTooShort) advise("too_short");
    if (text.size() > kTooLong) advise("too_long");
    WordSort const& reproach = words_["reproach"];
    for (std::size_t at = 0; at < text.size(); ++at)
        if (std::size_t length = reproach.length_at(text, at)) {
            advise("reproach", at, at + length);
            break;
        }
    if (!answers(reply, reply.whole, Demand::Sort::when)) advise("no_date");
    bool contact = has(text, reply.whole, "contact");
    for (PersonalNumber const& number : reply.numbers)
        contact = contact || number.sort == PersonalNumber::Sort::phone;
    if (!contact) advise("no_contact");
    advise_on_days(text, report);
}

/// 2月30日, 13月.
void ReplyChecker::advise_on_days(Characters const& text, ReplyReport& report) {
    constexpr char32_t kMonth = 0x6708, kDay = 0x65E5;
    constexpr int kDays[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    auto number_before = [&](std::size_t at) -> std::optional<int> {
        std::size_t from = at;
        while (from > 0 && at - from < 3 && is_digit(text[from - 1])) --from;
        int number = 0;
        for (std::size_t i = from; i < at; ++i) number = number * 10 + static_cast<int>(text[i] - U'0');
        return from < at && at - from < 3 ? std::optional(number) : std::nullopt;
    };
    for (std::size_t at = 1; at < text.size(); ++at) {
        if (text[at] != kMonth) continue;
        auto month = number_before(at);
        if (!month) continue;
        std::size_t end = at + 1;
        while (end < at + 3 && is_digit(text[end])) ++end;
        auto day = text[end] == kDay ? number_before(end) : std::nullopt;
        bool wrong = *month < 1 || *month > 12 || (day && (*day < 1 || *day > kDays[*month - 1]));
        if (!wrong) continue;
        std::size_t offset = text.offset(at - (*month > 9 ? 2 : 1));
        report.advice.push_back(
            {"wrong_date", Advice::In::reply, offset, text.offset(day ? end + 1 : at + 1) - offset, {}});
    }
}

void ReplyChecker::advise_on_content(AppealText const& appeal, Read const& reply, ReplyReport& report) const {
    // Of a reply that says nothing, what it leaves open says no more.
    bool says_nothing = false, too_short = false;
    for (Advice const& one : report.advice) {
        too_short = too_short || one.key == "too_short";
        says_nothing = says_nothing || one.key == "too_short" || one.key == "formula";
    }
    bool right_asked = false;
    for (ReplyReport::Answer const& demand : report.demands) {
        right_asked = right_asked || demand.sort == Demand::Sort::how_much || demand.sort == Demand::Sort::why;
        if (demand.answered || too_short) continue;
        std::string shown(first_characters(appeal.body.substr(demand.offset, demand.length), kShown));
        report.advice.push_back({"open",
                                 Advice::In::appeal,
                                 demand.offset,
                                 demand.length,
                                 {{"demand", std::move(shown)}, {"sort", std::string(name_of(demand.sort))}}});
    }
    bool refuses = has(reply.text, reply.whole, "refusing");
    if ((refuses || right_asked) && !has(reply.text, reply.whole, "basis"))
        report.advice.push_back({"no_basis", Advice::In::reply, 0, 0, {}});

    std::string both(appeal.title);
    both.append("\n").append(appeal.body);
    Characters const asked(both);
    WordSort const& idle = words_["idle"];
    Signs const theme = signs_of(asked, {0, asked.size(), false}, idle), said = reply.all;
    Characters const title(appeal.title);
    Signs const of_title = signs_of(title, {0, title.size(), false}, idle);
    std::size_t fewer = std::min(theme.single.size(), said.single.size());
    if (fewer > 0 && !says_nothing && shared(of_title.pairs, said.pairs) == 0 &&
        shared(theme.pairs, said.pairs) < 2 && share_of(of_title.single, said.single) < kElsewhereTitle &&
        static_cast<double>(shared(theme.single, said.single)) < kElsewhere * static_cast<double>(fewer))
        report.advice.push_back({"elsewhere", Advice::In::reply, 0, 0, {}});

    auto theirs = places_->place_keys(both), ours = places_->place_keys(reply.text.text());
    theirs.resize(std::min(theirs.size(), kMostPlaces));
    ours.resize(std::min(ours.size(), kMostPlaces));
    auto is_theirs = [&](std::string const& key) {
        return both.find(key) != std::string::npos || std::ranges::any_of(theirs, [&](std::string const& other) {
                   return key.ends_with(other) || other.ends_with(key);
               });
    };
    if (!theirs.empty() && !ours.empty() && std::ranges::none_of(ours, is_theirs)) {
        std::size_t offset = reply.text.text().find(ours[0]);
        bool found = offset != std::string_view::npos;
        report.advice.push_back({"other_place",
                                 Advice::In::reply,
                                 found ? offset : 0,
                                 found ? ours[0].size() : 0,
                                 {{"theirs", theirs[0]}, {"ours", ours[0]}}});
    }
}

// The public text may name the office's telephone and clerk; of who asked it may name nothing.
void ReplyChecker::advise_on_people(AppealText const& appeal, Read const& reply, ReplyReport& report) const {
    std::string_view text = reply.text.text();
    std::set<std::string> said;  // what the appeal betrays
    for (Finding const& finding : redactor_->find(appeal.body, appeal.people))
        if (finding.certainty >= 0.5 && finding.sort != Finding::Sort::kin)
            said.emplace(appeal.body.substr(finding.offset, finding.length));
    for (Finding const& finding : redactor_->find(text, appeal.people)) {
        std::string_view what = text.substr(finding.offset, finding.length);
        std::size_t at = reply.text.at_byte(finding.offset);
        bool greeted =
            finding.sort == Finding::Sort::name && at < 8 &&
            words_["greeted"].length_at(reply.text, reply.text.at_byte(finding.offset + finding.length)) > 0;
        bool always = finding.sort == Finding::Sort::id || finding.sort == Finding::Sort::card ||
                      finding.sort == Finding::Sort::school_class || finding.sort == Finding::Sort::plate;
        bool theirs =
            said.contains(std::string(what)) || std::ranges::any_of(appeal.people, [&](KnownPerson const& one) {
                return what.size() > 3 && (one.name.contains(what) || one.address.contains(what));
            });
        if (finding.sort == Finding::Sort::phone)
            for (KnownPerson const& one : appeal.people) {
                auto const ours = personal_numbers(what), its = personal_numbers(one.phone);
                theirs = theirs || (!ours.empty() && !its.empty() && ours[0].digits == its[0].digits);
            }
        if (greeted || always || theirs)
            report.advice.push_back({"personal",
                                     Advice::In::reply,
                                     finding.offset,
                                     finding.length,
                                     {{"sort", std::string(name_of(finding.sort))}}});
    }
}

ReplyReport ReplyChecker::check(AppealText const& appeal, std::string_view reply) const {
    ReplyReport report;
    Characters const text(reply);
    Read const read = read_reply(text);
    answer_demands(appeal, read, report);
    advise_on_form(read, report);
    advise_on_content(appeal, read, report);
    advise_on_people(appeal, read, report);
    return report;
}

}  // namespace banyan::language
