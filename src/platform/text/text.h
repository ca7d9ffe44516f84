// platform/text/text.h: how text is compared, and by which terms it is found.
//
// One way for everything that reads Chinese: NFKC and small letters, full width to half width, traditional to
// simplified. Found is a text by pairs of neighbouring signs (bigrams: two characters are enough to find), by
// longer words of the dictionary, by names of roads kept whole, and by words and numbers of other scripts kept
// whole. What looks like a telephone, identity, card or plate number, or an address of e-mail, is never a term.
//
// Thread rule: any.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace banyan::text {

/// A text as it is compared. Bytes that are no UTF-8 have become U+FFFD.
struct Plain {
    std::string text;
    /// For each byte of `text` and one past its end: where in the original the sign it is of begins (at the end:
    /// the original's length).
    std::vector<std::uint32_t> from;
};

struct Term {
    std::string text;
    std::uint32_t begin = 0, end = 0;  ///< bytes of the original
    bool operator==(Term const&) const = default;
};

/// Bytes of a text.
struct Span {
    std::uint32_t begin = 0, end = 0;
    bool operator==(Span const&) const = default;
};

class Reader {
  public:
    /// Loads the dictionaries of ICU and OpenCC. Throws when OpenCC's are not installed.
    Reader();
    ~Reader();
    Reader(Reader const&) = delete;

    Plain plain(std::string_view text) const;
    std::string normalised(std::string_view text) const { return plain(text).text; }

    /// In order of `begin`; a term comes as often as it stands there.
    std::vector<Term> terms(std::string_view text) const;
    /// The same of a text that is normalised already.
    std::vector<Term> terms(Plain const& plain) const;

    /// What is never a term: numbers of telephones, identity cards, bank cards, plates; addresses of e-mail. In
    /// bytes of `plain`, a text that is normalised.
    static std::vector<Span> personal_numbers(std::string_view plain);

    /// First letters of the pinyin of a name: several where a sign is read in several ways, the usual one first.
    /// Signs of other scripts stand for themselves. At most eight.
    std::vector<std::string> initials(std::string_view name) const;
    /// How a sign is read, in pinyin without tones: the usual reading first. Of another script: itself, if it is a
    /// letter or a digit, else nothing.
    std::vector<std::string> readings(char32_t sign) const;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace banyan::text
