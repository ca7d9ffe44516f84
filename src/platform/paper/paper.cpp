#include "platform/paper/paper.h"

#include <hpdf.h>
#include <iconv.h>

#include <cmath>
#include <stdexcept>

namespace banyan::paper {
namespace {

constexpr double kPoint = 72.0 / 25.4;  ///< points in a millimetre
constexpr double kHeight = 297;

void fail(HPDF_STATUS error, HPDF_STATUS detail, void*) {
    throw std::runtime_error("libharu: error " + std::to_string(error) + ", " + std::to_string(detail));
}

/// Character by character, so that one that GBK lacks costs only itself.
std::string gbk_of(std::string_view text) {
    std::unique_ptr<std::remove_pointer_t<iconv_t>, decltype(&iconv_close)> const to(iconv_open("GBK", "UTF-8"),
                                                                                     iconv_close);
    std::string made;
    while (!text.empty()) {
        std::size_t length = 1;
        while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) ++length;
        std::string sign(text.substr(0, length));
        text.remove_prefix(length);
        char out[4];
        char *in = sign.data(), *at = out;
        std::size_t left = sign.size(), room = sizeof out;
        iconv(to.get(), nullptr, nullptr, nullptr, nullptr);
        made += iconv(to.get(), &in, &left, &at, &room) == static_cast<std::size_t>(-1)
                    ? "?"
                    : std::string(out, sizeof out - room);
    }
    return made;
}

}  // namespace

struct Page::Parts {
    HPDF_Doc document = HPDF_New(fail, nullptr);
    HPDF_Page page = nullptr;
    HPDF_Font font = nullptr;
    ~Parts() { HPDF_Free(document); }
};

Page::Page(std::string_view title) : parts_(std::make_unique<Parts>()) {
    HPDF_Doc const document = parts_->document;
    HPDF_SetCompressionMode(document, HPDF_COMP_ALL);
    HPDF_UseCNSFonts(document);
    HPDF_UseCNSEncodings(document);
    HPDF_SetInfoAttr(document, HPDF_INFO_CREATOR, "Banyan");
    // Latin-1 or UTF-16 with its mark: a title of other signs is left to the page itself.
    if (std::string const plain(title); plain.find_first_not_of(" -~") == std::string::npos)
        HPDF_SetInfoAttr(document, HPDF_INFO_TITLE, plain.c_str());
    parts_->page = HPDF_AddPage(document);
    HPDF_Page_SetSize(parts_->page, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
    parts_->font = HPDF_GetFont(document, "SimSun", "GBK-EUC-H");
}

Page::~Page() = default;

void Page::words(double left, double top, double size, std::string_view text, Align align) {
    HPDF_Page const page = parts_->page;
    std::string const set = gbk_of(text);
    HPDF_Page_BeginText(page);
    HPDF_Page_SetFontAndSize(page, parts_->font, static_cast<float>(size));
    double const width = HPDF_Page_TextWidth(page, set.c_str());
    double const x = left * kPoint - (align == Align::centre ? width / 2 : 0);
    HPDF_Page_TextOut(page, static_cast<float>(x), static_cast<float>((kHeight - top) * kPoint - size),
                      set.c_str());
    HPDF_Page_EndText(page);
}

void Page::line(double from_left, double from_top, double to_left, double to_top, double width) {
    HPDF_Page const page = parts_->page;
    HPDF_Page_SetLineWidth(page, static_cast<float>(width * kPoint));
    HPDF_Page_MoveTo(page, static_cast<float>(from_left * kPoint),
                     static_cast<float>((kHeight - from_top) * kPoint));
    HPDF_Page_LineTo(page, static_cast<float>(to_left * kPoint), static_cast<float>((kHeight - to_top) * kPoint));
    HPDF_Page_Stroke(page);
}

void Page::frame(double left, double top, double width, double height, double line_width) {
    HPDF_Page const page = parts_->page;
    HPDF_Page_SetLineWidth(page, static_cast<float>(line_width * kPoint));
    HPDF_Page_Rectangle(page, static_cast<float>(left * kPoint),
                        static_cast<float>((kHeight - top - height) * kPoint), static_cast<float>(width * kPoint),
                        static_cast<float>(height * kPoint));
    HPDF_Page_Stroke(page);
}

void Page::modules(double left, double top, double side, int width, std::vector<bool> const& dark) {
    HPDF_Page const page = parts_->page;
    double const one = side / width;
    for (int row = 0; row < width; ++row)
        for (int column = 0; column < width; ++column)
            if (dark[static_cast<std::size_t>(row * width + column)])
                HPDF_Page_Rectangle(page, static_cast<float>((left + column * one) * kPoint),
                                    static_cast<float>((kHeight - top - (row + 1) * one) * kPoint),
                                    static_cast<float>(one * kPoint), static_cast<float>(one * kPoint));
    HPDF_Page_Fill(page);
}

std::string Page::bytes() const {
    HPDF_SaveToStream(parts_->document);
    std::string all(HPDF_GetStreamSize(parts_->document), '\0');
    auto size = static_cast<HPDF_UINT32>(all.size());
    HPDF_ReadFromStream(parts_->document, reinterpret_cast<HPDF_BYTE*>(all.data()), &size);
    all.resize(size);
    return all;
}

}  // namespace banyan::paper
