// kernel/engine/tar.h: many files in one, as every system unpacks it (POSIX ustar; sizes of 8 GiB and more as GNU
// and BSD tar write them).
//
// What cannot be written is thrown as std::system_error; what is not as it should be when read is refused.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace banyan {

/// A file descriptor that is closed with the object.
class OpenFile {
  public:
    OpenFile(std::string const& path, int flags, int mode = 0600);
    ~OpenFile();
    OpenFile(OpenFile const&) = delete;
    std::int64_t size() const;
    void write(std::string_view bytes);
    /// Fewer than asked only at the end.
    std::string_view read(std::string& room, std::size_t most);
    void sync();

  private:
    std::string path_;
    int fd_;
};

class TarWriter {
  public:
    /// A new file, which only its owner may read.
    TarWriter(std::string const& file, Instant written);
    /// Then write() exactly `size` bytes. REQUIRES: a relative name of at most 100 bytes, or 155 / 100 at a slash.
    void begin(std::string_view name, std::int64_t size);
    void write(std::string_view bytes);
    void add(std::string_view name, std::string_view whole);
    /// The end, on the disk.
    void finish();

  private:
    OpenFile file_;
    Instant written_;
    std::int64_t missing_ = 0, size_ = 0;
};

class TarReader {
  public:
    explicit TarReader(std::string const& file) : file_(file, 0) {}
    struct Entry {
        std::string name;
        std::int64_t size = 0;
    };
    /// The next plain file; nothing at a proper end. Refused: tar.damaged (also for links, devices, paths that
    /// lead out of the folder).
    Result<std::optional<Entry>> next();
    /// More of the entry, empty at its end. Refused: tar.damaged.
    Result<std::string_view> read();

  private:
    OpenFile file_;
    std::string room_;
    std::int64_t left_ = 0, padding_ = 0;
};

}  // namespace banyan
