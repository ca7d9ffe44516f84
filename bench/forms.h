// bench/forms.h: what is sent with each step, as JSON. Prepared before the clock runs, so that the generator is
// not what is measured.
#pragma once
#include "city.h"
#include "sentences.h"

namespace banyan::bench {

class Forms {
  public:
    explicit Forms(Random& random);
    /// The step's form; `unit` is who a dispatch goes to.
    void append(std::string& out, Step step, std::size_t unit, Random& random) const;
    double body_characters() const { return body_characters_; }  ///< on average, of an appeal

  private:
    std::vector<std::string> appeals_;  ///< without name and phone, not closed
    std::vector<std::string> names_, sortings_, replies_, calls_;
    double body_characters_ = 0;
};

/// What HTTP and batch requests name a command with: 36 characters, as a UUID.
void append_key(std::string& out, Random& random);

}  // namespace banyan::bench
