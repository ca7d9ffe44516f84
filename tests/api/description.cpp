#include "api/description.h"

#include <gtest/gtest.h>

namespace banyan::api_test {
namespace {

std::vector<std::string_view> parts_of(std::string_view path) {
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        path.remove_prefix(1);  // the slash
        std::size_t end = std::min(path.find('/'), path.size());
        parts.push_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return parts;
}

/// How many words of the pattern stand in the path as they are; nothing: it is another path.
std::optional<int> fits(std::string_view pattern, std::string_view path) {
    auto wanted = parts_of(pattern), given = parts_of(path);
    if (wanted.size() != given.size()) return std::nullopt;
    int words = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (wanted[i] == given[i])
            ++words;
        else if (!wanted[i].starts_with('{'))
            return std::nullopt;
    }
    return words;
}

}  // namespace

json::value const* Description::find(std::string const& pointer) const {
    boost::system::error_code error;
    return all_.find_pointer(pointer, error);
}

std::string Description::operation_at(http::Method method, std::string const& target) const {
    std::string path = target.substr(0, target.find('?')), best;
    int most = -1;
    for (auto const& each : all_.at("paths").as_object())
        if (auto words = fits(each.key(), path); words && *words > most) {
            most = *words;
            best = each.key();
        }
    std::string name(http::name(method == http::Method::head ? http::Method::get : method));
    for (char& c : name) c = static_cast<char>(c | 32);
    std::string pointer = "/paths/" + escaped(best) + "/" + name;
    return most >= 0 && find(pointer) != nullptr ? pointer : "";
}

void Description::hold(http::Method method, std::string const& target, journey::Heard const& heard) {
    std::string operation = operation_at(method, target);
    if (operation.empty()) return;
    SCOPED_TRACE(std::string(http::name(method)) + " " + target.substr(0, 120) + " → " +
                 std::to_string(heard.status));
    std::string response = operation + "/responses/" + std::to_string(heard.status);
    if (find(response) == nullptr) {
        EXPECT_TRUE(heard.key().starts_with("http.")) << "a status that is not described: " << heard.text;
        return;
    }
    if (json::value const* reference = find(response + "/$ref"))
        response = std::string(reference->as_string()).substr(1);
    if (heard.status < 300) answered_.insert(operation);
    json::value const* content = find(response + "/content");
    if (content == nullptr) {
        EXPECT_EQ(heard.text, "") << "an answer without content is described";
        return;
    }
    std::string type = heard.header("content-type");
    type = type.substr(0, type.find(';'));
    ASSERT_TRUE(content->as_object().contains(type)) << "a type that is not described: " << type;
    if (method == http::Method::head) return;
    // A file of the pages is a text, whatever is in it.
    bool const is_json = type.ends_with("json") && type != "application/manifest+json";
    json::value value = is_json ? heard.body : json::value(heard.text);
    for (std::string const& fault : check_.faults(response + "/content/" + escaped(type) + "/schema", value))
        ADD_FAILURE() << fault;
}

void Description::hold_event(std::string const& target, json::value const& data) {
    std::string operation = operation_at(http::Method::get, target);
    answered_.insert(operation);
    for (std::string const& fault :
         check_.faults(operation + "/responses/200/content/text~1event-stream/schema/x-data", data))
        ADD_FAILURE() << fault;
}

std::set<std::string> Description::operations() const {
    std::set<std::string> all;
    for (auto const& path : all_.at("paths").as_object())
        for (auto const& method : path.value().as_object())
            all.insert("/paths/" + escaped(path.key()) + "/" + std::string(method.key()));
    return all;
}

std::vector<std::string> Description::paths() const {
    std::vector<std::string> all;
    for (auto const& path : all_.at("paths").as_object()) all.emplace_back(path.key());
    return all;
}

std::vector<std::string> Description::reply_schemas() const {
    std::vector<std::string> all;
    for (std::string const& operation : operations())
        for (auto const& response : all_.at_pointer(operation + "/responses").as_object())
            if (json::value const* content = response.value().as_object().if_contains("content"))
                for (auto const& type : content->as_object()) {
                    std::string schema = operation + "/responses/" + std::string(response.key()) + "/content/" +
                                         escaped(type.key()) + "/schema";
                    all.push_back(schema);
                    if (find(schema + "/x-data") != nullptr) all.push_back(schema + "/x-data");
                }
    return all;
}

std::set<std::string> Description::never_seen() const {
    std::set<std::string> all;
    for (std::string const& schema : reply_schemas()) all.merge(check_.members(schema));
    for (std::string const& seen : check_.seen()) all.erase(seen);
    return all;
}

}  // namespace banyan::api_test
