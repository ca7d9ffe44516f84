#include "kernel/publication/row.h"

#include "kernel/engine/view.h"

namespace banyan::publication {

json::object row_of(Published const& published, Directory const& directory) {
    json::object row{{"number", receipt_number(published.matter)},
                     {"title", published.title},
                     {"text", published.text},
                     {"class", published.class_code},
                     {"region", published.region},
                     {"open", published.open},
                     {"filed_at", rfc3339(published.opened)}};
    if (!published.place.empty()) row["place"] = published.place;
    if (!published.reply.empty()) row["reply"] = published.reply;
    if (Unit const* unit = directory.unit(published.unit))
        row["unit"] = {{"code", unit->code}, {"zh", unit->zh}, {"en", unit->en}};
    return row;
}

shape::Schema row_shape() {
    using namespace shape;
    return named("PublicMatter", object({{"number", text()},
                                         {"title", text("as it was released, like the text and the place")},
                                         {"text", text()},
                                         {"place?", text()},
                                         {"reply?", text("once it is approved, without what betrays a person")},
                                         {"class", code()},
                                         {"region", code()},
                                         {"unit?", unit_shape()},
                                         {"open", flag()},
                                         {"filed_at", instant()}},
                                        "what everybody may read of a matter that is not theirs"));
}

}  // namespace banyan::publication
