// The picture: a column of boxes, lanes on its left for ways that skip or go back, a rail for each final stage on
// its right. Every arrow leaves and enters at a port of its own, so that nothing is drawn over something else.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "kernel/check/drawing.h"

namespace banyan {
namespace {

constexpr double kBox = 300, kFinal = 150, kLine = 18, kPort = 22, kLane = 26, kGap = 44, kMargin = 24;
constexpr std::string_view kStyle =
    "text{font-family:'Noto Sans CJK SC','Noto Sans SC','Microsoft YaHei',sans-serif;font-size:13px;fill:#1d2733}"
    ".stage{font-size:15px;font-weight:600}.owner{fill:#0b6b4f}.small{font-size:12px;fill:#5a6675}.step{font-size:"
    "12px}"
    ".box{fill:#f6faf8;stroke:#0b6b4f;stroke-width:1.4}.final{fill:#eef0f3;stroke:#5a6675;stroke-width:1.4}"
    ".way{fill:none;stroke:#33445a;stroke-width:1.5}.clock{stroke-dasharray:6 "
    "4}.self{stroke:#8794a5;stroke-width:.9}"
    ".under{fill:#fff;opacity:.88}.dot{fill:#33445a}.dial{fill:none;stroke:#5a6675;stroke-width:1.1}";

std::string escaped(std::string_view text) {
    std::string made;
    for (char c : text) {
        if (c == '<')
            made += "&lt;";
        else if (c == '>')
            made += "&gt;";
        else if (c == '&')
            made += "&amp;";
        else if (c == '"')
            made += "&quot;";
        else if (c == '\'')
            made += "&#39;";
        else if (static_cast<unsigned char>(c) >= 0x20)
            made += c;  // XML has no other control characters
    }
    return made;
}

/// About as wide as it will be: CJK an em, Latin a good half.
double width_of(std::string_view text, double size) {
    double ems = 0;
    for (char c : text) {
        auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80)
            ems += c == ' ' || c == 'i' || c == 'l' ? 0.32 : 0.56;
        else if (byte >= 0xc0)
            ems += 1;  // the first byte of a character
    }
    return ems * size;
}

/// Names in lines no wider than `most`; one that is too long is cut.
std::vector<std::string> wrapped(std::vector<std::string> const& names, std::string_view between, double size,
                                 double most) {
    std::vector<std::string> lines;
    for (std::string name : names) {
        if (width_of(name, size) > most) {
            std::size_t keep = count_characters(name);
            while (keep > 1 && width_of(first_characters(name, keep), size) > most - size) --keep;
            name = std::string(first_characters(name, keep)) + "\u2026";
        }
        bool fits = !lines.empty() && width_of(lines.back() + std::string(between) + name, size) <= most;
        if (fits)
            lines.back() += std::string(between) + name;
        else
            lines.push_back(name);
    }
    return lines;
}

struct Box {
    Index stage = -1;
    double x = 0, y = 0, width = 0, height = 0;
    std::vector<std::string> staying, timers;
    std::vector<Arrow const*> left, right;  ///< which arrows end or begin there, from the top down
    double port(std::vector<Arrow const*> const& side, Arrow const* arrow) const {
        auto place = std::ranges::find(side, arrow) - side.begin();
        return y + height / 2 + (static_cast<double>(place) - static_cast<double>(side.size() - 1) / 2) * kPort;
    }
};

class Picture {
  public:
    Picture(Procedure const& procedure, Words const& texts) : procedure_(procedure), drawing_(procedure, texts) {}
    std::string svg();

  private:
    int row_of(Index stage) const {
        return static_cast<int>(std::ranges::find(drawing_.rows, stage) - drawing_.rows.begin());
    }
    bool down(Arrow const& arrow) const {
        return arrow.from >= 0 && !procedure_.at(arrow.to).final && row_of(arrow.to) == row_of(arrow.from) + 1;
    }
    void share_out();
    void place_rows();
    void place_finals();
    void lay_lanes();
    void draw_box(Box const& box);
    void draw_downs(std::size_t row);
    void draw_lane(std::size_t lane);
    void draw_rail(std::size_t final);
    void draw_openings();
    void text(double x, double y, std::string_view style, std::string_view words,
              std::string_view anchor = "start");
    void way(Arrow::Kind kind, std::string const& path, bool arrow = true);
    static std::string label(Arrow const& arrow) { return fmt::format("{}", fmt::join(arrow.names, " / ")); }

    Procedure const& procedure_;
    Drawing drawing_;
    std::vector<Box> boxes_, finals_;
    std::vector<std::vector<Arrow const*>> downs_;  ///< by row: straight to the next one
    std::vector<Arrow const*> lanes_;
    std::vector<double> lane_x_;
    double left_ = kMargin, rail_ = 0, bottom_ = 0, right_ = 0;
    std::string out_;
};

void Picture::text(double x, double y, std::string_view style, std::string_view words, std::string_view anchor) {
    if (words.empty()) return;
    out_ += fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\" class=\"{}\" text-anchor=\"{}\">{}</text>\n", x, y, style,
                        anchor, escaped(words));
}

void Picture::way(Arrow::Kind kind, std::string const& path, bool arrow) {
    std::string_view style = kind == Arrow::Kind::clock       ? "way clock"
                             : kind == Arrow::Kind::by_itself ? "way self"
                                                              : "way";
    out_ +=
        fmt::format("<path class=\"{}\" d=\"{}\"{}/>\n", style, path, arrow ? " marker-end=\"url(#head)\"" : "");
}

/// Which side each arrow takes.
void Picture::share_out() {
    for (Index stage : drawing_.rows) boxes_.push_back({.stage = stage});
    for (Index stage : drawing_.finals) finals_.push_back({.stage = stage});
    downs_.resize(boxes_.size());
    for (Arrow const& arrow : drawing_.arrows) {
        if (arrow.from < 0) continue;
        if (procedure_.at(arrow.from).final) continue;  // a reopening would be drawn as a step that stays
        Box& from = boxes_[static_cast<std::size_t>(row_of(arrow.from))];
        if (procedure_.at(arrow.to).final)
            from.right.push_back(&arrow);
        else if (down(arrow))
            downs_[static_cast<std::size_t>(row_of(arrow.from))].push_back(&arrow);
        else
            lanes_.push_back(&arrow);
    }
    // Short ways inside, long ones outside; at a box, ways from above enter above ways from below.
    auto span = [&](Arrow const* arrow) { return std::abs(row_of(arrow->to) - row_of(arrow->from)); };
    std::ranges::stable_sort(lanes_, {}, span);
    for (Arrow const* arrow : lanes_) {
        boxes_[static_cast<std::size_t>(row_of(arrow->from))].left.push_back(arrow);
        boxes_[static_cast<std::size_t>(row_of(arrow->to))].left.push_back(arrow);
    }
    for (Box& box : boxes_) {
        int row = row_of(box.stage);
        // Ways up leave above ways down; of two that go the same way the shorter is nearer to where it goes.
        auto place = [&](Arrow const* arrow) {
            return arrow->from == box.stage ? row_of(arrow->to) : row_of(arrow->from);
        };
        auto uncrossed = [&](Arrow const* arrow) { return (place(arrow) < row ? 0 : 1'000'000) - place(arrow); };
        std::ranges::stable_sort(box.left, {}, uncrossed);
        auto final_place = [&](Arrow const* arrow) {
            return std::ranges::find(drawing_.finals, arrow->to) - drawing_.finals.begin();
        };
        std::ranges::stable_sort(box.right, {}, final_place);
    }
}

void Picture::place_rows() {
    double y = kMargin + 60;  // room for the opening
    for (std::size_t row = 0; row < boxes_.size(); ++row) {
        Box& box = boxes_[row];
        auto stage = static_cast<std::size_t>(box.stage);
        box.staying = wrapped(drawing_.staying[stage], " \u00b7 ", 12, kBox - 24);
        for (std::string const& timer : drawing_.timers[stage])
            for (std::string& line : wrapped({timer}, "", 12, kBox - 46)) box.timers.push_back(std::move(line));
        double lines = 34 + kLine * static_cast<double>(box.staying.size() + box.timers.size()) + 12;
        double ports = kPort * static_cast<double>(std::max(box.left.size(), box.right.size())) + 12;
        box.y = y;
        box.width = kBox;
        box.height = std::max(lines, ports);
        double names = 0;
        for (Arrow const* arrow : downs_[row]) names = std::max(names, static_cast<double>(arrow->names.size()));
        y += box.height + std::max(kGap, names * 15 + 26);
    }
    bottom_ = boxes_.empty() ? y : boxes_.back().y + boxes_.back().height;
}

void Picture::lay_lanes() {
    std::vector<std::vector<std::pair<int, int>>> taken;
    std::vector<std::size_t> lane_of;
    std::vector<double> widest;
    for (Arrow const* arrow : lanes_) {
        auto [top, low] = std::minmax({row_of(arrow->from), row_of(arrow->to)});
        std::size_t lane = 0;
        auto meets = [&, top = top, low = low](std::pair<int, int> other) {
            return top <= other.second && other.first <= low;
        };
        while (lane < taken.size() && std::ranges::any_of(taken[lane], meets)) ++lane;
        if (lane == taken.size()) taken.emplace_back(), widest.push_back(0);
        taken[lane].push_back({top, low});
        lane_of.push_back(lane);
        for (std::string const& name : arrow->names) widest[lane] = std::max(widest[lane], width_of(name, 12));
    }
    // Names stand left of their lane, so each lane is as far from the next as they are wide.
    std::vector<double> offset(taken.size(), 0);
    double x = kLane;
    for (std::size_t lane = 0; lane < taken.size(); ++lane) {
        offset[lane] = x;
        x += widest[lane] + kLane;
    }
    left_ = kMargin + x;
    for (std::size_t lane : lane_of) lane_x_.push_back(left_ - offset[lane]);
    double label = 0;
    for (Box& box : boxes_) {
        box.x = left_;
        for (Arrow const* arrow : box.right) label = std::max(label, width_of(Picture::label(*arrow), 12));
    }
    rail_ = left_ + kBox + label + 28;
    right_ = rail_ + 16 * static_cast<double>(finals_.size()) + 24;
}

void Picture::place_finals() {
    double y = kMargin;
    for (Box& final : finals_) {
        double sum = 0, count = 0;
        for (Box const& box : boxes_)
            for (Arrow const* arrow : box.right)
                if (arrow->to == final.stage) sum += box.port(box.right, arrow), ++count;
        final.height = 40;
        final.width = std::max(kFinal, width_of(drawing_.word("stage." + procedure_.at(final.stage).name,
                                                              procedure_.at(final.stage).name),
                                                15) +
                                           24);
        final.x = right_;
        final.y = std::max(y, count > 0 ? sum / count - 20 : y);
        y = final.y + final.height + 18;
    }
    bottom_ = std::max(bottom_, y);
}

void Picture::draw_box(Box const& box) {
    Stage const& stage = procedure_.at(box.stage);
    out_ +=
        fmt::format("<rect x=\"{:.0f}\" y=\"{:.0f}\" width=\"{:.0f}\" height=\"{:.0f}\" rx=\"8\" class=\"{}\"/>\n",
                    box.x, box.y, box.width, box.height, stage.final ? "final" : "box");
    std::string name = drawing_.word("stage." + stage.name, stage.name);
    text(box.x + 12, box.y + 25, "stage", name);
    if (stage.final) return;
    text(box.x + box.width - 12, box.y + 25, "owner", drawing_.owner(stage), "end");
    double y = box.y + 46;
    for (std::string const& timer : box.timers) {
        out_ += fmt::format(
            "<circle class=\"dial\" cx=\"{0:.0f}\" cy=\"{1:.0f}\" r=\"5.5\"/><path class=\"dial\" d=\"M{0:.0f} "
            "{2:.0f}v3.5h3\"/>\n",
            box.x + 18, y - 4, y - 7.5);
        text(box.x + 30, y, "small", timer);
        y += kLine;
    }
    for (std::string const& line : box.staying) {
        text(box.x + 12, y, "small", line);
        y += kLine;
    }
}

/// Straight down to the next row, side by side when there are several.
void Picture::draw_downs(std::size_t row) {
    auto const& arrows = downs_[row];
    for (std::size_t i = 0; i < arrows.size(); ++i) {
        double x = left_ + kBox * (static_cast<double>(i) + 1) / (static_cast<double>(arrows.size()) + 1);
        double top = boxes_[row].y + boxes_[row].height, low = boxes_[row + 1].y;
        way(arrows[i]->kind, fmt::format("M{:.0f} {:.0f}V{:.0f}", x, top, low));
        double y = (top + low) / 2 + 2 - 7.5 * (static_cast<double>(arrows[i]->names.size()) - 1);
        for (std::string const& name : arrows[i]->names) {
            text(x + 8, y, "step", name);
            y += 15;
        }
    }
}

void Picture::draw_lane(std::size_t lane) {
    Arrow const& arrow = *lanes_[lane];
    Box const& from = boxes_[static_cast<std::size_t>(row_of(arrow.from))];
    Box const& to = boxes_[static_cast<std::size_t>(row_of(arrow.to))];
    double a = from.port(from.left, &arrow), b = to.port(to.left, &arrow), x = lane_x_[lane];
    double turn = b > a ? 10 : -10;
    way(arrow.kind, fmt::format("M{0:.0f} {1:.0f}H{2:.0f}Q{3:.0f} {1:.0f} {3:.0f} {4:.0f}V{5:.0f}Q{3:.0f} {6:.0f} "
                                "{2:.0f} {6:.0f}H{0:.0f}",
                                left_, a, x + 10, x, a + turn, b - turn, b));
    double y = (a + b) / 2 + 4 - 7.5 * (static_cast<double>(arrow.names.size()) - 1);
    for (std::string const& name : arrow.names) {
        double wide = width_of(name, 12);
        out_ += fmt::format("<rect class=\"under\" x=\"{:.0f}\" y=\"{:.0f}\" width=\"{:.0f}\" height=\"16\"/>\n",
                            x - 8 - wide, y - 12, wide + 4);
        text(x - 6, y, "step", name, "end");
        y += 15;
    }
}

/// One rail for each final stage; the names stand where the ways leave their boxes.
void Picture::draw_rail(std::size_t which) {
    Box const& final = finals_[which];
    double x = rail_ + 16 * static_cast<double>(finals_.size() - 1 - which), end = final.y + final.height / 2;
    for (Box const& box : boxes_)
        for (Arrow const* arrow : box.right) {
            if (arrow->to != final.stage) continue;
            double y = box.port(box.right, arrow), turn = end > y ? 8 : -8;
            if (std::abs(end - y) < 16)
                way(arrow->kind, fmt::format("M{:.0f} {:.0f}H{:.0f}L{:.0f} {:.0f}H{:.0f}", left_ + kBox, y, x,
                                             x + 14, end, final.x));
            else
                way(arrow->kind,
                    fmt::format("M{0:.0f} {1:.0f}H{2:.0f}Q{3:.0f} {1:.0f} {3:.0f} {4:.0f}V{5:.0f}Q{3:.0f} {6:.0f} "
                                "{7:.0f} {6:.0f}H{8:.0f}",
                                left_ + kBox, y, x - 8, x, y + turn, end - turn, end, x + 8, final.x));
            text(left_ + kBox + 8, y - 4, "step", label(*arrow));
        }
}

void Picture::draw_openings() {
    for (Arrow const& arrow : drawing_.arrows) {
        if (arrow.from >= 0 || procedure_.at(arrow.to).final) continue;
        Box const& to = boxes_[static_cast<std::size_t>(row_of(arrow.to))];
        double x = left_ + kBox / 2, y = to.y - (row_of(arrow.to) == 0 ? 44 : 26);
        if (row_of(arrow.to) != 0) x = left_ + kBox * 0.88;
        out_ += fmt::format("<circle class=\"dot\" cx=\"{:.0f}\" cy=\"{:.0f}\" r=\"6\"/>\n", x, y);
        way(arrow.kind, fmt::format("M{:.0f} {:.0f}V{:.0f}", x, y, to.y));
        text(x + 10, y + 16, "step", label(arrow));
    }
}

std::string Picture::svg() {
    share_out();
    place_rows();
    lay_lanes();
    place_finals();
    std::string title = drawing_.word("procedure." + procedure_.name, procedure_.name);
    text(kMargin, kMargin + 6, "stage", title);
    for (std::size_t lane = 0; lane < lanes_.size(); ++lane) draw_lane(lane);
    for (std::size_t final = 0; final < finals_.size(); ++final) draw_rail(final);
    for (std::size_t row = 0; row + 1 < boxes_.size(); ++row) draw_downs(row);
    draw_openings();
    for (Box const& box : boxes_) draw_box(box);
    double widest = kFinal;
    for (Box const& final : finals_) {
        draw_box(final);
        widest = std::max(widest, final.width);
    }
    double width = std::max(right_ + widest, kMargin + width_of(title, 15)) + kMargin, height = bottom_ + kMargin;
    return fmt::format(
               "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
               "width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} "
               "{1:.0f}\" role=\"img\">\n<title>{2}</title>\n<style>{3}</style>\n<defs><marker id=\"head\" "
               "viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"8\" "
               "markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 1L9 5L0 9z\" "
               "fill=\"#33445a\"/></marker></defs>\n<rect width=\"100%\" "
               "height=\"100%\" fill=\"#fff\"/>\n",
               width, height, escaped(title), kStyle) +
           out_ + "</svg>\n";
}

}  // namespace

std::string draw_svg(Procedure const& procedure, Words const& texts) { return Picture(procedure, texts).svg(); }

}  // namespace banyan
