#include "platform/qr/qr.h"

#include <fmt/format.h>
#include <qrencode.h>

#include <memory>
#include <stdexcept>

namespace banyan::qr {
namespace {

constexpr int kQuiet = 4;  ///< modules, as the standard wants

}  // namespace

Result<Modules> modules(std::string_view text) {
    if (text.empty() || text.size() > kMostBytes || text.find('\0') != std::string_view::npos)
        return refuse("qr.text");
    std::unique_ptr<QRcode, decltype(&QRcode_free)> const code(
        QRcode_encodeString8bit(std::string(text).c_str(), 0, QR_ECLEVEL_M), QRcode_free);
    if (!code) throw std::runtime_error("libqrencode made no code");
    Modules made{code->width, {}};
    for (int i = 0; i < code->width * code->width; ++i) made.dark.push_back((code->data[i] & 1) != 0);
    return made;
}

Result<std::string> svg(std::string_view text) {
    BANYAN_TRY(Modules const code, modules(text));
    std::string path;
    for (int row = 0; row < code.width; ++row)
        for (int from = 0, to = 0; from < code.width; from = to + 1) {  // runs of dark modules, a rectangle each
            auto dark = [&](int column) {
                return column < code.width && code.dark[static_cast<std::size_t>(row * code.width + column)];
            };
            for (to = from; dark(to);) ++to;
            if (to > from)
                path += fmt::format("M{},{}h{}v1h-{}z", from + kQuiet, row + kQuiet, to - from, to - from);
        }
    int const size = code.width + 2 * kQuiet;
    return fmt::format(
        R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}" shape-rendering="crispEdges">)"
        R"(<path fill="#fff" d="M0,0h{0}v{0}h-{0}z"/><path fill="#000" d="{1}"/></svg>)",
        size, path);
}

}  // namespace banyan::qr
