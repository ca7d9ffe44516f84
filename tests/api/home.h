// api/home.h: what an account has in the hall besides its cases, used all over.
#pragma once
namespace banyan::api_test {

/// Messages read, items kept, places, a company acted for; afterwards as before, but for a mandate that was
/// withdrawn.
void be_at_home();

}  // namespace banyan::api_test
