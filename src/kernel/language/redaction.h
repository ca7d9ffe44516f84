// kernel/language/redaction.h: what in a free text betrays a person, found and offered; a person confirms.
//
// For the transfer summary (all that travels below the lead unit) and the public text. A name that is missed
// betrays somebody, one too many costs a click: recall comes first, each finding carries its certainty. Rules and
// figures: docs/language.md#redaction
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kernel/language/numbers.h"
#include "kernel/language/word_lists.h"

namespace banyan::language {

struct Finding {
    enum class Sort : std::uint8_t {
        name,
        phone,
        id,
        card,
        plate,
        email,
        account,
        address,
        kin,
        school_class,
        employer
    };
    Sort sort = Sort::name;
    std::size_t offset = 0, length = 0;  ///< bytes of the text
    std::string replacement;             ///< proposed: [电话], 某先生, 家人
    double certainty = 0;                ///< 0 to 1
};

/// What the matter's own fields hold of a person: found everywhere, even written differently.
struct KnownPerson {
    std::string_view name, phone, address;
};

std::string_view name_of(Finding::Sort sort);  ///< "phone", as in the yardstick and the API

class Redactor {
  public:
    /// `words` is data/language/redaction.csv. Refused: csv.*, language.columns.
    static Result<Redactor> read(std::string_view words);

    /// In the text's order, none over another.
    std::vector<Finding> find(std::string_view text, std::vector<KnownPerson> const& known = {}) const;

  private:
    struct Span {  // characters
        Finding::Sort sort = Finding::Sort::name;
        std::size_t from = 0, to = 0;
        double certainty = 0;
        std::string replacement;  ///< empty: the sort's
    };
    using Spans = std::vector<Span>;

    // names.cpp
    void names_by_cue(Characters const& text, std::size_t at, Spans& spans) const;
    void names_by_title(Characters const& text, std::size_t at, Spans& spans) const;
    void names_by_form(Characters const& text, std::size_t at, Spans& spans) const;
    void names_alone(Characters const& text, std::size_t at, Spans& spans) const;
    void names_in_a_row(Characters const& text, Spans& spans) const;
    /// Whether what stands before says that a name comes: 姓名：, 邻居, nothing.
    enum class Trust : std::uint8_t { said, likely, none };
    std::size_t name_end(Characters const& text, std::size_t at, Trust trust) const;
    std::size_t surname_length(Characters const& text, std::size_t at) const;
    bool is_given(Characters const& text, std::size_t at) const;
    bool may_begin_name(Characters const& text, std::size_t at) const;

    // addresses.cpp
    struct Part {
        std::size_t end = 0;    ///< where it began when there is none
        std::string_view unit;  ///< door, building, floor, group
        std::size_t figures = 0;
    };
    Part part_at(Characters const& text, std::size_t at) const;
    std::size_t address_at(Characters const& text, std::size_t at, Spans& spans) const;
    static void school_class_before(Characters const& text, std::size_t at, Spans& spans);

    // redaction.cpp
    void numbers_by_cue(Characters const& text, std::size_t at, Spans& spans) const;
    void kin_at(Characters const& text, std::size_t at, Spans& spans) const;
    void employer_at(Characters const& text, std::size_t at, Spans& spans) const;
    void known_in(Characters const& text, KnownPerson const& known, Spans& spans) const;
    std::string replacement(std::string_view name) const;
    std::vector<Finding> settled(Characters const& text, Spans spans) const;

    WordSort surname_, given_, not_name_, not_given_, cue_, weak_cue_, title_, after_name_, joins_, common_,
        bearer_, ambiguous_, not_inside_, nickname_,  // of
        kin_, owner_, number_cue_, unit_, not_address_, place_end_, place_tail_, measure_, organisation_,
        position_, worker_,
        replacement_;  // redaction.csv
};

/// The text with these findings replaced; they are taken in any order, and one that lies over another is left out.
std::string redacted(std::string_view text, std::vector<Finding> const& findings);

}  // namespace banyan::language
