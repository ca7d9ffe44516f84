#include "main/app.h"

#include <fmt/core.h>
#include <signal.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "kernel/engine/due_reminders.h"
#include "main/administration.h"
#include "main/brief.h"
#include "main/calls.h"
#include "main/cases.h"
#include "main/demo_week.h"
#include "main/figures.h"
#include "main/files.h"
#include "main/floor.h"
#include "main/hall.h"
#include "main/hints.h"
#include "main/home.h"
#include "main/knowledge.h"
#include "main/messages.h"
#include "main/metrics.h"
#include "main/practice.h"
#include "main/publication.h"
#include "main/rulebooks.h"
#include "main/topics.h"
#include "main/web.h"
#include "platform/crypto/random.h"
#include "platform/text/text.h"
#include "systems/desk/routes.h"
#include "systems/hall/cases/checks.h"
#include "systems/hotline/duty.h"
#include "systems/hotline/history.h"
#include "systems/hotline/hotline.h"
#include "systems/hotline/repeats.h"
#include "systems/notices/routes.h"
#include "systems/rota/routes.h"

namespace banyan {
namespace {

/// The demo's clock starts at 2026-10-09 09:00 and ticks on; where it started is kept in the folder.
std::function<Instant()> demo_clock(std::string const& file) {
    std::ifstream in(file);
    std::int64_t began = 0;
    if (!(in >> began)) {
        began = wall_clock().us;
        std::ofstream(file) << began << '\n';
    }
    Instant start = *parse_rfc3339("2026-10-09T09:00:00+08:00");
    return [began, start] { return start + (wall_clock() - Instant{began}); };
}

/// Nothing leaves the house unless it is told where to; the demo's messages never do.
std::unique_ptr<Courier> send_messages(ServeOptions const& options, Opened& city, desk::Letters const& letters,
                                       telemetry::Log& log, telemetry::Metrics& metrics) {
    if (options.messages.empty() && !options.demo) return nullptr;
    auto courier = std::make_unique<Courier>(
        *city.engine, *city.store,
        options.messages.empty() ? keep_messages(letters) : post_messages(options.messages, letters));
    auto reminders = std::make_shared<DueReminders>(*city.engine);
    courier->before_look = [reminders](store::Session& reading) { reminders->run_once(reading); };
    courier->on_failure = [&log](Message const& message, std::string const& why) {
        log.warn("message.failed", {{"message", message.id}, {"attempts", message.attempts}, {"why", why}});
    };
    auto counter = [&](char const* name, char const* help, std::atomic<std::int64_t> const& value) {
        metrics.counter_from(name, help, {}, [&value] { return static_cast<double>(value.load()); });
    };
    Courier::Figures const& figures = courier->figures();
    counter("banyan_messages_delivered_total", "Messages that the gateway took", figures.delivered);
    counter("banyan_messages_failed_total", "Attempts that failed; they are made again", figures.failed);
    counter("banyan_messages_given_up_total", "Messages that nobody gets: refused, too old, or to no number",
            figures.given_up);
    return courier;
}

index::IndexOptions index_options(DataFolder const& folder, telemetry::Log& log) {
    index::IndexOptions options;
    options.folder = folder.file("index");
    options.tell = [&log](std::string const& what, std::string const& why) {
        if (what == "index.failed")
            log.warn(what, {{"why", why}});
        else
            log.info(what, {{"what", why}});
    };
    return options;
}

std::unique_ptr<hotline::Repeats> watch_repeats(Opened& city, telemetry::Log& log) {
    auto numbers = hotline::read_repeat_numbers(embedded(banyan_embedded_table, "data/repeats.toml").value_or(""));
    if (!numbers)
        throw std::runtime_error("data/repeats.toml: " + numbers.error().key + " " + numbers.error().field);
    auto repeats = std::make_unique<hotline::Repeats>(*city.engine, *city.store, city.keys, std::move(*numbers));
    repeats->on_failure = [&log](std::string const& why) { log.warn("repeats.failed", {{"why", why}}); };
    return repeats;
}

void add_pages(api::Api& api) {
    for (hotline::Page const& page : hotline::pages(banyan_embedded_table))
        api.add({.method = http::Method::get,
                 .pattern = page.path,
                 .name = "page." + page.path.substr(1),
                 .summary = "A page",
                 .tag = "pages",
                 .who = api::Who::anyone,
                 .replies = {{200, "the page"}},
                 .reply = shape::text(),
                 .reply_type = page.type.substr(0, page.type.find(';')),
                 .handle = [page](api::Call&&, http::Respond respond) {
                     respond({200, page.type, std::string(page.bytes), {{"Cache-Control", "no-cache"}}, {}});
                 }});
}

constexpr char const* kDemoPassword =
    "rongzhou-2026";  // of a fictional city that listens on loopback; printed at every start

constexpr char const* kDemoCode = "482913";  ///< opens one appeal of the demo's citizen

/// An empty folder, the demo's own, or one whose first start was broken off: that is begun again.
void begin_demo(std::string const& path) {
    DataFolder folder(path, DataFolder::Use::alone);
    namespace fs = std::filesystem;
    if (folder.empty_before() || fs::exists(folder.file("demo"))) return;
    if (!fs::exists(folder.file("demo_clock")))
        throw std::runtime_error(path +
                                 ": holds something that is not the demo city; name another folder with --data");
    for (char const* file : {"banyan.db", "banyan.db-wal", "banyan.db-shm", "heads.log"})
        fs::remove(folder.file(file));
}

/// Units, people and appeals, the first time; the marker is written last, so that a broken start is begun again.
/// `password`: of its people; empty: none of them can sign in.
void prepare_demo(Opened& city, Place const& place, std::string const& password, Texts const& texts) {
    std::string const& folder = place.data;
    std::string marker = folder + "/demo";
    if (std::ifstream(marker).good()) return;
    auto say = [](std::string_view line) {
        fmt::print("  {}\n", line);
        std::fflush(stdout);
    };
    if (!city.installed.rules->directory->units().empty())
        throw std::runtime_error(folder + ": the database holds something that is not the demo city");
    fmt::print("{}\n", texts.sentence("ui.demo_making", Language::zh));
    hotline::Demo demo{say,
                       password.empty() ? std::string() : api::Sessions::hash_password(password),
                       api::Sessions::code_hash(city.keys, kDemoCode),
                       {},
                       {}};
    std::string sample;
    city.engine->write_now([&](store::Session& session) {
        hotline::install_demo(session, city.keys, banyan_embedded_table, demo, city.engine->now());
        install_demo_seats(session, city.keys, banyan_embedded_table);
    });
    city.reload();
    EngineOptions seeding;
    seeding.now = [now = city.engine->now()] { return now; };
    seeding.timers = seeding.checkpoints = false;
    {
        Engine seeder(*city.store, city.keys, city.installed.rules, city.installed.calendar,
                      city.installed.procedures, seeding);
        seeder.start();
        auto const contents = contents_of(place, *city.store);
        Uploads uploads(seeder, *city.store, city.keys, *contents, file_types());
        for (EmbeddedFile const& file : embedded_under(banyan_embedded_table, "data/demo/pictures/"))
            demo.pictures[std::filesystem::path(file.path).stem()] = file.bytes();
        demo.send = [&](std::string_view picture, Actor const& actor) {
            return uploads.take_now(picture, "", actor).value().file;
        };
        sample = hotline::seed_demo(seeder, *city.store, banyan_embedded_table, demo).sample_number;
        say(fmt::format("{} notices", seed_demo_notices(seeder, banyan_embedded_table)));
        seeder.stop();
    }
    city.renew();
    say(fmt::format("{} calls of yesterday and this morning",
                    seed_demo_calls(*city.engine, city.keys, banyan_embedded_table)));
    {
        Engine seeder(*city.store, city.keys, city.installed.rules, city.installed.calendar,
                      city.installed.procedures, seeding);
        seeder.start();
        int const checks = seed_demo_checks(seeder, *city.store, city.keys, banyan_embedded_table);
        int const limits = seed_demo_limits(seeder, *city.store, city.keys, banyan_embedded_table);
        int const duties = seed_demo_rota(seeder, banyan_embedded_table);
        int const handovers = seed_demo_handover(seeder, *city.store, banyan_embedded_table);
        say(fmt::format("{} calls drawn to be checked, {} callers limited or to be, {} duties, {} hand-over",
                        checks, limits, duties, handovers));
        seeder.stop();
    }
    city.renew();
    say("Learning from the texts that come with the program");
    make_shipped_models({folder, {}, false});
    std::ofstream(marker) << sample << '\n';
}

void greet(Texts const& texts, Engine& engine, std::string const& address, std::string const& password,
           std::string const& folder) {
    if (password.empty()) {
        for (Language language : {Language::zh, Language::en})
            fmt::print("{}\n", texts.sentence("ui.practice_ready", language, {{"address", "http://" + address}}));
        return;
    }
    std::string sample;
    std::ifstream(folder + "/demo") >> sample;
    fmt::print("\n{}\n{}\n\n", texts.sentence("ui.demo_ready", Language::zh, {{"address", "http://" + address}}),
               texts.sentence("ui.demo_ready", Language::en, {{"address", "http://" + address}}));
    fmt::print("  {:<16} {:<22} {}\n", "login", "role", "name");
    for (Person const& person : engine.rules()->directory->people())
        if (!is_demo_seat(banyan_embedded_table, person.login))
            fmt::print("  {:<16} {:<22} {} {}\n", person.login, person.role, person.zh, person.en);
    fmt::print("\n{}\n{}\n", texts.sentence("ui.demo_password", Language::zh, {{"password", password}}),
               texts.sentence("ui.demo_password", Language::en, {{"password", password}}));
    for (Language language : {Language::zh, Language::en})
        fmt::print("{}\n", texts.sentence("ui.demo_sample", language, {{"number", sample}, {"code", kDemoCode}}));
}

}  // namespace

crypto::Keyring open_keys(DataFolder const& folder) {
    if (!std::filesystem::exists(folder.file("keys")))
        throw std::runtime_error(folder.path() + ": there is no city here");
    return crypto::Keyring::create_or_open(folder.file("keys"));
}

std::function<Instant()> clock_of(std::string const& folder) {
    std::string file = folder + "/demo_clock";
    if (std::filesystem::exists(file)) return demo_clock(file);
    return wall_clock;
}

std::unique_ptr<store::Store> open_store(Place const& place) {
    if (!place.db.empty()) return store::open_postgresql(place.db, place.unsafe);
    return store::open_sqlite({.file = place.data + "/banyan.db", .read_only = false, .vfs = {}});
}

/// What a city's matters lie in, where it is known: a city elsewhere brings divisions of its own.
std::shared_ptr<Territory const> territory_of(Rules const& rules) {
    auto file = [](char const* path) { return embedded(banyan_embedded_table, path).value_or(""); };
    static auto const known = std::make_shared<Territory const>(
        Territory::read(file("data/divisions/fujian.csv"), file("data/divisions/outline.csv")).value());
    Unit const* centre = rules.directory->unit(rules.directory->city_centre());
    return centre != nullptr && known->has(centre->region) ? known : nullptr;
}

/// The same at each start from the folder, which only one program has open: what its predecessor held is its own.
std::string node_of(DataFolder const& folder) {
    std::string const file = folder.file("node");
    std::string id;
    if (std::ifstream(file) >> id) return id;
    id = to_hex(crypto::random_bytes(8));
    std::ofstream(file) << id << '\n';
    return id;
}

Opened::Opened(Place const& place, EngineOptions engine_options)
    : folder(place.data, DataFolder::Use::alone),
      keys(crypto::Keyring::create_or_open(folder.file("keys"))),
      store(open_store(place)),
      options(std::move(engine_options)),
      checks(hotline::import_only()) {
    store->migrate(migrations(banyan_embedded_table));
    {
        auto session = store->open_writer();
        session->begin_write();
        install_defaults(*session, banyan_embedded_table, options.now());
        session->commit();
        installed = load_installation(*session, keys,
                                      embedded(banyan_embedded_table, "data/roles.toml").value_or(""), checks);
    }
    installed.rules->territory = territory_of(*installed.rules);
    options.heads_log = folder.file("heads.log");
    options.node = node_of(folder);
    renew();
}

void Opened::renew() {
    engine.reset();
    engine =
        std::make_unique<Engine>(*store, keys, installed.rules, installed.calendar, installed.procedures, options);
}

Opened::~Opened() {
    if (engine) engine->stop();
}

void Opened::reload() {
    auto session = store->open_reader();
    installed =
        load_installation(*session, keys, embedded(banyan_embedded_table, "data/roles.toml").value_or(""), checks);
    installed.rules->territory = territory_of(*installed.rules);
    engine->set_rules(installed.rules, installed.procedures);
    engine->set_calendar(installed.calendar);
}

/// The regions of the city, down to its towns, and what they lie in: what a form offers and a list names.
std::string divisions_of(Rules const& rules) {
    Unit const* centre = rules.directory->unit(rules.directory->city_centre());
    std::string_view const city = centre == nullptr ? std::string_view() : std::string_view(centre->region);
    std::string kept;
    constexpr std::size_t kTown = 9;  // digits of its code
    for (std::string_view rest = embedded(banyan_embedded_table, "data/divisions/fujian.csv").value_or("");
         !rest.empty();) {
        std::string_view const line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        std::string_view const code = line.substr(0, line.find(','));
        if (code == "code" || (code.size() <= kTown && (code.starts_with(city) || city.starts_with(code))))
            kept += std::string(line) + "\n";
    }
    return kept;
}

int serve(ServeOptions const& options) {
    sigset_t signals;
    sigemptyset(&signals);
    for (int signal : {SIGTERM, SIGINT}) sigaddset(&signals, signal);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before any thread: only the one below takes them
    signal(SIGPIPE, SIG_IGN);

    if (options.demo) begin_demo(options.place.data);
    auto log = options.log_file.empty()
                   ? std::make_unique<telemetry::Log>(telemetry::Level::info)
                   : std::make_unique<telemetry::Log>(options.log_file, telemetry::Level::info);
    telemetry::Metrics metrics;
    Texts texts = Texts::of(banyan_embedded_table);
    EngineOptions engine_options;
    engine_options.most_file_bytes = std::int64_t{options.matter_files_mb} << 20;
    std::string const demo_password = options.practice_of ? "" : kDemoPassword;
    if (options.demo && !options.real_time) engine_options.now = demo_clock(options.place.data + "/demo_clock");
    Opened city(options.place, engine_options);
    if (options.demo) prepare_demo(city, options.place, demo_password, texts);
    if (options.demo) {
        seed_demo_items(city, banyan_embedded_table, texts, options.all_items);
        seed_demo_floor(city, banyan_embedded_table);
        seed_demo_home(city, banyan_embedded_table);
        seed_demo_cases(city, options.place, banyan_embedded_table, texts);
    }
    if (options.practice_of) let_in_to_practise(*options.practice_of, city);
    store::Readers readers(*city.store, {.threads = options.readers, .most_waiting = 2000, .limit_ms = 2000});
    city.engine->figures().on_clock_back = [&log](Instant was, Instant is) {
        log->warn(
            "clock.back",
            {{"was", rfc3339(was)}, {"is", rfc3339(is)}, {"seconds", static_cast<double>((was - is).us) / 1e6}});
    };
    city.engine->nodes().on_failure = [&log](std::string const& why) { log->warn("node.failed", {{"why", why}}); };
    city.checks.merge(hotline::checks_of([&city] { return city.engine->rules(); }));
    city.checks.merge(calls::card_checks(read_score_card(banyan_embedded_table)));
    hall::Shelf items(nullptr);
    city.checks.merge(hall::case_checks(items));
    KnowledgePart knowledge(city, options.demo, *log);
    city.engine->start();
    api::Sessions sessions(*city.engine, *city.store, city.keys,
                           options.practice_of ? "banyan_practice" : "banyan_session");
    api::House house{*city.engine,
                     readers,
                     sessions,
                     city.keys,
                     texts,
                     *log,
                     options.name,
                     options.demo,
                     city.installed.catalogues,
                     options.practice_of.has_value()};
    house.catalogues.put("divisions", divisions_of(*city.installed.rules));
    auto const reader = std::make_shared<text::Reader const>();
    index::MatterIndex index(*city.store, *city.engine, *reader, index_options(city.folder, *log));
    desk::Events events(house);
    struct Stop {  // before what follows the engine goes
        Engine& engine;
        ~Stop() { engine.stop(); }
    } stop{*city.engine};
    desk::Letters const letters = letters_of(*city.engine, city.keys, texts, house.catalogues);
    std::unique_ptr<Courier> const courier = send_messages(options, city, letters, *log, metrics);
    if (courier) courier->start();
    index.start();
    api::Api api(house);
    desk::add_session_operations(api, house);
    desk::add_matter_operations(api, house);
    FilesPart files(house, *city.store, options);
    files.add_operations(api);
    files.measure(metrics);
    files.start();
    desk::add_list_operations(api, house);
    desk::add_print_operations(api, house);
    desk::add_message_operations(api, house, letters);
    desk::add_own_message_operations(api, house, letters);
    desk::add_command_operations(api, house);
    desk::add_undo_operations(api, house);
    desk::add_event_operations(api, house, events);
    desk::add_search_operations(api, house, index);
    desk::add_about_operations(api, house, [&index] { return index.status(); });
    auto const hints = make_hints(house, options.place);
    hints->experience.start(*city.store);
    hints::add_hint_operations(api, *hints);
    AdministrationPart administration(city, house, *hints, options.place);
    administration.follow();
    administration.add_operations(api);
    knowledge.add_operations(api, house);
    TopicsPart topics(house, *city.store, banyan_embedded_table);
    topics.add_operations(api);
    topics.measure(metrics);
    topics.start();
    std::unique_ptr<hotline::Repeats> const repeats = watch_repeats(city, *log);
    repeats->start();
    PublicationPart publication(house, *city.store, banyan_embedded_table);
    publication.start();
    HallPart hall(house, *city.store, items, banyan_embedded_table, reader, files.uploads());
    hall.add_operations(api);
    CasesPart const cases(house, banyan_embedded_table);
    cases.add_operations(api);
    HomePart const home(house, banyan_embedded_table);
    home.add_operations(api);
    hall.start();
    FloorPart floor(house, *city.store, banyan_embedded_table);
    floor.add_operations(api);
    floor.start();
    calls::Handbook const handbook = read_handbook(banyan_embedded_table);
    calls::ScoreCard const card = read_score_card(banyan_embedded_table);
    calls::Desk calls_desk{house, handbook, card};
    if (options.demo)
        calls_desk.practice =
            calls::read_practice(embedded(banyan_embedded_table, "data/demo/practice_calls.csv").value_or(""));
    calls::add_operations(api, calls_desk);
    calls_desk.on_duty = [&engine = *city.engine](store::Session& session, Instant now) {
        auto const rules = engine.rules();
        return rota::seats_on_duty(session, *rules->directory, now);
    };
    notices::add_operations(api, house);
    rota::add_operations(api, house);
    RulebooksPart rulebooks(house, banyan_embedded_table);
    rulebooks.add_operations(api);
    rulebooks.start();
    brief::Desk const brief_desk{house, brief_sources(house, handbook, topics.now())};
    brief::add_brief_operations(api, brief_desk);
    brief::add_handover_operations(api, brief_desk);
    FiguresPart figures(house, *city.store, handbook, banyan_embedded_table);
    figures.add_operations(api);
    figures.measure(metrics);
    figures.start();
    add_pages(api);
    add_web(api, house, banyan_web_table);
    Tiles const tiles{options.tiles};
    add_tiles(api, tiles);
    auto levels = std::make_shared<StageLevels::element_type>();
    measure(*city.engine, readers, metrics);
    measure(index, metrics);
    measure_stages(city.installed.procedures, metrics, levels);
    add_metrics_operation(api, metrics, texts, readers, levels);

    http::Options http_options;
    http_options.listen = options.listen;
    http_options.access_log = options.access_log;
    http_options.errors = api::errors_in_words(texts);
    http_options.headers.emplace_back("Content-Security-Policy", content_policy(tiles));
    if (options.practice_of) http_options.headers.emplace_back("Banyan-Practice", "true");
    api::Api whole(house);
    home.add_for_companies(whole, api);
    http::Routes routes = whole.routes();
    publication.add_routes(routes, options.open311);
    http::Server server(std::move(http_options), std::move(routes), *log, metrics);
    knowledge.start();
    std::thread signal_thread([&] {
        int signal = 0;
        sigwait(&signals, &signal);
        log->info("server.stopping", {{"signal", signal}});
        server.stop();
    });
    std::string address = options.listen.substr(0, options.listen.rfind(':') + 1) + std::to_string(server.port());
    if (options.demo)
        greet(texts, *city.engine, address, demo_password, options.place.data);
    else
        fmt::print("{}\n", texts.sentence("ui.serving", Language::en, {{"address", "http://" + address}}));
    std::fflush(stdout);
    log->info("server.ready", {{"port", static_cast<int>(server.port())}});
    if (options.on_ready) options.on_ready(server.port());
    server.run();
    events.close();
    if (courier) courier->stop();
    administration.stop();
    files.stop();
    topics.stop();
    repeats->stop();
    knowledge.stop();
    figures.stop();
    rulebooks.stop();
    publication.stop();
    cases.stop();
    hall.stop();
    floor.stop();
    city.engine->stop();
    index.stop();
    readers.drain();
    pthread_kill(signal_thread.native_handle(), SIGTERM);
    signal_thread.join();
    log->info("server.stopped");
    return 0;
}

}  // namespace banyan
