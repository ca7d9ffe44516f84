#include "kernel/engine/timed.h"

namespace banyan {

Answer Timed::open(Actor const& actor, std::string procedure, json::object form, Instant at, std::string source,
                   std::string external, std::string code_hash) {
    Request request;
    request.what = Command{actor,
                           std::move(procedure),
                           {},
                           {},
                           "file",
                           std::move(form),
                           {},
                           at,
                           std::move(source),
                           std::move(external)};
    request.code_hash = std::move(code_hash);
    return engine_.run(std::move(request));
}

Answer Timed::step(Actor const& actor, MatterId matter, std::string step, json::object form, Instant at,
                   AssignmentId on) {
    wake(matter, at);
    Request request;
    request.what = Command{actor, {}, matter, on, std::move(step), std::move(form), {}, at, {}, {}};
    return engine_.run(std::move(request));
}

void Timed::wake(MatterId matter, Instant until) {
    Request request;
    request.what = Wake{matter, until, true};
    engine_.run(std::move(request));
}

}  // namespace banyan
