// api/hall.h: the service hall's catalogue, looked at all over.
#pragma once
namespace banyan::api_test {

/// Guides enough that every member of one was heard, lists, counts, open data.
void look_in_the_hall();
/// Items begun, saved, reviewed, published and given up; afterwards as many are published as before.
void edit_items();

}  // namespace banyan::api_test
