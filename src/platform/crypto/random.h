// platform/crypto/random.h: randomness for keys, ids, tokens and one-time codes.
//
// The kernel's generator, read ahead per thread; each byte is wiped when it is handed out. A process that forks
// must not draw in parent and child alike (nothing here forks).
#pragma once
#include <cstddef>
#include <span>
#include <string>

namespace banyan::crypto {

void fill_random(std::span<unsigned char> bytes);
std::string random_bytes(std::size_t count);
std::string random_digits(std::size_t count);  ///< each of 0–9 equally likely

}  // namespace banyan::crypto
