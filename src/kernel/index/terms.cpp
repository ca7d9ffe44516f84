#include "kernel/index/terms.h"

#include "kernel/engine/view.h"

namespace banyan::index {

std::string_view letter_of(TextKind kind) {
    if (kind.readers == FieldClass::sealed) return "";
    if (kind.withheld && (kind.readers == FieldClass::everyone || kind.readers == FieldClass::asker)) return "W";
    switch (kind.readers) {
        case FieldClass::everyone:
            return kind.offered ? "F" : "E";
        case FieldClass::asker:
            return kind.offered ? "B" : "A";
        case FieldClass::handler:
            return kind.offered ? "I" : "H";
        case FieldClass::centre:
            return kind.offered ? "D" : "C";
        case FieldClass::sealed:
            break;
    }
    return "";
}

std::string letters(Access const& access, Actor const& actor, Tie tie) {
    bool const all = shares_shown(tie);
    std::string letters = all ? "FE" : "F";
    if (access.may_read(actor, tie, FieldClass::asker)) {
        letters += all ? "BA" : "B";
        if (tie != Tie::asker && all) letters += "W";
    }
    if (access.may_read(actor, tie, FieldClass::handler)) letters += all ? "IH" : "I";
    if (access.may_read(actor, tie, FieldClass::centre)) letters += all ? "DC" : "D";
    return letters;
}

}  // namespace banyan::index
