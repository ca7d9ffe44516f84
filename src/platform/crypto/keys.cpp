#include "platform/crypto/keys.h"

#include <fmt/core.h>

#include <charconv>

#include "base/text.h"
#include "platform/crypto/random.h"

namespace banyan::crypto {
namespace fs = std::filesystem;
namespace {

Secret fresh_key_text() {
    Secret raw(random_bytes(32));
    return Secret(to_hex(raw.view()) + "\n");
}

/// 32 bytes from 64 hex digits and the line end that shows the file is whole.
Secret read_key_text(fs::path const& file, Secret const& text) {
    std::string_view line = text.view();
    if (line.size() == 65 && line.back() == '\n')
        if (auto bytes = from_hex(line.substr(0, 64))) return Secret(std::move(*bytes));
    throw KeyError(fmt::format("{} is damaged or half written: restore it from a backup", file.string()));
}

std::string data_key_name(std::uint32_t number) { return fmt::format("data-{}.key", number); }

/// 2 for "data-2.key", 0 for anything else.
std::uint32_t data_key_number(std::string_view name) {
    std::uint32_t number = 0;
    if (name.starts_with("data-")) std::from_chars(name.data() + 5, name.data() + name.size(), number);
    return number != 0 && name == data_key_name(number) ? number : 0;
}

Secret const& needed(fs::path const& folder, KeyFiles const& files, std::string const& name) {
    auto found = files.find(name);
    if (found == files.end())
        throw KeyError(fmt::format("{} is missing: restore it from a backup", (folder / name).string()));
    return found->second;
}

Key read_key(fs::path const& folder, KeyFiles const& files, std::string const& name, std::uint32_t number = 0) {
    return Key(number, read_key_text(folder / name, needed(folder, files, name)).view());
}

SigningKey read_signing_key(fs::path const& folder, KeyFiles const& files) {
    Secret const& pem = needed(folder, files, "signing.key");
    try {
        return SigningKey::from_pem(pem.view());
    } catch (std::runtime_error const& reason) {  // named by its file, as the others are
        throw KeyError(fmt::format("{} is damaged or half written: restore it from a backup ({})",
                                   (folder / "signing.key").string(), reason.what()));
    }
}

KeyFiles fresh_files(SigningKey::Kind kind) {
    KeyFiles files;
    for (auto name : {"data-1.key", "index.key", "token.key"}) files.emplace(name, fresh_key_text());
    files.emplace("signing.key", SigningKey::generate(kind).to_pem());
    return files;
}

bool has_nothing(fs::path const& folder) { return !fs::exists(folder) || fs::is_empty(folder); }

// ── The wrapped ring: a first line in clear, then base64url of the sealed files ──

constexpr std::string_view kWrapped = "banyan-keyring-1";
constexpr unsigned long long kMostPasses = 20;
constexpr std::size_t kMostMemory = std::size_t{1} << 30;  ///< a forged first line must not eat the machine

std::string first_line(std::string_view salt, PasswordCost cost) {
    return fmt::format("{} argon2id {} {} {}\n", kWrapped, cost.passes, cost.memory, to_hex(salt));
}

struct Envelope {
    std::string salt;
    PasswordCost cost;
    std::string first_line, sealed;
};

std::optional<Envelope> read_envelope(std::string_view wrapped) {
    std::size_t end = wrapped.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    auto words = split(wrapped.substr(0, end), " ");
    auto sealed = from_base64url(trim(wrapped.substr(end + 1)));
    if (words.size() != 5 || words[0] != kWrapped || words[1] != "argon2id" || !sealed) return std::nullopt;
    Envelope envelope;
    auto salt = from_hex(words[4]);
    std::from_chars(words[2].data(), words[2].data() + words[2].size(), envelope.cost.passes);
    std::from_chars(words[3].data(), words[3].data() + words[3].size(), envelope.cost.memory);
    if (!salt || salt->size() != 16) return std::nullopt;
    if (envelope.cost.passes < 1 || envelope.cost.passes > kMostPasses) return std::nullopt;
    if (envelope.cost.memory < 8192 || envelope.cost.memory > kMostMemory) return std::nullopt;
    envelope.salt = std::move(*salt);
    envelope.first_line = std::string(wrapped.substr(0, end + 1));
    envelope.sealed = std::move(*sealed);
    return envelope;
}

/// "data-1.key 65\n" and then so many bytes, file after file.
Secret packed(KeyFiles const& files) {
    std::string all;
    all.reserve(16 * 1024);  // so that no copy stays behind
    for (auto const& [name, text] : files) all += fmt::format("{} {}\n{}", name, text.view().size(), text.view());
    return Secret(std::move(all));
}

std::optional<KeyFiles> unpacked(std::string_view all) {
    KeyFiles files;
    while (!all.empty()) {
        std::size_t space = all.find(' '), end = all.find('\n');
        if (end == std::string_view::npos || space > end) return std::nullopt;
        std::size_t size = 0;
        std::from_chars(all.data() + space + 1, all.data() + end, size);
        std::string name(all.substr(0, space));
        all.remove_prefix(end + 1);
        if (size > all.size() || name.find('/') != std::string::npos) return std::nullopt;
        files.emplace(std::move(name), Secret(std::string(all.substr(0, size))));
        all.remove_prefix(size);
    }
    return files;
}

}  // namespace

Keyring Keyring::create_or_open(fs::path const& folder, SigningKey::Kind kind) {
    if (has_nothing(folder)) write_key_folder(folder, fresh_files(kind));
    return Keyring(folder, read_key_files(folder));
}

Keyring::Keyring(fs::path folder, KeyFiles files)
    : folder_(std::move(folder)),
      files_(std::move(files)),
      index_(read_key(folder_, files_, "index.key")),
      token_(read_key(folder_, files_, "token.key")),
      signing_(read_signing_key(folder_, files_)) {
    for (auto const& [name, text] : files_)
        if (std::uint32_t number = data_key_number(name))
            data_.emplace(number, read_key(folder_, files_, name, number));
    // Numbers are given in turn: a gap is a key that was lost, and with it what it sealed.
    for (std::uint32_t number = 1; number <= (data_.empty() ? 1 : data_.rbegin()->first); ++number)
        needed(folder_, files_, data_key_name(number));
}

std::string Keyring::seal(std::string_view bound_to, std::string_view plain) const {
    return crypto::seal(newest_data_key(), bound_to, plain);
}

std::optional<std::string> Keyring::open(std::string_view bound_to, std::string_view sealed) const {
    auto number = sealed_with(sealed);
    Key const* key = number ? data_key(*number) : nullptr;
    return key ? crypto::open(*key, bound_to, sealed) : std::nullopt;
}

Key const* Keyring::data_key(std::uint32_t number) const {
    auto found = data_.find(number);
    return found == data_.end() ? nullptr : &found->second;
}

std::uint32_t Keyring::add_data_key() {
    std::uint32_t number = data_.rbegin()->first + 1;
    std::string name = data_key_name(number);
    Secret text = fresh_key_text();
    add_key_file(folder_, name, text);
    auto added = files_.emplace(name, std::move(text)).first;
    data_.emplace(number, Key(number, read_key_text(folder_ / name, added->second).view()));
    return number;
}

std::string Keyring::wrapped(std::string_view passphrase, PasswordCost cost) const {
    std::string salt = random_bytes(16);
    std::string line = first_line(salt, cost);
    Key key(0, key_from_passphrase(passphrase, salt, cost).view());
    return line + to_base64url(crypto::seal(key, line, packed(files_).view())) + "\n";
}

Result<Keyring> Keyring::unwrap(std::string_view wrapped, std::string_view passphrase, fs::path const& folder) {
    if (!has_nothing(folder)) return refuse("keyring.exists", {}, {{"folder", folder.string()}});
    auto envelope = read_envelope(wrapped);
    if (!envelope) return refuse("keyring.unreadable");
    Key key(0, key_from_passphrase(passphrase, envelope->salt, envelope->cost).view());
    auto all = crypto::open(key, envelope->first_line, envelope->sealed);
    if (!all) return refuse("keyring.wrong_passphrase", "passphrase");
    Secret plain(std::move(*all));
    auto files = unpacked(plain.view());
    if (!files) return refuse("keyring.unreadable");
    write_key_folder(folder, *files);
    return create_or_open(folder);
}

}  // namespace banyan::crypto
