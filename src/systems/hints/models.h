// systems/hints/models.h: the models in use, from the data folder.
//
// `banyan classify train --data DIR` writes them while the server runs; a file that changed is read when it is
// asked for next, at most every few seconds. One that cannot be read leaves the one in use where it is, and says
// so once. Thread rule: any.
#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "kernel/learning/model.h"

namespace banyan::hints {

class Models {
  public:
    /// `folder`: DIR/models. `on_fault`: a file that cannot be read, and why.
    using OnFault = std::function<void(std::string const& file, Refusal const& why)>;
    Models(std::filesystem::path folder, OnFault on_fault)
        : folder_(std::move(folder)), on_fault_(std::move(on_fault)) {}

    /// "class", "kind" or "urgent"; null: there is none.
    std::shared_ptr<learning::Model const> get(std::string_view name);

  private:
    struct Known {
        std::shared_ptr<learning::Model const> model;
        std::filesystem::file_time_type written{};
        std::chrono::steady_clock::time_point looked{};
    };
    std::filesystem::path folder_;
    OnFault on_fault_;
    std::mutex mutex_;
    std::map<std::string, Known, std::less<>> known_;
};

}  // namespace banyan::hints
