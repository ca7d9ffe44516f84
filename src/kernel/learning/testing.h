// kernel/learning/testing.h: lessons made up by dice, for tests: texts of a few words, some of their class, some
// of none.
#pragma once
#include <array>
#include <deque>
#include <string>
#include <vector>

#include "kernel/learning/folds.h"
#include "kernel/learning/train.h"

namespace banyan::learning::testing {

/// Keeps the texts that lessons are views of.
struct MadeUp {
    std::deque<std::string> texts;
    std::vector<Lesson> lessons;
};

inline constexpr std::array<std::array<std::string_view, 6>, 4> kOwnWords{{
    {"路灯不亮", "灯泡坏了", "晚上很黑", "灯杆倾斜", "照明故障", "电线裸露"},
    {"垃圾没人清", "臭气熏天", "垃圾桶满了", "污水横流", "厨余乱倒", "清运太慢"},
    {"工资没发", "老板欠薪", "劳动合同", "加班费少", "社保未缴", "无故辞退"},
    {"公交太挤", "站台太远", "班次太少", "司机甩站", "线路改道", "等车很久"},
}};
inline constexpr std::array<std::string_view, 4> kLabels{"lamp", "waste", "work", "bus"};
inline constexpr std::array<std::string_view, 8> kCommonWords{
    "请尽快处理", "我住在附近", "已经三天了", "多次反映", "希望重视", "打过电话", "谢谢", "小区门口"};

/// `wrong`: share of labels that are not the text's; `own`: words of its class in each text.
inline MadeUp made_up(std::size_t count, double wrong = 0, int own = 2, std::uint64_t seed = 1) {
    MadeUp made;
    Dice dice(seed);
    for (std::size_t i = 0; i < count; ++i) {
        std::size_t const truth = i % kLabels.size();
        std::string text;
        for (int word = 0; word < own; ++word) text.append(kOwnWords[truth][dice.below(6)]).append("，");
        for (int word = 0; word < 4; ++word) text.append(kCommonWords[dice.below(8)]).append("，");
        bool const is_wrong = static_cast<double>(dice.below(1000)) < wrong * 1000;
        std::size_t const said = is_wrong ? (truth + 1 + dice.below(3)) % 4 : truth;
        made.lessons.push_back({{{}, made.texts.emplace_back(std::move(text))}, kLabels[said], false});
    }
    return made;
}

}  // namespace banyan::learning::testing
