// platform/store/sqlite_page_cache.h: keeps SQLite from walking through its whole page cache at each commit.
//
// At the end of a transaction SQLite 3.40 has its cache forget the pages behind the end of the file. To know that
// there are none the cache remembers the highest number it has held; but whenever a tree is balanced two pages
// change numbers by way of the number of the page of locks, one gigabyte away, and from then on every commit looks
// into every slot (8 % of a server's work with a cache of 128 MB). This cache lies over SQLite's own and leaves
// that out of the highest number.
#pragma once

namespace banyan::store {

/// Once in a process, before anything else of SQLite; does nothing when SQLite is in use already.
void install_page_cache();

}  // namespace banyan::store
