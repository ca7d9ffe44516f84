// Uploads: from the bytes that come in to the matter that has them, on both engines.
#include "kernel/uploads/uploads.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/testing.h"
#include "kernel/engine/named_files.h"
#include "kernel/engine/testing/story.h"
#include "kernel/engine/verify.h"
#include "kernel/engine/view.h"
#include "platform/media/testing/samples.h"

namespace banyan {
namespace {

using namespace banyan::testing;
namespace fs = std::filesystem;

constexpr std::string_view kPlanted = "Zheng Moli, Jasmine Lane 12";

class Files : public store::testing::OnBothEngines {
  protected:
    Result<Uploaded> send(std::string_view login, std::string_view bytes, std::string_view said = "") {
        return uploads.take_now(bytes, said, city.actor(login));
    }
    std::string sent(std::string_view login, unsigned char point = 1) {
        auto made = send(login, media::testing::jpeg(kPlanted, 6, point));
        EXPECT_TRUE(made) << made.error().key;
        return made ? made->file : "";
    }
    static json::object appeal(json::array files) {
        return {
            {"title", "井盖缺失"}, {"body", "小学门口"}, {"channel", "web"}, {"attachments", std::move(files)}};
    }
    std::string refusal(Answer const& answer) { return answer.ok() ? "" : answer.refusal.key; }
    std::vector<NamedFile> seen_by(std::string_view login, MatterId id) {
        std::vector<NamedFile> all;
        auto const matter = city.matter(id);
        auto const view = view_of(&city.reader(), *matter, load_history(city.reader(), *matter),
                                  {city.actor(login), city.rules(), city.engine().moment(), &city.keys()});
        if (!view) return all;
        for (json::value const& entry : view->at("timeline").as_array())
            if (json::value const* form = entry.as_object().if_contains("form")) {
                Procedure const& procedure = *matter->procedure;
                Index const step = procedure.step(std::string_view(entry.at("step").as_string()));
                auto files = files_in(procedure.step_at(step).form, form->as_object());
                all.insert(all.end(), files.begin(), files.end());
            }
        return all;
    }
    VerifyReport verified() {
        return verify(*city.db(), city.engine().procedures(), &city.keys(), "", {}, contents.get());
    }
    std::string first_finding() {
        auto const report = verified();
        return report.findings.empty() ? "" : report.findings.front().key;
    }

    City city{GetParam()};
    std::unique_ptr<files::Contents> contents =
        sqlite() ? files::contents_in_folder(city.data_folder() + "/attachments")
                 : files::contents_in_database(*city.db());
    FileTypes types = read_file_types(source_text("data/files/types.csv"));
    UploadOptions options{
        .most_bytes = 100'000, .most_waiting_of_one = 150'000, .most_waiting_of_strangers = 200'000};
    Uploads uploads{city.engine(), *city.db(), city.keys(), *contents, types, options};
};
BANYAN_ON_BOTH_ENGINES(Files);

TEST_P(Files, WhatWasSentIsTheMattersOnceAFormNamesIt) {
    std::string const file = sent("citizen");
    Answer const opened = city.open("citizen", appeal({json::string(file)}));
    ASSERT_TRUE(opened.ok()) << describe(opened.refusal);
    auto const seen = seen_by("citizen", opened.matter);
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen[0].address, file);
    EXPECT_EQ(seen[0].type, "image/jpeg");
    auto const content = uploads.content(city.reader(), file);
    ASSERT_TRUE(content);
    EXPECT_EQ(static_cast<std::int64_t>(content->size()), seen[0].size);
    EXPECT_EQ(content->find(kPlanted), std::string::npos);
    EXPECT_EQ(content->find(media::testing::kGps), std::string::npos);
    EXPECT_EQ(first_finding(), "");
}

TEST_P(Files, NobodyNamesWhatIsNotTheirs) {
    std::string const file = sent("citizen");
    for (char const* login : {"citizen2", "seat01", "unit-cg"}) {
        Answer const answer = city.open(login, appeal({json::string(file)}));
        EXPECT_FALSE(answer.ok()) << login;
    }
    Answer const other = city.open("citizen2", appeal({json::string(file)}));
    EXPECT_EQ(refusal(other), "file.unknown");
    EXPECT_EQ(other.refusal.field, "form.attachments[0]");
    EXPECT_EQ(refusal(city.open("citizen", appeal({json::string(std::string(64, 'a'))}))), "file.unknown");
    EXPECT_EQ(refusal(city.open("citizen", appeal({json::string("../../keys/data-1.key")}))), "field.type");
    EXPECT_EQ(refusal(city.open("citizen", appeal({json::string(file), json::string(file)}))), "field.twice");
    json::array many;
    for (int i = 0; i < 10; ++i) many.emplace_back(std::string(63, 'a') + static_cast<char>('0' + i));
    EXPECT_EQ(refusal(city.open("citizen", appeal(many))), "field.too_long");
}

TEST_P(Files, OneFileIsOneMatters) {
    std::string const file = sent("citizen");
    Answer const one = city.open("citizen", appeal({json::string(file)}));
    ASSERT_TRUE(one.ok());
    EXPECT_EQ(refusal(city.open("citizen", appeal({json::string(file)}))), "file.used");
    // Said again in the same matter it is no other file.
    Answer const again = city.step("citizen", one.matter, "supplement",
                                   {{"text", "再看一下"}, {"attachments", json::array{json::string(file)}}});
    EXPECT_TRUE(again.ok()) << describe(again.refusal);
    EXPECT_EQ(first_finding(), "");
}

TEST_P(Files, TwoInOneBatchCannotBothHaveIt) {
    std::string const file = sent("citizen");
    std::mutex mutex;
    std::condition_variable all_told;
    std::vector<std::string> told;
    constexpr std::size_t kMany = 40;
    for (std::size_t i = 0; i < kMany; ++i) {
        Request request;
        request.what =
            Command{city.actor("citizen"), "appeal", {}, {}, "file", appeal({json::string(file)}), {}, {}, {}, {}};
        request.done = [&](Answer&& answer) {
            std::lock_guard lock(mutex);
            told.push_back(refusal(answer));
            all_told.notify_one();
        };
        ASSERT_TRUE(city.engine().submit(std::move(request)));
    }
    std::unique_lock lock(mutex);
    all_told.wait(lock, [&] { return told.size() == kMany; });
    EXPECT_EQ(std::ranges::count(told, ""), 1);
    EXPECT_EQ(std::ranges::count(told, "file.used"), kMany - 1);
}

TEST_P(Files, BelowTheLeadThereIsNoneNotEvenItsName) {
    std::string const file = sent("seat01");
    json::object form = appeal({json::string(file)});
    form["channel"] = "phone";
    Answer const opened = city.open("seat01", form);
    ASSERT_TRUE(city.step("seat01", opened.matter, "accept", {{"kind", "complaint"}}).ok());
    ASSERT_TRUE(
        city.step("disp01", opened.matter, "dispatch", {{"lead", "350111-centre"}, {"summary", "井盖"}}).ok());
    ASSERT_TRUE(city.step("jinan-centre", opened.matter, "sign").ok());
    Answer const delegated =
        city.step("jinan-centre", opened.matter, "delegate", {{"unit", "350111-zj"}, {"days", 2}});
    ASSERT_TRUE(delegated.ok()) << describe(delegated.refusal);
    EXPECT_EQ(seen_by("jinan-centre", opened.matter).size(), 1U);
    EXPECT_EQ(seen_by("seat01", opened.matter).size(), 1U);
    auto const matter = city.matter(opened.matter);
    auto const below = view_of(&city.reader(), *matter, load_history(city.reader(), *matter),
                               {city.actor("jinan-zj-head"), city.rules(), city.engine().moment(), &city.keys()});
    ASSERT_TRUE(below);
    EXPECT_EQ(json::serialize(*below).find(file), std::string::npos);
    EXPECT_EQ(json::serialize(*below).find("attachments"), std::string::npos);
}

TEST_P(Files, WhatIsNotTakenIsRefusedByKey) {
    using namespace media::testing;
    EXPECT_EQ(send("citizen", "").error().key, "file.empty");
    EXPECT_EQ(send("citizen", "MZ\x90").error().key, "file.type");
    EXPECT_EQ(send("citizen", "<svg/>", "image/svg+xml").error().key, "file.type");
    EXPECT_EQ(send("citizen", png({}), "image/jpeg").error().key, "file.other_type");
    EXPECT_EQ(send("citizen", jpeg({}).substr(0, 60)).error().key, "file.broken");
    EXPECT_EQ(send("citizen", jpeg({}) + std::string(100'000, 'x')).error().key, "file.too_large");
    EXPECT_TRUE(send("citizen", jpeg({}), "image/jpg"));
    EXPECT_TRUE(send("citizen", png({}), "application/octet-stream"));
    EXPECT_TRUE(send("citizen", mp4({}, "soun"), "video/mp4; codecs=mp4a"));
    FileTypes only_pictures{{"image/png", {"png", true}}};
    Uploads strict(city.engine(), *city.db(), city.keys(), *contents, only_pictures, options);
    EXPECT_EQ(strict.take_now(pdf({}), "", city.actor("citizen")).error().key, "file.type");
}

TEST_P(Files, WhoSendsAndNamesNothingIsStoppedAndOthersAreNot) {
    std::string const large = media::testing::wav({}, 90'000);
    EXPECT_TRUE(send("citizen", large));
    EXPECT_EQ(send("citizen", large).error().key, "file.too_many");
    EXPECT_TRUE(send("citizen2", large));
}

TEST_P(Files, AMattersFilesHaveALimitTogether) {
    EngineOptions small;
    small.most_file_bytes = 300;
    City strict(GetParam(), nullptr, small);
    auto const where = sqlite() ? files::contents_in_folder(strict.data_folder() + "/attachments")
                                : files::contents_in_database(*strict.db());
    Uploads into(strict.engine(), *strict.db(), strict.keys(), *where, types, options);
    auto send_one = [&] { return into.take_now(media::testing::jpeg({}), "", strict.actor("citizen")).value(); };
    Uploaded const one = send_one(), two = send_one();
    ASSERT_LE(one.size, 300);
    ASSERT_GT(one.size + two.size, 300);
    EXPECT_EQ(strict.open("citizen", appeal({json::string(one.file), json::string(two.file)})).refusal.key,
              "file.too_much");
    Answer const opened = strict.open("citizen", appeal({json::string(one.file)}));
    ASSERT_TRUE(opened.ok());
    EXPECT_EQ(strict
                  .step("citizen", opened.matter, "supplement",
                        {{"text", "补充"}, {"attachments", json::array{json::string(two.file)}}})
                  .refusal.key,
              "file.too_much");
}

TEST_P(Files, WhatNobodyNamesIsGoneAfterADayAndTheRestStays) {
    std::string const named = sent("citizen"), forgotten = sent("citizen");
    Answer const opened = city.open("citizen", appeal({json::string(named)}));
    ASSERT_TRUE(opened.ok());
    EXPECT_EQ(uploads.remove_unnamed(), 0);
    city.set_clock(city.engine().now() + hours(25));
    EXPECT_EQ(uploads.remove_unnamed(), 1);
    EXPECT_FALSE(uploads.content(city.reader(), forgotten));
    EXPECT_TRUE(uploads.content(city.reader(), named));
    EXPECT_EQ(refusal(city.open("citizen", appeal({json::string(forgotten)}))), "file.unknown");
    EXPECT_EQ(first_finding(), "");
}

TEST_P(Files, WhatABrokenOffUploadLeftIsFoundAndRemoved) {
    std::string const named = sent("citizen");
    files::Sealed const stray = files::seal(city.keys(), "content without a row");
    contents->put(stray, wall_clock());
    EXPECT_EQ(uploads.remove_strays(), 0) << "it may be on its way";
    UploadOptions at_once = options;
    at_once.kept = seconds(-5);
    Uploads late(city.engine(), *city.db(), city.keys(), *contents, types, at_once);
    EXPECT_EQ(late.remove_strays(), 1);
    EXPECT_FALSE(contents->get(city.reader(), stray.address));
    EXPECT_TRUE(contents->get(city.reader(), named));
}

TEST_P(Files, VerifyFindsWhatIsMissingOrChanged) {
    std::string const file = sent("citizen");
    Answer const opened = city.open("citizen", appeal({json::string(file)}));
    ASSERT_TRUE(opened.ok());
    std::string const sealed = *contents->get(city.reader(), file);
    contents->remove(file);
    EXPECT_EQ(first_finding(), "verify.file_missing");
    std::string changed = sealed;
    changed[changed.size() / 2] ^= 1;
    contents->put({file, changed}, wall_clock());
    EXPECT_EQ(first_finding(), "verify.file_differs");
    contents->remove(file);
    contents->put({file, sealed}, wall_clock());
    EXPECT_EQ(first_finding(), "");
    tamper(city.db(), "UPDATE file SET matter = 0");
    EXPECT_EQ(first_finding(), "verify.file_missing");
    tamper(city.db(), "UPDATE file SET matter = $1", {opened.matter.value});
    tamper(city.db(),
           "INSERT INTO file (address, owner, at, type, size, matter, event) VALUES ('x', '', 0, 'image/png', 1, "
           "$1, 1)",
           {opened.matter.value});
    EXPECT_EQ(first_finding(), "verify.file_unexpected");
}

TEST_P(Files, NothingOfItLiesInTheOpen) {
    std::string const file = sent("citizen");
    ASSERT_TRUE(city.open("citizen", appeal({json::string(file)})).ok());
    auto const sealed = contents->get(city.reader(), file);
    ASSERT_TRUE(sealed);
    EXPECT_EQ(sealed->find("JFIF"), std::string::npos);
    for (EventRow const& row : all_events(*city.db())) EXPECT_EQ(row.body.find("Moli"), std::string::npos);
    if (!sqlite()) return;
    for (auto const& entry : fs::recursive_directory_iterator(city.data_folder() + "/attachments")) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        std::string const bytes{std::istreambuf_iterator<char>(in), {}};
        EXPECT_EQ(bytes.find("JFIF"), std::string::npos);
    }
}

TEST_P(Files, TheThreadTakesWhatComesAndSaysWhenItIsBusy) {
    uploads.start();
    std::mutex mutex;
    std::condition_variable told;
    int good = 0, taken = 0;
    for (int i = 0; i < 30; ++i)
        taken +=
            uploads.take(media::testing::jpeg({}), "", city.actor("citizen"), [&](Result<Uploaded> const& made) {
                std::lock_guard lock(mutex);
                good += made ? 1 : 0;
                told.notify_one();
            });
    EXPECT_GE(taken, static_cast<int>(options.most_in_line));
    std::unique_lock lock(mutex);
    told.wait(lock, [&] { return good == taken; });
    lock.unlock();
    uploads.stop();
    EXPECT_FALSE(uploads.take("x", "", city.actor("citizen"), [](Result<Uploaded> const&) {}));
}

}  // namespace
}  // namespace banyan
