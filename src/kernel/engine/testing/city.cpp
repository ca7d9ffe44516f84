#include "kernel/engine/testing/city.h"

#include "base/testing.h"
#include "base/text.h"
#include "kernel/engine/installation.h"

namespace banyan::testing {
namespace {

constexpr std::string_view kUnits =
    "code,parent,zh,en,level,region,group\n"
    "centre,,市中心,City centre,1,3501,centre\n"
    "cg,centre,城市管理局,Urban management,2,3501,city\n"
    "zj,centre,住房建设局,Housing,2,3501,city\n"
    "water,centre,自来水公司,Water company,2,3501,company\n"
    "350111-centre,centre,晋安区中心,Jin'an centre,2,350111,district\n"
    "350111-zj,350111-centre,晋安住建,Jin'an housing,3,350111,district_department\n"
    "350111-cg,350111-centre,晋安城管,Jin'an urban management,3,350111,district_department\n"
    "350111001,350111-centre,茶园街道,Chayuan street,3,350111001,town\n"
    "350102-centre,centre,鼓楼区中心,Gulou centre,2,350102,district\n"
    "350102004,350102-centre,榕荫街道,Rongyin street,3,350102004,town\n"
    "350102004001,350102004,茉莉社区,Moli community,4,350102004001,village\n"
    "xz,centre,行政服务中心,Service centre,2,3501,city\n";
constexpr std::string_view kPeople =
    "login,role,unit,zh,en,phone,employer\n"
    "citizen,appellant,,陈小榕,Chen Xiaorong,,\n"
    "citizen2,appellant,,江依姆,Jiang Yimu,,\n"
    "seat01,seat,centre,阿榕,A Rong,,\n"
    "seat02,seat,centre,小茉,Xiao Mo,,\n"
    "lead01,shift_leader,centre,陈桥,Chen Qiao,,\n"
    "disp01,dispatcher,centre,郑远,Zheng Yuan,,\n"
    "review01,reviewer,centre,林静,Lin Jing,,\n"
    "unit-cg,unit_clerk,cg,何叶,He Ye,,\n"
    "unit-cg-head,unit_head,cg,吴山,Wu Shan,,\n"
    "unit-zj,unit_clerk,zj,住建经办,Zj clerk,,\n"
    "unit-zj-head,unit_head,zj,住建负责人,Zj head,,\n"
    "unit-water,unit_clerk,water,江波,Jiang Bo,,\n"
    "unit-water-head,unit_head,water,郭澜,Guo Lan,,\n"
    "jinan-centre,district_centre,350111-centre,叶台,Ye Tai,,\n"
    "jinan-zj-head,unit_head,350111-zj,晋安住建负责人,Jin'an zj head,,\n"
    "street-ry,unit_clerk,350102004,黄墙,Huang Qiang,,\n"
    "street-ry-head,unit_head,350102004,街道负责人,Street head,,\n"
    "callback01,caller_back,centre,李音,Li Yin,,\n"
    "sup01,supervision_officer,centre,王鼓,Wang Gu,,\n"
    "appraise01,appraiser,centre,方平,Fang Ping,,\n"
    "mayor,leader,centre,市长,Mayor,,\n"
    "sys,system_admin,centre,系统管理员,System admin,,\n"
    "window01,window,xz,柳窗,Liu Chuang,,\n"
    "window02,window,xz,黎件,Li Jian,,\n"
    "hall01,hall_manager,xz,桂堂,Gui Tang,,\n";

template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(describe(result.error()));
    return std::move(*result);
}

}  // namespace

std::string describe(Refusal const& refusal) {
    std::string text = refusal.key;
    if (!refusal.field.empty()) text += " (" + refusal.field + ")";
    for (auto const& [name, value] : refusal.params) text += " " + name + "=" + value;
    for (Refusal const& other : refusal.others) text += "; " + describe(other);
    return text;
}

std::vector<store::Migration> const& kernel_migrations() {
    static std::string const kFirst = source_text("src/kernel/engine/schema/0001_kernel.sql");
    static std::string const kSecond = source_text("src/kernel/engine/schema/0002_worklists.sql");
    static std::string const kThird = source_text("src/kernel/engine/schema/0003_deliveries.sql");
    static std::string const kFourth = source_text("src/kernel/engine/schema/0004_open_matters.sql");
    static std::string const kFifth = source_text("src/kernel/engine/schema/0005_publication.sql");
    static std::string const kSixth = source_text("src/kernel/engine/schema/0006_heirs.sql");
    static std::string const kFiles = source_text("src/kernel/files/schema/0007_files.sql");
    static std::string const kOldNumbers = source_text("src/kernel/engine/schema/0008_old_numbers.sql");
    static std::string const kMessages = source_text("src/kernel/engine/schema/0012_messages.sql");
    static std::string const kNodes = source_text("src/kernel/engine/schema/0013_nodes.sql");
    static std::string const kPacked = source_text("src/kernel/engine/schema/0014_packed.sql");
    static std::string const kAllowances = source_text("src/kernel/engine/schema/0015_allowances.sql");
    static std::vector<store::Migration> const kAll{
        {1, "0001_kernel.sql", kFirst},       {2, "0002_worklists.sql", kSecond},
        {3, "0003_deliveries.sql", kThird},   {4, "0004_open_matters.sql", kFourth},
        {5, "0005_publication.sql", kFifth},  {6, "0006_heirs.sql", kSixth},
        {7, "0007_files.sql", kFiles},        {8, "0008_old_numbers.sql", kOldNumbers},
        {12, "0012_messages.sql", kMessages}, {13, "0013_nodes.sql", kNodes},
        {14, "0014_packed.sql", kPacked},     {15, "0015_allowances.sql", kAllowances}};
    return kAll;
}

std::shared_ptr<Directory const> small_directory() {
    auto units = must(read_units(kUnits));
    auto people = must(read_people(kPeople, units));
    return std::make_shared<Directory>(std::move(units), std::move(people));
}

std::shared_ptr<Procedure const> rulebook(std::string const& toml) {
    auto procedure = must(read_procedure(toml));
    procedure->hash = crypto::hex(crypto::sm3(toml));
    return procedure;
}

std::shared_ptr<Rules const> small_rules() {
    auto rules = std::make_shared<Rules>();
    for (char const* name : {"appeal", "supervision", "knowledge", "correction", "notice", "call_check",
                             "caller_limit", "handover", "application", "rating", "item"})
        rules->procedures[name] = rulebook(source_text(fmt::format("procedures/{}.toml", name)));
    rules->directory = small_directory();
    rules->access = std::make_shared<Access>(must(Access::read(source_text("data/roles.toml"))));
    static auto const kTerritory = std::make_shared<Territory const>(must(
        Territory::read(source_text("data/divisions/fujian.csv"), source_text("data/divisions/outline.csv"))));
    rules->territory = kTerritory;
    rules->lists["convenience"] = {"road.hydrant", "road.lamp", "road.manhole"};
    return rules;
}

std::shared_ptr<Calendar const> real_calendar() {
    static auto const kCalendar =
        std::make_shared<Calendar const>(must(Calendar::parse(source_text("data/calendar/holidays.csv"))));
    return kCalendar;
}

Instant at(std::string_view text) {
    auto instant = parse_local(text);
    if (!instant) throw std::runtime_error("no time: " + std::string(text));
    return *instant;
}

Procedures procedures_of(Rules const& rules) {
    Procedures procedures;
    for (auto const& [name, procedure] : rules.procedures) procedures[procedure->hash] = procedure;
    return procedures;
}

City::City(store::Engine engine, std::shared_ptr<Rules const> rules, EngineOptions options)
    : store_(store::testing::fresh_store(engine, kernel_migrations())),
      keys_(crypto::Keyring::create_or_open(folder_ / "keys", crypto::SigningKey::Kind::ed25519)),
      rules_(rules ? std::move(rules) : small_rules()),
      options_(std::move(options)) {
    *now_ = at("2026-10-09 09:00");
    options_.now = [now = now_] { return *now; };
    options_.timers = false;
    options_.checkpoints = false;
    options_.heads_log = folder_ / "heads.log";
    restart();
}

City::~City() { engine_.reset(); }

void City::restart() {
    reader_.reset();
    engine_.reset();
    engine_ = std::make_unique<Engine>(*store_, keys_, rules_, real_calendar(), procedures_of(*rules_), options_);
    engine_->start();
}

void City::go_to(Instant now) {
    for (int round = 0; round < 1000; ++round) {
        std::optional<std::pair<std::int64_t, std::int64_t>> next;
        reader().query(
            "SELECT id, wakes FROM matter WHERE wakes IS NOT NULL AND wakes <= $1 ORDER BY wakes, id LIMIT 1",
            {now.us}, [&](store::Row const& row) { next = {row.integer(0), row.integer(1)}; });
        if (!next) break;
        *now_ = Instant{next->second};
        Request request;
        request.what = Wake{MatterId(next->first), Instant{next->second}, true};
        Answer answer = engine_->run(std::move(request));
        if (!answer.ok()) throw std::runtime_error("a timer's step was refused: " + describe(answer.refusal));
    }
    *now_ = now;
}

Actor City::actor(std::string_view login) const {
    std::size_t const slash = login.find('/');
    Person const* person = rules_->directory->person(login.substr(0, slash));
    if (person == nullptr) throw std::runtime_error("nobody is called " + std::string(login));
    std::string role(slash == std::string_view::npos ? std::string_view(person->role) : login.substr(slash + 1));
    return {person->id, std::move(role), person->unit, {}, false};
}

Answer City::step(std::string_view login, MatterId matter, std::string step, json::object form, AssignmentId on) {
    Request request;
    request.what = Command{actor(login), {}, matter, on, std::move(step), std::move(form), {}, {}, {}, {}};
    return engine_->run(std::move(request));
}

Answer City::open(std::string_view login, json::object form, std::string procedure, std::string step) {
    Request request;
    request.what =
        Command{actor(login), std::move(procedure), {}, {}, std::move(step), std::move(form), {}, {}, {}, {}};
    return engine_->run(std::move(request));
}

std::optional<Matter> City::matter(MatterId id) { return load_matter(reader(), id, engine_->procedures()); }

store::Session& City::reader() {
    if (!reader_) reader_ = store_->open_reader();
    return *reader_;
}

void give_to_nodes(City& city) {
    city.engine().stop();
    auto const session = city.db()->open_writer();
    session->begin_write();
    static EmbeddedFile const nothing[] = {{}};
    install_defaults(*session, nothing, at("2026-10-09 09:00"));
    session->commit();
}

std::unique_ptr<Engine> start_node(City& city, store::Store& store, std::string name,
                                   std::function<Instant()> now) {
    EngineOptions options;
    options.now = std::move(now);
    options.node = std::move(name);
    auto engine = std::make_unique<Engine>(store, city.keys(), std::make_shared<Rules>(city.rules()),
                                           real_calendar(), procedures_of(city.rules()), std::move(options));
    engine->start();
    return engine;
}

}  // namespace banyan::testing
