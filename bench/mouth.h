// bench/mouth.h: what citizens say, cut from the demo's appeals: thousands of clauses, so that a word is in one
// matter of a hundred or of a thousand, as in a city (sentences.h has few, for what is only carried and stored).
#pragma once
#include <boost/json.hpp>
#include <random>
#include <string>
#include <vector>

namespace banyan::bench {

class Mouth {
  public:
    /// `people`: so many telephones call; 154 and eight digits. `characters`: of an appeal's body, on average.
    Mouth(std::uint64_t seed, std::size_t people, std::size_t characters = 330);
    /// A form of `file`: title, body, place, channel, class, region, phone.
    boost::json::object appeal();
    std::size_t number(std::size_t below) { return random_() % below; }
    std::string phone();
    std::vector<std::string> const& classes() const { return classes_; }
    /// So many Chinese characters in a row that were said somewhere.
    std::string words(std::size_t characters);

  private:
    std::string const& pick(std::vector<std::string> const& from) { return from[random_() % from.size()]; }

    std::mt19937_64 random_;
    std::size_t const people_, characters_;
    std::vector<std::string> titles_, clauses_, places_, classes_;
};

}  // namespace banyan::bench
