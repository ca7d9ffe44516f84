// platform/media/pdf.h: PDF by qpdf, told and answered in types that C++17 knows. Private to the folder.
#pragma once
#include <functional>
#include <string>
#include <string_view>

namespace banyan::media {

/// Cleans a JPEG in place; false: it is damaged.
using CleanPicture = std::function<bool(std::string& picture)>;

struct WrittenPdf {
    std::string bytes, why;  ///< `why`: it was not written
};
WrittenPdf write_pdf_anew(std::string_view bytes, CleanPicture const& clean);

}  // namespace banyan::media
