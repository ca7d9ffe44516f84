// systems/hall/rules.h: what an item may not say, whoever writes it: an editor, an import, the generator. Pure.
//
// Rules and their sources: docs/systems/hall.md; the same in words for everybody: GET /api/v1/hall/rules. Every
// fault is named with its field. An item with one is not taken.
#pragma once
#include <functional>

#include "systems/hall/classes.h"
#include "systems/hall/item.h"

namespace banyan::hall {

/// Names under which any material could be asked (data/hall.toml).
struct CatchAll {
    std::vector<std::string> vague, filler, endings, whole;
    bool fits(std::string_view material) const;  ///< 其他材料, 有关证明材料, 身份证等材料
};
/// Refused: toml.*, `hall.words_missing` with the list.
Result<CatchAll> read_catch_all(std::string_view toml);

/// What the rules ask of the city.
struct Surroundings {
    Regions const& regions;
    Classes const& classes;
    CatchAll const& catch_all;
};

struct Rule {
    std::string_view key;     ///< of the refusal; in words `hall.rule.KEY` of texts/
    std::string_view source;  ///< in words `hall.source.KEY`
};
/// All of them, in the order of docs/systems/hall.md.
std::vector<Rule> const& rules();

/// The faults of an item by itself; empty: it may be published. Its unit is looked up by who takes it in
/// (units.h).
std::vector<Refusal> faults_of(Item const& item, Surroundings const& around);

}  // namespace banyan::hall
