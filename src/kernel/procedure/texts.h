// kernel/procedure/texts.h: every word people read, in Chinese and English (texts/*.json).
#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/embedded.h"
#include "base/result.h"

namespace banyan {

enum class Language { zh, en };

class Texts {
  public:
    Texts() = default;
    /// texts/zh*.json and texts/en*.json of the program. Throws when one is no flat object of texts.
    static Texts of(EmbeddedTable embedded);
    /// A flat JSON object of texts; a key that is there already takes the new words. Refused, and nothing added:
    /// json.*, texts.not_a_text, texts.empty (the field is the key).
    Result<void> add(Language language, std::string_view json);

    /// The sentence with {name} replaced; the key itself when there is none (a test finds those).
    std::string sentence(std::string_view key, Language language,
                         std::vector<std::pair<std::string, std::string>> const& params = {}) const;
    bool has(std::string_view key, Language language) const;
    std::map<std::string, std::string, std::less<>> const& all(Language language) const {
        return language == Language::zh ? zh_ : en_;
    }

  private:
    std::map<std::string, std::string, std::less<>> zh_, en_;
};

/// From Accept-Language or a `lang` parameter: Chinese unless English is asked for first.
Language language_of(std::string_view accept_language);

}  // namespace banyan
