// platform/crypto/sm4.h: SM4 (GB/T 32907) in counter mode: encrypts and decrypts alike, hides lengths not at all,
// and proves nothing: use seal.h.
#pragma once
#include <string>
#include <string_view>

namespace banyan::crypto {

/// REQUIRES: key and iv of 16 bytes, the pair never used for another text. Writes text.size() bytes.
void sm4_ctr(std::string_view key, std::string_view iv, std::string_view text, char* out);
std::string sm4_ctr(std::string_view key, std::string_view iv, std::string_view text);

}  // namespace banyan::crypto
