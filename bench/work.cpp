#include "work.h"

#include <fmt/format.h>

#include <charconv>
#include <stdexcept>

namespace banyan::bench {
namespace {

std::int64_t id_behind(std::string_view text, std::string_view mark) {
    std::size_t at = text.find(mark);
    std::int64_t id = 0;
    if (at != std::string_view::npos)
        std::from_chars(text.data() + at + mark.size(), text.data() + text.size(), id);
    return id;
}

void append_length_and_body(std::string& out, std::string_view body) {
    fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n\r\n", body.size());
    out += body;
}

}  // namespace

Work::Work(Load load, std::vector<std::string> const& tokens)
    : load_(load), forms_(random_), items_(load.open), ready_(tokens.size()), under_way_(load.connections) {
    for (std::string const& token : tokens)
        heads_.push_back(" HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token +
                         "\r\nContent-Type: application/json\r\n");
    for (std::size_t slot = load.open; slot > 0; --slot) unused_.push_back(static_cast<Slot>(slot - 1));
}

/// What is to be done together: filings, or steps of one account.
bool Work::choose(std::vector<Slot>& slots) {
    std::size_t most = std::min(std::max<std::size_t>(load_.batch, 1), allowed_);
    if (most == 0) return false;
    if (unused_.size() >= most || (waiting_ == 0 && !unused_.empty())) {
        for (; !unused_.empty() && slots.size() < most; unused_.pop_back()) slots.push_back(unused_.back());
    } else if (waiting_ > 0) {
        std::size_t at = random_() % waiting_, account = 0;  // each matter as likely as any other
        while (at >= ready_[account].size()) at -= ready_[account++].size();
        auto& ready = ready_[account];
        while (!ready.empty() && slots.size() < most) {
            std::swap(ready[random_() % ready.size()], ready.back());
            slots.push_back(ready.back());
            ready.pop_back();
            --waiting_;
        }
    }
    allowed_ -= slots.size();
    return !slots.empty();
}

bool Work::write_next(std::size_t connection, std::string& out) {
    auto& slots = under_way_[connection];
    slots.clear();
    if (!choose(slots)) return false;
    for (Slot slot : slots)
        if (Item& item = items_[slot]; item.next == Step::file)
            item.unit = static_cast<std::uint8_t>(random_() % kUnits);
    Item const& first = items_[slots.front()];
    if (load_.batch == 0) {
        append_step(out, first);
        return true;
    }
    std::string body = "{\"commands\":[";
    for (Slot slot : slots) {
        if (body.back() != '[') body += ',';
        append_command(body, items_[slot]);
    }
    body += "]}";
    out += "POST /api/v1/commands";
    out += heads_[account_for(first.next, first.unit)];
    append_length_and_body(out, body);
    return true;
}

void Work::append_step(std::string& out, Item const& item) {
    if (item.next == Step::file)
        out += "POST /api/v1/matters";
    else
        fmt::format_to(std::back_inserter(out), "POST /api/v1/matters/{}/steps/{}", item.id, name(item.next));
    out += heads_[account_for(item.next, item.unit)];
    out += "Idempotency-Key: ";
    append_key(out, keys_);
    out += "\r\n";
    static thread_local std::string body;
    body = item.next == Step::file ? R"({"procedure":"appeal","form":)" : R"({"form":)";
    forms_.append(body, item.next, item.unit, random_);
    body += '}';
    append_length_and_body(out, body);
}

void Work::append_command(std::string& out, Item const& item) {
    if (item.next == Step::file)
        out += R"({"procedure":"appeal")";
    else
        fmt::format_to(std::back_inserter(out), R"({{"matter":"{}")", item.id);
    fmt::format_to(std::back_inserter(out), R"(,"step":"{}","key":")", name(item.next));
    append_key(out, keys_);
    out += R"(","form":)";
    forms_.append(out, item.next, item.unit, random_);
    out += '}';
}

/// The step is done: the matter waits for the next, or is over.
void Work::taken(Slot slot, std::int64_t id) {
    Item& item = items_[slot];
    if (item.next == Step::file) {
        ++filed_;
        ++open_;
        item.id = id;
    }
    if (item.next == Step::call_back) {
        --open_;
        item = {};
        unused_.push_back(slot);
        return;
    }
    item.next = static_cast<Step>(static_cast<int>(item.next) + 1);
    ready_[account_for(item.next, item.unit)].push_back(slot);
    ++waiting_;
}

std::size_t Work::answered(std::size_t connection, int status, std::string_view body) {
    auto const& slots = under_way_[connection];
    if (status < 200 || status > 299)
        throw std::runtime_error(
            fmt::format("{} answered with {}: {}", name(items_[slots.front()].next), status, body));
    if (load_.batch == 0) {
        taken(slots.front(), id_behind(body, R"("id":")"));
        return 1;
    }
    constexpr std::string_view kEach = R"({"ok":)";
    for (Slot slot : slots) {
        std::size_t at = body.find(kEach);
        if (at == std::string_view::npos) throw std::runtime_error("fewer answers than commands");
        body.remove_prefix(at + kEach.size());
        if (!body.starts_with("true"))
            throw std::runtime_error(fmt::format("{}: {}", name(items_[slot].next), body.substr(0, 400)));
        taken(slot, id_behind(body.substr(0, 64), R"("id":")"));
    }
    return slots.size();
}

}  // namespace banyan::bench
