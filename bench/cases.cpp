// cases: applications of the service hall through their loop over HTTP, beside the hotline at work, in the demo
// city.
//
//   banyan demo --data DIR          once, then stopped
//   cases --data DIR --matters 20000
//
// Each case is five requests by four people: applied for (its form and materials checked), accepted, begun,
// examined, granted. Other connections file appeals, accept, dispatch and sign them all the while. Any answer but
// success ends the run; the folder keeps what was made.
#include <fmt/core.h>

#include <boost/json.hpp>
#include <chrono>
#include <cmath>

#include "arguments.h"
#include "connections.h"
#include "drive.h"
#include "platform/http/client.h"
#include "server.h"

namespace banyan::bench {
namespace {

namespace json = boost::json;
using Steady = std::chrono::steady_clock;

constexpr char const* kDemoPassword = "rongzhou-2026";

std::vector<Argument> const kArguments{
    {"data", "", "folder of a demo city, not served meanwhile"},
    {"matters", "20000", "so many cases are taken through their loop"},
    {"connections", "192", "connections that take cases"},
    {"hotline", "64", "connections that take appeals beside them"},
    {"json", "", "one JSON object", true},
};

/// What somebody asks of a connection: a request, and the id in its answer.
struct Step {
    std::string token, path, body;  ///< {} in the path: the id of the matter at hand
};

std::string token_of(http::Client& client, std::string const& login) {
    http::Answer const answer =
        client.request(http::Method::post, "/api/v1/sessions", {{"Content-Type", "application/json"}},
                       json::serialize(json::object{{"login", login}, {"password", kDemoPassword}}));
    if (answer.status != 201) throw std::runtime_error("signing in as " + login + ": " + answer.body);
    return std::string(json::parse(answer.body).at("token").as_string());
}

json::value get(http::Client& client, std::string const& token, std::string const& path) {
    http::Answer const answer = client.request(http::Method::get, path, {{"Authorization", "Bearer " + token}});
    if (answer.status != 200) throw std::runtime_error(path + ": " + answer.body);
    return json::parse(answer.body);
}

std::string form(json::object values) { return json::serialize(json::object{{"form", std::move(values)}}); }

/// The application for the demo's permit to dig up a road, every paper of which may be brought to the window.
std::string application(http::Client& client, std::string const& token, std::string const& code) {
    json::value const asked = get(client, token, "/api/v1/hall/items/" + code + "/form?applicant=person");
    json::array materials;
    for (json::value const& material : asked.at("materials").as_array())
        if (material.at("wanted").as_bool())
            materials.push_back({{"code", material.at("code")}, {"how", "paper"}});
    return json::serialize(json::object{{"item", code},
                                        {"version", asked.at("version")},
                                        {"applicant", "person"},
                                        {"form",
                                         {{"name", "陈小榕"},
                                          {"identity", "350199190001010014"},
                                          {"phone", "15400000001"},
                                          {"address", "鼓楼区茉莉巷 8 号"}}},
                                        {"materials", std::move(materials)}});
}

struct Found {
    std::string code, unit;
};
/// An item of ★3, whose papers are brought: no upload is measured here.
Found paper_item(http::Client& client) {
    http::Answer const answer = client.request(
        http::Method::get, "/api/v1/hall/items?region=3501&unit=ga&star=3&audience=person&limit=100");
    json::value const found = json::parse(answer.body);
    for (json::value const& row : found.at("items").as_array())
        if (row.at("star").as_int64() == 3) return {std::string(row.at("code").as_string()), "ga"};
    throw std::runtime_error("the demo has no item of three stars at the police");
}

std::vector<Step> case_steps(http::Client& client) {
    Found const item = paper_item(client);
    std::string const citizen = token_of(client, "citizen"), window = token_of(client, "window01"),
                      clerk = token_of(client, "unit-" + item.unit),
                      head = token_of(client, "unit-" + item.unit + "-head");
    std::string const at = "/api/v1/matters/{}/steps/";
    return {
        {citizen, "/api/v1/hall/applications", application(client, citizen, item.code)},
        {window, at + "accept_case", form({})},
        {clerk, at + "begin_examination", form({})},
        {clerk, at + "examine_case", form({{"examination", "agree"}, {"finding", "材料齐全，符合法定条件。"}})},
        {head, at + "grant_case", form({{"licence_number", "RZ2026000001"}})}};
}

std::vector<Step> appeal_steps(http::Client& client) {
    std::string const seat = token_of(client, "seat01"), dispatcher = token_of(client, "disp01"),
                      clerk = token_of(client, "unit-cg"), at = "/api/v1/matters/{}/steps/";
    json::object const filed{{"procedure", "appeal"},
                             {"form",
                              {{"kind", "complaint"},
                               {"title", "路灯不亮"},
                               {"body", "茉莉巷从巷口到小学的路灯三天不亮，孩子放学摸黑走，请尽快派人来看看。"},
                               {"channel", "phone"},
                               {"phone", "15400000001"},
                               {"name", "陈小榕"}}}};
    return {{seat, "/api/v1/matters", json::serialize(filed)},
            {seat, at + "accept", form({{"kind", "complaint"}, {"class", "road.lamp"}, {"region", "350102"}})},
            {dispatcher, at + "dispatch", form({{"lead", "cg"}, {"summary", "茉莉巷路灯三天不亮，请修复。"}})},
            {clerk, at + "sign", form({})}};
}

class Loop {
  public:
    Loop(std::uint16_t port, std::vector<Step> cases, std::vector<Step> appeals, std::size_t connections,
         std::size_t beside)
        : steps_{std::move(cases), std::move(appeals)},
          cases_(connections),
          connections_(port, connections + beside),
          under_way_(connections + beside) {}

    /// Takes so many cases to their end, and appeals as long as that lasts.
    void run(std::size_t most) {
        most_ = most;
        began_ = Steady::now();
        for (std::size_t i = 0; i < connections_.count(); ++i) next(i);
        while (connections_.under_way() > 0)
            connections_.wait([&](std::size_t connection, int status, std::string_view body) {
                answered(connection, status, body);
                next(connection);
            });
        seconds = std::chrono::duration<double>(ended_ - began_).count();
    }

    double seconds = 0;
    std::size_t done = 0, appeal_steps = 0;
    Times applied, steps, hotline;

  private:
    struct Way {
        std::size_t step = 0;
        std::string id;
        Steady::time_point sent;
    };
    std::vector<Step> const& steps_of(std::size_t connection) const { return steps_[connection < cases_ ? 0 : 1]; }

    void next(std::size_t connection) {
        Way& way = under_way_[connection];
        bool const is_case = connection < cases_;
        if (way.step == 0 && (is_case ? begun_ >= most_ : done >= most_)) return;
        if (way.step == 0 && is_case) ++begun_;
        Step const& step = steps_of(connection)[way.step];
        std::string path = step.path;
        if (std::size_t const hole = path.find("{}"); hole != std::string::npos) path.replace(hole, 2, way.id);
        std::string& request = connections_.request(connection);
        request = fmt::format(
            "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n"
            "Content-Length: {}\r\n\r\n{}",
            path, step.token, step.body.size(), step.body);
        way.sent = Steady::now();
        connections_.send(connection);
    }

    void answered(std::size_t connection, int status, std::string_view body) {
        Way& way = under_way_[connection];
        if (status != 200 && status != 201)
            throw std::runtime_error(steps_of(connection)[way.step].path + ": " + std::string(body));
        double const us = std::chrono::duration<double, std::micro>(Steady::now() - way.sent).count();
        bool const is_case = connection < cases_;
        (!is_case ? hotline : way.step == 0 ? applied : steps).add(us);
        if (way.step == 0) {
            constexpr std::string_view kId = "\"id\":\"";
            std::size_t const at = body.find(kId) + kId.size();
            way.id = std::string(body.substr(at, body.find('"', at) - at));
        }
        if (!is_case && done < most_) ++appeal_steps;
        if (++way.step < steps_of(connection).size()) return;
        way.step = 0;
        if (is_case && ++done == most_) ended_ = Steady::now();
    }

    std::vector<Step> const steps_[2];
    std::size_t const cases_;
    std::size_t most_ = 0, begun_ = 0;
    Connections connections_;
    std::vector<Way> under_way_;
    Steady::time_point began_, ended_;
};

double rounded(double value) { return std::round(value * 100) / 100; }

int run(Arguments const& given) {
    if (!given.given("data")) throw std::runtime_error("--data: a folder that `banyan demo` made");
    Server server({given.text("data"), {}, false});
    http::Client client("127.0.0.1", server.port());
    Loop loop(server.port(), case_steps(client), appeal_steps(client), given.number("connections"),
              given.number("hotline"));
    double const before = cpu_us(server.pid()).value_or(0), own = own_cpu_us();
    loop.run(given.number("matters"));
    double const spent = cpu_us(server.pid()).value_or(0) - before;
    auto const cases = static_cast<double>(loop.done), appeals = static_cast<double>(loop.appeal_steps);
    constexpr double kRequests = 5;
    json::object const report{
        {"cases", loop.done},
        {"seconds", rounded(loop.seconds)},
        {"cases_per_second", std::round(cases / loop.seconds)},
        {"hotline_steps_per_second", std::round(appeals / loop.seconds)},
        {"server_cpu_us_per_step", rounded(spent / (cases * kRequests + appeals))},
        {"client_cpu_us_per_step", rounded((own_cpu_us() - own) / (cases * kRequests + appeals))},
        {"apply_p50_ms", loop.applied.ms(50)},
        {"apply_p99_ms", loop.applied.ms(99)},
        {"step_p50_ms", loop.steps.ms(50)},
        {"step_p99_ms", loop.steps.ms(99)},
        {"hotline_p50_ms", loop.hotline.ms(50)},
        {"hotline_p99_ms", loop.hotline.ms(99)},
        {"server_rss_mb", std::round(rss_mb(server.pid()))}};
    server.stop();
    if (given.flag("json"))
        fmt::print("{}\n", json::serialize(report));
    else
        for (auto const& [name, value] : report)
            fmt::print("{:<26} {}\n", std::string_view(name), json::serialize(value));
    return 0;
}

}  // namespace
}  // namespace banyan::bench

int main(int argc, char** argv) {
    using namespace banyan::bench;
    Arguments const given("cases: applications of the service hall through their loop, beside the hotline",
                          kArguments, argc, argv);
    try {
        return run(given);
    } catch (std::exception const& error) {
        fmt::print(stderr, "cases: {}\n", error.what());
        return 1;
    }
}
