// platform/http/incoming.h: one request as it comes in, on top of Beast's parser. Private to the server.
//
// Beast finds lines, fields and chunks. What it lets through and we do not, each a way to make two servers
// disagree about where a request ends (RFC 9112 section 11.2): a second Content-Length even if equal, lists in it,
// any Transfer-Encoding but `chunked`, either of them in HTTP/1.0 together, no or two Host fields.
// It also forgets the header limit when each field comes in a packet of its own: we count ourselves.
#pragma once
// Beast 1.81 asserts "n >= 5" where a last chunk "0\r\n" came alone and 4 bytes are legal; its checks are ours to
// make.
#define BOOST_DISABLE_ASSERTS
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"  // g++ 12 with sanitizers, about boost::optional
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#pragma GCC diagnostic pop

#include "platform/http/target.h"
#include "platform/telemetry/trace.h"

namespace banyan::http {

/// What the server itself says to a request.
struct Refused {
    int status = 0;  ///< 0: nothing
    std::string_view key;
};

class Incoming final : public boost::beast::http::basic_parser<true> {
  public:
    using Error = boost::system::error_code;
    using Text = boost::core::string_view;
    struct Limits {
        std::size_t header_bytes;
        std::size_t discarded_body = 64 * 1024;  ///< of a request that is refused but whose connection goes on
    };

    Incoming(Routes const& routes, Limits limits) : routes_(routes), limits_(limits) {
        eager(true);
        header_limit(static_cast<std::uint32_t>(limits.header_bytes));
        body_limit(boost::none);  // ours depends on the route
    }

    Request request;
    Routes::Found found;
    Refused refused;               ///< by the table: the body is read and dropped, the connection goes on
    Refused broken;                ///< the connection cannot go on
    std::string_view traceparent;  ///< lives in request; empty: none or more than one
    bool http10 = false;
    bool expects_continue = false;

  private:
    void fail(Error& ec, int status, std::string_view key) {
        broken = {status, key};
        ec = boost::beast::http::error::bad_value;
    }

    void on_request_impl(boost::beast::http::verb, Text method, Text target, int version, Error& ec) override {
        http10 = version == 10;
        header_bytes_ = method.size() + target.size();
        method_known_ = false;
        if (auto const known = method_named({method.data(), method.size()})) {
            request.method = *known;
            method_known_ = true;
        }
        target_.assign(target.data(), target.size());
        if (header_bytes_ > limits_.header_bytes) fail(ec, 431, "http.header_too_large");
    }

    void on_field_impl(boost::beast::http::field field, Text name, Text value, Error& ec) override {
        if (header_done_) return;  // trailers of a chunked body are dropped
        constexpr std::size_t kMostFields = 100;
        header_bytes_ += name.size() + value.size() + 4;
        if (header_bytes_ > limits_.header_bytes || ++fields_ > kMostFields)
            return fail(ec, 431, "http.header_too_large");
        std::string_view const text(value.data(), value.size());
        switch (field) {
            case boost::beast::http::field::host:
                if (++hosts_ > 1 || text.find_first_of(" \t/\\?#@<>\"") != std::string_view::npos)
                    return fail(ec, 400, "http.malformed");
                break;
            case boost::beast::http::field::content_length:
                if (++lengths_ > 1 || text.empty() ||
                    text.find_first_not_of("0123456789") != std::string_view::npos)
                    return fail(ec, 400, "http.malformed");
                break;
            case boost::beast::http::field::transfer_encoding:
                if (http10) return fail(ec, 400, "http.malformed");
                if (text != "chunked" && text != "Chunked") return fail(ec, 501, "http.encoding");
                break;
            case boost::beast::http::field::expect:
                if (!boost::beast::iequals(value, "100-continue")) return fail(ec, 417, "http.expectation");
                expects_continue = !http10;
                break;
            default:
                break;
        }
        request.add_header({name.data(), name.size()}, text);
        if (boost::beast::iequals(name, "traceparent")) ++traceparents_;
    }

    void on_header_impl(Error& ec) override {
        header_done_ = true;
        if (traceparents_ == 1) traceparent = request.header("traceparent");
        if (hosts_ == 0 && !http10) return fail(ec, 400, "http.malformed");
        Target target;
        if (!http::parse_target(target_, target)) return fail(ec, 400, "http.malformed");
        if (target.asterisk && request.method != Method::options) return fail(ec, 400, "http.malformed");
        request.path = std::move(target.path);
        request.query = std::move(target.query);
        find_route(target);
        most_body_ = found.route ? found.route->most_body : limits_.discarded_body;
        if (auto const length = content_length(); length && *length > most_body_)
            refuse_body(ec);
        else if (refused.status && expects_continue)
            refuse_body(ec);  // and the client keeps its body
    }

    void find_route(Target const& target) {
        if (!method_known_) {
            refused = {501, "http.method_unknown"};
            return;
        }
        if (target.asterisk)
            found.methods = (1u << kMethods) - 1;
        else
            found = routes_.find(request.method, request.path, target.segments);
        if (found.route) {
            request.route_name = found.route->name;
            request.path_params = std::move(found.params);
        } else if (found.methods == 0) {
            refused = {404, "http.not_found"};
        } else if (request.method != Method::options) {
            refused = {405, "http.method_not_allowed"};
        } else {
            refused = {204, {}};
        }
    }

    void refuse_body(Error& ec) {
        if (refused.status)
            fail(ec, refused.status, refused.key);
        else
            fail(ec, 413, "http.body_too_large");
    }

    void on_body_init_impl(boost::optional<std::uint64_t> const& length, Error&) override {
        // Memory follows what arrives, not what is announced.
        if (length && found.route) request.body.reserve(std::min<std::size_t>(*length, 64 * 1024));
    }

    std::size_t take_body(Text body, Error& ec) {
        received += body.size();
        if (received > most_body_) {
            refuse_body(ec);
            return 0;
        }
        if (found.route) request.body.append(body.data(), body.size());
        return body.size();
    }
    std::size_t on_body_impl(Text body, Error& ec) override { return take_body(body, ec); }
    std::size_t on_chunk_body_impl(std::uint64_t, Text body, Error& ec) override { return take_body(body, ec); }

    void on_chunk_header_impl(std::uint64_t size, Text extensions, Error& ec) override {
        chunk_extra_ += extensions.size();
        if (chunk_extra_ > limits_.header_bytes) return fail(ec, 400, "http.malformed");
        if (size > most_body_) refuse_body(ec);
    }

    void on_response_impl(int, Text, int, Error&) override {}
    void on_finish_impl(Error&) override {}

  public:
    std::uint64_t received = 0;  ///< bytes of the body
    bool header_done() const { return header_done_; }

  private:
    Routes const& routes_;
    Limits const limits_;
    std::string target_;
    std::size_t header_bytes_ = 0, chunk_extra_ = 0, most_body_ = 0;
    std::size_t fields_ = 0;
    int hosts_ = 0, lengths_ = 0, traceparents_ = 0;
    bool method_known_ = false, header_done_ = false;
};

}  // namespace banyan::http
