// api/floor.h: a morning on the floor of the demo's hall.
#pragma once
namespace banyan::api_test {

/// Books, takes numbers, calls, until every member of every answer was heard.
void spend_a_morning_in_the_hall();

}  // namespace banyan::api_test
