// Who finds what by which words: role × kind of field, over the real API. A word that somebody may not read finds
// nothing, counts nothing and is not suggested.
#include <gtest/gtest.h>

#include <thread>

#include "api/demo_city.h"

namespace banyan::api_test {
namespace {

std::string escaped(std::string_view text) {
    std::string out;
    for (char c : text) {
        constexpr char kDigits[] = "0123456789ABCDEF";
        auto const byte = static_cast<unsigned char>(c);
        out += '%';
        out += kDigits[byte >> 4];
        out += kDigits[byte & 15];
    }
    return out;
}

void wait_for_index() {
    for (int tries = 0; tries < 400; ++tries) {
        Heard const health = as("nobody").get("/healthz");
        if (health.body.at("index").at("complete").as_bool() && health.number("/index/lag_events") == 0) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    FAIL() << "the index is behind";
}

Heard search(std::string const& login, std::string_view typed) {
    return as(login).get("/api/v1/search?limit=50&q=" + escaped(typed));
}

bool finds(std::string const& login, std::string_view typed, std::string const& number) {
    Heard const heard = search(login, typed);
    EXPECT_EQ(heard.status, 200) << heard.text;
    if (heard.status != 200) return false;
    bool found = false;
    for (json::value const& hit : heard.body.at("hits").as_array())
        found = found || hit.at("matter").at("number").as_string() == number;
    if (!heard.has("/next")) {
        EXPECT_EQ(heard.number("/about"), static_cast<std::int64_t>(heard.body.at("hits").as_array().size()))
            << login << " " << typed << ": what is hidden is counted";
    }
    return found;
}

struct Viewer {
    char const* login;
    bool finds, asker, handler, centre;
};

void expect_found(Planted const& planted, Viewer const& viewer) {
    SCOPED_TRACE(viewer.login);
    std::string const& number = planted.number;
    EXPECT_EQ(finds(viewer.login, number, number), viewer.finds) << "number";
    EXPECT_EQ(finds(viewer.login, "region:350102004 class:city.ad", number), viewer.finds) << "filters";
    EXPECT_EQ(finds(viewer.login, kSummary, number), viewer.finds) << "summary";
    EXPECT_EQ(finds(viewer.login, planted.title, number), viewer.asker) << "title";
    EXPECT_EQ(finds(viewer.login, "\"" + planted.title + "\"", number), viewer.asker) << "title as a phrase";
    EXPECT_EQ(finds(viewer.login, kNote, number), viewer.handler) << "note";
    EXPECT_EQ(finds(viewer.login, kSuperior, number), viewer.centre) << "superior's number";
    for (char const* personal : {kName, kAddress, "nianci"})
        EXPECT_FALSE(finds(viewer.login, personal, number)) << personal << ": a personal field is no text";
    EXPECT_EQ(search(viewer.login, kPhone).key(), "search.personal");
}

TEST(SearchSight, OfAnAppealAboutAUnit) {
    Planted const& planted = about_the_street();
    wait_for_index();
    for (Viewer const& viewer : {
             Viewer{"citizen", true, true, false, false},
             Viewer{"citizen2", false, false, false, false},
             Viewer{"seat01", true, true, true, true},
             Viewer{"review01", true, true, true, true},
             Viewer{"unit-cg", true, true, true, false},
             Viewer{"unit-water", true, true, true, false},
             Viewer{"dept01", false, false, false, false},
             Viewer{"jinan-centre", false, false, false, false},
             Viewer{"gulou", false, false, false, false},
             Viewer{"street-ry", false, false, false, false},
             Viewer{"callback01", true, true, true, true},
             Viewer{"appraise01", true, false, true, false},
             Viewer{"mayor", true, true, true, false},
             Viewer{"sys", false, false, false, false},
             Viewer{"audit", false, false, false, false},
         })
        expect_found(planted, viewer);
    EXPECT_EQ(search("nobody", kSummary).status, 401);
}

TEST(SearchSight, BelowTheLeadIsTheSummary) {
    Planted const& planted = below_gulou();
    wait_for_index();
    for (Viewer const& viewer : {
             Viewer{"street-ry", true, false, false, false},
             Viewer{"gulou", true, true, true, true},
             Viewer{"unit-cg", false, false, false, false},
             Viewer{"appraise01", true, false, true, false},
         })
        expect_found(planted, viewer);
}

TEST(SearchSight, ATelephoneIsForWhoReadsIt) {
    std::string const& number = about_the_street().number;
    wait_for_index();
    EXPECT_TRUE(finds("seat01", std::string("tel:") + kPhone, number));
    EXPECT_TRUE(finds("callback01", std::string("tel:") + kPhone, number));
    for (char const* login : {"unit-cg", "mayor", "appraise01", "citizen", "street-ry"})
        EXPECT_EQ(search(login, std::string("tel:") + kPhone).key(), "search.not_yours") << login;
}

/// Story 13: 郑茉莉 of 茉莉巷12号 complains about the street.
TEST(SearchSight, TheAccusedHearsNothingOfAReport) {
    Story const& story = report();
    wait_for_index();
    EXPECT_TRUE(finds("seat01", story.number, story.number));
    EXPECT_TRUE(finds("seat01", "茉莉巷12号", story.number) || finds("seat01", "协管员", story.number));
    for (char const* typed : {"郑茉莉", "茉莉巷12号", "茉莉巷", "末莉巷", "协管员乱收费", "gov.conduct"}) {
        Heard const heard = search("street-ry", typed);
        EXPECT_FALSE(finds("street-ry", typed, story.number)) << typed;
        EXPECT_EQ(heard.text.find(story.number), std::string::npos);
        EXPECT_FALSE(heard.has("/also")) << heard.text;
    }
    EXPECT_FALSE(finds("street-ry", story.number, story.number));
    EXPECT_FALSE(finds("street-ry", "no:" + story.number.substr(6), story.number));
    EXPECT_FALSE(finds("street-ry", "class:gov.conduct", story.number));
    for (char const* typed : {"茉莉", "茉莉巷", "末莉巷", "mlx"}) {
        Heard const names = as("street-ry").get("/api/v1/search/names?q=" + escaped(typed));
        EXPECT_EQ(names.text.find("\"茉莉巷\""), std::string::npos) << typed << " " << names.text;
    }
}

TEST(SearchApi, BadQuestionsAreRefusedByName) {
    for (auto const& [typed, key] : {std::pair<std::string, char const*>{"，。", "search.empty"},
                                     {"😀", "search.empty"},
                                     {std::string(300, 'x'), "search.too_long"},
                                     {"colour:red", "search.bad_filter"},
                                     {"date:heute", "search.bad_date"},
                                     {"unit:nirgends", "search.unknown_unit"}})
        EXPECT_EQ(search("seat01", typed).key(), key) << typed;
    EXPECT_EQ(as("seat01").get("/api/v1/search").status, 422);
    EXPECT_EQ(as("seat01").get("/api/v1/search?q=%FF%FE").status / 100, 4);
    EXPECT_EQ(as("seat01").get("/api/v1/search?q=a&cursor=zzzz").key(), "cursor.bad");
    EXPECT_EQ(as("seat01").get("/api/v1/search?limit=51&q=a").status, 422);
    EXPECT_EQ(search("seat01", "<script>alert(1)</script>").status, 200);
}

}  // namespace
}  // namespace banyan::api_test
