// MP4 and M4A (ISO 14496-12): boxes. What is not needed to play it becomes `free`, filled with zeros: so nothing
// moves, and the tables that say where a picture begins stay right.
#include <algorithm>
#include <array>

#include "platform/media/parts.h"

namespace banyan::media {
namespace {

using namespace std::literals;

constexpr std::array kContainers{"moov"sv, "trak"sv, "edts"sv, "mdia"sv, "minf"sv, "dinf"sv,
                                 "stbl"sv, "mvex"sv, "moof"sv, "traf"sv, "mfra"sv};
constexpr std::array kKept{"ftyp"sv, "styp"sv, "mdat"sv, "mvhd"sv, "tkhd"sv, "elst"sv, "mdhd"sv,
                           "vmhd"sv, "smhd"sv, "nmhd"sv, "dref"sv, "stsd"sv, "stts"sv, "ctts"sv,
                           "cslg"sv, "stss"sv, "stsc"sv, "stsz"sv, "stz2"sv, "stco"sv, "co64"sv,
                           "sgpd"sv, "sbgp"sv, "sdtp"sv, "mehd"sv, "trex"sv, "mfhd"sv, "tfhd"sv,
                           "tfdt"sv, "trun"sv, "sidx"sv, "tfra"sv, "mfro"sv, "tref"sv};

template <class List>
bool among(List const& list, std::string_view word) {
    return std::ranges::find(list, word) != list.end();
}

class Boxes {
  public:
    explicit Boxes(std::string_view bytes) : out_(bytes) {}

    Cleaned clean() {
        BANYAN_CHECK(walk(0, out_.size(), 0));
        if (!described_ || !content_ || tracks_ == 0) return broken("part");
        return std::move(out_);
    }
    bool pictures() const { return pictures_; }

  private:
    Result<void> walk(std::size_t at, std::size_t end, int depth) {
        if (depth > 8) return broken("part");
        while (at < end) {
            if (end - at < 8) return broken("end");
            std::uint64_t size = big(view(at, 4));
            std::string const type(view(at + 4, 4));
            std::size_t head = 8;
            if (size == 1) {
                if (end - at < 16) return broken("end");
                size = big(view(at + 8, 8));
                head = 16;
            } else if (size == 0 && depth == 0) {
                size = end - at;
            }
            if (size < head || size > end - at) return broken("length");
            std::size_t const next = at + static_cast<std::size_t>(size);
            BANYAN_CHECK(box(type, at + 4, at + head, next, depth));
            at = next;
        }
        return {};
    }

    Result<void> box(std::string const& type, std::size_t name, std::size_t from, std::size_t to, int depth) {
        described_ = described_ || type == "moov";
        content_ = content_ || type == "mdat";
        if (type == "trak") ++tracks_;
        if (type == "hdlr") return handler(from, to);
        if (among(kContainers, type)) return walk(from, to, depth + 1);
        if (among(kKept, type)) return {};
        out_.replace(name, 4, "free");
        std::fill(out_.begin() + static_cast<std::ptrdiff_t>(from), out_.begin() + static_cast<std::ptrdiff_t>(to),
                  '\0');
        return {};
    }

    /// Which sort of track; its name is taken out. A track of positions or of text is no film.
    Result<void> handler(std::size_t from, std::size_t to) {
        if (to - from < 24) return broken("length");
        std::string_view const sort = view(from + 8, 4);
        if (sort != "vide" && sort != "soun") return broken("track");
        pictures_ = pictures_ || sort == "vide";
        std::fill(out_.begin() + static_cast<std::ptrdiff_t>(from + 12),
                  out_.begin() + static_cast<std::ptrdiff_t>(to), '\0');
        return {};
    }

    std::string_view view(std::size_t at, std::size_t size) const {
        return std::string_view(out_).substr(at, size);
    }

    std::string out_;
    bool described_ = false, content_ = false, pictures_ = false;
    int tracks_ = 0;
};

}  // namespace

Cleaned clean_iso(std::string_view bytes) { return Boxes(bytes).clean(); }

bool only_sound(std::string_view bytes) {
    Boxes boxes(bytes);
    return boxes.clean() && !boxes.pictures();
}

}  // namespace banyan::media
