#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "platform/http/http.h"

namespace banyan::http {

struct Routes::Node {
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    std::vector<std::pair<std::string, std::size_t>> words;  ///< sorted: segment → node
    std::size_t any = kNone;                                 ///< node for `{…}`
    std::size_t rest = kNone;                                ///< node for `{…*}`, which has routes only
    std::array<std::size_t, kMethods> routes;                ///< those that end here
    Node() { routes.fill(kNone); }
};

struct Routes::Search {
    Method method;
    std::string_view path;
    std::vector<Segment> const& segments;
    Found found{};
    std::string_view segment(std::size_t i) const { return path.substr(segments[i].at, segments[i].size); }
};

Routes::Routes() : nodes_(1) {}
Routes::Routes(Routes&&) noexcept = default;
Routes& Routes::operator=(Routes&&) noexcept = default;
Routes::~Routes() = default;

std::size_t Routes::child(std::size_t node, std::string_view segment, std::string const& pattern) {
    auto made = [&](std::size_t Node::* link) {
        if (nodes_[node].*link == Node::kNone) {
            nodes_.emplace_back();
            nodes_[node].*link = nodes_.size() - 1;
        }
        return nodes_[node].*link;
    };
    if (segment.starts_with('{') && segment.ends_with("*}")) return made(&Node::rest);
    if (segment.starts_with('{') && segment.ends_with('}') && segment.size() > 2) return made(&Node::any);
    if (segment.find_first_of("{}*") != std::string_view::npos)
        throw std::logic_error(fmt::format("route {}: cannot read {}", pattern, segment));
    auto& words = nodes_[node].words;
    auto const at =
        std::ranges::lower_bound(words, segment, {}, [](auto const& w) -> std::string_view { return w.first; });
    if (at != words.end() && at->first == segment) return at->second;
    auto const next = nodes_.size();
    words.emplace(at, std::string(segment), next);
    nodes_.emplace_back();
    return next;
}

void Routes::add(Route route) {
    std::string_view rest = route.pattern;
    if (!rest.starts_with('/'))
        throw std::logic_error(fmt::format("route {}: begins with no slash", route.pattern));
    if (!route.handle) throw std::logic_error(fmt::format("route {}: has no handler", route.pattern));
    std::size_t node = 0;
    for (rest.remove_prefix(1); !rest.empty();) {
        auto const end = rest.find('/');
        auto const segment = rest.substr(0, end);
        bool const last = end == std::string_view::npos;
        if (segment.empty() || (segment.ends_with("*}") && !last) || (!last && end + 1 == rest.size()))
            throw std::logic_error(fmt::format("route {}: cannot read it", route.pattern));
        node = child(node, segment, route.pattern);
        rest = last ? std::string_view{} : rest.substr(end + 1);
    }
    auto& taken = nodes_[node].routes[static_cast<std::size_t>(route.method)];
    if (taken != Node::kNone)
        throw std::logic_error(fmt::format("route {} {}: {} is there already", http::name(route.method),
                                           route.pattern, routes_[taken]->name));
    taken = routes_.size();
    routes_.push_back(std::make_unique<Route>(std::move(route)));
}

bool Routes::search(Search& search, std::size_t node, std::size_t at) const {
    auto const& here = nodes_[node];
    auto take = [&](Node const& end) {
        for (std::size_t i = 0; i < kMethods; ++i)
            if (end.routes[i] != Node::kNone) search.found.methods |= static_cast<std::uint8_t>(1u << i);
        auto index = end.routes[static_cast<std::size_t>(search.method)];
        if (index == Node::kNone && search.method == Method::head)
            index = end.routes[static_cast<std::size_t>(Method::get)];
        if (index == Node::kNone) return false;
        search.found.route = routes_[index].get();
        search.found.index = index;
        return true;
    };
    if (at == search.segments.size()) return take(here);

    auto const segment = search.segment(at);
    auto const word = std::ranges::lower_bound(here.words, segment, {},
                                               [](auto const& w) -> std::string_view { return w.first; });
    if (word != here.words.end() && word->first == segment && this->search(search, word->second, at + 1))
        return true;
    auto& params = search.found.params;
    if (here.any != Node::kNone && !segment.empty()) {
        params.emplace_back(segment);
        if (this->search(search, here.any, at + 1)) return true;
        params.pop_back();
    }
    if (here.rest != Node::kNone && take(nodes_[here.rest])) {
        params.emplace_back(search.path.substr(search.segments[at].at));
        return true;
    }
    return false;
}

Routes::Found Routes::find(Method method, std::string_view path, std::vector<Segment> const& segments) const {
    constexpr std::size_t kDeepest = 32;
    if (segments.size() > kDeepest) return {};
    Search looked{method, path, segments};
    if (!search(looked, 0, 0)) looked.found.params.clear();
    if (looked.found.methods & (1u << static_cast<unsigned>(Method::get)))
        looked.found.methods |= 1u << static_cast<unsigned>(Method::head);
    return std::move(looked.found);
}

}  // namespace banyan::http
