// kernel/learning/bytes.h: numbers and texts of a model's file: little-endian, lengths first.
#pragma once
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace banyan::learning {

static_assert(std::endian::native == std::endian::little, "the file is written as the memory has it");

class ByteWriter {
  public:
    template <class T>
    void number(T value) {
        char raw[sizeof(T)];
        std::memcpy(raw, &value, sizeof(T));
        bytes_.append(raw, sizeof(T));
    }
    void text(std::string_view text) {
        number(static_cast<std::uint32_t>(text.size()));
        bytes_ += text;
    }
    template <class T>
    void numbers(T const* values, std::size_t count) {
        bytes_.append(reinterpret_cast<char const*>(values), count * sizeof(T));
    }
    std::string& bytes() { return bytes_; }

  private:
    std::string bytes_;
};

/// Reads what is there; once something is missing, failed() and everything else is empty.
class ByteReader {
  public:
    explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
    template <class T>
    T number() {
        T value{};
        if (std::string_view const raw = take(sizeof(T)); !raw.empty()) std::memcpy(&value, raw.data(), sizeof(T));
        return value;
    }
    std::string text() { return std::string(take(number<std::uint32_t>())); }
    template <class T>
    void numbers(T* values, std::size_t count) {
        if (std::string_view const raw = take(count * sizeof(T)); !raw.empty())
            std::memcpy(values, raw.data(), raw.size());
    }
    std::size_t left() const { return rest_.size(); }
    bool failed() const { return failed_; }

  private:
    std::string_view take(std::size_t count) {
        if (failed_ || count > rest_.size()) {
            failed_ = true;
            return {};
        }
        std::string_view const taken = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return taken;
    }
    std::string_view rest_;
    bool failed_ = false;
};

}  // namespace banyan::learning
