// api/rulebooks.h: whoever keeps the rulebooks, at work: on that of notices, which is checked in no time.
#pragma once
#include <gtest/gtest.h>

#include <thread>

#include "api/demo_city.h"

namespace banyan::api_test {

inline std::string const kRulebooks = "/api/v1/rulebooks", kNoticeBook = kRulebooks + "/notice";

/// Its text in force, with another version.
inline std::string next_version(Heard const& book) {
    std::string text = book.at("/source");
    std::size_t const at = text.find("version = ");
    return text.replace(at, text.find('\n', at) - at, "version = " + std::to_string(book.number("/version") + 1));
}

inline std::string with_instead(std::string text, std::string const& old, std::string const& replaced) {
    std::size_t const at = text.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    return at == std::string::npos ? text : text.replace(at, old.size(), replaced);
}

/// Asked for, and waited for.
inline Heard checked(std::string const& text, std::string const& book = kNoticeBook) {
    Heard const asked = as("sys").post(book + "/checks", {{"text", text}});
    EXPECT_EQ(asked.status, 202) << asked.text;
    for (int tries = 0; tries < 600; ++tries) {
        Heard now = as("sys").get(book + "/checks/" + asked.at("/hash"));
        if (now.at("/state") == "done" || now.at("/state") == "stopped") return now;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    ADD_FAILURE() << "the check does not end: " << asked.text;
    return asked;
}

inline Heard take(std::string const& hash, Heard const& instead_of, std::string const& note = "试行") {
    return as("sys").post(kNoticeBook + "/versions",
                          {{"hash", hash}, {"instead_of", instead_of.at("/hash")}, {"note", note}});
}

/// A text with faults, one with a dead end behind a count, a variant that is taken into force.
inline void keep_rulebooks() {
    Heard const book = as("sys").get(kNoticeBook);
    as("sys").get(kRulebooks + "/appeal");
    as("sys").post(kNoticeBook + "/reading", {{"text", "name = 1\n"}});
    std::string const dead_end =
        "\n[stage.stuck]\nowner = \"reviewer\"\n[step.bury]\nfrom = [\"to_check\"]\nto = \"stuck\"\n"
        "by = [\"reviewer@city\"]\nneeds = [{ at_least = 5, step = \"send_back\" }]\n";
    checked(next_version(book) + dead_end);
    std::string const variant = "base = \"notice\"\nversion = " + std::to_string(book.number("/version") + 1) +
                                "\n[[limit.again]]\nlimit = \"3 working days\"\n";
    Heard const check = checked(variant);
    as("sys").post(kNoticeBook + "/reading", {{"text", variant}});
    EXPECT_EQ(take(check.at("/hash"), book).status, 201);
    as("sys").send(http::Method::del, kNoticeBook + "/checks/" + check.at("/hash"));
    as("sys").get(kNoticeBook);
    as("sys").get(kRulebooks);
}

}  // namespace banyan::api_test
