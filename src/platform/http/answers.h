// platform/http/answers.h: the way from any thread back to the I/O thread. Private to this folder.
#pragma once
#include <vector>

#include "platform/http/http.h"

namespace banyan::http {

struct Letter {
    enum class What : std::uint8_t { reply, abandoned, events_wait };
    What what;
    Ticket ticket;
    Reply reply{};
};

class Answers {
  public:
    virtual ~Answers() = default;
    virtual void put(Letter&& letter) = 0;
    virtual void put_all(std::vector<Letter>&& letters) = 0;
};

}  // namespace banyan::http
