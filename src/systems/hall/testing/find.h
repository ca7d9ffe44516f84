// systems/hall/testing/find.h: some items to find, of a few places of Fujian.
#pragma once
#include "base/testing.h"
#include "systems/hall/find.h"

namespace banyan::hall::testing {

using banyan::testing::source_text;

inline std::shared_ptr<Words const> words() {
    static auto const kMade = std::make_shared<Words const>(
        Words::read({source_text("data/knowledge/stopwords.txt"), source_text("data/knowledge/synonyms.csv"),
                     source_text("data/hall/said.csv"), source_text("data/hall/situations.csv")},
                    std::make_shared<text::Reader const>())
            .value());
    return kMade;
}

inline Finder::Names names() {
    static auto const kRegions = std::make_shared<Regions const>(source_text("data/divisions/fujian.csv"));
    return {{{{"work", "社保就业", "Work", ""},
              {"family", "婚育户政", "Family", ""},
              {"company", "企业开办", "Company", ""}},
             {{"insurance", "社会保险", "Insurance", "work"},
              {"household", "户籍身份", "Household", "family"},
              {"food", "食品药品", "Food", "company"},
              {"market", "市场准入", "Market", "company"}}},
            kRegions,
            words()};
}

struct Of {
    std::string code, region = "3501";
    Level level = Level::city;
    std::string unit = "rs", unit_name = "人社局";
};

inline Listing listing(Of const& of, Title title) {
    return {.code = of.code,
            .title = std::move(title),
            .unit = of.unit,
            .unit_name = of.unit_name,
            .unit_en = of.unit,
            .region = of.region,
            .level = of.level};
}

inline Title title(std::string name, std::string situation, std::string situation_name,
                   std::vector<std::string> keywords = {}) {
    return {std::move(name),
            {},
            std::move(situation),
            std::move(situation_name),
            std::move(keywords),
            Type::service,
            {"person"},
            {},
            {}};
}

inline std::shared_ptr<Finder const> finder_of(std::vector<Listing> const& listings) {
    Finder::Builder builder(names());
    for (Listing const& one : listings) builder.add(one);
    return builder.finish();
}

}  // namespace banyan::hall::testing
