#include "platform/store/sqlite_page_cache.h"

#include <sqlite3.h>

#include <algorithm>
#include <new>

namespace banyan::store {
namespace {

sqlite3_pcache_methods2 sqlites_own;

/// One cache: SQLite's own and what it holds.
struct Cache {
    sqlite3_pcache* own;
    unsigned highest = 0;  ///< number of a page, but for pages on their way to another number
    unsigned away = 0;     ///< the number behind `highest` that such a page has meanwhile; 0: none
};
/// A page that changes places goes by a number this far behind all others (the page of locks).
constexpr unsigned kFarBehind = 1'000;

Cache& mine(sqlite3_pcache* cache) { return *reinterpret_cast<Cache*>(cache); }

sqlite3_pcache* create(int page, int extra, int may_drop) {
    sqlite3_pcache* const own = sqlites_own.xCreate(page, extra, may_drop);
    if (own == nullptr) return nullptr;
    auto* const made = new (std::nothrow) Cache{own};
    if (made == nullptr) sqlites_own.xDestroy(own);
    return reinterpret_cast<sqlite3_pcache*>(made);
}

void destroy(sqlite3_pcache* cache) {
    sqlites_own.xDestroy(mine(cache).own);
    delete &mine(cache);
}

void set_size(sqlite3_pcache* cache, int pages) { sqlites_own.xCachesize(mine(cache).own, pages); }
int count(sqlite3_pcache* cache) { return sqlites_own.xPagecount(mine(cache).own); }
void shrink(sqlite3_pcache* cache) { sqlites_own.xShrink(mine(cache).own); }

sqlite3_pcache_page* fetch(sqlite3_pcache* cache, unsigned number, int create) {
    Cache& held = mine(cache);
    sqlite3_pcache_page* const page = sqlites_own.xFetch(held.own, number, create);
    if (page != nullptr && create != 0) held.highest = std::max(held.highest, number);
    return page;
}

void unpin(sqlite3_pcache* cache, sqlite3_pcache_page* page, int discard) {
    sqlites_own.xUnpin(mine(cache).own, page, discard);
}

void rekey(sqlite3_pcache* cache, sqlite3_pcache_page* page, unsigned before, unsigned now) {
    Cache& held = mine(cache);
    sqlites_own.xRekey(held.own, page, before, now);
    if (before == held.away) held.away = 0;
    if (held.away == 0 && now > held.highest + kFarBehind)
        held.away = now;
    else
        held.highest = std::max(held.highest, now);
}

void truncate(sqlite3_pcache* cache, unsigned from) {
    Cache& held = mine(cache);
    if (held.away == 0 && from > held.highest) return;  // there is nothing
    sqlites_own.xTruncate(held.own, from);
    held.away = 0;
    held.highest = std::min(held.highest, from == 0 ? 0 : from - 1);
}

}  // namespace

void install_page_cache() {
    if (sqlite3_config(SQLITE_CONFIG_GETPCACHE2, &sqlites_own) != SQLITE_OK || sqlites_own.iVersion < 1) return;
    sqlite3_pcache_methods2 methods = sqlites_own;
    methods.xCreate = create;
    methods.xDestroy = destroy;
    methods.xCachesize = set_size;
    methods.xPagecount = count;
    methods.xFetch = fetch;
    methods.xUnpin = unpin;
    methods.xRekey = rekey;
    methods.xTruncate = truncate;
    methods.xShrink = shrink;
    sqlite3_config(SQLITE_CONFIG_PCACHE2, &methods);
}

}  // namespace banyan::store
