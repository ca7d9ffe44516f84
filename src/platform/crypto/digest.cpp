#include "platform/crypto/digest.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "platform/crypto/openssl.h"

namespace banyan::crypto {
namespace {

EVP_MD const* sm3_method() {
    static EVP_MD const* const method = EVP_MD_fetch(nullptr, "SM3", nullptr);
    must(method != nullptr, "fetching SM3");
    return method;
}

/// Contexts nobody of this thread uses at the moment. Several may be out: a digest inside a digest.
class Lender {
  public:
    EVP_MD_CTX* lend() {
        if (idle_.empty()) {
            EVP_MD_CTX* made = EVP_MD_CTX_new();
            must(made != nullptr, "a digest context");
            return made;
        }
        EVP_MD_CTX* context = idle_.back().release();
        idle_.pop_back();
        return context;
    }
    void give_back(EVP_MD_CTX* context) { idle_.emplace_back(context); }

  private:
    std::vector<DigestContext> idle_;
};
thread_local Lender lender;

struct Lent {
    EVP_MD_CTX* context = lender.lend();
    Lent() = default;
    ~Lent() { lender.give_back(context); }
    Lent(Lent const&) = delete;
    Lent& operator=(Lent const&) = delete;
};

void begin(EVP_MD_CTX* context) { must(EVP_DigestInit_ex2(context, sm3_method(), nullptr) == 1, "beginning SM3"); }
void feed(EVP_MD_CTX* context, std::string_view bytes) {
    must(EVP_DigestUpdate(context, bytes.data(), bytes.size()) == 1, "SM3");
}
Digest end(EVP_MD_CTX* context) {
    Digest digest;
    must(EVP_DigestFinal_ex(context, digest.data(), nullptr) == 1, "ending SM3");
    return digest;
}

}  // namespace

std::string hex(Digest const& digest) { return to_hex(view(digest)); }

std::string big_endian(std::int64_t n) {
    std::string bytes(8, '\0');
    for (int i = 7; i >= 0; --i, n >>= 8) bytes[static_cast<std::size_t>(i)] = static_cast<char>(n & 255);
    return bytes;
}

Sm3::Sm3() : context_(lender.lend()) { begin(context_); }
Sm3::~Sm3() { lender.give_back(context_); }

Sm3& Sm3::update(std::string_view bytes) {
    if (bytes.size() > gathered_.size() - size_) feed_gathered();
    if (bytes.size() > gathered_.size()) {
        feed(context_, bytes);
    } else {
        std::ranges::copy(bytes, gathered_.data() + size_);
        size_ += bytes.size();
    }
    return *this;
}

void Sm3::feed_gathered() {
    feed(context_, {gathered_.data(), size_});
    size_ = 0;
}

Sm3& Sm3::update_field(std::string_view bytes) {
    char length[8];
    for (int i = 0; i < 8; ++i) length[i] = static_cast<char>(bytes.size() >> (56 - 8 * i));
    return update({length, sizeof length}).update(bytes);
}

Digest Sm3::finish() {
    feed_gathered();
    return end(context_);
}

Digest sm3(std::string_view bytes) { return Sm3().update(bytes).finish(); }

// RFC 2104: H((key ^ opad) ‖ H((key ^ ipad) ‖ data)); both beginnings are computed once.
struct HmacSm3::Prepared {
    DigestContext inner{EVP_MD_CTX_new()}, outer{EVP_MD_CTX_new()};
};

HmacSm3::HmacSm3(std::string_view key) : prepared_(std::make_unique<Prepared>()) {
    must(prepared_->inner && prepared_->outer, "a digest context");
    std::array<unsigned char, 64> block{};
    if (key.size() > block.size()) {
        Digest shorter = sm3(key);
        std::ranges::copy(shorter, block.begin());
        OPENSSL_cleanse(shorter.data(), shorter.size());
    } else {
        std::ranges::copy(key, block.begin());
    }
    auto prepare = [&](EVP_MD_CTX* context, unsigned char pad) {
        std::array<unsigned char, 64> padded = block;
        for (unsigned char& byte : padded) byte ^= pad;
        begin(context);
        feed(context, {reinterpret_cast<char const*>(padded.data()), padded.size()});
        OPENSSL_cleanse(padded.data(), padded.size());
    };
    prepare(prepared_->inner.get(), 0x36);
    prepare(prepared_->outer.get(), 0x5c);
    OPENSSL_cleanse(block.data(), block.size());
}

HmacSm3::~HmacSm3() = default;
HmacSm3::HmacSm3(HmacSm3&&) noexcept = default;
HmacSm3& HmacSm3::operator=(HmacSm3&&) noexcept = default;

Digest HmacSm3::of(std::initializer_list<std::string_view> parts) const {
    Lent lent;
    must(EVP_MD_CTX_copy_ex(lent.context, prepared_->inner.get()) == 1, "HMAC");
    for (std::string_view part : parts) feed(lent.context, part);
    Digest inner = end(lent.context);
    must(EVP_MD_CTX_copy_ex(lent.context, prepared_->outer.get()) == 1, "HMAC");
    feed(lent.context, view(inner));
    return end(lent.context);
}

Digest hmac_sm3(std::string_view key, std::string_view data) { return HmacSm3(key).of({data}); }

bool equal(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

Digest merkle_root(std::span<Digest const> leaves) {
    if (leaves.empty()) return sm3({});
    std::vector<Digest> level;
    level.reserve(leaves.size());
    for (Digest const& leaf : leaves) level.push_back(Sm3().update({"\0", 1}).update(view(leaf)).finish());
    while (level.size() > 1) {
        std::size_t nodes = 0;
        for (std::size_t i = 0; i < level.size(); i += 2)  // a last one without a sister rises as it is
            level[nodes++] = i + 1 == level.size()
                                 ? level[i]
                                 : Sm3().update("\1").update(view(level[i])).update(view(level[i + 1])).finish();
        level.resize(nodes);
    }
    return level[0];
}

}  // namespace banyan::crypto
