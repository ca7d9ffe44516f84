// Files over HTTP: who sends, who may name them, who sees them, with which headers; and a name and a place planted
// in a photograph that turn up nowhere.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "api/demo_city.h"
#include "platform/media/testing/samples.h"
#include "platform/store/testing/stores.h"

namespace banyan::api_test {
namespace {

namespace fs = std::filesystem;
using media::testing::jpeg, media::testing::kGps;

constexpr char const* kFiles = "/api/v1/files";
constexpr std::string_view kInThePicture = "Zheng Moli of Jasmine Lane 12";
std::string const kMatters = "/api/v1/matters/";

Heard send(Caller& who, std::string_view bytes, std::string const& type = "") {
    http::NamedValues headers;
    if (!type.empty()) headers.emplace_back("Content-Type", type);
    return who.send(http::Method::post, kFiles, headers, bytes);
}
std::string sent(Caller& who, unsigned char point = 1) {
    Heard const heard = send(who, jpeg(kInThePicture, 6, point), "image/jpeg");
    EXPECT_EQ(heard.status, 201) << heard.text;
    return heard.at("/file");
}
json::array one(std::string const& file) { return json::array{json::string(file)}; }

/// Without what differs between two requests.
std::string told(Heard const& heard) {
    std::string text = std::to_string(heard.status) + "\n";
    for (auto const& [name, value] : heard.headers)
        if (name != "X-Request-Id" && name != "Date") text += name + ": " + value + "\n";
    return text + heard.text;
}

/// An appeal with a picture, led by the district's centre, delegated to the street; both sides have evidence.
struct Pictured {
    std::string id, number, code, picture, evidence;
};
Pictured const& pictured() {
    static Pictured const kMade = [] {
        Pictured made;
        made.picture = sent(as("citizen"));
        json::value const filed = as("citizen").file({{"title", "井盖缺失"},
                                                      {"body", "小学门口的井盖缺了"},
                                                      {"channel", "web"},
                                                      {"attachments", one(made.picture)}});
        made.id = filed.at("id").as_string();
        made.number = filed.at("number").as_string();
        made.code = filed.at("code").as_string();
        as("seat01").take(made.id, "accept", {{"kind", "complaint"}});
        as("disp01").take(made.id, "dispatch", {{"lead", "350102-centre"}, {"summary", kSummary}});
        as("gulou").take(made.id, "sign");
        made.evidence = sent(as("gulou"), 2);
        as("gulou").take(made.id, "contact", {{"reached", true}, {"evidence", one(made.evidence)}});
        as("gulou").take(made.id, "delegate", {{"unit", "350102004"}, {"days", 2}, {"summary", kSummary}});
        return made;
    }();
    return kMade;
}
std::string at(std::string const& matter, std::string const& file) { return kMatters + matter + "/files/" + file; }

TEST(Upload, TakesWhatTheBytesSayAndRefusesTheRestByKey) {
    using namespace media::testing;
    Caller& citizen = as("citizen");
    Heard const good = send(citizen, jpeg(kInThePicture, 6), "image/jpeg");
    EXPECT_EQ(good.status, 201);
    EXPECT_EQ(good.at("/type"), "image/jpeg");
    EXPECT_EQ(good.at("/file").size(), 64U);
    EXPECT_LT(good.number("/size"), static_cast<std::int64_t>(jpeg(kInThePicture, 6).size()));
    EXPECT_EQ(send(as("nobody"), png({})).status, 201) << "who asks needs no account";
    EXPECT_EQ(send(citizen, pdf(kInThePicture), "application/pdf").status, 201);
    struct Row {
        std::string bytes;
        char const *type, *key;
        int status;
    };
    for (Row const& row :
         {Row{"", "image/jpeg", "file.empty", 422}, Row{"MZ\x90", "image/jpeg", "file.type", 415},
          Row{"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "image/svg+xml", "file.type",
              415},
          Row{"<html>", "text/html", "file.type", 415}, Row{"{}", "application/json", "file.type", 415},
          Row{png({}), "image/jpeg", "file.other_type", 415},
          Row{jpeg({}).substr(0, 100), "image/jpeg", "file.broken", 422},
          Row{"%PDF-1.7\n1 0 obj", "", "file.broken", 422},
          Row{std::string((10U << 20) + 1, 'x'), "image/jpeg", "http.body_too_large", 413}}) {
        Heard const heard = send(citizen, row.bytes, row.type);
        EXPECT_EQ(heard.key(), row.key) << row.type << heard.text;
        EXPECT_EQ(heard.status, row.status) << row.key;
    }
}

TEST(Upload, OthersRoutesKeepTheirLimits) {
    Heard const heard = as("citizen").send(http::Method::post, "/api/v1/matters",
                                           {{"Content-Type", "application/json"}}, std::string(300U << 10, ' '));
    EXPECT_EQ(heard.status, 413);
}

TEST(FileOfAMatter, IsSeenAsTheFieldThatNamesItAndIsElseNotThere) {
    Pictured const& made = pictured();
    struct Row {
        char const* login;
        bool picture, evidence;
    };
    std::string const nowhere = told(as("street-ry").get(kMatters + "424242"));
    for (Row const& row : {Row{"citizen", true, false}, Row{"citizen2", false, false}, Row{"seat01", true, true},
                           Row{"disp01", true, true}, Row{"review01", true, true}, Row{"gulou", true, true},
                           Row{"callback01", true, true}, Row{"mayor", true, true}, Row{"appraise01", false, true},
                           Row{"street-ry", false, false}, Row{"unit-cg", false, false},
                           Row{"dept01", false, false}, Row{"sys", false, false}, Row{"audit", false, false}}) {
        SCOPED_TRACE(row.login);
        for (std::string const& matter : {made.id, made.number}) {
            Heard const picture = as(row.login).get(at(matter, made.picture)),
                        evidence = as(row.login).get(at(matter, made.evidence));
            EXPECT_EQ(picture.status, row.picture ? 200 : 404);
            EXPECT_EQ(evidence.status, row.evidence ? 200 : 404);
            EXPECT_TRUE(row.picture || told(picture) == nowhere) << told(picture);
            EXPECT_TRUE(row.evidence || told(evidence) == nowhere) << told(evidence);
        }
        std::string const seen = as(row.login).get(kMatters + made.id).text;
        EXPECT_EQ(seen.find(made.picture) != std::string::npos, row.picture);
        EXPECT_EQ(seen.find(made.evidence) != std::string::npos, row.evidence);
    }
    EXPECT_EQ(as("nobody").get(at(made.id, made.picture)).status, 401);
    EXPECT_EQ(as("seat01").get(at(made.id, std::string(64, 'a'))).status, 404);
    EXPECT_EQ(as("seat01").get(at(made.id, "..%2f..%2fkeys%2fdata-1.key")).status, 404);
    EXPECT_EQ(as("seat01").get(at("424242", made.picture)).status, 404);
}

TEST(FileOfAMatter, TheAccusedFindsNothing) {
    std::string const picture = sent(as("citizen"), 3);
    json::object form = planted_form("丙标题只给诉求人和承办");
    form["about"] = "350102004";
    form["attachments"] = one(picture);
    json::value const filed = as("citizen").file(form);
    std::string const id(filed.at("id").as_string());
    as("seat01").take(id, "accept", {{"kind", "report"}});
    as("disp01").take(id, "dispatch", {{"lead", "cg"}, {"summary", kSummary}});
    std::string const nowhere = told(as("street-ry").get(kMatters + "424242"));
    for (std::string const& name : {id, std::string(filed.at("number").as_string())})
        EXPECT_EQ(told(as("street-ry").get(at(name, picture))), nowhere);
    EXPECT_EQ(as("unit-cg").get(at(id, picture)).status, 200);
}

TEST(FileOfAMatter, IsHandedOverSoThatNothingInItRuns) {
    Heard const heard = as("seat01").get(at(pictured().id, pictured().picture));
    EXPECT_EQ(heard.header("content-type"), "image/jpeg");
    EXPECT_EQ(heard.header("x-content-type-options"), "nosniff");
    EXPECT_EQ(heard.header("content-security-policy"), "sandbox; default-src 'none'; frame-ancestors 'none'");
    EXPECT_EQ(heard.header("cache-control"), "private, no-store");
    EXPECT_EQ(heard.header("cross-origin-resource-policy"), "same-origin");
    EXPECT_EQ(heard.header("content-disposition"),
              "inline; filename=\"file-" + pictured().picture.substr(0, 8) + ".jpg\"");
    EXPECT_TRUE(heard.text.starts_with("\xff\xd8"));
    Heard const paper = send(as("seat01"), media::testing::pdf(kInThePicture));
    as("seat01").take(pictured().id, "supplement",
                      {{"text", "补充材料"}, {"attachments", one(paper.at("/file"))}});
    Heard const read = as("seat01").get(at(pictured().id, paper.at("/file")));
    EXPECT_EQ(read.header("content-type"), "application/pdf");
    EXPECT_TRUE(read.header("content-disposition").starts_with("attachment; "));
}

TEST(FileOfAMatter, IsNamedOnlyByWhoSentIt) {
    std::string const file = sent(as("citizen"), 4);
    json::object const form{
        {"title", "别人的照片"}, {"body", "照片"}, {"channel", "web"}, {"attachments", one(file)}};
    for (char const* login : {"citizen2", "nobody", "seat01"}) {
        Heard const heard = as(login).post("/api/v1/matters", {{"procedure", "appeal"}, {"form", form}});
        EXPECT_EQ(heard.key(), "file.unknown") << login;
        EXPECT_EQ(heard.at("/field"), "form.attachments[0]");
    }
    json::object other = form;
    other["attachments"] = one(pictured().picture);
    Heard const used = as("citizen").post("/api/v1/matters", {{"procedure", "appeal"}, {"form", other}});
    EXPECT_EQ(used.key(), "file.used");
    EXPECT_EQ(used.status, 409);
}

TEST(FileOfAMatter, WhoHasTheNumberAndTheCodeAddsAndSeesTheirOwn) {
    std::string const first = sent(as("nobody"), 5);
    json::value const filed = as("nobody").file(
        {{"title", "路灯不亮"}, {"body", "三盏都不亮"}, {"channel", "web"}, {"attachments", one(first)}});
    std::string const id(filed.at("id").as_string());
    Heard const in =
        as("nobody").post("/api/v1/sessions", {{"number", filed.at("number")}, {"code", filed.at("code")}});
    ASSERT_EQ(in.status, 201) << in.text;
    Caller appellant(port(), in.at("/token"));
    std::string const second = sent(appellant, 6);
    appellant.take(id, "supplement", {{"text", "又拍了一张"}, {"attachments", one(second)}});
    for (std::string const& file : {first, second}) EXPECT_EQ(appellant.get(at(id, file)).status, 200);
    EXPECT_EQ(as("citizen2").get(at(id, first)).status, 404);
    EXPECT_EQ(appellant.get(at(pictured().id, pictured().picture)).status, 404) << "this matter and no other";
}

TEST(FileOfAMatter, EvidenceOfTheReplyIsTheAppellantsOnceItIsApproved) {
    json::value const filed = as("citizen").file({{"title", "树枝压线"}, {"body", "请修剪"}, {"channel", "web"}});
    std::string const id(filed.at("id").as_string());
    as("seat01").take(id, "accept", {{"kind", "complaint"}});
    as("disp01").take(id, "dispatch", {{"lead", "cg"}});
    as("unit-cg").take(id, "sign");
    as("unit-cg").take(id, "contact", {{"reached", true}});
    std::string const proof = sent(as("unit-cg-head"), 7);
    as("unit-cg-head")
        .take(id, "reply", {{"account", "已修剪"}, {"public_reply", "树枝已经修剪。"}, {"evidence", one(proof)}});
    EXPECT_EQ(as("citizen").get(at(id, proof)).status, 404);
    EXPECT_EQ(as("review01").get(at(id, proof)).status, 200);
    as("review01").take(id, "approve");
    EXPECT_EQ(as("citizen").get(at(id, proof)).status, 200);
}

TEST(FileOfAMatter, ReadingItIsRecorded) {
    as("callback01").get(at(pictured().id, pictured().picture));
    bool recorded = false;
    for (int tries = 0; tries < 100 && !recorded; ++tries) {
        Heard const heard = as("review01").get(kMatters + pictured().id + "/readers");
        for (json::value const& reading : heard.body.at("readers").as_array())
            recorded = recorded || (reading.at("what") == "file" && reading.at("role") == "caller_back");
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    EXPECT_TRUE(recorded);
}

TEST(FileOfAMatter, ANameAndAPlaceInAPhotographTurnUpNowhere) {
    Pictured const& made = pictured();
    for (char const* login : {"citizen", "seat01", "gulou"})
        for (std::string const& target : {kMatters + made.id, at(made.id, made.picture),
                                          kMatters + made.id + "/receipt", std::string("/metrics")}) {
            Heard const heard = as(login).get(target);
            EXPECT_EQ(heard.text.find(kInThePicture), std::string::npos) << target;
            EXPECT_EQ(heard.text.find(kGps), std::string::npos) << target;
        }
    std::string const log = log_text();
    EXPECT_EQ(log.find(kInThePicture), std::string::npos);
    EXPECT_EQ(log.find(made.picture), std::string::npos) << "an address is no word for the log";
    if (journey::on_postgresql()) return;  // what follows is of the folder
    store::testing::TestFolder scratch;
    journey::write_file(scratch / "passphrase", "a passphrase\n");
    journey::Ended const backup = journey::run(
        {"backup", "--data", folder(), "--passphrase-file", scratch / "passphrase", scratch / "city.backup"});
    ASSERT_EQ(backup.status, 0) << backup.err;
    auto look_through = [&](fs::path const& file) {
        std::string const bytes = journey::text_of(file.string());
        EXPECT_EQ(bytes.find(kInThePicture), std::string::npos) << file;
        EXPECT_EQ(bytes.find(kGps), std::string::npos) << file;
        EXPECT_EQ(file.filename().string().find("Moli"), std::string::npos) << file;
    };
    look_through(scratch / "city.backup");
    EXPECT_NE(journey::text_of(scratch / "city.backup").find(made.picture.substr(2)), std::string::npos);
    for (auto const& entry : fs::recursive_directory_iterator(folder()))
        if (entry.is_regular_file()) look_through(entry.path());

    journey::Ended const restored = journey::run({"restore", "--data", scratch / "again", "--passphrase-file",
                                                  scratch / "passphrase", scratch / "city.backup"});
    ASSERT_EQ(restored.status, 0) << restored.err;
    journey::Ended verified = journey::run({"verify", "--data", scratch / "again"});
    EXPECT_EQ(verified.status, 0) << verified.err;
    fs::remove(fs::path(scratch / "again") / "attachments" / made.picture.substr(0, 2) / made.picture.substr(2));
    verified = journey::run({"verify", "--data", scratch / "again"});
    EXPECT_NE(verified.status, 0);
    EXPECT_NE(verified.err.find("verify.file_missing"), std::string::npos) << verified.err;
}

}  // namespace
}  // namespace banyan::api_test
