// api/hall.h: the service hall's catalogue, looked at all over.
#pragma once
#include <string>

namespace banyan::api_test {

/// Guides enough that every member of one was heard, lists, counts, open data.
void look_in_the_hall();
/// Items begun, saved, reviewed, published and given up; afterwards as many are published as before.
void edit_items();
/// A hall's plan looked at, tried and changed; a closed day in December stays.
void edit_a_hall();
/// Who booked a number that waits for window01, whole.
void unmask_a_number(std::string const& ticket);
/// The hall's day while a case is taken in elsewhere, its papers sent on.
void watch_the_hall();
/// What became of a unit's items; after edit_items().
void hear_of_items();

}  // namespace banyan::api_test
