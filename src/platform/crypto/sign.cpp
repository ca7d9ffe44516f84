#include "platform/crypto/sign.h"

#include <openssl/core_names.h>
#include <openssl/pem.h>

#include "base/text.h"
#include "platform/crypto/digest.h"
#include "platform/crypto/openssl.h"

namespace banyan::crypto {
namespace {

constexpr std::string_view kSm2Id = "1234567812345678";

char const* type_name(SigningKey::Kind kind) { return kind == SigningKey::Kind::sm2 ? "SM2" : "ED25519"; }

/// A digest context ready for EVP_DigestSignInit and its sister, and the key context it borrows.
struct Operation {
    KeyContext key;
    DigestContext digest;
    EVP_MD const* method = nullptr;  ///< Ed25519 brings its own

    Operation(SigningKey::Kind kind, EVP_PKEY* pkey)
        : key(EVP_PKEY_CTX_new_from_pkey(nullptr, pkey, nullptr)), digest(EVP_MD_CTX_new()) {
        must(key && digest, "a signing context");
        if (kind == SigningKey::Kind::sm2) {
            must(EVP_PKEY_CTX_set1_id(key.get(), kSm2Id.data(), static_cast<int>(kSm2Id.size())) == 1,
                 "the SM2 id");
            method = EVP_sm3();
        }
        EVP_MD_CTX_set_pkey_ctx(digest.get(), key.get());
    }
};

std::string public_bytes(SigningKey::Kind kind, EVP_PKEY* key) {
    std::string out(kind == SigningKey::Kind::sm2 ? 65 : 32, '\0');
    std::size_t size = 0;
    bool worked =
        kind == SigningKey::Kind::sm2
            ? EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, bytes(out), out.size(), &size) == 1
            : EVP_PKEY_get_raw_public_key(key, bytes(out), &(size = out.size())) == 1;
    must(worked && size == out.size(), "the public key");
    return out;
}

PKey public_key_of(SigningKey::Kind kind, std::string_view point) {
    if (kind == SigningKey::Kind::ed25519)
        return PKey(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes(point), point.size()));
    KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr));
    char group[] = "SM2";
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, const_cast<char*>(point.data()), point.size()),
        OSSL_PARAM_construct_end()};
    EVP_PKEY* made = nullptr;
    if (context && EVP_PKEY_fromdata_init(context.get()) == 1)
        EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, params);
    return PKey(made);
}

}  // namespace

struct SigningKey::Private {
    PKey key;
};

SigningKey::SigningKey(Kind kind, std::unique_ptr<Private> key)
    : kind_(kind),
      private_(std::move(key)),
      public_key_(public_bytes(kind, private_->key.get())),
      id_(key_id(public_key_)) {}
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;
SigningKey::~SigningKey() = default;

SigningKey SigningKey::generate(Kind kind) {
    PKey key(EVP_PKEY_Q_keygen(nullptr, nullptr, type_name(kind)));
    must(key != nullptr, "generating a signing key");
    return SigningKey(kind, std::make_unique<Private>(Private{std::move(key)}));
}

SigningKey SigningKey::from_pem(std::string_view pem) {
    Memory in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    must(in != nullptr, "memory");
    // An empty password: a key that has one is refused instead of asked for on the terminal.
    char none[] = "";
    PKey key(PEM_read_bio_PrivateKey_ex(in.get(), nullptr, nullptr, none, nullptr, nullptr));
    must(key != nullptr, "reading a signing key");
    for (Kind kind : {Kind::sm2, Kind::ed25519})
        if (EVP_PKEY_is_a(key.get(), type_name(kind)) == 1)
            return SigningKey(kind, std::make_unique<Private>(Private{std::move(key)}));
    throw std::runtime_error("the signing key is neither SM2 nor Ed25519");
}

Secret SigningKey::to_pem() const {
    Memory out(BIO_new(BIO_s_secmem()));
    must(out && PEM_write_bio_PKCS8PrivateKey(out.get(), private_->key.get(), nullptr, nullptr, 0, nullptr,
                                              nullptr) == 1,
         "writing a signing key");
    char* text = nullptr;
    long size = BIO_get_mem_data(out.get(), &text);
    return Secret(std::string(text, static_cast<std::size_t>(size)));
}

std::string SigningKey::sign(std::string_view message) const {
    Operation with(kind_, private_->key.get());
    must(EVP_DigestSignInit(with.digest.get(), nullptr, with.method, nullptr, private_->key.get()) == 1,
         "signing");
    std::string signature(128, '\0');
    std::size_t size = signature.size();
    must(EVP_DigestSign(with.digest.get(), bytes(signature), &size, bytes(message), message.size()) == 1,
         "signing");
    signature.resize(size);
    return signature;
}

std::string_view text(SigningKey::Kind kind) { return kind == SigningKey::Kind::sm2 ? "sm2" : "ed25519"; }

std::string key_id(std::string_view public_key) { return to_hex(view(sm3(public_key)).substr(0, 8)); }

bool verify(SigningKey::Kind kind, std::string_view public_key, std::string_view message,
            std::string_view signature) {
    PKey key = public_key_of(kind, public_key);
    bool good = false;
    if (key) {
        Operation with(kind, key.get());
        good = EVP_DigestVerifyInit(with.digest.get(), nullptr, with.method, nullptr, key.get()) == 1 &&
               EVP_DigestVerify(with.digest.get(), bytes(signature), signature.size(), bytes(message),
                                message.size()) == 1;
    }
    ERR_clear_error();  // what was wrong with a stranger's bytes is nobody's error
    return good;
}

}  // namespace banyan::crypto
