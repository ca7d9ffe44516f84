// systems/desk/routes.h: the operations of this system, by what they are about.
#pragma once
#include "api/api.h"
#include "kernel/index/status.h"
#include "systems/desk/events.h"

namespace banyan {
class Uploads;
}
namespace banyan::index {
class MatterIndex;
}

namespace banyan::desk {

void add_session_operations(Api& api, House& house);
void add_matter_operations(Api& api, House& house);
void add_file_operations(Api& api, House& house, Uploads& uploads);
/// What read_log says of a reading.
inline constexpr std::string_view kReadDetail = "detail", kReadFile = "file", kReadPrint = "print";
void add_print_operations(Api& api, House& house);
struct Letters;
void add_message_operations(Api& api, House& house, Letters const& letters);
void add_own_message_operations(Api& api, House& house, Letters const& letters);
void add_list_operations(Api& api, House& house);
void add_command_operations(Api& api, House& house);
void add_undo_operations(Api& api, House& house);
void add_event_operations(Api& api, House& house, Events& events);
void add_about_operations(Api& api, House& house, std::function<index::IndexStatus()> const& index);
void add_search_operations(Api& api, House& house, index::MatterIndex& index);

}  // namespace banyan::desk
