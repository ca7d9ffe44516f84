// kernel/engine/progress.h: how far a long piece of work has come, for whoever shows a bar.
#pragma once
#include <cstdint>
#include <functional>

namespace banyan {

/// Called now and then, on the thread that works; may be empty.
using OnProgress = std::function<void(std::int64_t done, std::int64_t of)>;

}  // namespace banyan
