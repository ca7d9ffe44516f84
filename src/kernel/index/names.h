// kernel/index/names.h: names of units and roads, found by a part, by the first letters of their pinyin, and with
// one sign wrong.
//
// Units are the Directory's. Roads are those that the indexed texts speak of, with how often: a name that is in
// texts somebody may not read is nothing to be told to them, so who shows a road has looked for it as that person
// first. A snapshot that never changes. Thread rule: any.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kernel/people/directory.h"
#include "platform/search/search.h"
#include "platform/text/text.h"

namespace banyan::index {

struct Name {
    std::string text;   ///< as it is shown
    std::string plain;  ///< as it is compared
    std::vector<std::string> initials;
    UnitId unit;  ///< none: a road
    std::uint64_t times = 0;
};

/// Names that differ from a text by at most one sign, by all they are with one sign left out.
class NearNames {
  public:
    void add(std::string_view plain, std::uint32_t which);
    std::vector<std::uint32_t> near(std::string_view plain) const;  ///< candidates; to be compared

  private:
    std::unordered_multimap<std::string, std::uint32_t> by_part_;
};

/// One sign replaced, left out or too many; not the same.
bool one_sign_apart(std::string_view one, std::string_view other);

class Names {
  public:
    Names(std::vector<Name> units, std::vector<Name> roads);
    static std::vector<Name> units_of(Directory const& directory, text::Reader const& reader);
    /// `counted`: candidates as texts have them, with their frequency: 茉莉巷 and what stands before it.
    static std::vector<Name> roads_of(std::vector<search::TermCount> const& counted, text::Reader const& reader);

    /// Names that somebody types the beginning of, best first. `typed` is normalised.
    std::vector<Name const*> suggest(std::string_view typed, std::size_t most) const;
    /// The units meant by a filter: by code, name, initials, part of the name, else with one sign wrong.
    std::vector<Name const*> units(std::string_view typed) const;
    /// Where a word has something that is nobody's name but nearly one.
    struct Instead {
        std::size_t begin = 0, end = 0;  ///< bytes of the word
        Name const* name = nullptr;
    };
    std::vector<Instead> instead(std::string_view word) const;

    std::size_t roads() const { return all_.size() - units_; }

  private:
    std::vector<Name> all_;  ///< units first
    std::size_t units_ = 0;
    std::unordered_map<std::string, std::uint32_t> by_name_;
    NearNames near_;
};

}  // namespace banyan::index
