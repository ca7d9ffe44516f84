// systems/notices/readings.h: who has confirmed to have read which notice (已读). On both databases.
//
// A row for each person and notice, written by itself in the writer's transactions: nobody's confirmation changes
// the matter or its version, so any number may confirm at once. The first time stands.
#pragma once
#include <map>
#include <span>

#include "base/id.h"
#include "base/time.h"
#include "kernel/people/directory.h"
#include "platform/store/store.h"

namespace banyan::notices {

/// When it was read first: now, or before.
Instant put_reading(store::Session& writing, MatterId notice, PersonId person, Instant now);
std::map<PersonId, Instant> load_readings(store::Session& session, MatterId notice);
/// Of these notices, those that the person has read.
std::map<MatterId, Instant> load_read_by(store::Session& session, PersonId person);

/// Who is to read notices: seats and shift leaders. Of the whole city for who belongs to its centre, else of the
/// own unit.
std::vector<Person const*> readers(Directory const& directory, UnitId viewer);

}  // namespace banyan::notices
