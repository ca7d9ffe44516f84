#include "systems/hotline/hotline.h"

namespace banyan::hotline {
namespace {

constexpr std::string_view kFolder = "src/systems/hotline/page/";

std::string type_of(std::string_view path) {
    if (path.ends_with(".html")) return "text/html; charset=utf-8";
    if (path.ends_with(".css")) return "text/css; charset=utf-8";
    if (path.ends_with(".js")) return "text/javascript; charset=utf-8";
    if (path.ends_with(".svg")) return "image/svg+xml";
    return "application/octet-stream";
}

}  // namespace

std::vector<Page> pages(EmbeddedTable table) {
    std::vector<Page> all;
    for (EmbeddedFile const& file : embedded_under(table, kFolder)) {
        std::string_view name = std::string_view(file.path).substr(kFolder.size());
        std::string path = name == "start.html"      ? "/"
                           : name.ends_with(".html") ? "/" + std::string(name.substr(0, name.size() - 5))
                                                     : "/page/" + std::string(name);
        all.push_back({path, type_of(name), file.bytes()});
    }
    return all;
}

}  // namespace banyan::hotline
