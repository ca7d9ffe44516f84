// What is found, by whom, and what is shown of it. On both databases.
#include "kernel/index/find.h"

#include "kernel/index/testing/searched_city.h"
#include "platform/text/signs.h"

namespace banyan::index {
namespace {

using namespace banyan::index::testing;

using Ids = std::vector<MatterId>;

class Finding : public store::testing::OnBothEngines {
  protected:
    void SetUp() override { at = std::make_unique<SearchedCity>(GetParam()); }
    Ids search(std::string_view login, std::string_view typed) { return at->search(login, typed); }
    /// Accepted and given to cg.
    MatterId dispatched(std::string_view title, std::string_view body, json::object more = {},
                        json::object to = {}) {
        MatterId const id = at->file(title, body, std::move(more));
        at->take("seat01", id, "accept", {{"kind", "complaint"}});
        if (!to.contains("lead")) to["lead"] = "cg";
        at->take("disp01", id, "dispatch", std::move(to));
        return id;
    }
    std::unique_ptr<SearchedCity> at;
};
BANYAN_ON_BOTH_ENGINES(Finding);

std::string shown(Passage const& passage) {
    std::string text = passage.cut_before ? "…" : "";
    for (auto const& part : passage.parts) text += part.hit ? "[" + part.text + "]" : part.text;
    return text + (passage.cut_after ? "…" : "");
}

TEST_P(Finding, TwoSignsOneSignAndLongerWords) {
    MatterId const lamp = at->file("路灯不亮", "齐安路三盏路灯坏了，晚上很黑。");
    MatterId const water = at->file("小区停水", "自来水从早上停到现在");
    at->start();
    EXPECT_EQ(search("seat01", "路灯"), Ids{lamp});
    EXPECT_EQ(search("seat01", "停水"), Ids{water});
    EXPECT_EQ(search("seat01", "路灯 很黑"), Ids{lamp});
    EXPECT_EQ(search("seat01", "齐安路"), Ids{lamp});
    EXPECT_EQ(search("seat01", "灯"), Ids{lamp});
    EXPECT_EQ(search("seat01", "黑"), Ids{lamp}) << "the last sign before a stop";
    EXPECT_EQ(search("seat01", "路燈"), Ids{lamp}) << "traditional";
    EXPECT_EQ(search("seat01", "没有的词"), Ids{});
}

TEST_P(Finding, PhrasesAndWhatIsNotToBeThere) {
    MatterId const one = at->file("路灯不亮", "红色的灯在闪");
    MatterId const other = at->file("灯不亮", "路边的灯不亮，路灯坏了");
    at->start();
    EXPECT_EQ(search("seat01", "\"路灯不亮\""), Ids{one}) << "the other has all its pairs, but not in a row";
    EXPECT_EQ(search("seat01", "路灯 -红色"), Ids{other});
    MatterId const apart = at->file("红色的路灯", "不亮，亮了");
    at->catch_up();
    EXPECT_EQ(search("seat01", "亮了 -红色路灯不亮了"), Ids{apart}) << "not all of its pairs are there";
}

TEST_P(Finding, MostOfTheWordsWhenNothingHasAll) {
    MatterId const lamp = at->file("路灯不亮", "晚上很黑，行人看不清路");
    at->file("停车", "占道停车");
    at->start();
    FoundMatters const found = at->find_as("seat01", "路灯不亮晚上很黑请来维修");
    EXPECT_EQ(SearchedCity::ids(found), Ids{lamp});
    EXPECT_TRUE(found.loosely);
    EXPECT_FALSE(at->find_as("seat01", "路灯").loosely);
}

TEST_P(Finding, Filters) {
    MatterId const lamp = dispatched("路灯不亮", "很黑", {{"class", "road.lamp"}, {"region", "350102004"}});
    at->city.set_clock(testing::at("2026-10-14 09:00"));
    MatterId const water =
        at->file("停水", "没有水", {{"class", "water"}, {"region", "350111001"}, {"phone", "154 0000 1111"}});
    at->start();
    EXPECT_EQ(search("seat01", "unit:cg"), Ids{lamp});
    EXPECT_EQ(search("seat01", "unit:城市管理局"), Ids{lamp});
    EXPECT_EQ(search("seat01", "unit:csglj"), Ids{lamp});
    EXPECT_EQ(search("seat01", "class:road"), Ids{lamp});
    EXPECT_EQ(search("seat01", "class:road.lamp open:yes"), Ids{lamp});
    EXPECT_EQ(search("seat01", "region:3501"), (Ids{water, lamp})) << "newest first";
    EXPECT_EQ(search("seat01", "region:350111"), Ids{water});
    EXPECT_EQ(search("seat01", "kind:complaint stage:handling channel:phone"), Ids{lamp});
    EXPECT_EQ(search("seat01", "date:2026-10-12"), Ids{lamp});
    EXPECT_EQ(search("seat01", "date:2026-10-13.."), Ids{water});
    EXPECT_EQ(search("seat01", "date:..2026-10-13"), Ids{lamp});
    EXPECT_EQ(search("seat01", "open:no"), Ids{});
    EXPECT_EQ(search("seat01", "no:" + receipt_number(water)), Ids{water});
    EXPECT_EQ(search("seat01", receipt_number(water)), Ids{water});
    EXPECT_EQ(search("seat01", "no:" + receipt_number(water).substr(8)).size(), 1U);
    EXPECT_EQ(search("seat01", "路灯 class:water"), Ids{});
    EXPECT_EQ(at->ask(at->city.actor("seat01"), "unit:没有这个单位").error().key, "search.unknown_unit");
}

TEST_P(Finding, TheNumberAMatterHadInTheOldSystem) {
    auto import = [&](std::string const& number) {
        Request request;
        request.what = Command{at->city.actor("seat01"),
                               "appeal",
                               {},
                               {},
                               "file",
                               {{"title", "路灯不亮"}, {"body", "没有灯"}, {"channel", "phone"}},
                               {},
                               testing::at("2016-03-07 09:00"),
                               "old",
                               number};
        Answer const answer = at->city.engine().run(std::move(request));
        EXPECT_TRUE(answer.ok()) << testing::describe(answer.refusal);
        return answer.matter;
    };
    MatterId const lettered = import("FZ2016-000123"), digits = import("2016030700777");
    at->start();
    EXPECT_EQ(search("seat01", "no:FZ2016-000123"), Ids{lettered});
    EXPECT_EQ(search("seat01", "no:FZ2016-000124"), Ids{});
    EXPECT_EQ(search("seat01", "no:\"2016030700777\""), Ids{digits});
    EXPECT_EQ(search("unit-cg", "no:FZ2016-000123"), Ids{}) << "who may not see it finds nothing";
}

TEST_P(Finding, TelephonesThroughTheirDigestOnly) {
    MatterId const one = at->file("停水", "没有水", {{"phone", "154 0000 1111"}, {"name", "苏念慈"}});
    at->start();
    EXPECT_EQ(search("seat01", "tel:154-0000-1111"), Ids{one});
    EXPECT_EQ(search("seat01", "tel:15400001112"), Ids{});
    EXPECT_EQ(at->ask(at->city.actor("unit-cg"), "tel:15400001111").error().key, "search.not_yours");
    EXPECT_EQ(at->ask(at->city.actor("citizen"), "tel:15400001111").error().key, "search.not_yours");
    EXPECT_EQ(at->ask(at->city.actor("mayor"), "tel:15400001111").error().key, "search.not_yours");
    EXPECT_EQ(search("seat01", "苏念慈"), Ids{}) << "a personal field";
    auto const lease = at->index->searcher();
    for (search::TermCount const& term : (*lease).terms(one.text())) {
        EXPECT_EQ(term.text.find("1540000"), std::string::npos) << term.text;
        EXPECT_EQ(term.text.find("念慈"), std::string::npos) << term.text;
    }
}

TEST_P(Finding, NamesWithOneSignWrong) {
    MatterId const one = at->file("巷口积水", "茉莉巷一下雨就积水");
    at->start();
    ASSERT_TRUE(soon([&] { return at->index->names()->roads() > 0; }));
    FoundMatters const found = at->find_as("seat01", "末莉巷 积水");
    EXPECT_EQ(SearchedCity::ids(found), Ids{one});
    EXPECT_EQ(found.also, std::vector<std::string>{"茉莉巷"});
    EXPECT_TRUE(at->find_as("seat01", "茉莉巷").also.empty());
    FoundMatters const meant = at->find_as("seat01", "unit:城市管里局");
    EXPECT_EQ(meant.also, std::vector<std::string>{"城市管理局"});
}

TEST_P(Finding, PassagesShowWhereItStands) {
    std::string const far = "前面的话很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长，";
    at->file("路灯不亮", far + far + far + "<b>齐安路</b>路口的路燈壞了。" + far + far);
    at->start();
    FoundMatters const found = at->find_as("seat01", "路灯坏了");
    ASSERT_EQ(found.matters.size(), 1U);
    ASSERT_FALSE(found.matters[0].passages.empty());
    Passage const& passage = found.matters[0].passages[0];
    EXPECT_EQ(passage.field, "body");
    EXPECT_NE(shown(passage).find("[路燈壞了]"), std::string::npos) << shown(passage) << ": as it was written";
    EXPECT_NE(shown(passage).find("<b>齐安路</b>"), std::string::npos) << "as text; who shows it makes it safe";
    EXPECT_TRUE(passage.cut_before && passage.cut_after);
    std::string whole;
    for (auto const& part : passage.parts) whole += part.text;
    EXPECT_EQ(text::signs_of(whole).size(), 80U);
}

TEST_P(Finding, WhatHappenedSinceTheDocumentIsReadInTheJournal) {
    MatterId const id = dispatched("路灯不亮", "很黑", {}, {{"summary", "丙摘要"}});
    at->start();
    at->index->stop();  // it follows no more; what it has can be searched
    ASSERT_EQ(search("seat01", "丙摘要"), Ids{id});
    at->take("disp01", id, "undo");
    EXPECT_EQ(search("seat01", "丙摘要"), Ids{}) << "taken back a moment ago";
    FoundMatters const found = at->find_as("seat01", "路灯");
    ASSERT_EQ(SearchedCity::ids(found), Ids{id});
    ASSERT_FALSE(found.matters[0].passages.empty());
    EXPECT_EQ(shown(found.matters[0].passages[0]), "[路灯]不亮");
}

TEST_P(Finding, PagesOfABoundedCount) {
    for (int i = 0; i < 25; ++i) at->file("路灯不亮", "第" + std::to_string(i) + "盏");
    at->start();
    std::set<MatterId> seen;
    std::optional<Cursor> cursor;
    int pages = 0;
    do {
        auto const page = at->ask(at->city.actor("seat01"), "路灯", 10, cursor, Order::newest);
        ASSERT_TRUE(page);
        EXPECT_EQ(page->about, 25U);
        for (MatterId id : SearchedCity::ids(*page)) EXPECT_TRUE(seen.insert(id).second) << "twice";
        cursor = page->next;
        ++pages;
    } while (cursor && pages < 10);
    EXPECT_EQ(seen.size(), 25U);
    EXPECT_EQ(pages, 3);
}

/// What is shown page by page, counting no further than to ten.
struct Shown {
    Ids ids;
    std::vector<std::uint64_t> about;
    std::size_t pages_more = 0;  ///< that said that there are more than they count
};
Shown page_by_page(SearchedCity& at, Actor const& actor, std::string_view typed, Order order) {
    Shown shown;
    std::optional<Cursor> cursor;
    for (int pages = 0; pages < 100; ++pages) {
        auto const asked = read_question(typed, reader());
        auto const lease = at.index->searcher();
        auto const names = at.index->names();
        Viewer const viewer{actor, at.city.rules(), at.city.engine().moment(), nullptr};
        auto const session = at.city.db()->open_reader();
        auto const found =
            find({*asked, order, 4, cursor, 10}, viewer,
                 {*session, at.city.engine().procedures(), at.city.keys(), reader(), *names, *lease});
        if (!found) break;
        for (MatterId id : SearchedCity::ids(*found)) shown.ids.push_back(id);
        shown.about.push_back(found->about);
        shown.pages_more += found->more_than_about ? 1 : 0;
        if (!found->next) return shown;
        cursor = Cursor::read(found->next->text());
    }
    ADD_FAILURE() << "no end";
    return shown;
}

TEST_P(Finding, WhatManySayIsShownInWindowsOfTheNewest) {
    Ids all;
    for (int i = 0; i < 120; ++i)
        all.push_back(at->file(i == 3 ? "路灯路灯路灯" : "路灯不亮", i % 2 == 0 ? "很黑" : "灯坏了"));
    MatterId const rare = at->file("路灯下有水", "水管漏水，路灯边");
    at->take("seat01", all[50], "accept", {{"kind", "complaint"}});
    at->start();
    at->take("seat01", all[20], "accept", {{"kind", "complaint"}});
    at->catch_up();
    Actor const seat = at->city.actor("seat01");
    all.push_back(rare);
    Ids const newest_first(all.rbegin(), all.rend());
    Shown const newest = page_by_page(*at, seat, "路灯", Order::newest);
    EXPECT_EQ(newest.ids, newest_first) << "a matter that was replaced keeps its place";
    EXPECT_EQ(newest.about, std::vector<std::uint64_t>(newest.about.size(), 10U));
    EXPECT_EQ(newest.pages_more, newest.about.size());
    Shown const best = page_by_page(*at, seat, "路灯", Order::relevance);
    EXPECT_EQ(std::set(best.ids.begin(), best.ids.end()), std::set(all.begin(), all.end()));
    EXPECT_EQ(best.ids.size(), all.size()) << "none twice";
    EXPECT_NE(best.ids.front(), all[3]) << "best of all, but of long ago";
    Shown const dark = page_by_page(*at, seat, "路灯 \"很黑\"", Order::relevance);
    EXPECT_EQ(dark.ids.size(), 60U);
    EXPECT_EQ(page_by_page(*at, seat, "漏水", Order::relevance).ids, Ids{rare});
    Shown const loose = page_by_page(*at, seat, "路灯不亮没人来", Order::relevance);
    EXPECT_EQ(loose.ids.size(), 119U) << "half of its pairs are enough";
    EXPECT_EQ(std::set(loose.ids.begin(), loose.ids.end()).size(), 119U);
    EXPECT_EQ(page_by_page(*at, seat, "open:yes", Order::newest).ids, newest_first);
    EXPECT_EQ(page_by_page(*at, at->city.actor("unit-cg"), "路灯", Order::relevance).ids, Ids{});
}

TEST_P(Finding, ACursorIsReadAsItIsWritten) {
    Cursor const cursor{40, true, {{100, 200}, 7}};
    auto const again = Cursor::read(cursor.text());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->text(), cursor.text());
    for (std::string_view bad : {"", "all", "all 1 0 5", "some 1 0 5 1", "all 1 0 5 2", "all 20001 0 5 1",
                                 "all 1 5 5 1", "all x 0 5 1", "all -1 0 5 1", "all 1 0 99999999999 1"})
        EXPECT_FALSE(Cursor::read(bad)) << bad;
}

// ── who ──────────────────────────────────────────────────────────────────────────────────────────────────────

TEST_P(Finding, TheAccusedAndAllBelowFindNothing) {
    json::object form{{"name", "郑茉莉"}, {"phone", "0591-0000 0031"}, {"about", "350102004"}};
    MatterId const id = dispatched("举报协管员乱收费", "我是茉莉巷12号郑茉莉，榕荫街道协管员每月收八十元。", form);
    at->start();
    std::string const number = receipt_number(id);
    for (std::string const& typed :
         {std::string("郑茉莉"), std::string("茉莉巷12号"), std::string("协管员"), number,
          "no:" + number.substr(7), std::string("region:3501"), std::string("open:yes"), std::string("末莉巷")}) {
        for (char const* accused : {"street-ry", "street-ry-head"}) {
            FoundMatters const found = at->find_as(accused, typed);
            EXPECT_TRUE(found.matters.empty()) << accused << " finds " << typed;
            EXPECT_EQ(found.about, 0U) << accused << " counts " << typed;
            EXPECT_TRUE(found.also.empty()) << accused << " hears of " << typed;
        }
    }
    EXPECT_EQ(at->ask(at->city.actor("street-ry"), "tel:059100000031").error().key, "search.not_yours");
    EXPECT_EQ(search("seat01", "郑茉莉"), Ids{id});
    EXPECT_EQ(search("unit-cg", "茉莉巷12号"), Ids{id});
    EXPECT_EQ(search("seat01", "tel:059100000031"), Ids{id});
    EXPECT_EQ(search("unit-zj", "协管员"), Ids{}) << "no share";
    EXPECT_EQ(search("sys", "协管员"), Ids{});
    Actor below = at->city.actor("street-ry");
    below.unit = at->city.rules().directory->unit("350102004001")->id;
    EXPECT_TRUE(at->ask(below, "协管员")->matters.empty());
}

TEST_P(Finding, WordsThatSomebodyMayNotReadFindNothing) {
    MatterId const id = dispatched("甲标题", "乙正文", {{"superior_number", "SUP-7731"}},
                                   {{"lead", "350102-centre"}, {"summary", "丙摘要"}, {"opinion", "丁意见"}});
    auto gulou = at->city.actor("jinan-centre");
    gulou.unit = at->city.rules().directory->unit("350102-centre")->id;
    auto step = [&](std::string name, json::object form) {
        Request request;
        Command command;
        command.actor = gulou;
        command.matter = id;
        command.step = std::move(name);
        command.form = std::move(form);
        request.what = std::move(command);
        Answer answer = at->city.engine().run(std::move(request));
        ASSERT_TRUE(answer.ok()) << describe(answer.refusal);
    };
    step("sign", {});
    step("contact", {{"reached", true}, {"note", "戊联系"}});
    step("delegate", {{"unit", "350102004"}, {"summary", "己加派"}});
    at->start();
    auto finds = [&](Actor const& actor) {
        std::string found;
        for (std::string_view word : {"甲标题", "乙正文", "丙摘要", "丁意见", "戊联系", "己加派", "SUP-7731"}) {
            auto const all = at->ask(actor, word);
            if (!all) {
                ADD_FAILURE() << word << ": " << all.error().key;
                continue;
            }
            if (all->about > 0) found += word;
            EXPECT_EQ(all->about, all->matters.size()) << word << ": what is hidden is not counted";
        }
        return found;
    };
    EXPECT_EQ(finds(at->city.actor("seat01")), "甲标题乙正文丙摘要丁意见戊联系己加派SUP-7731");
    EXPECT_EQ(finds(at->city.actor("mayor")), "甲标题乙正文丙摘要丁意见戊联系己加派");
    EXPECT_EQ(finds(at->city.actor("appraise01")), "丙摘要丁意见戊联系己加派");
    EXPECT_EQ(finds(gulou), "甲标题乙正文丙摘要丁意见戊联系己加派SUP-7731");
    EXPECT_EQ(finds(at->city.actor("street-ry")), "丙摘要己加派");
    EXPECT_EQ(finds(at->city.actor("citizen")), "");
    EXPECT_TRUE(at->search("street-ry", "unit:350102-centre").empty())
        << "who else works on it is not theirs to know";
    EXPECT_EQ(at->search("street-ry", "unit:350102004"), Ids{id});
    EXPECT_TRUE(at->search("appraise01", "丙摘要 -甲标题").size() == 1) << "nor what is not to be there";
}

TEST_P(Finding, WhoAskedFindsAReplyOnceItIsApproved) {
    Answer const filed = at->city.open("citizen", {{"title", "路灯不亮"}, {"body", "很黑"}, {"channel", "web"}});
    MatterId const id = filed.matter;
    at->take("seat01", id, "accept", {{"kind", "complaint"}});
    at->take("disp01", id, "dispatch", {{"lead", "cg"}});
    at->take("unit-cg", id, "sign");
    at->take("unit-cg", id, "contact", {{"reached", true}});
    at->take("unit-cg-head", id, "reply",
             {{"account", "内部说法"}, {"public_reply", "已经更换灯泡"}, {"solved", true}});
    at->start();
    EXPECT_EQ(search("citizen", "路灯"), Ids{id});
    EXPECT_EQ(search("citizen2", "路灯"), Ids{});
    EXPECT_EQ(at->find_as("citizen", "灯泡").about, 0U);
    EXPECT_EQ(search("seat01", "灯泡"), Ids{id});
    at->take("review01", id, "approve");
    at->catch_up();
    EXPECT_EQ(search("citizen", "灯泡"), Ids{id});
    EXPECT_EQ(search("citizen", "内部说法"), Ids{});
    Actor bound;
    bound.bound = id;
    EXPECT_EQ(SearchedCity::ids(*at->ask(bound, "灯泡")), Ids{id});
    EXPECT_TRUE(at->ask(bound, "内部说法")->matters.empty());
}

}  // namespace
}  // namespace banyan::index
