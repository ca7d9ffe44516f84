// bench/folder.h: a folder of one's own, gone afterwards.
#pragma once
#include <stdlib.h>

#include <filesystem>
#include <stdexcept>
#include <string>

namespace banyan::bench {

struct Folder {
    std::string path;
    bool fresh;
    /// `given` is kept; an empty one means a fresh folder that is removed at the end.
    explicit Folder(std::string const& given = {}) : path(given), fresh(given.empty()) {
        if (!fresh) return;
        std::string name = (std::filesystem::temp_directory_path() / "banyan-bench-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder " + name);
        path = name;
    }
    ~Folder() {
        std::error_code ignored;
        if (fresh) std::filesystem::remove_all(path, ignored);
    }
    Folder(Folder const&) = delete;
};

}  // namespace banyan::bench
