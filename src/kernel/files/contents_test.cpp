#include "kernel/files/contents.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "base/testing.h"
#include "platform/store/testing/stores.h"

namespace banyan::files {
namespace {

namespace fs = std::filesystem;

std::vector<store::Migration> const& schema() {
    static std::string const kSql = testing::source_text("src/kernel/files/schema/0007_files.sql");
    static std::vector<store::Migration> const kAll{{7, "0007_files.sql", kSql}};
    return kAll;
}

class FileContents : public store::testing::OnBothEngines {
  protected:
    store::testing::TestStore db = fresh(schema());
    store::testing::TestFolder folder;
    crypto::Keyring keys = crypto::Keyring::create_or_open(folder / "keys");
    std::unique_ptr<Contents> contents =
        sqlite() ? contents_in_folder(folder / "attachments") : contents_in_database(*db);
    std::unique_ptr<store::Session> reader = db->open_reader();
    Instant const now = wall_clock();
};
BANYAN_ON_BOTH_ENGINES(FileContents);

TEST_P(FileContents, WhatIsPutIsThereAndOpens) {
    std::string const content(300'000, 'x');
    Sealed const sealed = seal(keys, content);
    EXPECT_TRUE(is_address(sealed.address));
    contents->put(sealed, now);
    auto const found = contents->get(*reader, sealed.address);
    ASSERT_TRUE(found);
    EXPECT_EQ(open(keys, sealed.address, *found), content);
    contents->remove(sealed.address);
    EXPECT_FALSE(contents->get(*reader, sealed.address));
}

TEST_P(FileContents, TheSameContentHasAnotherAddressEachTimeSoThatNobodyCanTryOutWhichItIs) {
    Sealed const one = seal(keys, "a picture"), two = seal(keys, "a picture");
    EXPECT_NE(one.address, two.address);
    EXPECT_EQ(one.bytes.find("a picture"), std::string::npos);
    EXPECT_NE(one.address, crypto::hex(crypto::sm3("a picture")));
}

TEST_P(FileContents, WhatWasChangedOrLiesAtAnothersAddressDoesNotOpen) {
    Sealed const one = seal(keys, "one"), two = seal(keys, "two");
    EXPECT_FALSE(open(keys, one.address, two.bytes));
    for (std::size_t at = 0; at < one.bytes.size(); ++at) {
        std::string changed = one.bytes;
        changed[at] ^= 1;
        EXPECT_FALSE(open(keys, one.address, changed)) << at;
    }
    EXPECT_FALSE(open(keys, one.address, ""));
}

TEST_P(FileContents, OldOnesAreFoundInOrder) {
    std::vector<std::string> addresses;
    for (int i = 0; i < 20; ++i) {
        Sealed const sealed = seal(keys, std::to_string(i));
        contents->put(sealed, now);
        addresses.push_back(sealed.address);
    }
    std::ranges::sort(addresses);
    EXPECT_EQ(contents->older(now + hours(1), ""), addresses);
    EXPECT_TRUE(contents->older(now - hours(1), "").empty());
    EXPECT_EQ(contents->older(now + hours(1), addresses[9]),
              std::vector<std::string>(addresses.begin() + 10, addresses.end()));
}

TEST(FileFolder, OnlyItsOwnerReadsItAndABrokenWriteLeavesNothing) {
    store::testing::TestFolder folder;
    crypto::Keyring const keys = crypto::Keyring::create_or_open(folder / "keys");
    auto const contents = contents_in_folder(folder / "attachments");
    Sealed const sealed = seal(keys, "one");
    contents->put(sealed, wall_clock());
    for (auto const& entry : fs::recursive_directory_iterator(folder / "attachments"))
        EXPECT_EQ(entry.status().permissions() & (fs::perms::group_all | fs::perms::others_all), fs::perms::none);
    fs::path const left = fs::path(folder / "attachments") / sealed.address.substr(0, 2) / "new-0123456789abcdef";
    std::ofstream(left) << "half of it";
    EXPECT_EQ(contents->older(wall_clock() + hours(1), "").size(), 1U);
    EXPECT_FALSE(fs::exists(left));
}

TEST(FileFolder, AFolderThatCannotBeWrittenIsSaid) {
    store::testing::TestFolder folder;
    crypto::Keyring const keys = crypto::Keyring::create_or_open(folder / "keys");
    EXPECT_EQ(store::testing::kind_thrown_by(
                  [&] { contents_in_folder("/proc/attachments")->put(seal(keys, "one"), wall_clock()); }),
              store::Error::Kind::other);
}

}  // namespace
}  // namespace banyan::files
