#include "systems/hall/cases/bank.h"

#include <fmt/core.h>

#include "platform/crypto/digest.h"

namespace banyan::hall {
namespace {

constexpr std::int64_t kDeclined = 13;  ///< fen of an amount the demo's bank declines

std::string transaction(std::string_view what, std::string_view code) {
    constexpr std::size_t kDigits = 16;
    return fmt::format("{}-{}", what,
                       crypto::hex(crypto::sm3(fmt::format("{} {}", what, code))).substr(0, kDigits));
}

}  // namespace

Result<std::string> DemoBank::charge(Charge const& charge) {
    if (charge.amount % 100 == kDeclined) return refuse("payment.declined");
    std::scoped_lock const lock(mutex_);
    auto const [known, first] = charged_.try_emplace(charge.code, charge.amount);
    if (!first && known->second != charge.amount)
        return refuse("payment.amount", {},
                      {{"due", std::to_string(known->second)}, {"paid", std::to_string(charge.amount)}});
    return transaction("DEMO", charge.code);
}

Result<std::string> DemoBank::give_back(std::string_view code) {
    std::scoped_lock const lock(mutex_);
    charged_.erase(
        std::string(code));  // a program that was started again does not remember it: given back all the same
    return transaction("BACK", code);
}

std::string payment_code(std::string_view region, int year, std::string_view receipt_number) {
    std::string place(region.substr(0, 6));
    place.resize(6, '0');
    return fmt::format("{}{:02}{}", place, year % 100, receipt_number);
}

}  // namespace banyan::hall
