// kernel/language/reply_check.h: a unit's reply held against the appeal before it leaves.
//
// It advises, it never blocks, and gives no mark: whether a reply is good is for the reviewer to say. Each advice
// has a stable key (its sentence is texts/ `advice.KEY`) and the place in the text that it is about. Rules and
// figures: docs/language.md#replies
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kernel/language/demands.h"
#include "kernel/language/places.h"
#include "kernel/language/redaction.h"

namespace banyan::language {

struct Advice {
    enum class In : std::uint8_t { appeal, reply };
    /// open (a demand nothing answers), formula, no_basis, no_date, no_contact, elsewhere, other_place,
    /// wrong_date, personal, reproach, too_short, too_long
    std::string key;
    In in = In::reply;
    std::size_t offset = 0, length = 0;                       ///< bytes of that text; 0 and 0: the whole
    std::vector<std::pair<std::string, std::string>> params;  ///< {name} → value in the sentence
};

struct ReplyReport {
    struct Answer {
        Demand::Sort sort = Demand::Sort::act;
        std::size_t offset = 0, length = 0;  ///< of the demand, bytes of the appeal's body
        bool answered = false;
        std::size_t by_offset = 0, by_length = 0;  ///< of the sentences that answer it, bytes of the reply
    };
    std::vector<Answer> demands;
    std::vector<Advice> advice;
    double formula = 0;  ///< share of the reply's characters that are formula, 0 to 1
};

struct AppealText {
    std::string_view title, body;
    std::vector<KnownPerson> people;  ///< the appellant's own fields
};

class ReplyChecker {
  public:
    /// `words` is data/language/reply.csv. The redactor and the gazetteer must outlive it.
    /// Refused: csv.*, language.columns.
    static Result<ReplyChecker> read(std::string_view words, Redactor const& redactor, Gazetteer const& places);

    ReplyReport check(AppealText const& appeal, std::string_view reply) const;

  private:
    struct Read;  // a reply, read once
    Read read_reply(Characters const& text) const;
    bool has(Characters const& text, Clause const& where, std::string_view sort) const;
    bool answers(Read const& reply, Clause const& window, Demand::Sort sort) const;
    void answer_demands(AppealText const& appeal, Read const& reply, ReplyReport& report) const;
    void advise_on_form(Read const& reply, ReplyReport& report) const;
    static void advise_on_days(Characters const& text, ReplyReport& report);
    void advise_on_content(AppealText const& appeal, Read const& reply, ReplyReport& report) const;
    void advise_on_people(AppealText const& appeal, Read const& reply, ReplyReport& report) const;

    WordLists words_;
    Redactor const* redactor_ = nullptr;
    Gazetteer const* places_ = nullptr;
};

}  // namespace banyan::language
