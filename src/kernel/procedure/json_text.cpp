// read_json_object(): Boost.JSON's parser keeps the last of two equal keys; here a key twice is refused, so the
// text is walked by its SAX parser with a handler that builds the value itself.
#include <boost/json/basic_parser_impl.hpp>

#include "base/text.h"
#include "kernel/procedure/fields.h"

namespace banyan {
namespace {

constexpr std::size_t kDeepest = 32;

struct Builder {
    static constexpr std::size_t max_object_size = 10'000;
    static constexpr std::size_t max_array_size = 100'000;
    static constexpr std::size_t max_key_size = 256;
    static constexpr std::size_t max_string_size = 16u << 20;

    json::value_stack stack;
    std::string text, key;
    std::vector<std::vector<std::string>> keys;  ///< of the objects that are open
    bool duplicate = false;

    bool on_document_begin(json::error_code&) {
        stack.reset();
        return true;
    }
    bool on_document_end(json::error_code&) { return true; }
    bool on_object_begin(json::error_code&) {
        keys.emplace_back();
        return true;
    }
    bool on_object_end(std::size_t n, json::error_code& error) {
        auto& open = keys.back();
        std::ranges::sort(open);
        if (std::ranges::adjacent_find(open) != open.end()) {
            duplicate = true;
            error = json::error::syntax;
            return false;
        }
        keys.pop_back();
        stack.push_object(n);
        return true;
    }
    bool on_array_begin(json::error_code&) { return true; }
    bool on_array_end(std::size_t n, json::error_code&) {
        stack.push_array(n);
        return true;
    }
    bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
        key.append(part.data(), part.size());
        return true;
    }
    bool on_key(json::string_view part, std::size_t, json::error_code&) {
        key.append(part.data(), part.size());
        stack.push_key(key);
        keys.back().push_back(std::move(key));
        key.clear();
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t, json::error_code&) {
        text.append(part.data(), part.size());
        return true;
    }
    bool on_string(json::string_view part, std::size_t, json::error_code&) {
        text.append(part.data(), part.size());
        stack.push_string(text);
        text.clear();
        return true;
    }
    bool on_number_part(json::string_view, json::error_code&) { return true; }
    bool on_int64(std::int64_t n, json::string_view, json::error_code&) {
        stack.push_int64(n);
        return true;
    }
    bool on_uint64(std::uint64_t n, json::string_view, json::error_code&) {
        stack.push_uint64(n);
        return true;
    }
    bool on_double(double n, json::string_view, json::error_code&) {
        stack.push_double(n);
        return true;
    }
    bool on_bool(bool b, json::error_code&) {
        stack.push_bool(b);
        return true;
    }
    bool on_null(json::error_code&) {
        stack.push_null();
        return true;
    }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }
};

}  // namespace

Result<json::object> read_json_object(std::string_view text) {
    if (!is_utf8(text)) return refuse("json.utf8");
    json::parse_options options;
    options.max_depth = kDeepest;
    json::basic_parser<Builder> parser(options);
    json::error_code error;
    std::size_t used = parser.write_some(false, text.data(), text.size(), error);
    if (!error && used < text.size()) {
        if (trim(text.substr(used)).empty())
            used = text.size();
        else
            error = json::error::extra_data;
    }
    if (error) {
        if (parser.handler().duplicate) return refuse("json.duplicate_key");
        if (error == json::error::too_deep)
            return refuse("json.too_deep", {}, {{"most", std::to_string(kDeepest)}});
        return refuse("json.syntax", {}, {{"at", std::to_string(used)}});
    }
    json::value value = parser.handler().stack.release();
    if (!value.is_object()) return refuse("json.not_object");
    return std::move(value.as_object());
}

}  // namespace banyan
