// platform/crypto/key_folder.h: small secret files, written whole or not at all, read by their owner only.
#pragma once
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>

#include "platform/crypto/secret.h"

namespace banyan::crypto {

/// The keys cannot be used as they lie there; the text names the file and what to do.
class KeyError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

using KeyFiles = std::map<std::string, Secret>;  ///< by file name

/// Every *.key file. Throws KeyError for a folder or file that group or others may touch.
KeyFiles read_key_files(std::filesystem::path const& folder);
/// A new folder (0700) with these files (0600), in one step: it is there complete, or not at all.
void write_key_folder(std::filesystem::path const& folder, KeyFiles const& files);
/// One more file in the folder.
void add_key_file(std::filesystem::path const& folder, std::string const& name, Secret const& text);

}  // namespace banyan::crypto
