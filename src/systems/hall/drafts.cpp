#include "systems/hall/drafts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace banyan::hall {
namespace {

constexpr int kWholeOnLine = 5, kAcceptedOnLine = 4, kOnLine = 3, kOffLine = 2;

class Balance {
  public:
    Balance(std::vector<Draft>& drafts, std::vector<Subject> const& subjects)
        : drafts_(drafts), subjects_(subjects) {
        // What is far from the people's cities goes less far on line: it is moved down first, and up last.
        for (Draft& draft : drafts) order_.push_back(&draft);
        std::ranges::sort(order_, [](Draft const* one, Draft const* other) {
            return std::tuple(-static_cast<int>(one->level), one->chance) <
                   std::tuple(-static_cast<int>(other->level), other->chance);
        });
    }

    int count(Trips trips) const {
        return static_cast<int>(
            std::ranges::count_if(drafts_, [&](Draft const& draft) { return of(draft) == trips; }));
    }
    int on_line() const {
        return static_cast<int>(
            std::ranges::count_if(drafts_, [](Draft const& draft) { return draft.star >= kOnLine; }));
    }

    void reach(Trips trips, int wanted) {
        int const have = count(trips);
        if (have > wanted) move(have - wanted, [&](Draft& draft) { return of(draft) == trips && to_one(draft); });
        if (have < wanted)
            move(
                wanted - have,
                [&](Draft& draft) {
                    return of(draft) == Trips::one && (trips == Trips::none ? to_none(draft) : to_more(draft));
                },
                trips == Trips::none);
        if (count(trips) != wanted)
            throw std::runtime_error(
                fmt::format("of {} trips there are {} items, not {}", code_of(trips), count(trips), wanted));
    }
    void reach_on_line(int wanted) {
        int const have = on_line();
        if (have > wanted)
            move(have - wanted, [&](Draft& draft) { return draft.star >= kOnLine && set_star(draft, kOffLine); });
        if (have < wanted)
            move(
                wanted - have, [&](Draft& draft) { return draft.star < kOnLine && set_star(draft, kOnLine); },
                true);
        if (on_line() != wanted)
            throw std::runtime_error(fmt::format("{} items are on line, not {}", on_line(), wanted));
    }

  private:
    Item const& shared(Draft const& draft) const { return subjects_[draft.subject].item; }
    Trips of(Draft const& draft) const { return trips_of(draft, shared(draft)); }

    template <class Change>
    void move(int many, Change change, bool cities_first = false) {
        for (std::size_t i = 0; i < order_.size() && many > 0; ++i)
            if (change(*order_[cities_first ? order_.size() - 1 - i : i])) --many;
    }
    /// Takes the star if the trips stay what they are.
    bool set_star(Draft& draft, int star) const {
        Draft moved = draft;
        moved.star = static_cast<std::uint8_t>(star);
        if (of(moved) != of(draft)) return false;
        draft = moved;
        return true;
    }
    bool to_one(Draft& draft) const {
        Draft moved = draft;
        if (moved.in_person > 1) moved.in_person = 1;
        if (of(moved) != Trips::one) moved.star = kAcceptedOnLine;
        if (of(moved) != Trips::one) return false;
        draft = moved;
        return true;
    }
    bool to_none(Draft& draft) const {
        if (draft.in_person > 0) return false;
        draft.star = kWholeOnLine;
        Item const& item = shared(draft);
        (item.result.electronic ? draft.electronic : draft.courier) = item.result.type != "none";
        return true;
    }
    bool to_more(Draft& draft) const {
        if (draft.in_person > 0 || shared(draft).kind == Kind::instant) return false;
        draft.star = kOnLine;
        return true;
    }

    std::vector<Draft>& drafts_;
    std::vector<Subject> const& subjects_;
    std::vector<Draft*> order_;
};

}  // namespace

Trips trips_of(Draft const& draft, Item const& shared) {
    Item item;
    item.star = draft.star;
    item.in_person = draft.in_person;
    item.kind = shared.kind;
    item.result.type = shared.result.type;
    item.result.electronic = shared.result.electronic;
    item.delivery = shared.delivery;
    if (draft.courier) item.delivery.emplace_back("courier");
    if (draft.electronic) item.delivery.emplace_back("electronic");
    return trips_of(item);
}

void cut(std::vector<Draft>& drafts, int items) {
    if (static_cast<int>(drafts.size()) < items)
        throw std::runtime_error(fmt::format("the subjects give {} items, not {}", drafts.size(), items));
    // A county keeps more of what it could have than a town, a town more than a village; whoever is above keeps
    // all.
    constexpr std::array<double, 5> kKept{1e9, 1e9, 1, 0.5, 0.2};
    auto rank = [&](std::size_t at) {
        return static_cast<double>(drafts[at].chance >> 11U) /
               kKept.at(static_cast<std::size_t>(drafts[at].level));
    };
    std::vector<std::size_t> order(drafts.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::sort(order, [&](std::size_t one, std::size_t other) {
        return std::tuple(-rank(one), one) < std::tuple(-rank(other), other);
    });
    std::vector<bool> dropped(drafts.size());
    for (std::size_t i = 0; i < drafts.size() - static_cast<std::size_t>(items); ++i) dropped[order[i]] = true;
    std::size_t at = 0;
    std::erase_if(drafts, [&](Draft const&) { return dropped[at++]; });
}

void balance(std::vector<Draft>& drafts, std::vector<Subject> const& subjects, Quota const& quota) {
    Balance balance(drafts, subjects);
    balance.reach(Trips::more, quota.more);
    balance.reach(Trips::none, quota.none);
    if (balance.count(Trips::one) != quota.one)
        throw std::runtime_error(
            fmt::format("{} items need one trip, not {}", balance.count(Trips::one), quota.one));
    if (quota.on_line >= 0) balance.reach_on_line(quota.on_line);
}

}  // namespace banyan::hall
