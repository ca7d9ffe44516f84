// kernel/language/places.h: the places a text speaks of, and the region they lie in.
//
// Known by name: the divisions (data/divisions), as written ("鼓楼", "上街镇", 长乐市 for 长乐区). Known by
// pattern: roads, estates and what stands in a city (schools, stations, parks). Many villages share a name and
// many names are ordinary words, so a name counts by how it is written and by what else the text names; where that
// does not decide, the region is the common one above, or none. Rules and figures: docs/language.md#places
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kernel/language/word_lists.h"

namespace banyan::language {

struct Mention {
    enum class Sort : std::uint8_t { unit, road, estate, facility };
    Sort sort = Sort::unit;
    std::vector<std::string> codes;      ///< divisions it may mean (GB/T 2260); only of units
    std::string name;                    ///< as written
    std::size_t offset = 0, length = 0;  ///< bytes of the text
    int level = 0;                       ///< 2 city … 5 village; 0 for what has no code
    bool whole = true;                   ///< with its last word (区, 镇, 社区)
    std::string number;                  ///< of a road: the house number that follows, as written
};

struct Region {
    std::string code;
    double certainty = 0;           ///< 0 to 1
    std::vector<Mention> mentions;  ///< those that weighed, in the text's order
};

struct GazetteerFiles {
    std::string_view divisions;  ///< code,parent,name,level
    std::string_view units;  ///< of the city: region,group,zh …; rows of towns and villages rename. May be empty
    std::string_view words;  ///< data/language/places.csv
};

class Gazetteer {
  public:
    /// Refused: csv.*, language.columns.
    static Result<Gazetteer> read(GazetteerFiles const& files);

    /// Divisions, roads, estates and facilities, in the text's order.
    std::vector<Mention> find(std::string_view text) const;
    /// Where below `city` (a code of any level) the text plays; nothing when it does not say.
    std::optional<Region> region(std::string_view text, std::string_view city) const;
    /// What two texts about the same place have in common: names of roads, estates, facilities and villages, each
    /// once.
    std::vector<std::string> place_keys(std::string_view text) const;
    /// "鼓东街道"; empty for an unknown code.
    std::string_view name(std::string_view code) const;

    struct Unit {
        std::string code, name;
        int level = 0;
    };
    /// A name of a division in a text, as positions of characters.
    struct Hit {
        std::size_t from = 0, to = 0;
        std::vector<std::uint32_t> units;  ///< those it may mean
        int level = 0;
        bool whole = true;
        bool ordinary = false;  ///< also an ordinary word
        bool follows = false;   ///< directly after the name of a division above it
    };
    /// A name by pattern.
    struct Named {
        Mention::Sort sort = Mention::Sort::road;
        std::size_t from = 0, to = 0, number_to = 0;
    };

    std::vector<Hit> hits(Characters const& text) const;
    std::vector<Named> named(Characters const& text, std::vector<Hit> const& hits) const;
    Unit const& unit(std::uint32_t number) const { return units_[number]; }
    /// A road or the like is named after the place: 马尾路.
    bool names_a_road(Characters const& text, Hit const& hit) const;
    /// A name without its last word inside a longer one: 白塔新村 says nothing of 白塔乡.
    static bool in_a_name(Hit const& hit, std::vector<Named> const& names);

  private:
    struct Surface {  // a written form of the names of areas and towns
        std::uint32_t unit = 0;
        bool whole = true;
    };
    void add_unit(Unit unit, WordLists const& words);
    void add_names(std::uint32_t number, std::u32string const& name, WordLists const& words);
    void add_surface(std::u32string const& written, std::uint32_t unit, bool whole);
    Result<void> rename(std::string_view csv, WordLists const& words);
    std::optional<Hit> hit_at(Characters const& text, std::size_t at, Hit const* before) const;
    void village_at(Characters const& text, std::size_t at, Hit const* before, std::optional<Hit>& best) const;
    std::u32string key_of(Mention const& mention) const;
    std::size_t name_begins(Characters const& text, std::size_t ending, std::size_t least,
                            std::vector<char> const& unit_ends) const;
    std::optional<Named> named_at(Characters const& text, std::size_t at,
                                  std::vector<char> const& unit_ends) const;

    std::vector<Unit> units_;  ///< by code
    WordTree names_;           ///< written forms of cities, areas, towns
    std::vector<std::vector<Surface>> surfaces_;
    WordTree villages_;                                  ///< names of villages without their last word
    std::vector<std::vector<std::uint32_t>> villagers_;  ///< the villages of that name
    WordSort last_village_, committee_, ordinary_, ending_, before_, no_name_, never_last_,
        named_after_;  // of places.csv
};

/// The house number that begins at `at`: 12号, 6-2号, 89弄3号; where it ends, `at` when there is none.
std::size_t house_number_end(Characters const& text, std::size_t at);

}  // namespace banyan::language
