// All of qpdf, in C++17: its headers do not read as C++23 everywhere.
#define POINTERHOLDER_TRANSITION 4  // its old pointers are not ours
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFWriter.hh>

#include <array>
#include <memory>

#include "platform/media/pdf.h"

namespace banyan::media {
namespace {

/// Of any dictionary: what tells of people and programs, and what acts when it is opened or touched.
constexpr std::array kTold{"/Metadata", "/PieceInfo", "/LastModified", "/AA", "/OpenAction", "/JS", "/AF", "/XFA"};
/// Of an annotation: who wrote it, and when.
constexpr std::array kOfNotes{"/T", "/M", "/CreationDate", "/FS", "/NM"};

bool acts(QPDFObjectHandle action) {
    if (!action.isDictionary()) return false;
    QPDFObjectHandle sort = action.getKey("/S");
    // Links that lead on in it, and to a page of the web that somebody must choose to open.
    return !(sort.isName() && (sort.getName() == "/GoTo" || sort.getName() == "/URI"));
}

void clean_dictionary(QPDFObjectHandle dictionary) {
    for (char const* key : kTold) dictionary.removeKey(key);
    if (acts(dictionary.getKey("/A"))) dictionary.removeKey("/A");
    QPDFObjectHandle sort = dictionary.getKey("/Subtype");
    if (sort.isName() && dictionary.hasKey("/Rect") && sort.getName() != "/Widget")
        for (char const* key : kOfNotes) dictionary.removeKey(key);
}

/// A dictionary inside another has no number of its own: looked for below each that has.
void clean_inside(QPDFObjectHandle object, int depth) {
    if (depth > 50) return;
    if (object.isStream()) object = object.getDict();
    if (object.isDictionary()) {
        clean_dictionary(object);
        for (std::string const& key : object.getKeys())
            if (QPDFObjectHandle inner = object.getKey(key); !inner.isIndirect()) clean_inside(inner, depth + 1);
    } else if (object.isArray()) {
        for (int i = 0; i < object.getArrayNItems(); ++i)
            if (QPDFObjectHandle inner = object.getArrayItem(i); !inner.isIndirect())
                clean_inside(inner, depth + 1);
    }
}

/// False: it is damaged.
bool clean_picture(QPDFObjectHandle stream, CleanPicture const& clean) {
    QPDFObjectHandle filter = stream.getDict().getKey("/Filter");
    if (filter.isArray() && filter.getArrayNItems() == 1) filter = filter.getArrayItem(0);
    if (!filter.isName() || filter.getName() != "/DCTDecode") return true;
    auto const raw = stream.getRawStreamData();
    std::string picture(reinterpret_cast<char const*>(raw->getBuffer()), raw->getSize());
    if (!clean(picture)) return false;
    stream.replaceStreamData(picture, filter, stream.getDict().getKey("/DecodeParms"));
    return true;
}

WrittenPdf written_anew(std::string_view bytes, CleanPicture const& clean) {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.setAttemptRecovery(false);
    pdf.processMemoryFile("upload", bytes.data(), bytes.size());
    if (pdf.isEncrypted()) return {{}, "password"};
    if (pdf.getAllPages().empty()) return {{}, "part"};
    pdf.getTrailer().removeKey("/Info");
    QPDFObjectHandle root = pdf.getRoot();
    QPDFObjectHandle names = root.getKey("/Names");
    if (names.isDictionary()) {
        names.removeKey("/JavaScript");
        names.removeKey("/EmbeddedFiles");
    }
    root.removeKey("/Collection");
    for (QPDFObjectHandle object : pdf.getAllObjects()) {
        clean_inside(object, 0);
        if (object.isStream() && !clean_picture(object, clean)) return {{}, "picture"};
    }
    QPDFWriter writer(pdf);
    writer.setOutputMemory();
    writer.setObjectStreamMode(qpdf_o_disable);  // in the open: what it holds can be looked at
    writer.setDecodeLevel(qpdf_dl_none);
    writer.setCompressStreams(false);
    writer.write();
    std::unique_ptr<Buffer> const out(writer.getBuffer());
    return {std::string(reinterpret_cast<char const*>(out->getBuffer()), out->getSize()), {}};
}

}  // namespace

WrittenPdf write_pdf_anew(std::string_view bytes, CleanPicture const& clean) {
    try {
        return written_anew(bytes, clean);
    } catch (std::exception const&) {  // the library's way to say that it cannot read it
        return {{}, "part"};
    }
}

}  // namespace banyan::media
