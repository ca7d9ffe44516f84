// What an account has besides its cases, as the server tells it.
import { send, session, type Schemas } from '@/api/client';
import type { paths } from '@/api/types';
import { ask } from '@/me/ask';

type Told<P extends keyof paths> = paths[P] extends { get: { responses: { 200: { content: { 'application/json': infer B } } } } } ? B : never;
export type Message = Schemas['own_message'];
export type Licence = Schemas['hall_licence'];
export type Favourite = Schemas['hall_favourite'];
export type Place = Schemas['hall_place'];
export type Company = Schemas['hall_company'];
export type Mandate = Schemas['hall_mandate'];
export type Mandates = Told<'/api/v1/hall/companies/{company}/mandates'>;

const kHall = '/api/v1/hall';
const at = encodeURIComponent;
async function change<T>(method: 'PUT' | 'DELETE', url: string): Promise<T> {
  return (await (await send(url, { method, headers: { 'X-CSRF-Token': session.csrf } })).json()) as T;
}

export const askMessages = () => ask<Told<'/api/v1/messages/mine'>>('/api/v1/messages/mine');
/** Without ids: all. */
export const markRead = (ids?: string[]) => ask<{ unread: number }>('/api/v1/messages/mine/read', JSON.stringify(ids ? { ids: ids.map((id) => ({ id })) } : {}));
export const askLicences = async () => (await ask<{ licences: Licence[] }>(`${kHall}/licences`)).licences;
export const askFavourites = async () => (await ask<{ favourites: Favourite[] }>(`${kHall}/favourites`)).favourites;
export const keepFavourite = (code: string) => change(`PUT`, `${kHall}/favourites/${at(code)}`);
export const dropFavourite = (code: string) => change(`DELETE`, `${kHall}/favourites/${at(code)}`);
/** As nobody: where somebody is stays with them. */
export async function askPlaces(given: { region?: string; item?: string }): Promise<Place[]> {
  const query = new URLSearchParams(Object.entries(given).filter(([, value]) => value) as [string, string][]).toString();
  const response = await send(`${kHall}/places${query ? `?${query}` : ''}`, { credentials: 'omit' });
  return ((await response.json()) as { places: Place[] }).places;
}
export const askCompanies = async () => (await ask<{ companies: Company[] }>(`${kHall}/companies`)).companies;
export const askMandates = (code: string) => ask<Mandates>(`${kHall}/companies/${at(code)}/mandates`);
export const giveMandate = (code: string, said: { login: string; person_name: string; scope: string; until: string }) => ask<Mandate>(`${kHall}/companies/${at(code)}/mandates`, JSON.stringify(said));
export const endMandate = (id: string) => change<Mandate>('DELETE', `${kHall}/mandates/${at(id)}`);
