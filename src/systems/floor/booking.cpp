#include "systems/floor/booking.h"

#include <algorithm>

namespace banyan::floor {
namespace {

struct Somebody {
    PersonId person;
    std::string name, phone, token;
};

Person const* account_of(Office const& office) {
    if (office.actor.role != "appellant") return nullptr;
    return office.directory.person(office.actor.person);
}

Result<Somebody> somebody(Office const& office, Booking const& booking) {
    Somebody who{{}, booking.name, booking.phone, {}};
    if (Person const* account = account_of(office)) {
        who.person = account->id;
        who.name = account->zh;
        if (!account->phone.empty()) who.phone = account->phone;
    } else {
        if (booking.name.empty()) return refuse("field.required", "name");
        if (booking.phone.empty()) return refuse("field.required", "phone");
    }
    who.token = person_token(office.keys, who.phone, who.person);
    return who;
}

Result<void> may_book(Office const& office, Booking const& booking, Somebody const& who) {
    auto const mine = load_appointments_of(office.session, who.token, office.today());
    int open = 0;
    for (Appointment const& each : mine) {
        if (each.state != Appointment::State::booked || each.slot.ends <= office.now()) continue;
        ++open;
        if (each.hall == booking.hall && each.service == booking.service && each.day == kBeijing.day(booking.at))
            return refuse("appointment.twice", "at");
    }
    if (open >= office.book.most_open)
        return refuse("appointment.too_many", {}, {{"most", std::to_string(office.book.most_open)}});
    if (no_shows(office, who.token) >= office.book.no_shows)
        return refuse(
            "appointment.no_shows", {},
            {{"times", std::to_string(office.book.no_shows)}, {"days", std::to_string(office.book.no_show_days)}});
    return {};
}

/// The first place of the slot that nobody has.
Result<int> free_place(Office const& office, Hall const& hall, Booking const& booking, Slot const& slot) {
    auto const taken = load_taken(office.session, booking.hall, booking.service, slot.begins, slot.ends);
    auto const here = taken.find(slot.begins);
    int const places = hall.windows_for(booking.service) * office.book_for(hall).per_window;
    for (int place = 0; place < places; ++place)
        if (here == taken.end() || std::ranges::find(here->second, place) == here->second.end()) return place;
    return refuse("slot.full", "at");
}

}  // namespace

int no_shows(Office const& office, std::string_view token) {
    auto const past = load_appointments_of(office.session, token, office.today() - office.book.no_show_days);
    return static_cast<int>(std::ranges::count(past, Appointment::State::no_show, &Appointment::state));
}

Result<Booked> book(Office const& office, Booking const& booking) {
    Hall const* hall = office.plan.hall(booking.hall);
    if (hall == nullptr) return refuse("hall.unknown");
    if (hall->service(booking.service) == nullptr) return refuse("service.unknown", "service");
    BANYAN_TRY(Somebody const who, somebody(office, booking));
    std::string const number = new_number(office.keys, booking.who, booking.once);
    std::string const token = token_of(office.keys, number);
    if (auto before = load_appointment(office.session, token)) return Booked{std::move(*before), true};
    BANYAN_TRY(Slot const slot, bookable(office.book_for(*hall), office.hours(*hall), office.moment, booking.at));
    if (Day const day = kBeijing.day(slot.begins); !office.open_on(*hall, day))
        return refuse("slot.closed", "at", {{"day", iso(day)}});
    BANYAN_CHECK(may_book(office, booking, who));
    BANYAN_TRY(int const place, free_place(office, *hall, booking, slot));
    Appointment made;
    made.id = AppointmentId(next_id(office.session, "floor_appointment"));
    made.hall = booking.hall;
    made.service = booking.service;
    made.day = kBeijing.day(slot.begins);
    made.slot = slot;
    made.place = place;
    made.token = token;
    made.person_token = who.token;
    made.person = who.person;
    made.item = booking.item;
    made.booked = made.changed = office.now();
    seal(office.keys, made, {number, who.name, who.phone, booking.matter});
    save(office.session, made);
    return Booked{std::move(made)};
}

Result<Appointment> seen_appointment(Office const& office, std::string_view number) {
    auto found = load_appointment(office.session, token_of(office.keys, number));
    if (!found || !found->kept) return refuse("appointment.unknown");
    return std::move(*found);
}

Result<Appointment> cancel(Office const& office, std::string_view number) {
    BANYAN_TRY(Appointment one, seen_appointment(office, number));
    if (one.state != Appointment::State::booked) return refuse("appointment.over");
    if (one.slot.begins <= office.now()) return refuse("appointment.begun");
    one.state = Appointment::State::cancelled;
    one.counts = false;
    one.changed = office.now();
    save(office.session, one);
    return one;
}

std::string own_token(Office const& office) {
    Person const* account = account_of(office);
    return account == nullptr ? std::string() : person_token(office.keys, account->phone, account->id);
}

std::vector<Appointment> own_appointments(Office const& office) {
    Person const* account = account_of(office);
    auto all = load_appointments_of(office.session, own_token(office), office.today());
    // What somebody else booked with the same number is theirs to know.
    std::erase_if(all, [&](Appointment const& each) { return account == nullptr || each.person != account->id; });
    return all;
}

}  // namespace banyan::floor
