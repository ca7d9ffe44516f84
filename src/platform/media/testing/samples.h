// platform/media/testing/samples.h: small files of each type, made here, with a name planted wherever the format
// has room for one.
#pragma once
#include <array>
#include <boost/crc.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "platform/media/parts.h"

namespace banyan::media::testing {

/// In the EXIF of jpeg(): a place, as its numbers lie there (26/1, 4/1, 1234/100).
inline constexpr std::string_view kGps{"\0\0\0\x1a\0\0\0\x01\0\0\0\x04\0\0\0\x01\0\0\x04\xd2\0\0\0\x64", 24};

inline std::string jpeg_segment(char marker, std::string_view content) {
    return std::string("\xff") + marker + big_bytes(content.size() + 2, 2) + std::string(content);
}

/// EXIF as a telephone writes it: who took it, how it is turned, where.
inline std::string exif(std::string_view name, int turned) {
    auto entry = [](int tag, int type, std::uint64_t count, std::uint64_t value) {
        return big_bytes(static_cast<std::uint64_t>(tag), 2) + big_bytes(static_cast<std::uint64_t>(type), 2) +
               big_bytes(count, 4) + big_bytes(value, 4);
    };
    std::size_t const after = 8 + 2 + 3 * 12 + 4, gps = after + name.size() + 1, places = gps + 2 + 12 + 4;
    std::string tiff{"MM\0*\0\0\0\x08\0\x03", 10};
    tiff += entry(0x0112, 3, 1, static_cast<std::uint64_t>(turned) << 16);
    tiff += entry(0x013b, 2, name.size() + 1, after);
    tiff += entry(0x8825, 4, 1, gps);
    tiff += big_bytes(0, 4) + std::string(name) + '\0';
    tiff += big_bytes(1, 2) + entry(2, 5, 3, places) + big_bytes(0, 4) + std::string(kGps);
    return std::string("Exif\0\0", 6) + tiff;
}

/// A grey picture of 8 by 8 points, as any viewer shows it. `point`: another grey, another picture.
inline std::string jpeg(std::string_view name, int turned = 1, unsigned char point = 0x3f) {
    std::string file = "\xff\xd8";
    file += jpeg_segment('\xe0', std::string_view("JFIF\0\x01\x01\0\0\x01\0\x01\0\0", 14));
    if (!name.empty()) {
        file += jpeg_segment('\xe1', exif(name, turned));
        file += jpeg_segment('\xe1', "http://ns.adobe.com/xap/1.0/" + std::string(1, '\0') + std::string(name));
        file += jpeg_segment('\xed', "Photoshop 3.0" + std::string(1, '\0') + std::string(name));
        file += jpeg_segment('\xfe', name);
        file += jpeg_segment('\xe5', name);
    }
    file += jpeg_segment('\xdb', '\0' + std::string(64, '\x01'));
    file += jpeg_segment('\xc0', std::string_view("\x08\0\x08\0\x08\x01\x01\x11\0", 9));
    for (char which : {'\x00', '\x10'}) file += jpeg_segment('\xc4', which + ("\x01" + std::string(16, '\0')));
    file += jpeg_segment('\xda', std::string_view("\x01\x01\0\0\x3f\0", 6));
    file += static_cast<char>(point & 0x3fU);
    file += "\xff\xd9";
    if (!name.empty()) file += std::string(name);  // behind the end
    return file;
}

inline std::string png_chunk(std::string_view type, std::string_view content) {
    std::string const both = std::string(type) + std::string(content);
    boost::crc_32_type sum;
    sum.process_bytes(both.data(), both.size());
    return big_bytes(content.size(), 4) + both + big_bytes(sum.checksum(), 4);
}

inline std::string png(std::string_view name) {
    std::string file = "\x89PNG\r\n\x1a\n";
    file += png_chunk("IHDR", std::string_view("\0\0\0\x01\0\0\0\x01\x08\0\0\0\0", 13));
    if (!name.empty()) {
        file += png_chunk("tEXt", "Author" + std::string(1, '\0') + std::string(name));
        file += png_chunk("iTXt", "XML:com.adobe.xmp" + std::string(5, '\0') + std::string(name));
        file += png_chunk("eXIf", exif(name, 6).substr(6));
    }
    file += png_chunk("IDAT", std::string_view("\x78\x9c\x63\x68\x00\x00\x00\x82\x00\x81", 10));
    return file + png_chunk("IEND", "");
}

inline std::string riff_chunk(std::string_view type, std::string_view content) {
    std::string chunk = std::string(type) + little_bytes(content.size(), 4) + std::string(content);
    return content.size() % 2 == 0 ? chunk : chunk + '\0';
}
inline std::string riff(std::string_view form, std::string const& chunks) {
    return "RIFF" + little_bytes(chunks.size() + 4, 4) + std::string(form) + chunks;
}

inline std::string webp(std::string_view name) {
    std::string chunks = riff_chunk("VP8X", std::string_view("\x0c\0\0\0\0\0\0\0\0\0", 10));
    chunks += riff_chunk("VP8L", std::string_view("\x2f\0\0\0\0\x07\x10\xfd\x8f\xfe\x07\x22\xa2\xff\x01\0\0", 17));
    if (!name.empty()) {
        chunks += riff_chunk("EXIF", exif(name, 6).substr(6));
        chunks += riff_chunk("XMP ", name);
    }
    return riff("WEBP", chunks);
}

inline std::string wav(std::string_view name, std::size_t length = 160) {
    std::string chunks = riff_chunk("fmt ", little_bytes(1, 2) + little_bytes(1, 2) + little_bytes(8000, 4) +
                                                little_bytes(8000, 4) + little_bytes(1, 2) + little_bytes(8, 2));
    if (!name.empty()) chunks += riff_chunk("LIST", "INFO" + riff_chunk("IART", name));
    return riff("WAVE", chunks + riff_chunk("data", std::string(length, '\x80')));
}

inline std::string amr() {
    std::string file = "#!AMR\n";
    for (int frame = 0; frame < 5; ++frame) file += '\x3c' + std::string(31, '\x55');
    return file;
}

inline std::string mp3(std::string_view name) {
    std::string file;
    if (!name.empty()) {
        std::string const frame =
            "TPE1" + big_bytes(name.size() + 1, 4) + std::string(3, '\0') + std::string(name);
        file = "ID3\x03" + std::string(5, '\0') + static_cast<char>(frame.size()) + frame;
    }
    for (int frame = 0; frame < 6; ++frame) file += "\xff\xfb\x90\xc4" + std::string(413, '\0');
    if (!name.empty()) file += "TAG" + std::string(name) + std::string(125 - name.size(), '\0');
    return file;
}

inline std::string box(std::string_view type, std::string const& content) {
    return big_bytes(content.size() + 8, 4) + std::string(type) + content;
}

/// `sort`: of its track.
inline std::string mp4(std::string_view name, std::string_view sort) {
    std::string const handler =
        box("hdlr", std::string(8, '\0') + std::string(sort) + std::string(12, '\0') + std::string(name) + '\0');
    std::string moov = box("mvhd", std::string(100, '\0')) +
                       box("trak", box("tkhd", std::string(84, '\0')) + box("mdia", handler + box("minf", "")));
    if (!name.empty()) {
        moov += box("udta", box("\xa9xyz", "+26.07+119.30/" + std::string(name)));
        moov += box("meta", std::string(name));
    }
    std::string file = box("ftyp", "isom" + big_bytes(512, 4) + "isommp41");
    if (!name.empty()) file += box("uuid", std::string(16, 'u') + std::string(name));
    return file + box("moov", moov) + box("free", std::string(name)) + box("mdat", std::string(64, '\x11'));
}

/// One page with a photograph on it; made by `name`; greets with a script.
inline std::string pdf(std::string_view name) {
    std::string const photograph = jpeg(name, 6);
    std::vector<std::string> const objects{
        "<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 5 0 R/Resources<</XObject<</P 4 0 R>>>>"
        "/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 1 1]/T(" +
            std::string(name) + ")/Contents(note)>>]>>",
        "<</Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode"
        "/Length " +
            std::to_string(photograph.size()) + ">>\nstream\n" + photograph + "\nendstream",
        "<</Length 26>>\nstream\nq 100 0 0 100 0 0 cm /P Do\nendstream",
        "<</Author(" + std::string(name) + ")/Creator(a program)>>"};
    std::string file = "%PDF-1.4\n";
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        places.push_back(file.size());
        file += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    std::size_t const table = file.size();
    file += "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n";
    for (std::size_t place : places) {
        std::string const digits = std::to_string(place);
        file += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
    }
    return file + "trailer\n<</Size " + std::to_string(objects.size() + 1) +
           "/Root 1 0 R/Info 6 0 R>>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
}

}  // namespace banyan::media::testing
