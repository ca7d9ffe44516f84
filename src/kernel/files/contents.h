// kernel/files/contents.h: where the contents of files lie, sealed, each by its address.
//
// The address is SM3(salt ‖ content) in hex, with 16 random bytes as salt, which are sealed together with the
// content: what lies there is proven by its name, and who holds the disk cannot try out whether it is a picture
// they know. The journal keeps the same address as its commitment (docs/journal.md). An address is all that is
// ever made a path of; no name comes from outside.
//
// Any thread.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "platform/crypto/keys.h"
#include "platform/store/store.h"

namespace banyan::files {

struct Sealed {
    std::string address;  ///< 64 hex digits
    std::string bytes;
};
Sealed seal(crypto::Keyring const& keys, std::string_view content);
/// Nothing: damaged, moved from another address, or sealed by a key that is not here.
std::optional<std::string> open(crypto::Keyring const& keys, std::string_view address, std::string_view sealed);

bool is_address(std::string_view text);

class Contents {
  public:
    virtual ~Contents() = default;
    /// On the disk when it returns. Throws store::Error (full, read_only, …). REQUIRES: an address of seal().
    virtual void put(Sealed const& sealed, Instant now) = 0;
    /// Nothing: it is not there. `session`: of a reader. Throws store::Error.
    virtual std::optional<std::string> get(store::Session& session, std::string_view address) = 0;
    virtual void remove(std::string_view address) = 0;
    /// Addresses of what was written before `then`, some thousand at a time; `after`: the last one seen.
    virtual std::vector<std::string> older(Instant then, std::string_view after) = 0;
};

/// Files in folders below `folder`, made with the first. Beside SQLite.
std::unique_ptr<Contents> contents_in_folder(std::string folder);
/// Rows of file_content: every node of a city sees them, and the database's own backup has them. On a connection
/// of its own, so that the writer waits for nobody's film. REQUIRES: PostgreSQL (SQLite has one writer).
std::unique_ptr<Contents> contents_in_database(store::Store& store);

}  // namespace banyan::files
