// platform/search/xapian.h: what index.cpp and searcher.cpp share. Private to this folder.
#pragma once
#include "platform/search/search.h"

#include <xapian.h>
#include <mutex>

namespace banyan::search {

/// As Xapian takes it: 245 bytes at most, in which a zero byte counts twice.
std::string fitting(std::string_view term);
std::string key_term(std::string_view key);

/// An exception of Xapian's as ours.
Error error_of(Xapian::Error const& error);

/// `work()`, with Xapian's exceptions as ours.
template <class Work>
auto guarded(Work&& work) {
    try {
        return work();
    } catch (Xapian::Error const& error) {
        throw error_of(error);
    }
}

Xapian::Query to_xapian(Query const& query);

/// The caller's bytes lie behind the key.
std::string pack(std::string_view key, std::string_view data);
Hit unpack(std::string const& packed);

struct Index::Parts {
    Xapian::WritableDatabase database;
    bool in_memory = false;
    /// Of an index in memory, which its searchers read directly.
    mutable std::mutex mutex;
};

}  // namespace banyan::search
