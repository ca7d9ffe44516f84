// bench/sentences.h: what citizens say, as long as Fuzhou's appeals are: 330 characters on average.
//
// Sentences are invented and put together at random; none is anybody's. The same seed says the same.
#pragma once
#include <random>
#include <string>

namespace banyan::bench {

using Random = std::mt19937_64;

/// Between 130 and 530 characters, 330 on average.
std::string appeal_body(Random& random);
std::string appeal_title(Random& random);
std::string person_name(Random& random);
std::string phone_number(Random& random);  ///< of 200,000 people, so that some call again
std::string place_name(Random& random);

}  // namespace banyan::bench
