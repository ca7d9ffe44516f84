// Codes of items: the unit's credit code with its check sign, the type, the serial number.
#include "systems/hall/code.h"

#include <gtest/gtest.h>

namespace banyan::hall {
namespace {

TEST(ItemCode, IsReadAsFujianWritesIt) {
    auto const code = read_code("11350128345071904JXK001185");
    ASSERT_TRUE(code);
    EXPECT_EQ(code->credit, "11350128345071904J");
    EXPECT_EQ(code->type, Type::permit);
    EXPECT_EQ(code->serial, 1185);
    EXPECT_EQ(code_text(code->credit, code->type, code->serial), "11350128345071904JXK001185");
}

TEST(ItemCode, IsRefusedByName) {
    struct Row {
        char const *code, *key, *why;
    };
    for (Row const& row : {
             Row{"", "code.check", "nothing"},
             Row{"11350128345071904KXK001185", "code.check", "another check sign"},
             Row{"11350128345071940JXK001185", "code.check", "two digits changed places"},
             Row{"1135012834507190IJXK001185", "code.check", "I is no sign of the alphabet"},
             Row{"11350128345071904JXK00118", "code.check", "a digit is missing"},
             Row{"11350128345071904JXK00118A", "code.check", "a letter in the serial number"},
             Row{"11350128345071904JXY001185", "type.unknown", "no such power"},
             Row{"11350128345071904jXK001185", "code.check", "small letters are others"},
         }) {
        auto const code = read_code(row.code);
        ASSERT_FALSE(code) << row.why;
        EXPECT_EQ(code.error().key, row.key) << row.why;
        EXPECT_EQ(code.error().field, "code") << row.why;
    }
}

TEST(CreditCode, KnowsTheOnesOfTheDemo) {
    for (char const* code :
         {"113501990000000A2P", "113501990000000B0J", "113501990000000C9F", "91350199MA0000015J"})
        EXPECT_TRUE(is_credit_code(code)) << code;
    EXPECT_FALSE(is_credit_code("113501990000000A2Q"));
    EXPECT_FALSE(is_credit_code("11350199000000A2P"));
}

TEST(CreditCode, ThatIsMadeIsOne) {
    for (int number : {0, 1, 42, 99'999'999}) {
        std::string const code = made_credit_code("11", "350199", number);
        EXPECT_TRUE(is_credit_code(code)) << code;
        EXPECT_EQ(code.substr(0, 8), "11350199");
    }
    EXPECT_NE(made_credit_code("11", "350199", 1), made_credit_code("11", "350199", 2));
}

}  // namespace
}  // namespace banyan::hall
