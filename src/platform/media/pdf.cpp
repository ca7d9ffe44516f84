// PDF (ISO 32000): written anew from what its pages reach, without who made it, what acts by itself, and files
// inside the file; pictures in it are cleaned as pictures are.
#include "platform/media/pdf.h"

#include "platform/media/parts.h"

namespace banyan::media {

Cleaned clean_pdf(std::string_view bytes) {
    WrittenPdf made = write_pdf_anew(bytes, [](std::string& picture) {
        Cleaned cleaned = clean_jpeg(picture);
        if (cleaned) picture = std::move(*cleaned);
        return cleaned.has_value();
    });
    if (!made.why.empty()) return broken(made.why);
    return std::move(made.bytes);
}

}  // namespace banyan::media
