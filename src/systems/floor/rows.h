// systems/floor/rows.h: the tables as write() sees them.
#pragma once
#include "platform/store/store.h"

namespace banyan::floor {

inline store::Table const kAppointments{"floor_appointment",
                                        {{"id", store::Type::integer},
                                         {"hall", store::Type::text},
                                         {"service", store::Type::text},
                                         {"day", store::Type::integer},
                                         {"begins", store::Type::integer},
                                         {"ends", store::Type::integer},
                                         {"place", store::Type::integer},
                                         {"state", store::Type::text},
                                         {"counts", store::Type::integer},
                                         {"token", store::Type::bytes},
                                         {"person_token", store::Type::bytes},
                                         {"person", store::Type::integer},
                                         {"sealed", store::Type::bytes},
                                         {"kept", store::Type::integer},
                                         {"item", store::Type::text},
                                         {"booked", store::Type::integer},
                                         {"changed", store::Type::integer}},
                                        {"id"}};

inline store::Table const kTickets{"floor_ticket",
                                   {{"id", store::Type::integer},          {"hall", store::Type::text},
                                    {"day", store::Type::integer},         {"letter", store::Type::text},
                                    {"n", store::Type::integer},           {"service", store::Type::text},
                                    {"only_window", store::Type::text},    {"way", store::Type::text},
                                    {"ground", store::Type::text},         {"appointment", store::Type::integer},
                                    {"due", store::Type::integer},         {"taken", store::Type::integer},
                                    {"state", store::Type::text},          {"behind", store::Type::integer},
                                    {"passes", store::Type::integer},      {"over", store::Type::integer},
                                    {"called_at", store::Type::text},      {"first_called", store::Type::integer},
                                    {"last_called", store::Type::integer}, {"calls", store::Type::integer},
                                    {"ahead", store::Type::integer},       {"finished", store::Type::integer},
                                    {"token", store::Type::bytes},         {"person_token", store::Type::bytes},
                                    {"kept", store::Type::integer}},
                                   {"id"}};

}  // namespace banyan::floor
