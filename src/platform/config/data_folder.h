// platform/config/data_folder.h: the folder a city lives in, and the lock that keeps a second server out.
#pragma once
#include <string>

namespace banyan {

class DataFolder {
  public:
    enum class Use {
        alone,   ///< serve, import, replay, restore: nobody else may
        beside,  ///< verify, backup: a server may run
    };
    /// Makes the folder (mode 0700) for `alone`. Throws std::runtime_error that names what is in the way: another
    /// program on the folder, a folder that cannot be written, a file in its place.
    DataFolder(std::string path, Use use);
    ~DataFolder();
    DataFolder(DataFolder const&) = delete;

    std::string const& path() const { return path_; }
    std::string file(std::string const& name) const { return path_ + "/" + name; }
    bool empty_before() const { return empty_before_; }  ///< when it was opened

  private:
    std::string path_;
    int lock_ = -1;
    bool empty_before_ = false;
};

}  // namespace banyan
