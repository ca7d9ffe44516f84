// platform/store/flat_map.h: a hash table in memory whose entries lie side by side.
//
// For what is asked at every step: one look at a cache line, where std::unordered_map follows two or three
// pointers. Entries move when it grows: keep no reference to one over an insertion.
#pragma once
#include <boost/unordered/unordered_flat_map.hpp>
#include <functional>

namespace banyan::store {

template <class Key, class Value, class Hash = boost::hash<Key>>
using FlatMap = boost::unordered_flat_map<Key, Value, Hash, std::equal_to<>>;

template <class Key, class Value, class Hash, class Gone>
void erase_if(FlatMap<Key, Value, Hash>& map, Gone const& gone) {
    boost::unordered::erase_if(map, gone);
}

}  // namespace banyan::store
