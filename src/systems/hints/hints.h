// systems/hints/hints.h: what reads texts for the desks, made once by main.
#pragma once
#include <cmath>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>

#include "api/api.h"
#include "kernel/language/emergency.h"
#include "kernel/language/reply_check.h"
#include "kernel/people/dispatch_catalogue.h"
#include "systems/hints/experience.h"
#include "systems/hints/models.h"

namespace banyan::hints {

using namespace banyan::api;  // what every operation is made of

/// Data files by their content.
struct Files {
    std::string_view divisions;                            ///< data/divisions/fujian.csv
    std::string_view places, redaction, reply, emergency;  ///< of data/language/
};

struct Names {
    std::string zh, en;
};

/// What it takes from the city's catalogues.
struct CityLists {
    DispatchCatalogue catalogue;
    std::map<std::string, Names, std::less<>> classes;  ///< by code
};

/// Never changes once it is made, but for what its members say of themselves. Thread rule: any.
class Hints {
  public:
    /// `models`: folder of the models in use. Throws std::runtime_error where a data file cannot be read; of the
    /// city's catalogues what cannot be read is logged, and proposes nothing.
    Hints(House& house, Files const& files, std::filesystem::path models);

    House& house;
    Models models;
    Experience experience;
    std::unique_ptr<language::Gazetteer const> places;
    std::unique_ptr<language::Redactor const> redactor;
    std::unique_ptr<language::ReplyChecker const> replies;
    std::unique_ptr<language::EmergencyWords const> emergencies;
    std::string city;  ///< region of the whole city

    std::shared_ptr<CityLists const> lists() const;
    /// When they were exchanged, or units were.
    void read_catalogues();

  private:
    mutable std::mutex mutex_;
    std::shared_ptr<CityLists const> lists_ = std::make_shared<CityLists>();
};

/// How sure, as people read it: whole percents.
inline int percent(double share) { return static_cast<int>(std::lround(share * 100)); }

void add_hint_operations(Api& api, Hints& hints);

}  // namespace banyan::hints
