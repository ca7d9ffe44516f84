#include "platform/crypto/sm4.h"

#include "platform/crypto/openssl.h"
#include "platform/crypto/secret.h"

namespace banyan::crypto {
namespace {

/// One for each thread, with the key it had last: nearly every text is sealed with the newest.
class Cipher {
  public:
    Cipher() : context_(EVP_CIPHER_CTX_new()) {
        static EVP_CIPHER const* const method = EVP_CIPHER_fetch(nullptr, "SM4-CTR", nullptr);
        must(method != nullptr, "fetching SM4-CTR");
        must(context_ && EVP_EncryptInit_ex2(context_.get(), method, nullptr, nullptr, nullptr) == 1,
             "an SM4 context");
    }
    EVP_CIPHER_CTX* with(std::string_view key, std::string_view iv) {
        unsigned char const* other = key == key_.view() ? nullptr : bytes(key);
        must(EVP_EncryptInit_ex2(context_.get(), nullptr, other, bytes(iv), nullptr) == 1, "an SM4 key");
        if (other != nullptr) key_ = Secret(std::string(key));
        return context_.get();
    }

  private:
    CipherContext context_;
    Secret key_;
};

}  // namespace

void sm4_ctr(std::string_view key, std::string_view iv, std::string_view text, char* out) {
    must(key.size() == 16 && iv.size() == 16, "SM4 takes 16 bytes");
    must(text.size() < (1u << 30), "SM4 takes less than a GiB at once");
    thread_local Cipher cipher;
    EVP_CIPHER_CTX* context = cipher.with(key, iv);
    int written = 0;
    must(EVP_EncryptUpdate(context, reinterpret_cast<unsigned char*>(out), &written, bytes(text),
                           static_cast<int>(text.size())) == 1 &&
             written == static_cast<int>(text.size()),
         "SM4");
}

std::string sm4_ctr(std::string_view key, std::string_view iv, std::string_view text) {
    std::string out(text.size(), '\0');
    sm4_ctr(key, iv, text, out.data());
    return out;
}

}  // namespace banyan::crypto
