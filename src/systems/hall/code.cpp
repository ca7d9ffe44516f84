#include "systems/hall/code.h"

#include <fmt/format.h>

#include <array>

#include "base/text.h"

namespace banyan::hall {
namespace {

/// GB 32100, table 2: digits and letters without I, O, S, V, Z.
constexpr std::string_view kSigns = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::size_t kCredit = 18, kType = 2, kSerial = 6;

/// 31 − Σ value × 3^place mod 31; 31 counts as 0. Nothing: a sign that may not be.
std::optional<char> check_sign(std::string_view seventeen) {
    std::size_t sum = 0, weight = 1;
    for (char sign : seventeen) {
        std::size_t const value = kSigns.find(sign);
        if (value == std::string_view::npos) return std::nullopt;
        sum += value * weight;
        weight = weight * 3 % kSigns.size();
    }
    return kSigns[(kSigns.size() - sum % kSigns.size()) % kSigns.size()];
}

/// GB 11714, of eight digits: 11 − Σ value × weight mod 11; 10 is X, 11 is 0.
char organisation_sign(std::string_view eight) {
    constexpr std::array<int, 8> kWeights{3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < kWeights.size(); ++i) sum += (eight[i] - '0') * kWeights.at(i);
    int const check = (11 - sum % 11) % 11;
    return check == 10 ? 'X' : static_cast<char>('0' + check);
}

std::unexpected<Refusal> bad_code(std::string_view code) {
    return refuse("code.check", "code", {{"value", std::string(first_characters(code, 40))}});
}

}  // namespace

bool is_credit_code(std::string_view code) {
    if (code.size() != kCredit) return false;
    auto const sign = check_sign(code.substr(0, kCredit - 1));
    return sign && *sign == code.back();
}

Result<ItemCode> read_code(std::string_view code) {
    if (code.size() != kCredit + kType + kSerial || !is_credit_code(code.substr(0, kCredit)))
        return bad_code(code);
    std::string_view const type = code.substr(kCredit, kType), serial = code.substr(kCredit + kType);
    if (serial.find_first_not_of("0123456789") != std::string_view::npos) return bad_code(code);
    auto const power = type_of(type);
    if (!power) return refuse("type.unknown", "code", {{"value", std::string(type)}});
    return ItemCode{code.substr(0, kCredit), *power, std::stoi(std::string(serial))};
}

std::string code_text(std::string_view credit, Type type, int serial) {
    return fmt::format("{}{}{:06}", credit, code_of(type), serial);
}

std::string made_credit_code(std::string_view kind, std::string_view region, int number) {
    std::string code = fmt::format("{}{}{:08}", kind, region, number);
    code += organisation_sign(std::string_view(code).substr(8));
    code += check_sign(code).value_or('0');
    return code;
}

}  // namespace banyan::hall
