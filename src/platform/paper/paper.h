// platform/paper/paper.h: a page of A4 as PDF (ISO 32000): words, lines, a pattern of squares; all of libharu. Why
// this library: docs/decisions/0012-pdf.md
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace banyan::paper {

inline constexpr std::string_view kPdfType = "application/pdf";

/// Lengths in millimetres from the top left corner of 210 × 297; sizes of letters in points.
///
/// Chinese is set in SimSun, which is named and not embedded: readers have it, or one in its place. What GBK does
/// not have becomes "?".
class Page {
  public:
    explicit Page(std::string_view title);
    ~Page();
    Page(Page const&) = delete;

    enum class Align { left, centre };
    void words(double left, double top, double size, std::string_view text, Align align = Align::left);
    void line(double from_left, double from_top, double to_left, double to_top, double width = 0.3);
    void frame(double left, double top, double width, double height, double line_width = 0.3);
    /// A square of `width` × `width` modules, the dark ones filled, row after row (a QR code: platform/qr).
    void modules(double left, double top, double side, int width, std::vector<bool> const& dark);

    std::string bytes() const;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace banyan::paper
