// What a browser can check of a receipt of evidence (docs/journal.md#receipts): that nothing is missing in the middle, that what
// was read here before is still there unchanged, that the city has signed. What it cannot: the contents behind the hashes.
import { api, type Schemas } from '@/api/client';
import { bytes, hex, sm2Verifies, sm3 } from './sm';

export type Receipt = Schemas['receipt'];
/** Of a receipt, what is checked. */
export type Proven = Pick<Receipt, 'number' | 'lane' | 'checkpoint'> & { events: Pick<Receipt['events'][number], 'no' | 'event' | 'hash'>[] };
export type Verdict = 'good' | 'bad' | 'not';
export interface Check {
  what: 'whole' | 'same' | 'signed';
  verdict: Verdict;
}
const place = (number: string) => `banyan.receipt.${number}`;

/** Numbered 1, 2, 3 …, in the order of their ids, all in the one lane. */
export function whole({ events, lane }: Proven): boolean {
  return events.length > 0 && events.every(({ no, event, hash }, n) => no === n + 1 && hash.length === 64 && BigInt(event) % 256n === BigInt(lane) && (n === 0 || BigInt(event) > BigInt(events[n - 1]!.event)));
}

/** What was kept stands in what is told now, hash by hash. */
export const continues = (kept: string[], now: Proven) => kept.length <= now.events.length && kept.every((hash, n) => now.events[n]!.hash === hash);

function same(now: Proven): Verdict {
  const text = localStorage.getItem(place(now.number));
  const kept = text ? (JSON.parse(text) as string[]) : undefined;
  if (kept && !continues(kept, now)) return 'bad';
  localStorage.setItem(place(now.number), JSON.stringify(now.events.map(({ hash }) => hash)));
  return kept ? 'good' : 'not';
}

/** undefined: this browser knows no Ed25519. */
async function verifies(kind: 'sm2' | 'ed25519', message: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>, key: Uint8Array<ArrayBuffer>): Promise<boolean | undefined> {
  if (kind === 'sm2') return sm2Verifies(message, signature, key);
  const known = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']).catch(() => undefined);
  return known && crypto.subtle.verify('Ed25519', known, signature, message);
}

async function signed({ checkpoint }: Proven): Promise<Verdict> {
  if (!checkpoint) return 'not';
  const { kind, public_key, signer } = await api.get('/api/v1/heads', {});
  if (signer !== checkpoint.signer) return 'not';
  const key = bytes(public_key);
  if (hex(sm3(key)).slice(0, 16) !== signer) return 'bad';
  const good = await verifies(kind, bytes(checkpoint.hash), bytes(checkpoint.signature), key);
  return good === undefined ? 'not' : good ? 'good' : 'bad';
}

export async function checksOf(receipt: Proven): Promise<Check[]> {
  return [{ what: 'whole', verdict: whole(receipt) ? 'good' : 'bad' }, { what: 'same', verdict: same(receipt) }, { what: 'signed', verdict: await signed(receipt) }];
}

export async function check(id: string): Promise<{ receipt: Receipt; checks: Check[] }> {
  const receipt = await api.get('/api/v1/matters/{id}/receipt', { path: { id } });
  return { receipt, checks: await checksOf(receipt) };
}
