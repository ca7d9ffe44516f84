#include "platform/pack/pack.h"

#include <zstd.h>

#include <algorithm>
#include <new>
#include <stdexcept>
#include <vector>

namespace banyan::pack {
namespace {

constexpr int kLevel = 3;  ///< 0.3 us more than 1, and 4 % shorter

template <class Made, auto end>
struct Ending {
    void operator()(Made* made) const { end(made); }
};
template <class Made, auto end>
using Held = std::unique_ptr<Made, Ending<Made, end>>;

std::size_t checked(std::size_t code) {
    if (ZSTD_isError(code) != 0) throw std::runtime_error(std::string("zstd: ") + ZSTD_getErrorName(code));
    return code;
}

/// A worker of this thread: some hundred kilobytes, once.
ZSTD_CCtx& packer() {
    thread_local Held<ZSTD_CCtx, ZSTD_freeCCtx> const context(ZSTD_createCCtx());
    if (!context) throw std::bad_alloc();
    return *context;
}

ZSTD_DCtx& unpacker() {
    thread_local Held<ZSTD_DCtx, ZSTD_freeDCtx> const context(ZSTD_createDCtx());
    if (!context) throw std::bad_alloc();
    return *context;
}

}  // namespace

struct Packing::Tables {
    explicit Tables(std::string_view dictionary)
        : number(ZSTD_getDictID_fromDict(dictionary.data(), dictionary.size())),
          in(ZSTD_createCDict(dictionary.data(), dictionary.size(), kLevel)),
          out(ZSTD_createDDict(dictionary.data(), dictionary.size())) {
        if (number == 0 || !in || !out) throw std::runtime_error("not a dictionary of zstd");
    }
    unsigned number;
    Held<ZSTD_CDict, ZSTD_freeCDict> in;
    Held<ZSTD_DDict, ZSTD_freeDDict> out;
};

Packing::Packing(std::string_view dictionary) : tables_(std::make_unique<Tables const>(dictionary)) {}
Packing::~Packing() = default;

std::string Packing::pack(std::string_view text) const {
    thread_local std::vector<char> room;  // as long as the longest text asks for
    room.resize(std::max(room.size(), ZSTD_compressBound(text.size())));
    std::size_t const size = checked(ZSTD_compress_usingCDict(&packer(), room.data(), room.size(), text.data(),
                                                              text.size(), tables_->in.get()));
    return {room.data(), size};
}

std::optional<std::string> Packing::unpack(std::string_view frame, std::size_t most) const {
    if (ZSTD_getDictID_fromFrame(frame.data(), frame.size()) != tables_->number) return std::nullopt;
    if (ZSTD_findFrameCompressedSize(frame.data(), frame.size()) != frame.size()) return std::nullopt;
    unsigned long long const size = ZSTD_getFrameContentSize(frame.data(), frame.size());
    if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > most) return std::nullopt;
    std::string text;
    text.resize(static_cast<std::size_t>(size));
    std::size_t const made = ZSTD_decompress_usingDDict(&unpacker(), text.data(), text.size(), frame.data(),
                                                        frame.size(), tables_->out.get());
    if (ZSTD_isError(made) != 0 || made != text.size()) return std::nullopt;
    return text;
}

}  // namespace banyan::pack
