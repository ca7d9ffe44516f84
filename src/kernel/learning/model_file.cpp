// A model as bytes: "BANYAN\0M", version of the format, length of what follows, SM3 of it, then the model itself.
#include <algorithm>
#include <cmath>

#include "kernel/learning/bytes.h"
#include "kernel/learning/model.h"
#include "platform/crypto/digest.h"

namespace banyan::learning {
namespace {

constexpr std::string_view kMagic{"BANYAN\0M", 8};
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kHead = 8 + 4 + 8 + 32;
constexpr std::uint32_t kMostLabels = 100'000, kMostGrams = 50'000'000;

void write_about(ByteWriter& to, About const& about) {
    to.number(static_cast<std::uint32_t>(about.labels.size()));
    for (std::string const& label : about.labels) to.text(label);
    to.number(static_cast<std::uint32_t>(about.parents.size()));
    for (std::string const& parent : about.parents) to.text(parent);
    for (std::uint32_t n : {about.reading.longest, about.reading.most, about.reading.title_times}) to.number(n);
    for (double n : {about.calibration.sharpness, about.calibration.spread, about.threshold, about.familiar,
                     about.macro_f1, about.accuracy})
        to.number(n);
    to.number(static_cast<std::int32_t>(about.rows));
    to.text(about.made);
}

bool read_about(ByteReader& from, About& about) {
    auto texts = [&](std::vector<std::string>& into) {
        auto const count = from.number<std::uint32_t>();
        if (count > kMostLabels) return false;
        for (std::uint32_t i = 0; i < count && !from.failed(); ++i) into.push_back(from.text());
        return !from.failed();
    };
    if (!texts(about.labels) || !texts(about.parents)) return false;
    for (std::uint32_t* n : {&about.reading.longest, &about.reading.most, &about.reading.title_times})
        *n = from.number<std::uint32_t>();
    for (double* n : {&about.calibration.sharpness, &about.calibration.spread, &about.threshold, &about.familiar,
                      &about.macro_f1, &about.accuracy})
        *n = from.number<double>();
    about.rows = from.number<std::int32_t>();
    about.made = from.text();
    bool const sane = !about.labels.empty() && std::ranges::is_sorted(about.labels) &&
                      (about.parents.empty() || about.parents.size() == about.labels.size()) &&
                      about.reading.longest >= 1 && about.reading.longest <= 8 &&
                      std::isfinite(about.calibration.sharpness) && about.calibration.spread >= 0 &&
                      about.calibration.spread <= 1;
    return !from.failed() && sane;
}

}  // namespace

std::string Model::bytes() const {
    ByteWriter body;
    write_about(body, about_);
    body.number(static_cast<std::uint32_t>(grams_.size()));
    for (Gram const& gram : grams_) body.number(gram.hash);
    for (Gram const& gram : grams_) body.number(gram.rarity);
    for (Gram const& gram : grams_) body.number(gram.scale);
    for (std::size_t i = 0; i < grams_.size(); ++i)
        body.numbers(weights(static_cast<std::uint32_t>(i)), labels().size());
    body.numbers(bias_.data(), labels().size());
    ByteWriter file;
    file.bytes() += kMagic;
    file.number(kVersion);
    file.number(static_cast<std::uint64_t>(body.bytes().size()));
    file.bytes() += crypto::view(crypto::sm3(body.bytes()));
    file.bytes() += body.bytes();
    return std::move(file.bytes());
}

Result<Model> Model::read(std::string_view bytes) {
    if (!bytes.starts_with(kMagic)) {
        bool const cut = !bytes.empty() && kMagic.starts_with(bytes);
        return cut ? refuse("model.damaged") : refuse("model.unknown");
    }
    ByteReader head(bytes.substr(kMagic.size()));
    auto const version = head.number<std::uint32_t>();
    if (!head.failed() && version > kVersion)
        return refuse("model.newer", {},
                      {{"version", std::to_string(version)}, {"known", std::to_string(kVersion)}});
    auto const size = head.number<std::uint64_t>();
    if (version == 0 || bytes.size() < kHead || bytes.size() - kHead != size) return refuse("model.damaged");
    std::string_view const body = bytes.substr(kHead);
    if (crypto::view(crypto::sm3(body)) != bytes.substr(kHead - 32, 32)) return refuse("model.damaged");

    ByteReader from(body);
    Model model;
    if (!read_about(from, model.about_)) return refuse("model.damaged");
    std::size_t const classes = model.labels().size();
    auto const count = from.number<std::uint32_t>();
    if (from.failed() || count > kMostGrams || from.left() != count * (16 + 2 * classes) + 4 * classes)
        return refuse("model.damaged");
    model.stride_ = (classes + 7) / 8 * 8;
    model.grams_.resize(count);
    for (Gram& gram : model.grams_) gram.hash = from.number<std::uint64_t>();
    for (Gram& gram : model.grams_) gram.rarity = from.number<float>();
    for (Gram& gram : model.grams_) gram.scale = from.number<float>();
    model.weights_.assign(count * model.stride_, 0);
    for (std::size_t i = 0; i < count; ++i) from.numbers(model.weights_.data() + i * model.stride_, classes);
    model.bias_.assign(model.stride_, 0);
    from.numbers(model.bias_.data(), classes);
    model.index();
    return model;
}

}  // namespace banyan::learning
