// Everything that is published, for programs: CSV and JSON lines, the same that an import reads. A region's own
// items, or all; 1,000 a page, `Link: …; rel="next"` (RFC 8288) leads to the next.
#include "systems/hall/exchange.h"
#include "systems/hall/routes.h"

namespace banyan::hall {
namespace {

constexpr int kPage = 1000;

struct Format {
    std::string name, type;
    std::string (*head)();
    std::string (*line)(Item const& item);
};
Format csv() {
    return {"csv", "text/csv", [] { return csv_header(); }, [](Item const& item) { return csv_line(item, true); }};
}
Format jsonl() {
    return {"jsonl", "application/jsonl", [] { return std::string(); },
            [](Item const& item) { return jsonl_line(item); }};
}

Result<http::Reply> page(Desk const& desk, store::Session& session, api::Call& call, Format const& format) {
    Form const form(call.query);
    std::string const region(region_code(form.text("region")));
    if (!region.empty() && desk.regions.at(region) == nullptr)
        return refuse("region.unknown", "query.region", {{"region", region}});
    std::int64_t after = 0;
    if (form.has("after")) {
        auto const read = api::read_id(form.text("after"));
        if (!read) return refuse("cursor.bad", "query.after");
        after = *read;
    }
    std::string body = format.head();
    auto put = [&](Stored&& stored) {
        body += format.line(stored.item);
        after = stored.id;
    };
    int const many = region.empty() ? each_published(session, after, kPage, put)
                                    : each_published_in(session, region, after, kPage, put);
    http::Reply reply{200, format.type + "; charset=utf-8", std::move(body), {{"Cache-Control", "no-cache"}}, {}};
    if (many == kPage) {
        std::string next = "</api/v1/hall/open-data/items." + format.name + "?after=" + std::to_string(after);
        if (!region.empty()) next += "&region=" + region;
        reply.headers.emplace_back("Link", next + ">; rel=\"next\"");
    }
    return reply;
}

void add(api::Api& api, Desk const& desk, Format const& format, api::Operation operation) {
    operation.name = "hall.open_data." + format.name;
    operation.summary = "Open data: every published item, 1,000 a page; the header Link names the next";
    operation.tag = "hall";
    operation.who = api::Who::anyone;
    operation.query = {{.name = "region", .type = Field::Type::region, .about = "only this place's own"},
                       {.name = "after", .most = 16, .about = "as the header Link has it"}};
    operation.replies = {{200, "what an import reads, with the trips it takes"}};
    operation.reply = shape::text();
    operation.reply_type = format.type;
    operation.handle = reading(desk, [format](Desk const& at, store::Session& session, api::Call& call) {
        return page(at, session, call, format);
    });
    api.add(std::move(operation));
}

}  // namespace

void add_open_data_operations(api::Api& api, Desk const& desk) {
    add(api, desk, csv(), {.method = http::Method::get, .pattern = "/api/v1/hall/open-data/items.csv"});
    add(api, desk, jsonl(), {.method = http::Method::get, .pattern = "/api/v1/hall/open-data/items.jsonl"});
}

}  // namespace banyan::hall
