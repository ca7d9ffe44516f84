// api/hall.h: the service hall's catalogue, looked at all over.
#pragma once
namespace banyan::api_test {

/// Guides enough that every member of one was heard, lists, counts, open data.
void look_in_the_hall();

}  // namespace banyan::api_test
