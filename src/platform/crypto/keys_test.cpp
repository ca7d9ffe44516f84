#include "platform/crypto/keys.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "base/text.h"
#include "platform/crypto/random.h"

namespace banyan::crypto {
namespace {

namespace fs = std::filesystem;
constexpr PasswordCost kCheap{1, 8192};  // for tests only

class KeyringTest : public ::testing::Test {
  protected:
    fs::path const home_ = fs::temp_directory_path() / ("banyan-keys-" + to_hex(random_bytes(8)));
    fs::path const folder_ = home_ / "keys";
    KeyringTest() { fs::create_directory(home_); }
    ~KeyringTest() override { fs::remove_all(home_); }

    Keyring ring() const { return Keyring::create_or_open(folder_, SigningKey::Kind::ed25519); }
    std::string refused() const {
        try {
            ring();
            return "";
        } catch (KeyError const& error) {
            return error.what();
        }
    }
    static unsigned mode(fs::path const& path) {
        struct stat about{};
        EXPECT_EQ(::stat(path.c_str(), &about), 0) << path;
        return about.st_mode & 0777;
    }
    std::string read(std::string const& name) const {
        std::ifstream file(folder_ / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    void write(std::string const& name, std::string_view text) const {
        std::ofstream(folder_ / name, std::ios::binary) << text;
    }
};
using KeyringFolder = KeyringTest;
using KeyringRotation = KeyringTest;
using KeyringBackup = KeyringTest;

TEST_F(KeyringFolder, IsMadePrivateAndOpensAgain) {
    Keyring made = ring();
    std::string sealed = made.seal("person/17/name", "郑茉莉");
    EXPECT_EQ(mode(folder_), 0700u);
    for (auto name : {"data-1.key", "index.key", "token.key", "signing.key"})
        EXPECT_EQ(mode(folder_ / name), 0600u);
    EXPECT_FALSE(fs::exists(home_ / "keys.new"));

    Keyring again = ring();
    EXPECT_EQ(again.open("person/17/name", sealed), "郑茉莉");
    EXPECT_EQ(again.blind_index("13800000000"), made.blind_index("13800000000"));
    EXPECT_EQ(tag(again.token_key(), "x"), tag(made.token_key(), "x"));
    EXPECT_EQ(again.signing_key().id(), made.signing_key().id());
    EXPECT_EQ(again.signing_key().kind(), SigningKey::Kind::ed25519);
}

TEST_F(KeyringFolder, IsMadeWithSm2WhenNothingElseIsSaid) {
    EXPECT_EQ(Keyring::create_or_open(folder_).signing_key().kind(), SigningKey::Kind::sm2);
    EXPECT_EQ(Keyring::create_or_open(folder_).signing_key().kind(), SigningKey::Kind::sm2);
}

TEST_F(KeyringFolder, MayBeEmptyOrWrittenWithASlash) {
    fs::create_directory(folder_);
    ring();
    EXPECT_EQ(mode(folder_), 0700u);
    Keyring::create_or_open(home_ / "others/");
    EXPECT_TRUE(fs::exists(home_ / "others" / "data-1.key"));
}

TEST_F(KeyringFolder, EachUseHasAKeyOfItsOwn) {
    Keyring made = ring();
    EXPECT_NE(tag(made.token_key(), "x"), tag(made.index_key(), "x"));
    EXPECT_NE(tag(made.token_key(), "x"), tag(made.newest_data_key(), "x"));
}

TEST_F(KeyringFolder, ThatOthersMayReadIsRefused) {
    ring();
    fs::permissions(folder_ / "index.key", fs::perms{0640});
    EXPECT_NE(refused().find("index.key may be read or written by others: run chmod 600"), std::string::npos)
        << refused();
    fs::permissions(folder_ / "index.key", fs::perms{0600});
    fs::permissions(folder_, fs::perms{0755});
    EXPECT_NE(refused().find("chmod 700"), std::string::npos) << refused();
    fs::permissions(folder_, fs::perms{0700});
    EXPECT_EQ(refused(), "");
}

TEST_F(KeyringFolder, WithAHalfWrittenFileIsRefused) {
    ring();
    for (std::string name : {"data-1.key", "index.key", "token.key", "signing.key"}) {
        std::string const whole = read(name);
        for (std::size_t size : {std::size_t{0}, std::size_t{31}, std::size_t{64}}) {
            write(name, whole.substr(0, size));
            EXPECT_NE(refused().find(name + " is damaged or half written"), std::string::npos)
                << refused() << size;
        }
        write(name, whole);
        EXPECT_EQ(refused(), "");
    }
    std::string const index = read("index.key");
    write("index.key", "zz" + index.substr(2));
    EXPECT_NE(refused(), "");
}

TEST_F(KeyringFolder, WithAMissingFileIsRefusedAndNeverMadeAnew) {
    ring();
    for (std::string name : {"data-1.key", "index.key", "token.key", "signing.key"}) {
        std::string const whole = read(name);
        fs::remove(folder_ / name);
        EXPECT_NE(refused().find(name + " is missing"), std::string::npos) << refused();
        EXPECT_FALSE(fs::exists(folder_ / name));
        write(name, whole);
        fs::permissions(folder_ / name, fs::perms{0600});
    }
    EXPECT_EQ(refused(), "");
}

TEST_F(KeyringFolder, IsMadeAfterAnAttemptThatWasCutShort) {
    fs::create_directory(home_ / "keys.new");
    std::ofstream(home_ / "keys.new" / "data-1.key") << "half";
    EXPECT_EQ(refused(), "");
    EXPECT_FALSE(fs::exists(home_ / "keys.new"));
}

TEST_F(KeyringRotation, TheNewestSealsAndEachOpensItsOwn) {
    Keyring keys = ring();
    std::string old = keys.seal("here", "before");
    EXPECT_EQ(keys.add_data_key(), 2u);
    EXPECT_EQ(mode(folder_ / "data-2.key"), 0600u);
    std::string fresh = keys.seal("here", "after");
    EXPECT_EQ(sealed_with(old), 1u);
    EXPECT_EQ(sealed_with(fresh), 2u);
    Keyring again = ring();
    EXPECT_EQ(again.open("here", old), "before");
    EXPECT_EQ(again.open("here", fresh), "after");
    EXPECT_EQ(again.newest_data_key().number(), 2u);
    EXPECT_EQ(again.data_key(3), nullptr);
}

TEST_F(KeyringRotation, AKeyLostInBetweenIsMissed) {
    Keyring keys = ring();
    keys.add_data_key();
    fs::remove(folder_ / "data-1.key");
    EXPECT_NE(refused().find("data-1.key is missing"), std::string::npos) << refused();
}

TEST_F(KeyringRotation, ATextOfAnUnknownKeyDoesNotOpen) {
    EXPECT_EQ(ring().open("here", seal(Key(5, std::string(32, 'k')), "here", "x")), std::nullopt);
    EXPECT_EQ(ring().open("here", "short"), std::nullopt);
}

TEST_F(KeyringBackup, ComesBackWithItsPassphrase) {
    Keyring keys = ring();
    keys.add_data_key();
    std::string sealed = keys.seal("here", "郑茉莉");
    std::string wrapped = keys.wrapped("榕荫 and more words", kCheap);
    EXPECT_EQ(wrapped.find(read("index.key").substr(0, 64)), std::string::npos);

    auto back = Keyring::unwrap(wrapped, "榕荫 and more words", home_ / "restored");
    ASSERT_TRUE(back);
    EXPECT_EQ(back->open("here", sealed), "郑茉莉");
    EXPECT_EQ(back->signing_key().id(), keys.signing_key().id());
    EXPECT_EQ(mode(home_ / "restored"), 0700u);
    EXPECT_EQ(mode(home_ / "restored" / "data-2.key"), 0600u);
}

TEST_F(KeyringBackup, IsRefusedWithWhatIsWrong) {
    std::string const wrapped = ring().wrapped("words", kCheap);
    auto key = [&](std::string_view text, std::string_view passphrase) {
        auto back = Keyring::unwrap(text, passphrase, home_ / "restored");
        return back ? std::string() : back.error().key;
    };
    EXPECT_EQ(key(wrapped, "word"), "keyring.wrong_passphrase");
    EXPECT_EQ(key(wrapped.substr(0, wrapped.size() - 10), "words"), "keyring.wrong_passphrase");
    EXPECT_EQ(key("", "words"), "keyring.unreadable");
    EXPECT_EQ(key("banyan-keyring-1 argon2id 99999 99999999999 00\nAAAA", "words"), "keyring.unreadable");
    std::string line = wrapped.substr(0, wrapped.find('\n')), rest = wrapped.substr(wrapped.find('\n'));
    std::string dearer = line;
    dearer.replace(dearer.find(" 1 "), 3, " 2 ");
    EXPECT_EQ(key(dearer + rest, "words"), "keyring.wrong_passphrase");
    EXPECT_FALSE(fs::exists(home_ / "restored"));
    EXPECT_EQ(Keyring::unwrap(wrapped, "words", folder_).error().key, "keyring.exists");
}

}  // namespace
}  // namespace banyan::crypto
