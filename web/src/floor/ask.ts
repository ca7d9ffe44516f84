// The floor of a hall, as the server tells it: as an account, else as nobody (me/ask.ts).
import type { Schemas } from '@/api/client';
import type { paths } from '@/api/types';
import { ask } from '@/me/ask';

type Told<P extends keyof paths> = paths[P] extends { get: { responses: { 200: { content: { 'application/json': infer B } } } } } ? B : never;
export type Hall = Schemas['floor_hall'];
export type Service = Schemas['floor_service'];
export type Appointment = Schemas['floor_appointment'];
export type Ticket = Schemas['floor_ticket'];
export type Day = Schemas['floor_day'];
export type Slot = Schemas['floor_slot'];
export type Screen = Told<'/api/v1/floor/halls/{hall}/screen'>;

const kFloor = '/api/v1/floor';
const at = (...parts: string[]) => [kFloor, ...parts.map(encodeURIComponent)].join('/');

export const askHalls = () => ask<Told<'/api/v1/floor/halls'>>(at('halls'));
export const askScreen = (hall: string) => ask<Screen>(at('halls', hall, 'screen'));
export const askDays = async (hall: string, service: string) => (await ask<{ days: Day[] }>(`${at('halls', hall, 'days')}?service=${encodeURIComponent(service)}`)).days;
export const askSlots = async (hall: string, service: string, day: string) => (await ask<{ slots: Slot[] }>(`${at('halls', hall, 'slots')}?service=${encodeURIComponent(service)}&day=${day}`)).slots;
export const book = async (hall: string, body: object, key: string) => (await ask<{ appointment: Appointment }>(at('halls', hall, 'appointments'), JSON.stringify(body), key)).appointment;
export const ownAppointments = async () => (await ask<{ appointments: Appointment[] }>(at('appointments'))).appointments;
export const seeAppointment = async (number: string) => (await ask<{ appointment: Appointment }>(at('appointments', number))).appointment;
export const cancel = async (number: string) => (await ask<{ appointment: Appointment }>(at('appointments', number, 'cancel'), '{}')).appointment;
export const take = (hall: string, body: object, key: string) => ask<{ ticket: Ticket; key: string }>(at('halls', hall, 'tickets'), JSON.stringify(body), key);
export const watchTicket = async (key: string) => (await ask<{ ticket: Ticket }>(at('tickets', key))).ticket;
export const changeTicket = async (key: string, how: 'leave' | 'come_back') => (await ask<{ ticket: Ticket }>(at('tickets', key, how), '{}')).ticket;
export const eventsOf = (hall: string) => at('halls', hall, 'events');

export const kGrounds = ['elderly', 'with_child', 'ill', 'disabled', 'pregnant', 'military'] as const;
