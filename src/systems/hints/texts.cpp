#include "systems/hints/texts.h"

#include "kernel/engine/view.h"

namespace banyan::hints {
namespace {

std::string_view cut(std::string_view text, std::size_t offset, std::size_t length) {
    return offset > text.size() ? std::string_view() : text.substr(offset, length);
}

}  // namespace

json::object redaction(Hints& hints, std::string_view text, Known const& known, HintTokens const* tokens) {
    std::vector<language::Finding> const findings = hints.redactor->find(text, known);
    json::array parts;
    std::size_t at = 0;
    auto keep = [&](std::size_t until) {
        if (until > at) parts.push_back(json::object{{"text", text.substr(at, until - at)}});
    };
    for (language::Finding const& finding : findings) {
        keep(finding.offset);
        parts.push_back({{"text", cut(text, finding.offset, finding.length)},
                         {"sort", language::name_of(finding.sort)},
                         {"replacement", finding.replacement},
                         {"percent", percent(finding.certainty)}});
        at = finding.offset + finding.length;
    }
    keep(text.size());
    std::string const proposed = language::redacted(text, findings);
    json::object object{{"parts", std::move(parts)}};
    if (tokens != nullptr) object["token"] = tokens->token("summary", json::value(proposed), "redaction");
    object["proposed"] = proposed;
    return object;
}

shape::Schema redaction_shape() {
    using namespace shape;
    return named(
        "redaction",
        object({{"parts", list(object({{"text", text("as it was written")},
                                       {"sort?", one_of({"name", "phone", "id", "card", "plate", "email",
                                                         "account", "address", "kin", "school_class", "employer"},
                                                        "of what betrays somebody")},
                                       {"replacement?", text()},
                                       {"percent?", count("how sure, of 100")}}),
                               "the whole text, in order")},
                {"proposed", text("the text with every replacement")},
                {"token?", text("for `hints` of the step that carries the summary")}}));
}

namespace {

std::string_view sort_name(language::Demand::Sort sort) { return language::name_of(sort); }

json::array demands_json(language::ReplyReport const& report, std::string_view body, std::string_view reply) {
    json::array demands;
    for (auto const& answer : report.demands) {
        json::object one{{"text", cut(body, answer.offset, answer.length)},
                         {"sort", sort_name(answer.sort)},
                         {"answered", answer.answered}};
        if (answer.answered) one["by"] = cut(reply, answer.by_offset, answer.by_length);
        demands.push_back(std::move(one));
    }
    return demands;
}

}  // namespace

json::object reply_advice(Hints& hints, language::AppealText const& appeal, std::string_view reply,
                          Language language) {
    language::ReplyReport const report = hints.replies->check(appeal, reply);
    json::array advice;
    for (language::Advice const& each : report.advice) {
        bool const of_appeal = each.in == language::Advice::In::appeal;
        json::object one{{"key", each.key},
                         {"sentence", hints.house.texts.sentence("advice." + each.key, language, each.params)},
                         {"in", of_appeal ? "appeal" : "reply"}};
        if (each.length > 0) one["passage"] = cut(of_appeal ? appeal.body : reply, each.offset, each.length);
        advice.push_back(std::move(one));
    }
    return {{"demands", demands_json(report, appeal.body, reply)},
            {"advice", std::move(advice)},
            {"formula_percent", percent(report.formula)}};
}

shape::Schema reply_advice_shape() {
    using namespace shape;
    return named(
        "reply_advice",
        object({{"demands",
                 list(object({{"text", text("of the appeal")},
                              {"sort", one_of({"when", "who", "how_much", "where", "may", "why", "how", "act"},
                                              "what an answer has to hold")},
                              {"answered", flag()},
                              {"by?", text("what of the reply answers it")}}))},
                {"advice", list(object({{"key", code("advice.KEY of the texts")},
                                        {"sentence", text("in the caller's language")},
                                        {"in", one_of({"appeal", "reply"})},
                                        {"passage?", text("it is about; left out: the whole")}}))},
                {"formula_percent", count("of the reply's characters that are formula")}}));
}

}  // namespace banyan::hints
