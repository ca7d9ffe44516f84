#include "main/calls.h"

#include <stdexcept>

namespace banyan {

calls::Handbook read_handbook(EmbeddedTable files) {
    constexpr std::string_view kFile = "data/calls.toml";
    auto book = calls::read_handbook(embedded(files, kFile).value_or(""));
    if (!book) throw std::runtime_error(std::string(kFile) + ": " + book.error().key + " " + book.error().field);
    return std::move(*book);
}

}  // namespace banyan
