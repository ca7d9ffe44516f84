// kernel/language/testing.h: the data files and yardsticks as they lie in the source tree. For tests only.
#pragma once
#include <string>

#include "base/testing.h"
#include "kernel/language/places.h"

namespace banyan::language::testing {

using banyan::testing::source_text;

inline Gazetteer fuzhou() {
    return Gazetteer::read({source_text("data/divisions/fujian.csv"), source_text("data/demo/units.csv"),
                            source_text("data/language/places.csv")})
        .value();
}

/// The same text until it has at least `bytes`.
inline std::string repeated(std::string const& text, std::size_t bytes) {
    std::string all;
    while (all.size() < bytes) all += text;
    return all;
}

/// What no caller types and some program sends: broken UTF-8, emoji, HTML, other scripts, U+0000.
inline std::vector<std::string_view> strange_texts() {
    return {"",
            "a",
            "\xE9",
            "\xE9\xBC",
            "\xFF\xFE\x80\x80",
            "鼓\xE6\xA5楼\xF0\x9F区",
            std::string_view("路\0号\0我是\0", 15),
            "😀👨‍👩‍👧‍👦🏠路12号",
            "<b>我是</b><script>alert(1)</script>&nbsp;路",
            "Привет مرحبا こんにちは 안녕하세요",
            "号",
            "我是",
            "1",
            "-",
            "省市区县路号室",
            "　　　",
            "\xF4\x8F\xBF\xBF\xED\xA0\x80"};
}

}  // namespace banyan::language::testing
