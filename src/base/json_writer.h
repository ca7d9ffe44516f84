// base/json_writer.h: JSON written straight into a text, for rows and answers that are written thousands of times
// a second. Reading, and everything that is not hot, is Boost.JSON's.
#pragma once
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace banyan {

class JsonWriter {
  public:
    explicit JsonWriter(std::size_t expected_bytes = 512) { text_.reserve(expected_bytes); }

    JsonWriter& open() { return begin('{'); }
    JsonWriter& open_list() { return begin('['); }
    JsonWriter& close() { return end('}'); }
    JsonWriter& close_list() { return end(']'); }
    /// REQUIRES: a plain name, nothing to escape.
    JsonWriter& key(std::string_view name) {
        separate();
        text_ += '"';
        text_ += name;
        text_ += "\":";
        first_ = true;  // its value needs no comma
        return *this;
    }
    JsonWriter& integer(std::int64_t n) {
        separate();
        char digits[24];
        auto [end, error] = std::to_chars(digits, digits + sizeof digits, n);
        text_.append(digits, end);
        return *this;
    }
    JsonWriter& flag(bool b) { return raw(b ? "true" : "false"); }
    JsonWriter& text(std::string_view value) {
        separate();
        text_ += '"';
        escape(value);
        text_ += '"';
        return *this;
    }
    /// JSON already.
    JsonWriter& raw(std::string_view json) {
        separate();
        text_ += json;
        return *this;
    }
    JsonWriter& put(std::string_view name, std::int64_t n) { return key(name).integer(n); }
    JsonWriter& put(std::string_view name, std::string_view value) { return key(name).text(value); }
    std::string take() { return std::move(text_); }

  private:
    JsonWriter& begin(char bracket) {
        separate();
        text_ += bracket;
        first_ = true;
        return *this;
    }
    JsonWriter& end(char bracket) {
        text_ += bracket;
        first_ = false;
        return *this;
    }
    void separate() {
        if (!first_) text_ += ',';
        first_ = false;
    }
    void escape(std::string_view value) {
        static constexpr char kHex[] = "0123456789abcdef";
        auto plain = [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; };
        for (std::size_t at = 0; at < value.size(); ++at) {
            std::size_t const from = at;
            while (at < value.size() && plain(value[at])) ++at;
            text_.append(value, from, at - from);
            if (at == value.size()) break;
            char const c = value[at];
            auto const byte = static_cast<unsigned char>(c);
            if (c == '"' || c == '\\')
                (text_ += '\\') += c;
            else if (c == '\n')
                text_ += "\\n";
            else if (c == '\t')
                text_ += "\\t";
            else if (c == '\r')
                text_ += "\\r";
            else
                ((text_ += "\\u00") += kHex[byte >> 4]) += kHex[byte & 15];
        }
    }

    std::string text_;
    bool first_ = true;
};

}  // namespace banyan
