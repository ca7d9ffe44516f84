#include "channels/open311/settings.h"

#include <algorithm>

#include "base/text.h"
#include "base/time.h"
#include "platform/config/toml.h"

namespace banyan::open311 {
namespace {

namespace json = boost::json;

/// Members by table and name; the first that is missing is remembered.
class Reader {
  public:
    explicit Reader(json::object const& root) : root_(root) {}

    void read(std::string_view table, std::string_view name, std::string& into) {
        json::value const* value = find(table, name);
        if (value != nullptr && value->is_string())
            into = value->as_string();
        else
            fault(table, name);
    }
    void read(std::string_view table, std::string_view name, double& into) {
        json::value const* value = find(table, name);
        if (value != nullptr && value->is_number())
            into = value->to_number<double>();
        else
            fault(table, name);
    }
    void read(std::string_view table, std::string_view name, std::int64_t& into) {
        json::value const* value = find(table, name);
        if (value != nullptr && value->is_int64() && value->as_int64() > 0)
            into = value->as_int64();
        else
            fault(table, name);
    }
    std::string const& missing() const { return missing_; }

  private:
    json::value const* find(std::string_view table, std::string_view name) const {
        json::value const* in = root_.if_contains(table);
        return in != nullptr && in->is_object() ? in->as_object().if_contains(name) : nullptr;
    }
    void fault(std::string_view table, std::string_view name) {
        if (missing_.empty()) missing_ = std::string(table) + "." + std::string(name);
    }
    json::object const& root_;
    std::string missing_;
};

bool is_region(std::string_view text) {
    return text.size() >= 2 && text.size() <= 12 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

Result<std::vector<Jurisdiction>> read_jurisdictions(std::string_view text) {
    std::vector<Jurisdiction> all;
    for (std::string const& each : split(text, ",")) {
        std::size_t const equals = each.find('=');
        Jurisdiction one{std::string(trim(each.substr(0, equals))), {}};
        if (equals != std::string::npos) one.region = trim(std::string_view(each).substr(equals + 1));
        bool const twice = std::ranges::find(all, one.id, &Jurisdiction::id) != all.end();
        if (one.id.empty() || twice || (equals != std::string::npos && !is_region(one.region)))
            return refuse("georeport.jurisdictions", each);
        all.push_back(std::move(one));
    }
    if (all.empty()) return refuse("georeport.jurisdictions");
    return all;
}

}  // namespace

Result<Settings> read_settings(std::string_view toml, std::string_view jurisdictions) {
    BANYAN_TRY(TomlDocument const document, parse_toml(toml));
    Settings settings;
    Reader reader(document.root);
    reader.read("endpoint", "changeset", settings.changeset);
    reader.read("endpoint", "channel", settings.channel);
    reader.read("province", "south", settings.province.south);
    reader.read("province", "north", settings.province.north);
    reader.read("province", "west", settings.province.west);
    reader.read("province", "east", settings.province.east);
    reader.read("limits", "posts_a_minute", settings.posts_a_minute);
    reader.read("limits", "reads_a_minute", settings.reads_a_minute);
    reader.read("limits", "most_days", settings.most_days);
    reader.read("limits", "most_requests", settings.most_requests);
    reader.read("limits", "most_paged", settings.most_paged);
    reader.read("limits", "most_ids", settings.most_ids);
    reader.read("limits", "most_description", settings.most_description);
    if (!reader.missing().empty()) return refuse("georeport.settings", reader.missing());
    if (!parse_rfc3339(settings.changeset)) return refuse("georeport.settings", "endpoint.changeset");
    BANYAN_TRY(settings.jurisdictions, read_jurisdictions(jurisdictions));
    return settings;
}

}  // namespace banyan::open311
