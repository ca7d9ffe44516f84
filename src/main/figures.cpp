#include "main/figures.h"

#include <stdexcept>

#include "systems/calls/figures.h"

namespace banyan {
namespace {

template <class Value>
Value read(Result<Value> value) {
    if (!value) throw std::runtime_error("data/figures: " + value.error().key + " " + value.error().field);
    return std::move(*value);
}

std::string text(EmbeddedTable files, std::string_view path) {
    return std::string(embedded(files, path).value_or(""));
}

figures::Counts of_calls(store::Session& session, calls::Handbook const& book, figures::Month month) {
    calls::Counts const counts = calls::count_level(session, book, month.first(), month.last());
    return {{"calls_offered", counts.offered}, {"calls_answered", counts.answered}, {"calls_quick", counts.quick}};
}

}  // namespace

FiguresPart::FiguresPart(api::House& house, store::Store& store, calls::Handbook const& calls, EmbeddedTable files)
    : keeper_(house.engine, store),
      desk_{house,
            read(figures::read_formulas(text(files, "data/figures/indicators.toml") + "\n" +
                                        text(files, "data/figures/points.toml"))),
            read(figures::read_readers(text(files, "data/figures/readers.toml"))),
            [&calls](store::Session& session, figures::Month month) { return of_calls(session, calls, month); }} {
    keeper_.on_failure = [&log = house.log](std::string const& why) {
        log.warn("figures.failed", {{"why", why}});
    };
}

void FiguresPart::measure(telemetry::Metrics& metrics) const {
    metrics.gauge_from("banyan_figures_caught_up", "1: what is durable has been counted for a month's figures", {},
                       [this] { return keeper_.caught_up() ? 1.0 : 0.0; });
}

}  // namespace banyan
