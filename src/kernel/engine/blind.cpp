#include "kernel/engine/blind.h"

namespace banyan {

std::string blind_token(crypto::Keyring const& keys, std::string_view field, std::string_view value) {
    std::string text(field);
    text += ':';
    for (char c : value)
        if (c != ' ' && c != '-' && c != '(' && c != ')')
            text += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return keys.blind_index(text);
}

std::vector<MatterId> find_blind(store::Session& session, std::string_view token, std::size_t most) {
    std::vector<MatterId> matters;
    session.query("SELECT DISTINCT matter FROM blind WHERE token = $1 ORDER BY matter DESC LIMIT $2",
                  {store::Bytes{token}, static_cast<std::int64_t>(most)},
                  [&](store::Row const& row) { matters.emplace_back(row.integer(0)); });
    return matters;
}

}  // namespace banyan
