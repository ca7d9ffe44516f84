// The hall's catalogue, as the server tells it. Public: asked as nobody, whoever is signed in here.
import { send, type Names } from '@/api/client';

export interface Coded extends Names {
  code: string;
}
export interface Counted extends Coded {
  n: number;
}
export type Trips = 'none' | 'one' | 'more';

export interface Row {
  code: string;
  name: string;
  name_en?: string;
  situation: string;
  situation_name?: string;
  situation_name_en?: string;
  unit: Coded;
  region: { code: string; zh: string; en?: string };
  level: string;
  type: string;
  kind: 'instant' | 'promised';
  promised_days: number;
  legal_days: number;
  trips: Trips;
  star: number;
  fee: boolean;
  audience: string[];
}
export interface Material {
  code: string;
  name: string;
  form: string;
  from?: string;
  shared: boolean;
  copies: number;
  sample?: string;
  template?: string;
  when?: string;
}
export interface Special {
  name: string;
  days: number;
  basis?: string;
  when?: string;
}
export interface Guide extends Omit<Row, 'unit' | 'region' | 'fee'> {
  unit: string;
  unit_name?: string;
  unit_en?: string;
  region: string;
  legal_over?: string;
  pre_review_days: number;
  receive_days: number;
  basis?: { law: string; article?: string }[];
  conditions?: string[];
  steps?: string[];
  special?: Special[];
  materials?: Material[];
  fee: { charged: boolean; standard?: string; basis?: string };
  result: { name?: string; name_en?: string; type: string; electronic: boolean };
  in_person: number;
  delivery?: string[];
  account: string;
  options?: string[];
  window?: { place?: string; address?: string; lat?: number; lon?: number; traffic?: string; hours?: string };
  phone?: string;
  complaint_phone?: string;
  valid_from?: string;
  version: number;
  state: 'published' | 'cancelled' | 'delegated' | 'merged';
  trips_why?: Names;
  published_at?: string;
  names?: { unit?: Names; region?: { code: string; zh: string; whole?: string }; classes?: Coded[]; scenes?: Coded[] };
  other_situations?: { code: string; situation: string; situation_name?: string; situation_name_en?: string }[];
  versions?: { version: number; from: string; until?: string }[];
}
export interface Facets {
  count: number;
  units: { unit: Coded; n: number }[];
  classes: Counted[];
  scenes: Counted[];
  trips: { code: string; n: number }[];
  levels: { code: string; n: number }[];
  types: { code: string; n: number }[];
  audiences: { code: string; n: number }[];
  regions: { code: string; zh: string; en?: string; n: number }[];
}
export interface Classes {
  scenes: (Counted & { icon: string })[];
  classes: (Counted & { scene: string })[];
}
export interface Counter {
  items: number;
  none: number;
  one: number;
  more: number;
  online: number;
  share_online_bp: number;
  changes: { cancelled: number; delegated: number; merged: number; struck: number };
}
export interface Change {
  kind: string;
  item?: string;
  name: string;
  basis: string;
  day: string;
  zh: string;
  en: string;
}
export interface Rule extends Names {
  key: string;
  source?: Names;
}

const kHall = '/api/v1/hall';
async function get<T>(path: string, query: Record<string, string | number | undefined> = {}, signal?: AbortSignal): Promise<T> {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== '') given.set(name, String(value));
  const text = given.toString();
  return (await (await send(`${kHall}/${path}${text ? `?${text}` : ''}`, { credentials: 'omit', signal })).json()) as T;
}

export type Filters = Record<string, string>;
export const askItems = (filters: Filters, cursor?: string, limit?: number, signal?: AbortSignal) => get<{ items: Row[]; count: number; next?: string }>('items', { ...filters, cursor, limit }, signal);
export const askFacets = (filters: Filters, signal?: AbortSignal) => get<Facets>('facets', filters, signal);
export const askGuide = (code: string, version?: string) => get<Guide>(`items/${encodeURIComponent(code)}`, { version });
export const askClasses = () => get<Classes>('classes');
export const askCounter = () => get<Counter>('counter');
export const askChanges = (cursor?: string) => get<{ changes: Change[]; next?: string }>('changes', { cursor });
export const askRules = () => get<{ rules: Rule[] }>('rules');
export const qrOf = (code: string) => `${kHall}/items/${encodeURIComponent(code)}/qr`;
export const jsonOf = (code: string) => `${kHall}/items/${encodeURIComponent(code)}`;
export const openData = { csv: `${kHall}/open-data/items.csv`, jsonl: `${kHall}/open-data/items.jsonl` };
