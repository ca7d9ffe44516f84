#include "systems/hints/models.h"

#include <fstream>
#include <iterator>

namespace banyan::hints {
namespace {

constexpr std::chrono::seconds kLookEvery{3};

}  // namespace

std::shared_ptr<learning::Model const> Models::get(std::string_view name) {
    std::lock_guard lock(mutex_);
    Known& known = known_.try_emplace(std::string(name)).first->second;
    auto const now = std::chrono::steady_clock::now();
    if (known.looked != std::chrono::steady_clock::time_point{} && now < known.looked + kLookEvery)
        return known.model;
    known.looked = now;
    std::filesystem::path const file = folder_ / (std::string(name) + ".model");
    std::error_code none;
    auto const written = std::filesystem::last_write_time(file, none);
    if (none || written == known.written) return known.model;
    known.written = written;
    std::ifstream in(file, std::ios::binary);
    std::string const bytes{std::istreambuf_iterator<char>(in), {}};
    auto read = learning::Model::read(bytes);
    if (read)
        known.model = std::make_shared<learning::Model const>(std::move(*read));
    else if (on_fault_)
        on_fault_(file.string(), read.error());
    return known.model;
}

}  // namespace banyan::hints
