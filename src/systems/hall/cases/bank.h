// systems/hall/cases/bank.h: the plug where fees are paid. A city plugs in its own; the demo has one that moves
// nothing.
#pragma once
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.h"

namespace banyan::hall {

struct Charge {
    std::string code;         ///< 缴款码 of non-tax revenue: the same charge again is the same payment
    std::int64_t amount = 0;  ///< fen
};

class Bank {
  public:
    virtual ~Bank() = default;
    virtual std::string name() const = 0;
    /// Takes the money once, however often it is asked with one code; the bank's transaction. Refused:
    /// payment.declined, payment.amount.
    virtual Result<std::string> charge(Charge const& charge) = 0;
    /// Gives it back, once; the transaction of that.
    virtual Result<std::string> give_back(std::string_view code) = 0;
};

/// Moves nothing. An amount that ends in 13 fen is declined, so that this can be seen too.
class DemoBank : public Bank {
  public:
    explicit DemoBank(std::string name) : name_(std::move(name)) {}
    std::string name() const override { return name_; }
    Result<std::string> charge(Charge const& charge) override;
    Result<std::string> give_back(std::string_view code) override;

  private:
    std::string name_;
    std::mutex mutex_;
    std::map<std::string, std::int64_t, std::less<>> charged_;
};

/// The code people pay by, 20 digits: region (6), year (2), the case's number (12). Nothing is stored for it.
std::string payment_code(std::string_view region, int year, std::string_view receipt_number);

}  // namespace banyan::hall
