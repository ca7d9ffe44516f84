#include <opencc/opencc.h>
#include <unicode/brkiter.h>
#include <unicode/bytestream.h>
#include <unicode/edits.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/translit.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <stdexcept>

#include "base/text.h"
#include "platform/text/signs.h"
#include "platform/text/text.h"

namespace banyan::text {
namespace {

void check(UErrorCode error, char const* what) {
    if (U_FAILURE(error)) throw std::runtime_error(std::string("ICU: ") + what + ": " + u_errorName(error));
}

/// Bytes that are no UTF-8 become U+FFFD; the same text when all of them are.
std::string well_formed(std::string_view text) {
    std::string out;
    for (Sign const& sign : signs_of(text)) append(out, sign.code);
    return out;
}

constexpr char32_t kFirstHan = 0x4E00, kLastHan = 0x9FFF;
constexpr std::size_t kLongestWord = 8, kLongestTerm = 64;  ///< signs; bytes

}  // namespace

struct Reader::Parts {
    opencc::SimpleConverter simplify{"t2s.json"};
    std::array<char32_t, kLastHan - kFirstHan + 1> simple{};  ///< sign by sign
    icu::Normalizer2 const* normalizer = nullptr;
    std::unique_ptr<icu::Transliterator> latin;
    std::mutex mutex;  ///< of what is below: word breakers that nobody uses, and the transliterator
    std::vector<std::unique_ptr<icu::BreakIterator>> breakers;

    std::unique_ptr<icu::BreakIterator> take_breaker() {
        {
            std::lock_guard lock(mutex);
            if (!breakers.empty()) {
                auto breaker = std::move(breakers.back());
                breakers.pop_back();
                return breaker;
            }
        }
        UErrorCode error = U_ZERO_ERROR;
        std::unique_ptr<icu::BreakIterator> breaker(
            icu::BreakIterator::createWordInstance(icu::Locale::getSimplifiedChinese(), error));
        check(error, "words");
        return breaker;
    }
    void give_back(std::unique_ptr<icu::BreakIterator> breaker) {
        std::lock_guard lock(mutex);
        breakers.push_back(std::move(breaker));
    }

    char32_t simple_of(char32_t code) const {
        return code >= kFirstHan && code <= kLastHan ? simple[code - kFirstHan] : code;
    }
    /// Phrases decide where they are as long as what they stand for, else sign by sign.
    Plain simplified(Plain plain) const;
};

Reader::Reader() : parts_(std::make_unique<Parts>()) {
    UErrorCode error = U_ZERO_ERROR;
    parts_->normalizer = icu::Normalizer2::getNFKCCasefoldInstance(error);
    check(error, "NFKC");
    parts_->latin.reset(
        icu::Transliterator::createInstance("Han-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, error));
    check(error, "pinyin");
    std::string all;
    for (char32_t code = kFirstHan; code <= kLastHan; ++code) {
        append(all, code);
        all += '\n';
    }
    std::vector<Sign> const simple = signs_of(parts_->simplify.Convert(all));
    if (simple.size() != 2 * parts_->simple.size()) throw std::runtime_error("OpenCC: t2s is not sign by sign");
    for (std::size_t i = 0; i < parts_->simple.size(); ++i) parts_->simple[i] = simple[2 * i].code;
}

Reader::~Reader() = default;

Plain Reader::Parts::simplified(Plain plain) const {
    std::vector<Sign> const signs = signs_of(plain.text);
    auto same = [&](Sign const& sign) { return simple_of(sign.code) == sign.code; };
    if (std::ranges::all_of(signs, same)) return plain;
    std::vector<Sign> by_phrase = signs_of(simplify.Convert(plain.text));
    Plain out;
    out.text.reserve(plain.text.size());
    for (std::size_t i = 0; i < signs.size(); ++i) {
        append(out.text, by_phrase.size() == signs.size() ? by_phrase[i].code : simple_of(signs[i].code));
        out.from.resize(out.text.size(), plain.from[signs[i].begin]);
    }
    out.from.push_back(plain.from.back());
    return out;
}

Plain Reader::plain(std::string_view text) const {
    std::string mended;
    bool const broken = !is_utf8(text);
    std::vector<Sign> original;
    if (broken) {
        original = signs_of(text);
        mended = well_formed(text);
    }
    std::string_view const in = broken ? std::string_view(mended) : text;
    Plain out;
    UErrorCode error = U_ZERO_ERROR;
    icu::Edits edits;
    icu::StringByteSink<std::string> sink(&out.text);
    parts_->normalizer->normalizeUTF8(0, icu::StringPiece(in.data(), static_cast<std::int32_t>(in.size())), sink,
                                      &edits, error);
    check(error, "NFKC");
    out.from.reserve(out.text.size() + 1);
    for (auto change = edits.getFineIterator(); change.next(error);) {
        auto const source = static_cast<std::uint32_t>(change.sourceIndex());
        for (std::int32_t i = 0; i < change.newLength(); ++i)
            out.from.push_back(source + (change.hasChange() ? 0 : static_cast<std::uint32_t>(i)));
    }
    check(error, "NFKC");
    out.from.push_back(static_cast<std::uint32_t>(in.size()));
    if (broken) {  // from bytes of the mended text to those of the original
        std::vector<std::uint32_t> where(mended.size() + 1, static_cast<std::uint32_t>(text.size()));
        std::vector<Sign> const now = signs_of(mended);
        for (std::size_t i = 0; i < now.size(); ++i)
            for (std::uint32_t byte = now[i].begin; byte < now[i].end; ++byte)
                where[byte] =
                    original[i].begin + std::min(byte - now[i].begin, original[i].end - original[i].begin - 1);
        for (std::uint32_t& from : out.from) from = where[from];
    }
    return parts_->simplified(std::move(out));
}

namespace {

/// Makes the terms of one text.
class Cutter {
  public:
    explicit Cutter(Plain const& plain)
        : plain_(plain), signs_(signs_of(plain.text)), never_(Reader::personal_numbers(plain.text)) {}

    void pairs_and_roads() {
        for (std::size_t i = 0; i < signs_.size();) {
            std::size_t end = i;
            while (end < signs_.size() && is_han(signs_[end].code)) ++end;
            if (end == i) {
                ++i;
                continue;
            }
            if (end == i + 1) add(i, end);
            for (std::size_t at = i; at + 1 < end; ++at) add(at, at + 2);
            for (std::size_t at = i + 2; at < end; ++at)
                if (is_road_end(signs_[at].code))
                    for (std::size_t length = 2; length <= 4 && at - length >= i && at >= length; ++length)
                        add(at - length, at + 1);
            i = end;
        }
    }

    void words(icu::BreakIterator& breaker) {
        UErrorCode error = U_ZERO_ERROR;
        UText* over =
            utext_openUTF8(nullptr, plain_.text.data(), static_cast<std::int64_t>(plain_.text.size()), &error);
        breaker.setText(over, error);
        std::size_t sign = 0;
        for (std::int32_t from = breaker.first(), to = breaker.next();
             to != icu::BreakIterator::DONE && U_SUCCESS(error); from = to, to = breaker.next()) {
            if (breaker.getRuleStatus() == UBRK_WORD_NONE) continue;
            while (sign < signs_.size() && signs_[sign].begin < static_cast<std::uint32_t>(from)) ++sign;
            std::size_t end = sign;
            while (end < signs_.size() && signs_[end].end <= static_cast<std::uint32_t>(to)) ++end;
            bool const han = sign < signs_.size() && is_han(signs_[sign].code);
            if (!han || (end - sign > 2 && end - sign <= kLongestWord)) add(sign, end);
        }
        utext_close(over);
        check(error, "words");
    }

    std::vector<Term> terms() {
        std::ranges::stable_sort(terms_, {}, [](Term const& term) { return std::pair(term.begin, term.end); });
        // A road that the dictionary knows too is one term.
        terms_.erase(std::ranges::unique(terms_).begin(), terms_.end());
        return std::move(terms_);
    }

  private:
    void add(std::size_t from, std::size_t to) {
        if (from >= to) return;
        std::uint32_t const begin = signs_[from].begin, end = signs_[to - 1].end;
        auto touches = [&](Span const& span) { return span.begin < end && begin < span.end; };
        auto first = std::ranges::lower_bound(never_, begin, {}, &Span::end);
        if (first != never_.end() && (touches(*first) || (first + 1 != never_.end() && touches(*(first + 1)))))
            return;
        std::string_view const text = std::string_view(plain_.text).substr(begin, end - begin);
        if (text.size() > kLongestTerm) return;
        terms_.push_back({std::string(text), plain_.from[begin], plain_.from[end]});
    }

    Plain const& plain_;
    std::vector<Sign> signs_;
    std::vector<Span> never_;
    std::vector<Term> terms_;
};

}  // namespace

std::vector<Term> Reader::terms(Plain const& plain) const {
    Cutter cutter(plain);
    cutter.pairs_and_roads();
    auto breaker = parts_->take_breaker();
    cutter.words(*breaker);
    parts_->give_back(std::move(breaker));
    return cutter.terms();
}

std::vector<Term> Reader::terms(std::string_view text) const { return terms(plain(text)); }

namespace {

/// Readings beside the one ICU gives, of signs in names of places, units and what governments do.
std::string_view other_reading(char32_t code) {
    static constexpr std::pair<char32_t, std::string_view> kOthers[] = {
        {U'\u4E50', "yue"},    // 音乐
        {U'\u4F1A', "kuai"},   // 会计
        {U'\u4F20', "zhuan"},  // 传记
        {U'\u4FBF', "pian"},   // 便宜
        {U'\u5355', "shan"},   // 单县
        {U'\u5361', "qia"},    // 关卡
        {U'\u53A6', "xia"},    // 厦门
        {U'\u53C2', "shen"},   // 人参
        {U'\u5415', "lv"},     // 吕
        {U'\u5708', "juan"},   // 圈养
        {U'\u5973', "nv"},     // 女: as it is typed
        {U'\u5BBF', "xiu"},    // 一宿
        {U'\u5F39', "tan"},    // 弹性
        {U'\u6298', "she"},    // 折本
        {U'\u65C5', "lv"},     // 旅游
        {U'\u66FE', "zeng"},   // 曾
        {U'\u671D', "chao"},   // 朝阳
        {U'\u6821', "jiao"},   // 校对
        {U'\u6CCA', "bo"},     // 泊位
        {U'\u7387', "lv"},     // 税率
        {U'\u755C', "xu"},     // 畜牧
        {U'\u7565', "lve"},    // 略
        {U'\u77F3', "dan"},    // 石
        {U'\u79CD', "chong"},  // 种
        {U'\u7CFB', "ji"},     // 系
        {U'\u7ED9', "ji"},     // 给付
        {U'\u7EFF', "lv"},     // 绿化
        {U'\u85CF', "zang"},   // 西藏
        {U'\u884C', "hang"},   // 银行
        {U'\u89E3', "xie"},    // 解
        {U'\u8C03', "tiao"},   // 调解
        {U'\u8F66', "ju"},     // 车
        {U'\u91CD', "chong"},  // 重庆
        {U'\u957F', "chang"},  // 长乐
    };
    auto const found = std::ranges::lower_bound(kOthers, code, {}, &std::pair<char32_t, std::string_view>::first);
    return found != std::end(kOthers) && found->first == code ? found->second : std::string_view();
}

constexpr std::size_t kMostReadings = 8;

}  // namespace

std::vector<std::string> Reader::readings(char32_t sign) const {
    std::vector<std::string> all;
    if (!is_han(sign)) {
        if (is_digit(sign) || is_latin(sign)) all.emplace_back(1, static_cast<char>(sign));
        return all;
    }
    icu::UnicodeString syllable(static_cast<UChar32>(sign));
    {
        std::lock_guard lock(parts_->mutex);
        parts_->latin->transliterate(syllable);
    }
    syllable.toUTF8String(all.emplace_back());
    std::string_view const other = other_reading(sign);
    if (!other.empty() && other != all.front()) all.emplace_back(other);
    return all;
}

std::vector<std::string> Reader::initials(std::string_view name) const {
    std::vector<std::string> initials{""};
    for (Sign const& sign : signs_of(normalised(name))) {
        std::vector<std::string> const read = readings(sign.code);
        if (read.empty()) continue;
        std::size_t const before = initials.size();
        std::string_view const first = first_characters(read[0], 1);
        if (read.size() > 1 && !read[1].starts_with(first) && before * 2 <= kMostReadings)
            for (std::size_t i = 0; i < before; ++i) initials.push_back(initials[i] + read[1][0]);
        for (std::size_t i = 0; i < before; ++i) initials[i] += first;
    }
    return initials == std::vector<std::string>{""} ? std::vector<std::string>{} : initials;
}

}  // namespace banyan::text
