#include "systems/hall/cases/bank.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>
#include <vector>

namespace banyan::hall {
namespace {

TEST(DemoBank, TakesAChargeOnce) {
    DemoBank bank("demo");
    std::set<std::string> transactions;
    std::vector<std::string> said(8);
    std::vector<std::thread> all;
    for (std::string& each : said)
        all.emplace_back([&] { each = bank.charge({"35010026000011404838", 20'000}).value(); });
    for (std::thread& each : all) each.join();
    transactions.insert(said.begin(), said.end());
    EXPECT_EQ(transactions.size(), 1U);
    EXPECT_EQ(bank.charge({"35010026000011404838", 19'999}).error().key, "payment.amount");
    EXPECT_EQ(bank.charge({"35010026000011404846", 2'013}).error().key, "payment.declined");
    EXPECT_NE(bank.give_back("35010026000011404838").value(), *transactions.begin());
}

TEST(PaymentCode, IsTwentyDigits) {
    EXPECT_EQ(payment_code("3501", 2026, "000011404838"), "35010026000011404838");
    EXPECT_EQ(payment_code("350102001", 2026, "000011404838"), "35010226000011404838");
}

}  // namespace
}  // namespace banyan::hall
