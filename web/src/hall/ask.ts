// The hall's catalogue, as the server tells it. Public: asked as nobody, whoever is signed in here.
import { send, type Schemas } from '@/api/client';
import type { paths } from '@/api/types';

type Told<P extends keyof paths> = paths[P] extends { get: { responses: { 200: { content: { 'application/json': infer B } } } } } ? B : never;
export type Row = Schemas['hall_row'];
export type Guide = Schemas['hall_item'];
export type Material = Schemas['hall_material'];
export type Special = Schemas['hall_special'];
export type Trips = Row['trips'];
export type Found = Told<'/api/v1/hall/items'>;
export type Facets = Told<'/api/v1/hall/facets'>;
export type Counted = Facets['classes'][number];
export type Change = Told<'/api/v1/hall/changes'>['changes'][number];

const kHall = '/api/v1/hall';
async function get<T>(path: string, query: Record<string, string | number | undefined> = {}, signal?: AbortSignal): Promise<T> {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== '') given.set(name, String(value));
  const text = given.toString();
  return (await (await send(`${kHall}/${path}${text ? `?${text}` : ''}`, { credentials: 'omit', signal })).json()) as T;
}

export type Filters = Record<string, string>;
export const askItems = (filters: Filters, cursor?: string, limit?: number, signal?: AbortSignal) => get<Found>('items', { ...filters, cursor, limit }, signal);
export const askFacets = (filters: Filters) => get<Facets>('facets', filters);
export const askGuide = (code: string, version?: string) => get<Guide>(`items/${encodeURIComponent(code)}`, { version });
export const askClasses = () => get<Told<'/api/v1/hall/classes'>>('classes');
export const askCounter = () => get<Told<'/api/v1/hall/counter'>>('counter');
export const askChanges = (cursor?: string) => get<Told<'/api/v1/hall/changes'>>('changes', { cursor });
export const askRules = () => get<Told<'/api/v1/hall/rules'>>('rules');
export const qrOf = (code: string) => `${kHall}/items/${encodeURIComponent(code)}/qr`;
export const jsonOf = (code: string) => `${kHall}/items/${encodeURIComponent(code)}`;
export const openData = { csv: `${kHall}/open-data/items.csv`, jsonl: `${kHall}/open-data/items.jsonl` };
