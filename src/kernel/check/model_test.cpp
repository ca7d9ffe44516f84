#include "kernel/check/model.h"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <iostream>

namespace banyan {
namespace {

std::shared_ptr<Procedure> rulebook_file(std::string const& path) {
    std::ifstream file(std::string(BANYAN_SOURCE_DIR) + "/" + path, std::ios::binary);
    auto made = read_procedure(std::string{std::istreambuf_iterator<char>(file), {}});
    if (!made) throw std::runtime_error(path + ": " + made.error().key + " " + made.error().params[0].second + " " + made.error().params[1].second);
    return *made;
}

Report check_all_texts(Procedure const& procedure) {
    auto texts = texts_of(procedure);
    return check(procedure, texts, texts);
}

TEST(Check, TheAppealsRulebookWorks) {
    auto began = std::chrono::steady_clock::now();
    Report report = check_all_texts(*rulebook_file("procedures/appeal.toml"));
    std::cout << "states " << report.states << ", moves " << report.moves << ", unusual " << report.unusual << (report.complete ? ", complete, " : ", ")
              << std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began).count() << " ms\n";
    for (Fault const& fault : report.faults) ADD_FAILURE() << describe(fault);
}

}  // namespace
}  // namespace banyan
