#include <gtest/gtest.h>

#include <random>

#include "platform/http/serving.h"

namespace banyan::http {
namespace {

using namespace std::string_literals;

std::string times(int n, std::string const& text) {
    std::string out;
    for (int i = 0; i < n; ++i) out += text;
    return out;
}

/// The statuses of all answers, as "200 400".
std::string statuses(std::string const& bytes) {
    std::string out;
    for (std::size_t at = bytes.find("HTTP/1.1 "); at != std::string::npos; at = bytes.find("HTTP/1.1 ", at + 1))
        out += (out.empty() ? "" : " ") + bytes.substr(at + 9, 3);
    return out;
}

struct Row {
    char const* what;
    std::string bytes;
    char const* expected;
};

std::vector<Row> rows() {
    std::string const get = "GET /hello HTTP/1.1\r\n", host = "Host: a\r\n", end = "\r\n";
    std::string const post = "POST /echo HTTP/1.1\r\nHost: a\r\n",
                      after = "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n";
    return {
        {"a good one", get + host + end, "200"},
        {"two good ones", get + host + end + after, "200 200"},
        {"empty lines before it", "\r\n\r\n" + get + host + end, "200"},
        {"nothing", "", ""},
        {"half a request", "GET /hel", ""},
        {"no words", "\x01\x02\x03\r\n\r\n", "400"},
        {"a TLS hello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s, "400"},
        {"one word", "HELLO\r\n\r\n", "400"},
        {"no version", "GET /hello\r\n\r\n", "400"},
        {"a version of the future", "GET /hello HTTP/2.0\r\nHost: a\r\n\r\n", "505"},
        {"HTTP/2 from the start", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505"},
        {"two spaces", "GET  /hello HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
        {"a space in the path", "GET /hel lo HTTP/1.1\r\nHost: a\r\n\r\n", "505"},
        {"lines ended by LF", "GET /hello HTTP/1.1\nHost: a\n\n", "505"},
        {"lines ended by CR", "GET /hello HTTP/1.1\rHost: a\r\r", "505"},
        {"a bare CR in a field", get + host + "A: b\rC: d\r\n\r\n", "400"},
        {"no host", get + end, "400"},
        {"two hosts", get + host + host + end, "400"},
        {"a host with a path", get + "Host: a/b\r\n\r\n", "400"},
        {"no host in HTTP/1.0", "GET /hello HTTP/1.0\r\n\r\n", "200"},
        {"a space before the colon", get + host + "A : b\r\n\r\n", "400"},
        {"a field without a name", get + host + ": b\r\n\r\n", "400"},
        {"a field without a colon", get + host + "A\r\n\r\n", "400"},
        {"NUL in a field", get + host + "A: b\0c\r\n\r\n"s, "400"},
        {"NUL in the path", "GET /he\0lo HTTP/1.1\r\nHost: a\r\n\r\n"s, "400"},
        {"NUL in the path, encoded", "GET /he%00lo HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
        {"a line end in the path, encoded", "GET /he%0d%0alo HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
        {"half a percent", "GET /he%4 HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
        {"a percent of nothing", "GET /hello?a=%zz HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
        {"no UTF-8", "GET /%c3%28 HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
        {"up", "GET /../hello HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
        {"up, encoded", "GET /%2e%2e/hello HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
        {"a path without slash", "GET hello HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
        {"CONNECT", "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
        {"TRACE", "TRACE /hello HTTP/1.1\r\nHost: a\r\n\r\n", "501"},
        {"a method in small letters", "get /hello HTTP/1.1\r\nHost: a\r\n\r\n", "501"},
        {"GET of everything", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
        {"both lengths", post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
        {"both lengths, the other way", post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
         "400"},
        {"two lengths", post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", "400"},
        {"two equal lengths", post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", "400"},
        {"a list of lengths", post + "Content-Length: 5, 5\r\n\r\nhello", "400"},
        {"a negative length", post + "Content-Length: -5\r\n\r\nhello", "400"},
        {"a signed length", post + "Content-Length: +5\r\n\r\nhello", "400"},
        {"a length in hex", post + "Content-Length: 0x5\r\n\r\nhello", "400"},
        {"an empty length", post + "Content-Length: \r\n\r\nhello", "400"},
        {"a length beyond 64 bits", post + "Content-Length: 99999999999999999999\r\n\r\n", "400"},
        {"a length beyond the limit", post + "Content-Length: 65537\r\n\r\n", "413"},
        {"a body up to the limit", post + "Content-Length: 65536\r\n\r\n" + std::string(65536, 'x') + after,
         "200 200"},
        {"gzip", post + "Transfer-Encoding: gzip\r\n\r\n", "501"},
        {"gzip, chunked", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "501"},
        {"chunked twice", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         "400"},
        {"chunked, disguised", post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", "501"},
        {"chunked in HTTP/1.0", "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
        {"a chunk of no size", post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", "400"},
        {"a chunk of negative size", post + "Transfer-Encoding: chunked\r\n\r\n-1\r\n", "400"},
        {"a chunk beyond 64 bits", post + "Transfer-Encoding: chunked\r\n\r\n11111111111111111\r\n", "400"},
        {"a chunk longer than it says", post + "Transfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n", "400"},
        {"chunks beyond the limit",
         post + "Transfer-Encoding: chunked\r\n\r\n" + times(17, "1000\r\n" + std::string(4096, 'x') + "\r\n"),
         "413"},
        {"one huge chunk", post + "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n", "413"},
        {"endless chunk extensions",
         post + "Transfer-Encoding: chunked\r\n\r\n" + times(2000, "1;a=bcdefgh\r\nx\r\n"), "400"},
        {"chunks, then another", post + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n" + after,
         "200 200"},
        {"an unknown expectation", post + "Expect: miracles\r\nContent-Length: 0\r\n\r\n", "417"},
        {"a long path", "GET /" + std::string(20000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", "431"},
        {"a long field", get + host + "A: " + std::string(20000, 'a') + "\r\n\r\n", "431"},
        {"many fields", get + host + times(200, "A: b\r\n") + end, "431"},
        {"a length with 404", "POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello" + after,
         "404 200"},
        {"a huge length with 404", "POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 500000\r\n\r\n", "404"},
        {"a continued line", get + host + "A: b\r\n c\r\n\r\n", "200"},
        {"nonsense after a good one", get + host + end + "\x01\r\n\r\n", "200 400"},
    };
}

TEST(Malformed, BytesAreAnsweredAsTheyShould) {
    Serving serving(usual_routes());
    for (auto const& row : rows()) EXPECT_EQ(statuses(serving.raw(row.bytes)), row.expected) << row.what;
    EXPECT_EQ(serving.client().request(Method::get, "/hello").status, 200);
    EXPECT_EQ(serving.metric("banyan_http_requests_in_flight"), 0);
}

TEST(Malformed, AHeaderCannotGrowForEverOneFieldAPacket) {
    Serving serving(usual_routes());
    Wire wire("127.0.0.1", serving.server.port());
    wire.send("GET /hello HTTP/1.1\r\nHost: a\r\n");
    int sent = 0;
    try {
        for (; sent < 4000; ++sent) {
            wire.send("A: b\r\n");
            if (sent < 200) std::this_thread::sleep_for(std::chrono::microseconds(100));
        }
    } catch (std::runtime_error const&) {
    }  // closed on us
    EXPECT_EQ(statuses(wire.all()), "431");
}

/// Good requests with bytes changed, cut, doubled and joined, from a fixed seed.
TEST(Malformed, TheServerSurvivesTwoThousandStrangeRequests) {
    auto options = for_tests();
    Serving serving(usual_routes(), options);
    auto const seeds = rows();
    std::mt19937 random(20261009);
    auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
    for (int i = 0; i < 2000; ++i) {
        std::string bytes = seeds[below(seeds.size())].bytes.substr(0, 3000);
        for (auto changes = below(6); changes > 0 && !bytes.empty(); --changes) {
            auto const at = below(bytes.size());
            switch (below(5)) {
                case 0:
                    bytes[at] = static_cast<char>(below(256));
                    break;
                case 1:
                    bytes.erase(at, 1 + below(8));
                    break;
                case 2:
                    bytes.insert(at, bytes.substr(below(bytes.size()), below(30)));
                    break;
                case 3:
                    bytes.insert(at, 1, "\r\n:; %/\0 0"[below(10)]);
                    break;
                default:
                    bytes += seeds[below(seeds.size())].bytes.substr(0, 3000);
                    break;
            }
        }
        Wire wire("127.0.0.1", serving.server.port());
        auto const cut = below(bytes.size() + 1);
        try {
            wire.send(std::string_view(bytes).substr(0, cut));
            if (i % 4 == 0) std::this_thread::sleep_for(std::chrono::microseconds(100));
            wire.send(std::string_view(bytes).substr(cut));
            if (i % 3 == 0) continue;  // gone without reading
            wire.finish_sending();
        } catch (std::runtime_error const&) {
        }
        auto const answer = wire.all();
        ASSERT_TRUE(answer.empty() || answer.starts_with("HTTP/1.1 ")) << answer.substr(0, 200);
    }
    EXPECT_EQ(serving.client().request(Method::get, "/hello").body, "hello");
    EXPECT_EQ(serving.metric("banyan_http_requests_in_flight"), 0);
}

}  // namespace
}  // namespace banyan::http
