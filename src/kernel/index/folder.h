// kernel/index/folder.h: where the index lies: DIR/index holds numbered folders, and `current` names the one in
// use.
//
// A new index is made beside the one in use and taken into use by replacing `current` as a whole; a program that
// is killed meanwhile leaves the old one in use. What nobody uses is removed by who next starts to serve or to
// make one. `making` is locked by who makes one outside of the server.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

namespace banyan::index {

class Folder {
  public:
    explicit Folder(std::filesystem::path path);  ///< made if it is not there

    std::filesystem::path const& path() const { return path_; }
    /// The folder in use; nothing: none is yet.
    std::optional<std::filesystem::path> current() const;
    std::string current_name() const;  ///< empty: none
    /// A name nobody had.
    std::filesystem::path next() const;
    void use(std::filesystem::path const& which) const;  ///< durable when it returns
    /// All but the one in use and `keep`, unless somebody is making one.
    void remove_others(std::filesystem::path const& keep = {}) const;

    /// Held by who makes an index beside a server.
    class Making {
      public:
        explicit Making(Folder const& folder);  ///< throws when somebody else does
        ~Making();
        Making(Making const&) = delete;

      private:
        int lock_ = -1;
    };

  private:
    bool being_made() const;
    std::filesystem::path path_;
};

}  // namespace banyan::index
