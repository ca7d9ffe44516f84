// systems/hall/letters.h: names found by pinyin: its initials (shbx), whole syllables (shehui), or begun ones,
// each sign by a letter or more (shehbx).
//
// Thread rule: any, once made.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/text/text.h"

namespace banyan::hall {

class Letters {
  public:
    using Owner = std::uint32_t;
    enum class What : std::uint8_t { name, keyword };
    struct Hit {
        Owner owner;
        std::uint32_t score;
    };

    /// `plain`: Chinese signs, small letters, digits.
    void add(Owner owner, What what, std::string_view plain, text::Reader const& reader);
    /// Of small letters and digits; an owner may come more than once.
    std::vector<Hit> find(std::string_view typed) const;

  private:
    using Reading = std::uint16_t;  ///< of readings_
    struct Entry {
        std::uint32_t begin, length;  ///< of signs_
        std::vector<std::pair<Owner, What>> owners;
    };
    struct At {
        std::uint32_t entry, sign;
    };
    enum class How : std::uint8_t { initials, syllables, begun };

    Reading reading_of(char32_t sign, text::Reader const& reader);
    std::vector<std::string> const& readings(Entry const& entry, std::uint32_t sign) const {
        return readings_[signs_[entry.begin + sign]];
    }
    /// How many signs from there on the letters are; 0: they are not.
    std::uint32_t signs_for(Entry const& entry, std::uint32_t sign, std::string_view typed, How how) const;
    void look(std::string_view typed, How how, std::vector<Hit>& hits) const;
    static std::uint32_t score(What what, How how, At where, std::uint32_t covered, std::uint32_t length);

    std::vector<std::vector<std::string>> readings_;
    std::unordered_map<char32_t, Reading> reading_of_;
    std::vector<Reading> signs_;
    std::vector<Entry> entries_;
    std::unordered_map<std::string, std::uint32_t> entry_of_;
    std::array<std::vector<At>, 128> begins_;  ///< signs by the letter a reading of theirs begins with
};

}  // namespace banyan::hall
