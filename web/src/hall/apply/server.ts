// What applying asks of the server: the same for a citizen and for a window, as whoever is signed in here.
import { send, session, type Schemas } from '@/api/client';
import type { Schema, Values } from './check';

export type Form = Omit<Schemas['hall_form'], 'schema' | 'known'> & { schema: Schema; known: Values };
export type Wanted = Form['materials'][number];
export type Draft = Schemas['hall_form_draft'];
export type Payment = Schemas['hall_payment'];
export type Opened = Schemas['hall_opened'];
export type Who = Form['applicant'];

const kHall = '/api/v1/hall';
async function call<T>(method: string, path: string, body?: string, more: RequestInit & { key?: string; match?: string } = {}): Promise<T> {
  const headers: Record<string, string> = {};
  if (method !== 'GET') headers['X-CSRF-Token'] = session.csrf;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (more.key) headers['Idempotency-Key'] = more.key;
  if (more.match) headers['If-Match'] = `"${more.match}"`;
  return (await (await send(kHall + path, { method, headers, body, keepalive: more.keepalive })).json()) as T;
}
const at = encodeURIComponent;

export const askForm = (code: string, who?: Who) => call<Form>('GET', `/items/${at(code)}/form${who ? `?applicant=${who}` : ''}`);
export const askDrafts = async () => (await call<{ drafts: Draft[] }>('GET', '/drafts')).drafts;
/** `on`: the tag of the draft one goes on from, 0 of none; another one that is there meanwhile is not written over (412, with it). */
export const saveDraft = (code: string, version: number, typed: unknown, on: string, leaving = false) => call<{ saved_at: string; tag: string }>('PUT', `/drafts/${at(code)}`, JSON.stringify({ version, typed }), { keepalive: leaving, match: on });
export const dropDraft = (code: string) => call<unknown>('DELETE', `/drafts/${at(code)}`);
export const apply = (sealed: string, key: string) => call<Opened>('POST', '/applications', sealed, { key });
export const askPayment = (id: string) => call<Payment>('GET', `/applications/${at(id)}/payment`);
export const pay = (id: string) => call<Payment>('POST', `/applications/${at(id)}/payment`, '{}');
/** What somebody says of the service of a case that is over: once. */
export const rateService = (id: string, rating: { stars: number; reasons: { code: string }[]; words?: string; anonymous?: true }) => call<{ stars: number }>('POST', `/applications/${at(id)}/rating`, JSON.stringify(rating));
export const askLicence = (id: string) => call<Licence & { check: string; checked_at: string }>('GET', `/applications/${at(id)}/licence`);
export const licencePdf = (id: string) => `${kHall}/applications/${at(id)}/licence.pdf`;

/** Whether a licence is genuine: asked as nobody. */
export const checkLicence = async (number: string, check: string) => (await (await send(`${kHall}/licences/${at(number)}/${at(check)}`, { credentials: 'omit' })).json()) as Licence;
export interface Licence {
  number: string;
  name: string;
  holder: string;
  item: string;
  title: string;
  unit: { zh: string; en: string };
  decided: string;
  valid: boolean;
  until?: string;
}
