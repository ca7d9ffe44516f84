#include "sentences.h"

#include <fmt/format.h>

#include <string_view>

namespace banyan::bench {
namespace {

constexpr std::string_view kSentences[] = {
    "您好，我住在{0}，想反映一个情况，麻烦你们帮忙看一下。",
    "{0}门口的路灯已经坏了{1}天，晚上黑漆漆的，老人小孩出门都害怕。",
    "路口的井盖缺了一块，电动车经过时颠得厉害，前天已经有人摔倒。",
    "楼下的烧烤店每天营业到凌晨，油烟和噪音让整栋楼都睡不着。",
    "我们打过物业的电话，物业说不归他们管，让我们找街道，街道又说要找物业。",
    "垃圾桶满了{1}天没有人来清，天气热，味道很大，苍蝇到处都是。",
    "自来水从上周开始发黄，放了{1}分钟还是有杂质，不敢拿来做饭。",
    "公交车在{0}站经常不停，等了{1}分钟一班都没有，上班总是迟到。",
    "小区对面的工地夜里十一点以后还在打桩，孩子第二天要上学。",
    "占道经营的摊位把人行道都堵住了，行人只能走到机动车道上去。",
    "我想咨询一下，办理居住证需要带哪些材料，可以在{0}办理吗？",
    "医保在外地就医的报销比例是多少，材料交上去{1}天了还没有结果。",
    "停车位被人长期占用，地锁装了{1}个，消防通道都被堵住了。",
    "下雨天{0}这一段积水很深，去年就反映过，到现在没有改善。",
    "希望能在这里增设一个红绿灯，放学的时候车多人多，很危险。",
    "电梯三天两头出故障，上个月有{1}次把人关在里面，维保单位一直拖。",
    "公园里的健身器材坏了{1}处，螺丝都松了，老人用着不安全。",
    "请问今年学区是怎么划分的，{0}这一片属于哪一所学校？",
    "绿化带的树枝伸到窗户边上，台风天打得玻璃直响，请尽快修剪。",
    "拖欠工资已经{1}个月了，老板电话不接，我们{1}个人都等着这笔钱回家。",
    "河道里漂着死鱼和泡沫，水发黑发臭，怀疑上游有人偷排。",
    "燃气公司说{1}天内上门检修，一直没有人来，家里没办法做饭。",
    "宽带装不上，说是没有端口，可是隔壁楼都有，希望协调一下。",
    "商家卖的东西过期{1}天，找他退货不肯退，态度还很差。",
    "这件事我之前打过{1}次电话，每次都说已经登记，请给一个明确的答复。",
    "房产证办了{1}个月还没拿到，开发商说在等验收，请问要等到什么时候？",
    "{0}的公共厕所晚上锁门，附近又没有别的，跑步的人很不方便。",
    "养老金这个月比上个月少了{1}元，银行说要问社保，请帮我查一下。",
    "流浪狗成群，前几天追着一个小学生跑，家长都很担心。",
    "路面坑坑洼洼，修了{1}次都是补一块掉一块，请彻底修一修。",
    "广场舞的音响开得太大，从晚上七点一直到九点半，劝过也没有用。",
    "共享单车乱停乱放，把盲道都占了，请督促企业派人清理。",
    "请你们派人到现场看一看，有什么进展打电话告诉我，谢谢。",
    "以上情况属实，附近的居民都可以作证，希望早日解决。",
};
constexpr std::string_view kPlaces[] = {"古田路",   "五四北路", "上下杭", "仓山镇",   "湖东路", "学军路口",
                                        "金山大道", "晋安河边", "建新镇", "鼓山脚下", "白马河", "象园街道"};
constexpr std::string_view kTitles[] = {"路灯不亮",   "井盖缺失", "夜间施工噪音", "油烟扰民",     "自来水发黄",
                                        "公交不停站", "占道经营", "居住证咨询",   "医保报销咨询", "消防通道被堵",
                                        "道路积水",   "拖欠工资", "电梯故障",     "河水发黑",     "垃圾无人清运"};
constexpr std::string_view kFamilies[] = {"陈", "林", "黄", "郑", "王", "张", "李", "吴", "刘", "叶", "江", "何"};
constexpr std::string_view kGiven[] = {"榕", "明",   "小燕", "建国", "志强", "秀英",
                                       "海", "文静", "依妹", "宝山", "晓东", "丽华"};

template <std::size_t n>
std::string_view any_of(std::string_view const (&list)[n], Random& random) {
    return list[random() % n];
}

std::size_t characters(std::string_view utf8) {
    std::size_t n = 0;
    for (char c : utf8) n += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return n;
}

}  // namespace

std::string appeal_body(Random& random) {
    constexpr std::size_t kLeast = 115, kSpread = 401;  // a last sentence goes beyond by half its length
    std::size_t wanted = kLeast + random() % kSpread, length = 0;
    std::string body;
    while (length < wanted) {
        std::string sentence =
            fmt::format(fmt::runtime(any_of(kSentences, random)), any_of(kPlaces, random), 2 + random() % 28);
        length += characters(sentence);
        body += sentence;
    }
    return body;
}

std::string appeal_title(Random& random) {
    return fmt::format("{}{}", any_of(kPlaces, random), any_of(kTitles, random));
}
std::string person_name(Random& random) {
    return fmt::format("{}{}", any_of(kFamilies, random), any_of(kGiven, random));
}
std::string phone_number(Random& random) { return fmt::format("1540000{:06}", random() % 200'000); }
std::string place_name(Random& random) {
    return fmt::format("{}{}号", any_of(kPlaces, random), 1 + random() % 300);
}

}  // namespace banyan::bench
