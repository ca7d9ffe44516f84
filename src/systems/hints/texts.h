// systems/hints/texts.h: what to strike out of a text before it travels, and what a reply lacks.
//
// Both advise: nothing is struck out and nothing is blocked but by a person. Rules: docs/language.md
#pragma once
#include "systems/hints/hints.h"

namespace banyan::hints {

/// Those whom the matter's own fields name: found everywhere in its text. The strings must outlive it.
using Known = std::vector<language::KnownPerson>;

json::object redaction(Hints& hints, std::string_view text, Known const& known, HintTokens const* tokens);
shape::Schema redaction_shape();

json::object reply_advice(Hints& hints, language::AppealText const& appeal, std::string_view reply,
                          Language language);
shape::Schema reply_advice_shape();

}  // namespace banyan::hints
