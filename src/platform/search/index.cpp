#include "platform/search/xapian.h"

#include <cerrno>
#include <cstring>

namespace banyan::search {
namespace {

constexpr std::size_t kLongestTerm = 240;
constexpr char kNotePrefix[] = "note.";
constexpr char kPosition[] = "position";

void refuse_bad_key(std::string_view key) {
    if (key.empty() || key.size() > 200 || key.find('\0') != key.npos)
        throw Error(Error::Kind::other, "a document's key has 1 to 200 bytes, none of them zero");
}

Xapian::Document to_xapian_document(Document const& document) {
    Xapian::Document made;
    for (TermCount const& term : document.terms)
        if (!term.text.empty()) made.add_term(fitting(term.text), term.count);
    for (Value const& value : document.values) {
        if (auto const* number = std::get_if<double>(&value.value))
            made.add_value(value.slot, Xapian::sortable_serialise(*number));
        else
            made.add_value(value.slot, std::get<std::string>(value.value));
    }
    made.add_boolean_term(key_term(document.key));
    made.set_data(pack(document.key, document.data));
    return made;
}

}  // namespace

std::string fitting(std::string_view term) {
    std::size_t length = 0, bytes = 0;
    for (; length < term.size(); ++length) {
        bytes += term[length] == '\0' ? 2 : 1;
        if (bytes > kLongestTerm) break;
    }
    return std::string(term.substr(0, length));
}

std::string key_term(std::string_view key) {
    std::string term(1, kKeyPrefix);
    term += key;
    return term;
}

Error error_of(Xapian::Error const& error) {
    using Kind = Error::Kind;
    Kind kind = Kind::other;
    char const* system = error.get_error_string();
    std::string_view const type = error.get_type();  // Xapian's errors have no virtual functions
    if (system && std::strcmp(system, std::strerror(ENOSPC)) == 0)
        kind = Kind::full;
    else if (type == "DatabaseLockError")
        kind = Kind::locked;
    else if (type == "DatabaseNotFoundError")
        kind = Kind::missing;
    else if (type == "DatabaseCorruptError" || type == "DatabaseOpeningError" || type == "DatabaseVersionError" ||
             (type == "DatabaseError" && system == nullptr) ||  // a file that ends too soon
             type == "SerialisationError" || type == "RangeError")
        kind = Kind::damaged;
    return {kind, "search index: " + error.get_description()};
}

std::string pack(std::string_view key, std::string_view data) {
    std::string packed(key);
    packed += '\0';
    packed += data;
    return packed;
}

Hit unpack(std::string const& packed) {
    std::size_t const end = packed.find('\0');
    if (end == packed.npos) throw Error(Error::Kind::damaged, "search index: a document without its key");
    return {packed.substr(0, end), 0, packed.substr(end + 1)};
}

Index::Index(std::shared_ptr<Parts> parts) : parts_(std::move(parts)) {}
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;
Index::~Index() = default;

Index Index::open(std::filesystem::path const& folder) {
    return guarded([&] {
        std::filesystem::create_directories(folder);
        auto parts = std::make_shared<Parts>();
        parts->database = Xapian::WritableDatabase(folder.string(), Xapian::DB_CREATE_OR_OPEN);
        return Index(std::move(parts));
    });
}

Index Index::in_memory() {
    return guarded([] {
        auto parts = std::make_shared<Parts>();
        parts->database = Xapian::WritableDatabase(std::string(), Xapian::DB_BACKEND_INMEMORY);
        parts->in_memory = true;
        return Index(std::move(parts));
    });
}

void Index::replace(Document const& document) {
    refuse_bad_key(document.key);
    guarded([&] {
        Xapian::Document const made = to_xapian_document(document);
        std::lock_guard lock(parts_->mutex);
        parts_->database.replace_document(key_term(document.key), made);
    });
}

void Index::remove(std::string_view key) {
    refuse_bad_key(key);
    guarded([&] {
        std::lock_guard lock(parts_->mutex);
        parts_->database.delete_document(key_term(key));
    });
}

void Index::commit(std::string_view position) {
    guarded([&] {
        std::lock_guard lock(parts_->mutex);
        parts_->database.set_metadata(kPosition, std::string(position));
        parts_->database.commit();
    });
}

std::string Index::position() const {
    return guarded([&] {
        std::lock_guard lock(parts_->mutex);
        return parts_->database.get_metadata(kPosition);
    });
}

void Index::set_note(std::string_view name, std::string_view text) {
    guarded([&] {
        std::lock_guard lock(parts_->mutex);
        parts_->database.set_metadata(kNotePrefix + std::string(name), std::string(text));
    });
}

std::string Index::note(std::string_view name) const {
    return guarded([&] {
        std::lock_guard lock(parts_->mutex);
        return parts_->database.get_metadata(kNotePrefix + std::string(name));
    });
}

std::uint64_t Index::count() const {
    return guarded([&] {
        std::lock_guard lock(parts_->mutex);
        return std::uint64_t{parts_->database.get_doccount()};
    });
}

bool is_sound(std::filesystem::path const& folder) {
    try {
        return Xapian::Database::check(folder.string(), 0, nullptr) == 0;
    } catch (Xapian::Error const&) {
        return false;
    }
}

void compact(std::filesystem::path const& from, std::filesystem::path const& to) {
    guarded([&] { Xapian::Database(from.string()).compact(to.string(), Xapian::Compactor::FULL); });
}

}  // namespace banyan::search
