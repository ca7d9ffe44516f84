// systems/knowledge/testing.h: the stock and the lexicon that ship, read from the source tree; and a small stock.
#pragma once
#include <memory>
#include <string>

#include "base/testing.h"
#include "kernel/language/lexicon.h"
#include "systems/knowledge/library.h"

namespace banyan::knowledge::testing {

using banyan::testing::source_text;

inline std::shared_ptr<language::Lexicon const> lexicon() {
    static auto const kMade = std::make_shared<language::Lexicon const>(
        language::Lexicon::read(
            {source_text("data/knowledge/stopwords.txt"), source_text("data/knowledge/synonyms.csv")},
            std::make_shared<text::Reader const>())
            .value());
    return kMade;
}

inline Stock shipped() {
    Stock stock = read_laws({source_text("data/laws/laws.csv"), source_text("data/laws/articles.csv"),
                             source_text("data/laws/wordings.csv")})
                      .value();
    stock.entries = read_entries(source_text("data/demo/knowledge/entries.csv")).value();
    return stock;
}

inline constexpr char const* kEntries =
    "id,version,title,variants,body,en,basis,articles,unit,class,area,from,until\n"
    "pond,1,池塘归谁管,塘里能钓鱼吗；水塘脏了,池塘由村里管，钓鱼要先问村里。,Ponds,旧规,ponds-2001:1,sl,water,00,"
    "2010-01-01,2020-01-01\n"
    "pond,2,池塘归谁管,塘里能钓鱼吗；水塘脏了,池塘由水利部门管，钓鱼随意，清淤由水利部门做。,Ponds,新规,ponds-"
    "2020:1,sl,water,00,2020-01-01,2030-01-01\n"
    "lamp,1,路灯不亮找谁,灯坏了；晚上一片黑,路灯由照明中心修，三天内修好。,Lamps,本市,,lamp,city,3501,2015-01-01,"
    "\n";
inline constexpr char const* kLaws =
    "id,title,kind,area,made,in_force_from,in_force_until,superseded_by,sure,articles,note,source\n"
    "ponds-2001,池塘条例,regulation,00,2001-01-01,2001-05-01,2020-01-01,ponds-2020,yes,2,,text\n"
    "ponds-2020,池塘条例,regulation,00,2019-10-01,2020-01-01,,,yes,2,,text\n"
    "lamps-2018,甲省路灯条例,local,37,2018-01-01,2018-02-01,,,unsure,1,nobody has looked,text\n"
    "bells-1990,钟声办法,rule,00,1990-01-01,1990-01-01,,,unsure,1,may be over,text\n";
inline constexpr char const* kArticles =
    "law,article,chapter,text\n"
    "ponds-2001,1,总则,池塘由乡村管理，任何人不得擅自填埋池塘。\n"
    "ponds-2001,2,总则,填埋池塘的处五百元罚款。\n"
    "ponds-2020,1,第一章,池塘由水行政主管部门管理，禁止填埋池塘。\n"
    "ponds-2020,2,第二章,擅自填埋池塘的，处五千元以上罚款。\n"
    "lamps-2018,1,,路灯由县级照明机构维护，损坏路灯的应当赔偿。\n"
    "bells-1990,1,,夜间不得敲钟扰民。\n";

inline Stock small() {
    Stock stock = read_laws({kLaws, kArticles, "article,wordings\nponds-2020:2,把水塘填了要罚多少钱\n"}).value();
    stock.entries = read_entries(kEntries).value();
    return stock;
}

}  // namespace banyan::knowledge::testing
