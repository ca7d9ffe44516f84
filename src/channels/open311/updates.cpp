// The updates extension, both ways: what has become of requests, and what a partner adds to its own.
#include <array>

#include "base/text.h"
#include "channels/open311/asking.h"

namespace banyan::open311 {
namespace {

using publication::Update;

/// Statuses of the extension (its OpenAPI document). What a partner says of one is told to the seat, no more.
constexpr std::array<std::string_view, 13> kStatuses{"open",
                                                     "closed",
                                                     "fixed",
                                                     "investigating",
                                                     "action_scheduled",
                                                     "in_progress",
                                                     "planned",
                                                     "no_further_action",
                                                     "not_councils_responsibility",
                                                     "duplicate",
                                                     "internal_referral",
                                                     "cancelled",
                                                     "for_triage"};

constexpr std::size_t kMostUpdateId = 100;

json::object update_json(Update const& update) {
    std::string const number = receipt_number(update.matter);
    return {{"update_id", number + "-" + std::to_string(update.no)},
            {"service_request_id", number},
            {"status", update.open ? "open" : "closed"},
            {"updated_datetime", when(update.at)},
            {"description", update.text},
            {"media_url", ""}};
}

Result<http::Reply> updates_reply(Asking const& asking, std::vector<Update> const& updates) {
    json::array made;
    for (Update const& update : updates) made.push_back(update_json(update));
    return reply(asking.format, 200, "service_requests_updates", made);
}

/// Of these requests, where they are the partner's own.
std::vector<Update> own_updates(Endpoint const& endpoint, store::Session& session, Asking const& asking,
                                Dates const& dates) {
    std::vector<Update> all;
    for (std::string const& text : asking.list("service_request_id")) {
        auto const id = read_receipt_number(text);
        auto const own = id ? load_own(endpoint, session, asking, *id) : std::nullopt;
        if (!own) continue;
        for (Update& update : publication::told_asker(own->history, own->matter.procedure).updates)
            if ((!dates.from || update.at >= *dates.from) && (!dates.until || update.at < *dates.until))
                all.push_back(std::move(update));
    }
    std::ranges::sort(all, {}, [](Update const& one) { return std::tuple(one.at, one.matter, one.no); });
    return all;
}

/// A word and a text, as the seat reads it.
Result<std::string> read_text(Asking const& asking) {
    std::string_view const text = asking.value("description"), status = asking.value("status");
    if (trim(text).empty()) return refuse("georeport.description_needed", "description");
    std::string word(status);
    for (char& c : word)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    if (!word.empty() && std::ranges::find(kStatuses, word) == kStatuses.end())
        return refuse("georeport.status", "status");
    return word.empty() || word == "open" ? std::string(text) : "[" + word + "] " + std::string(text);
}

/// "3" of an answer's {…"version":3…}
std::string version_of(Answer const& answer) {
    json::error_code error;
    json::value const body = json::parse(answer.body, error);
    json::value const* version = error || !body.is_object() ? nullptr : body.as_object().if_contains("version");
    return version != nullptr && version->is_int64() ? std::to_string(version->as_int64()) : std::string();
}

}  // namespace

void get_updates(Endpoint& endpoint, Asking asking, http::Respond respond) {
    Result<Dates> dates = read_dates(endpoint, asking);
    if (!dates) return respond(refusal_reply(endpoint, asking, dates.error()));
    std::size_t const named = asking.list("service_request_id").size();
    if (named > static_cast<std::size_t>(endpoint.settings.most_ids))
        return respond(refusal_reply(endpoint, asking,
                                     {"georeport.too_many_ids",
                                      "service_request_id",
                                      {{"most", std::to_string(endpoint.settings.most_ids)}},
                                      {}}));
    if (named != 0 && asking.partner)
        return read(
            endpoint, std::move(asking), std::move(respond),
            [&endpoint, dates = *dates](store::Session& session, Asking const& asked) -> Result<http::Reply> {
                return updates_reply(asked, own_updates(endpoint, session, asked, dates));
            });
    Instant const now = endpoint.house.engine.now();
    publication::WantedUpdates wanted{dates->from.value_or(now - days(endpoint.settings.most_days)),
                                      dates->until.value_or(now + seconds(1)),
                                      asking.jurisdiction->region,
                                      {},
                                      static_cast<std::size_t>(endpoint.settings.most_requests)};
    if (named != 0) {
        wanted.matters.emplace();
        for (std::string const& text : asking.list("service_request_id"))
            if (auto const id = read_receipt_number(text)) wanted.matters->push_back(*id);
    }
    read(endpoint, std::move(asking), std::move(respond),
         [wanted = std::move(wanted)](store::Session& session, Asking const& asked) -> Result<http::Reply> {
             return updates_reply(asked, publication::find_updates(session, wanted));
         });
}

void file_update(Endpoint& endpoint, Asking asking, http::Respond respond) {
    auto const id = read_receipt_number(asking.value("service_request_id"));
    if (!id)
        return respond(
            refusal_reply(endpoint, asking, {"georeport.request_unknown", "service_request_id", {}, {}}));
    Result<std::string> const text = read_text(asking);
    if (!text) return respond(refusal_reply(endpoint, asking, text.error()));
    Command command;
    command.actor = asking.partner->actor;
    command.matter = *id;
    command.step = "supplement";
    command.form["text"] = *text;
    Request request;
    std::string_view const theirs = asking.value("update_id");
    if (theirs.size() > kMostUpdateId)
        return respond(refusal_reply(
            endpoint, asking, {"georeport.too_long", "update_id", {{"most", std::to_string(kMostUpdateId)}}, {}}));
    if (!theirs.empty()) {  // sent again it is added once
        request.once = "open311:" + id->text() + ":" + std::string(theirs);
        request.asked = std::string(crypto::view(crypto::sm3(json::serialize(command.form))));
    }
    request.what = std::move(command);
    auto told = [format = asking.format](Answer const& answer) {
        json::array const made{
            json::object{{"update_id", receipt_number(answer.matter) + "-c" + version_of(answer)}}};
        return reply(format, 200, "service_requests_updates", made);
    };
    submit(endpoint, asking, std::move(request), {std::move(respond), std::move(told)});
}

}  // namespace banyan::open311
