// A matter may be named by its id or by its receipt number, however many there have been.
#include <gtest/gtest.h>

#include "api/api.h"
#include "kernel/engine/testing/city.h"

namespace banyan::api {
namespace {

TEST(MatterNames, AreIdsAndReceiptNumbers) {
    EXPECT_EQ(read_matter("7"), MatterId(7));
    EXPECT_EQ(read_matter(receipt_number(MatterId(7))), MatterId(7));
    EXPECT_EQ(read_matter("000000000079"), std::nullopt) << "its check digit is another";
    EXPECT_EQ(read_matter(""), std::nullopt);
    EXPECT_EQ(read_matter("12a"), std::nullopt);
    EXPECT_EQ(read_matter(std::string(40, '9')), std::nullopt);
}

TEST(MatterNames, LeadToTheMatterAfterHundredsOfMillions) {
    using banyan::testing::City;
    City city(store::Engine::sqlite);
    constexpr std::int64_t kCounter = 400'000'000;  // ids of twelve digits
    auto file = [&] {
        return city.open("seat01", {{"title", "路灯不亮"}, {"body", "整排不亮"}, {"channel", "phone"}});
    };
    ASSERT_TRUE(file().ok());  // a lane's head is there
    city.engine().stop();
    auto const session = city.db()->open_writer();
    session->begin_write();
    session->execute("UPDATE head SET counter = counter + $1", {kCounter});
    session->commit();
    city.restart();
    for (int i = 0; i < 60; ++i) {
        Answer const filed = file();
        ASSERT_TRUE(filed.ok()) << banyan::testing::describe(filed.refusal);
        EXPECT_GT(filed.matter.value, kCounter * kLanes);
        EXPECT_EQ(read_receipt_number(filed.matter.text()), std::nullopt) << "it would be somebody else's number";
        EXPECT_EQ(read_matter(filed.matter.text()), filed.matter);
        EXPECT_EQ(read_matter(receipt_number(filed.matter)), filed.matter);
    }
}

}  // namespace
}  // namespace banyan::api
