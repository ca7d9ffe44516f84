#include "kernel/engine/tar.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <stdexcept>
#include <system_error>

namespace banyan {
namespace {

constexpr std::size_t kBlock = 512;
constexpr std::size_t kPage = 1 << 16;

// Where the fields of a header lie: offset, length.
struct Place {
    std::size_t at, length;
};
constexpr Place kName{0, 100}, kMode{100, 8}, kUser{108, 8}, kGroup{116, 8}, kSize{124, 12}, kTime{136, 12},
    kSum{148, 8}, kType{156, 1}, kMagic{257, 8}, kPrefix{345, 155};

[[noreturn]] void fail(std::string const& what) { throw std::system_error(errno, std::generic_category(), what); }

void put(std::string& header, Place place, std::string_view text) { header.replace(place.at, text.size(), text); }

void put_number(std::string& header, Place place, std::int64_t n) {
    if (n >=
        std::int64_t{1} << (3 * (place.length - 1))) {  // too long for octal digits: big-endian, first bit set
        for (std::size_t i = 0; i < 8; ++i)
            header[place.at + place.length - 1 - i] = static_cast<char>(n >> (8 * i) & 255);
        for (std::size_t i = 0; i < place.length - 8; ++i)
            header[place.at + i] = i == 0 ? static_cast<char>(0x80) : '\0';
        return;
    }
    for (std::size_t i = place.length - 1; i-- > 0; n >>= 3)
        header[place.at + i] = static_cast<char>('0' + (n & 7));
}

std::optional<std::int64_t> number(std::string_view header, Place place) {
    std::string_view const field = header.substr(place.at, place.length);
    if (field[0] & 0x80) {
        std::int64_t n = 0;
        for (char c : field.substr(field.size() - 8)) n = n << 8 | static_cast<unsigned char>(c);
        return n < 0 ? std::nullopt : std::optional(n);
    }
    std::int64_t n = 0;
    std::size_t const end = std::min(field.find_first_of(std::string_view("\0 ", 2)), field.size());
    auto const [stop, error] = std::from_chars(field.data(), field.data() + end, n, 8);
    if (error != std::errc() || stop != field.data() + end) return std::nullopt;
    return n;
}

/// Over the header with its own field blank.
std::int64_t sum_of(std::string_view header) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < header.size(); ++i)
        sum += i >= kSum.at && i < kSum.at + kSum.length ? ' ' : static_cast<unsigned char>(header[i]);
    return sum;
}

std::string_view text(std::string_view header, Place place) {
    std::string_view const field = header.substr(place.at, place.length);
    return field.substr(0, std::min(field.find('\0'), field.size()));
}

bool stays_inside(std::string_view name) {
    if (name.empty() || name.front() == '/') return false;
    for (std::size_t from = 0; from <= name.size();) {
        std::size_t const slash = std::min(name.find('/', from), name.size());
        std::string_view const part = name.substr(from, slash - from);
        if (part.empty() || part == "." || part == "..") return false;
        from = slash + 1;
    }
    return true;
}

}  // namespace

OpenFile::OpenFile(std::string const& path, int flags, int mode)
    : path_(path), fd_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {
    if (fd_ < 0) fail("cannot open " + path_);
}
OpenFile::~OpenFile() { ::close(fd_); }

std::int64_t OpenFile::size() const {
    struct stat known{};
    if (::fstat(fd_, &known) != 0) fail(path_);
    return known.st_size;
}

void OpenFile::write(std::string_view bytes) {
    while (!bytes.empty()) {
        ssize_t const n = ::write(fd_, bytes.data(), bytes.size());
        if (n < 0 && errno != EINTR) fail("cannot write " + path_);
        if (n > 0) bytes.remove_prefix(static_cast<std::size_t>(n));
    }
}

std::string_view OpenFile::read(std::string& room, std::size_t most) {
    room.resize(most);
    std::size_t have = 0;
    while (have < most) {
        ssize_t const n = ::read(fd_, room.data() + have, most - have);
        if (n < 0 && errno != EINTR) fail("cannot read " + path_);
        if (n == 0) break;
        if (n > 0) have += static_cast<std::size_t>(n);
    }
    return std::string_view(room).substr(0, have);
}

void OpenFile::sync() {
    if (::fsync(fd_) != 0) fail("cannot sync " + path_);
}

TarWriter::TarWriter(std::string const& file, Instant written)
    : file_(file, O_WRONLY | O_CREAT | O_EXCL), written_(written) {}

void TarWriter::begin(std::string_view name, std::int64_t size) {
    std::string header(kBlock, '\0');
    std::string_view prefix, rest = name;
    if (name.size() > kName.length) {
        std::size_t const slash = name.find('/', name.size() - kName.length - 1);
        if (slash == std::string_view::npos || slash > kPrefix.length)
            throw std::length_error("a name too long for tar: " + std::string(name));
        prefix = name.substr(0, slash);
        rest = name.substr(slash + 1);
    }
    put(header, kName, rest);
    put(header, kPrefix, prefix);
    put_number(header, kMode, 0600);
    put_number(header, kUser, 0);
    put_number(header, kGroup, 0);
    put_number(header, kSize, size);
    put_number(header, kTime, written_.us / 1'000'000);
    put(header, kType, "0");
    put(header, kMagic, std::string_view("ustar\00000", 8));
    put_number(header, {kSum.at, kSum.length - 1}, sum_of(header));
    header[kSum.at + kSum.length - 1] = ' ';
    file_.write(header);
    missing_ = size_ = size;
}

void TarWriter::write(std::string_view bytes) {
    missing_ -= static_cast<std::int64_t>(bytes.size());
    if (missing_ < 0) throw std::logic_error("more bytes than the header says");
    file_.write(bytes);
    if (missing_ == 0)
        file_.write(std::string((kBlock - static_cast<std::size_t>(size_) % kBlock) % kBlock, '\0'));
}

void TarWriter::add(std::string_view name, std::string_view whole) {
    begin(name, static_cast<std::int64_t>(whole.size()));
    write(whole);
}

void TarWriter::finish() {
    file_.write(std::string(2 * kBlock, '\0'));
    file_.sync();
}

Result<std::optional<TarReader::Entry>> TarReader::next() {
    for (;;) {  // what is left of the entry before
        BANYAN_TRY(std::string_view rest, read());
        if (rest.empty()) break;
    }
    std::string_view const header = file_.read(room_, kBlock);
    if (header.size() != kBlock) return refuse("tar.damaged", {}, {{"what", "end"}});
    if (header.find_first_not_of('\0') == std::string_view::npos) {  // two of them are the end
        if (file_.read(room_, kBlock) != std::string(kBlock, '\0'))
            return refuse("tar.damaged", {}, {{"what", "end"}});
        return std::optional<Entry>();
    }
    auto const size = number(header, kSize), sum = number(header, kSum);
    if (!size || !sum || *sum != sum_of(header)) return refuse("tar.damaged", {}, {{"what", "header"}});
    Entry entry{std::string(text(header, kPrefix)), *size};
    if (!entry.name.empty()) entry.name += '/';
    entry.name += text(header, kName);
    char const type = header[kType.at];
    if ((type != '0' && type != '\0') || !stays_inside(entry.name))
        return refuse("tar.damaged", {}, {{"what", entry.name}});
    left_ = *size;
    padding_ = static_cast<std::int64_t>((kBlock - static_cast<std::size_t>(left_) % kBlock) % kBlock);
    return std::optional(std::move(entry));
}

Result<std::string_view> TarReader::read() {
    if (left_ == 0) {
        std::int64_t const padding = std::exchange(padding_, 0);
        std::string nothing;
        if (static_cast<std::int64_t>(file_.read(nothing, static_cast<std::size_t>(padding)).size()) != padding)
            return refuse("tar.damaged", {}, {{"what", "end"}});
        return std::string_view();
    }
    auto const wanted = static_cast<std::size_t>(std::min<std::int64_t>(left_, kPage));
    std::string_view const bytes = file_.read(room_, wanted);
    if (bytes.size() != wanted) return refuse("tar.damaged", {}, {{"what", "end"}});
    left_ -= static_cast<std::int64_t>(wanted);
    return bytes;
}

}  // namespace banyan
