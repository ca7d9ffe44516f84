// platform/media/media.h: what an uploaded file is, told by its own bytes, and what of it is kept.
//
// A file is not filtered but written anew: what a picture, sound or film needs to be seen or heard is copied piece
// by piece, all else stays behind: EXIF but for the turn of the picture, GPS, XMP, IPTC, comments, thumbnails,
// names of devices and people, and whatever hangs on at the end. So nothing comes through that is not known here,
// and a file that is two things at once is one afterwards. What cannot be read to its end is refused. Why without
// a library: docs/decisions/0009-cleaning-files.md
//
// Pure: any thread; at most twice the file's size in memory.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace banyan::media {

struct Clean {
    std::string type;  ///< "image/jpeg"
    std::string bytes;
};

/// The type by its first bytes: image/jpeg, image/png, image/webp, audio/mpeg, audio/wav, audio/amr, audio/amr-wb,
/// audio/mp4, video/mp4, application/pdf; empty: none of these.
std::string_view type_of(std::string_view bytes);

/// Refused: file.empty, file.type, file.broken (`why`).
Result<Clean> clean(std::string_view bytes);

}  // namespace banyan::media
