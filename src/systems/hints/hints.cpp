#include "systems/hints/hints.h"

#include <stdexcept>

#include "base/csv.h"

namespace banyan::hints {
namespace {

template <class T>
std::unique_ptr<T const> must(Result<T> read, char const* file) {
    if (!read) throw std::runtime_error(std::string(file) + ": " + read.error().key + " " + read.error().field);
    return std::make_unique<T const>(std::move(*read));
}

/// The towns and villages as this city calls them.
std::string units_of(Directory const& directory) {
    std::string csv = "code,region,group,zh\n";
    for (Unit const& unit : directory.units())
        csv += csv_cell(unit.code) + "," + csv_cell(unit.region) + "," + csv_cell(unit.group) + "," +
               csv_cell(unit.zh) + "\n";
    return csv;
}

}  // namespace

Hints::Hints(House& of_city, Files const& files, std::filesystem::path folder)
    : house(of_city), models(std::move(folder), [&of_city](std::string const& file, Refusal const& why) {
          of_city.log.warn("model.unreadable", {{"file", file}, {"why", why.key}});
      }) {
    auto const directory = house.engine.rules()->directory;
    if (Unit const* centre = directory->unit(directory->city_centre())) city = centre->region;
    std::string const units = units_of(*directory);
    places = must(language::Gazetteer::read({files.divisions, units, files.places}), "places.csv");
    redactor = must(language::Redactor::read(files.redaction), "redaction.csv");
    replies = must(language::ReplyChecker::read(files.reply, *redactor, *places), "reply.csv");
    emergencies = must(language::EmergencyWords::read(files.emergency), "emergency.csv");
    read_catalogues();
}

void Hints::read_catalogues() {
    auto const rows = house.catalogues.find("catalogue"), tree = house.catalogues.find("classes");
    if (tree == nullptr) return;
    auto made = std::make_shared<CityLists>();
    if (auto table = Csv::parse(*tree))
        for (CsvRow const& row : table->rows())
            made->classes[std::string(table->at(row, "code"))] = {std::string(table->at(row, "zh")),
                                                                  std::string(table->at(row, "en"))};
    if (rows != nullptr) {
        auto read = DispatchCatalogue::read(*rows, *tree, *house.engine.rules()->directory);
        if (read)
            made->catalogue = std::move(*read);
        else
            house.log.warn("catalogue.unreadable", {{"why", read.error().key}});
    }
    std::lock_guard const lock(mutex_);
    lists_ = std::move(made);
}

std::shared_ptr<CityLists const> Hints::lists() const {
    std::lock_guard const lock(mutex_);
    return lists_;
}

}  // namespace banyan::hints
