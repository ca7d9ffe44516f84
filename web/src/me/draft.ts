// One appeal that is being written or waits to be sent. It outlives a closed tab and a lost connection, and it is sent once: the
// first attempt fixes its text and its Idempotency-Key, and every further one sends the same bytes.
import { reactive, ref, watch } from 'vue';
import { newKey, Refused, Unreachable, type Schemas } from '@/api/client';
import { account, ask, upload } from './ask';
import type { Point } from './gcj02';
import { drop, put, take } from './shelf';

export interface Photo {
  id: string;
  name: string;
  file?: string;
  until?: string;
  percent?: number;
  wrong?: { zh: string; en: string };
}
export interface Draft {
  body: string;
  photos: Photo[];
  place: string;
  point?: Point;
  think: '' | 'yes' | 'no';
  class: string;
  kind: string;
  region: string;
  tokens: string[];
  name: string;
  phone: string;
  anonymous: boolean;
  confidential: boolean;
  may_publish: boolean;
  waiting: boolean;
  key: string;
  sealed: string;  // the bytes that are sent, from the first attempt on
}
export interface Receipt {
  number: string;
  code?: string;
  at: string;
}

const empty = (): Draft => ({ body: '', photos: [], place: '', point: undefined, think: '', class: '', kind: '', region: '', tokens: [], name: '', phone: '', anonymous: false, confidential: false, may_publish: false, waiting: false, key: '', sealed: '' });

export const draft = reactive<Draft>(empty());
export const receipt = ref<Receipt>();
export const refused = ref<Refused>();
export const sending = ref(false);
const blobs = new Map<string, Blob>();
export const kMostPhotos = 9;

const kDraft = 'draft';
const kReceipt = 'receipt';
const plain = () => JSON.parse(JSON.stringify(draft)) as Draft;
let later: ReturnType<typeof setTimeout> | undefined;
const keep = () => put(kDraft, plain());
watch(draft, () => {
  clearTimeout(later);
  later = setTimeout(() => void keep().catch(() => {}), 200);
});
addEventListener('pagehide', () => void keep().catch(() => {}));

export async function resumeDraft() {
  try {
    Object.assign(draft, empty(), await take<Draft>(kDraft));
    receipt.value = await take<Receipt>(kReceipt);
    for (const { id } of draft.photos) {
      const kept = await take<Blob>(id);
      if (kept) blobs.set(id, kept);
    }
    draft.photos = draft.photos.filter(({ id }) => blobs.has(id));
  } catch {
    // A browser that keeps nothing: what is written lives as long as the page.
  }
  if (draft.waiting) void sendDraft();
}

export async function forget() {
  for (const { id } of draft.photos) await drop(id).catch(() => {});
  blobs.clear();
  Object.assign(draft, empty());
  await keep().catch(() => {});
}
export async function putAway() {
  receipt.value = undefined;
  await drop(kReceipt).catch(() => {});
}
export const begun = () => draft.body !== '' || draft.photos.length > 0;
export const picture = (id: string) => blobs.get(id);

export async function addPhoto(file: File) {
  const id = `photo-${newKey()}`;
  blobs.set(id, file);
  draft.photos.push({ id, name: file.name });
  await put(id, file).catch(() => {});
  if (navigator.onLine) await sendPhoto(id).catch(() => {});
}
export async function removePhoto(id: string) {
  draft.photos = draft.photos.filter((each) => each.id !== id);
  blobs.delete(id);
  await drop(id).catch(() => {});
}

async function sendPhoto(id: string) {
  const photo = draft.photos.find((each) => each.id === id);
  const blob = blobs.get(id);
  if (!photo || !blob || photo.percent !== undefined || photo.wrong) return;
  photo.percent = 0;
  try {
    const told = await upload(blob, (percent) => (photo.percent = percent));
    photo.file = told.file;
    photo.until = told.until;
  } catch (error) {
    if (error instanceof Refused) photo.wrong = error.problem.text;
    throw error;
  } finally {
    photo.percent = undefined;
  }
}

/** The first sentence, as far as a title goes: nobody is asked for one. */
export function titleOf(body: string): string {
  const first = body.trim().split(/[\u3002\uff01\uff1f\uff1b\n!?;]|\.\s/)[0]!.trim();
  const signs = [...(first.length > 1 ? first : body.trim())];
  return signs.length > 40 ? `${signs.slice(0, 39).join('')}…` : signs.join('');
}

function formed(): string {
  const form: Record<string, unknown> = { title: titleOf(draft.body), body: draft.body.trim(), channel: 'web' };
  for (const name of ['place', 'point', 'class', 'kind', 'region', 'name', 'phone'] as const) if (draft[name]) form[name] = draft[name];
  for (const name of ['anonymous', 'confidential', 'may_publish'] as const) if (draft[name]) form[name] = true;
  if (draft.anonymous) delete form.name, delete form.phone;
  const files = draft.photos.flatMap(({ file }) => (file ? [file] : []));
  if (files.length) form.attachments = files;
  return JSON.stringify({ procedure: 'appeal', form, ...(draft.tokens.length ? { hints: draft.tokens.map((token) => ({ token })) } : {}) });
}

async function attempt() {
  if (!navigator.onLine && !draft.sealed) throw new Unreachable('offline');  // nothing has left: it may still be changed
  for (const { id, file, wrong } of draft.photos) if (!draft.sealed && !file && !wrong) await sendPhoto(id);
  if (draft.photos.some(({ percent }) => percent !== undefined)) throw new Unreachable('an upload is under way');
  draft.sealed ||= formed();
  draft.key ||= newKey();
  await keep().catch(() => {});
  const told = await ask<Schemas['opened']>('/api/v1/matters', draft.sealed, draft.key);
  receipt.value = { number: told.number, code: told.code, at: told.at };
  await put(kReceipt, { ...receipt.value }).catch(() => {});
  await forget();
}

/** Sends what waits. Only one tab does; without a connection it is tried again when there is one. */
export async function sendDraft() {
  if (sending.value) return;
  sending.value = true;
  refused.value = undefined;
  draft.waiting = true;
  await keep().catch(() => {});
  try {
    if (navigator.locks) await navigator.locks.request('banyan.send', async () => ((await take<Draft>(kDraft).catch(() => draft))?.waiting ? attempt() : resumeDraft()));
    else await attempt();
  } catch (error) {
    if (error instanceof Refused && error.problem.status < 500) refuse(error);
    else again();
  } finally {
    sending.value = false;
  }
}

function refuse(error: Refused) {
  draft.waiting = false;
  draft.sealed = draft.key = '';  // nothing was done: what is sent next is another thing
  // Uploads that nobody named in a day are gone: they are sent once more from here.
  const lost = error.problem.key === 'file.unknown' && draft.photos.some(({ file }) => file);
  for (const photo of draft.photos) if (lost) photo.file = undefined;
  if (lost) setTimeout(() => void sendDraft());
  else refused.value = error;
}

let wait_ms = 3000;
function again() {
  setTimeout(() => draft.waiting && void sendDraft(), wait_ms);
  wait_ms = Math.min(wait_ms * 2, 60_000);
}
addEventListener('online', () => {
  wait_ms = 3000;
  if (draft.waiting) void sendDraft();
  else for (const { id, file } of draft.photos) if (!file) void sendPhoto(id).catch(() => {});
});
/** Without an account the files belong to who knows their address; with one, to the person. */
watch(account, () => {
  for (const photo of draft.photos) photo.file = draft.sealed ? photo.file : undefined;
});
