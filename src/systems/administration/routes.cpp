#include "systems/administration/routes.h"

namespace banyan::administration {

void add_operations(api::Api& api, Desk& desk) {
    add_people_operations(api, desk);
    add_unit_operations(api, desk);
    add_key_operations(api, desk);
    add_list_operations(api, desk);
    add_journal_operations(api, desk);
}

}  // namespace banyan::administration
