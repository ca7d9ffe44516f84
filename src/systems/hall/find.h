// systems/hall/find.h: which items somebody means, and how many there are of each kind: all published items in
// memory.
//
// There are some thousands of titles (name, situation, keywords, whom it is for) over very many places, so a
// question is held against titles (titles.h), and items are rows of small numbers that point to one. Order: how
// well it fits, then the higher level, then the code; a page begins behind the item its cursor names, so what is
// published meanwhile neither repeats nor hides anything. Counts are exact. Rules and figures:
// docs/systems/hall_search.md
//
// Thread rule: any, once made; it never changes. Other items are another Finder (shelf.h).
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "systems/hall/classes.h"
#include "systems/hall/item.h"
#include "systems/hall/titles.h"

namespace banyan::hall {

/// What is known of an item where it is found.
struct Listing {
    std::string code;
    int version = 1;
    Title title;
    std::string unit, unit_name, unit_en;
    std::string region;
    Level level = Level::city;
    Kind kind = Kind::promised;
    int promised_days = 0, legal_days = -1;  ///< working days; -1: the law names none
    int star = 1;
    Trips trips = Trips::more;
    bool charged = false;
    bool operator==(Listing const&) const = default;
};
Listing listing_of(Item const& item, int version);

/// Empty: whatever it is.
struct Wanted {
    std::string text;
    std::string region;
    bool within = false;  ///< what is below that region too
    std::string unit, item_class, scene, audience;
    std::optional<Level> level;
    std::optional<Type> type;
    std::optional<Trips> trips;
    int star = 0;
};

struct Named {
    std::string code, zh, en;
    bool operator==(Named const&) const = default;
};
struct Tallied {
    Named what;
    std::uint64_t count = 0;
    bool operator==(Tallied const&) const = default;
};

inline constexpr std::size_t kMostUnits = 200;  ///< a province has some twenty thousand
/// Of what a question finds, how many are of each; only what is found at all.
struct Facets {
    std::uint64_t count = 0;
    std::vector<Tallied> units;            ///< the most first, at most kMostUnits
    std::vector<Tallied> classes, scenes;  ///< in their tables' order
    std::vector<Tallied> trips, levels, types, audiences;
    std::uint64_t on_line = 0;  ///< with three stars and more
    /// The region asked for, of its own items, and those right below with all that is in each; no region: the
    /// province.
    std::vector<Tallied> regions;
};

class Finder {
  public:
    using Number = std::uint32_t;  ///< of an item, in the order of level and code

    /// What an item's codes stand for.
    struct Names {
        Classes classes;
        std::shared_ptr<Regions const> regions;
        std::shared_ptr<Words const> words;
    };
    class Builder;

    struct Page {
        std::vector<Number> items;
        std::uint64_t count = 0;  ///< on all pages
        std::string next;         ///< empty: it was the last
    };
    /// Refused: cursor.bad. Codes that nothing has find nothing.
    Result<Page> find(Wanted const& wanted, std::string_view cursor, std::size_t limit) const;
    Facets facets(Wanted const& wanted) const;

    std::size_t size() const { return rows_.title.size(); }
    std::size_t titles() const { return titles_->size(); }
    std::optional<Number> number(std::string_view code) const;
    std::string_view code(Number item) const;
    Listing listing(Number item) const;
    Named unit(Number item) const;
    Named region(Number item) const;
    bool has_unit(std::string_view code) const { return unit_of_.contains(code); }
    Names const& names() const { return names_; }

  private:
    friend class Builder;
    /// Columns, one row for an item.
    struct Rows {
        std::vector<std::uint32_t> title, code_end;
        std::vector<std::uint16_t> unit, place, version;
        std::vector<std::int16_t> promised_days, legal_days;
        std::vector<std::uint8_t> level, star, trips, kind_and_fee;
        std::string codes;  ///< one behind the other
    };
    /// A region: in an order in which what is below one follows it.
    struct Place {
        Named name;
        std::uint32_t end = 0;  ///< the first behind all that is below
    };
    struct Filter;
    struct Boundary;
    using Key = std::uint64_t;  ///< what sorts first is smaller

    Filter filter_of(Wanted const& wanted) const;
    /// By unit: the names that the words are part of.
    std::vector<std::uint8_t> units_meant(std::string_view text) const;
    template <class Visit>
    void each(Wanted const& wanted, Visit const& visit) const;
    Result<Boundary> boundary(std::string_view cursor) const;
    std::string cursor_after(Key last) const;
    std::size_t first_behind(Level level, std::string_view code) const;
    void put_units(Facets& into, std::vector<std::uint32_t> const& by_unit) const;
    void put_regions(Facets& into, Wanted const& wanted, std::vector<std::uint32_t> const& by_place) const;

    Names names_;
    std::shared_ptr<Titles const> titles_;
    Rows rows_;
    std::vector<std::uint32_t> items_of_;      ///< items by title: numbers, one title behind the other
    std::vector<std::uint32_t> items_end_;     ///< where those of a title end
    std::vector<std::uint32_t> level_begins_;  ///< five levels, and the end
    std::vector<Named> units_;
    std::vector<std::string> units_plain_;  ///< their names as they are compared
    std::unordered_map<std::string, std::uint16_t, HashText, std::equal_to<>> unit_of_, place_of_;
    std::vector<Place> places_;
};

/// Takes items in any order; of one code the last.
class Finder::Builder {
  public:
    explicit Builder(Names names);
    ~Builder();
    /// Throws std::length_error beyond 65,535 units or regions, std::invalid_argument for a region nobody knows.
    void add(Listing const& listing);
    /// All of another, but for these codes, which are sorted.
    void add_all(Finder const& other, std::vector<std::string> const& but);
    std::shared_ptr<Finder const> finish();

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace banyan::hall
