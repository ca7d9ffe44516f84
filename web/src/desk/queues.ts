// The lists of a desk, kept up to date: the rail counts them, the middle shows one. A change that the server tells is asked
// for at once and then at most every two seconds, however much happens.
import { reactive } from 'vue';
import { api, type MatterRow } from '@/api/client';
import type { List } from './desks';

const kPage = 50;  // rows asked for at once; a count beyond it is told as "50+"

export interface Queue {
  list: List;
  rows: MatterRow[];
  next: string | undefined;
  loaded: boolean;
  loading: boolean;
  failed: boolean;
}

const queues = reactive(new Map<string, Queue>());

export function queueOf(list: List): Queue {
  let found = queues.get(list.name);
  if (!found) {
    queues.set(list.name, { list, rows: [], next: undefined, loaded: false, loading: false, failed: false });
    found = queues.get(list.name)!;
  }
  return found;
}

/** From the first row on, as far as it had been scrolled to. */
export async function refresh(list: List) {
  const queue = queueOf(list);
  queue.loading = true;
  try {
    const wanted = Math.max(kPage, queue.rows.length);
    const rows: MatterRow[] = [];
    let cursor: string | undefined;
    do {
      const page = await api.get('/api/v1/matters', { query: { ...list.asked, limit: Math.min(100, wanted - rows.length), cursor } });
      rows.push(...page.matters);
      cursor = page.next;
    } while (cursor && rows.length < wanted);
    queue.rows = rows;
    queue.next = cursor;
    queue.loaded = true;
    queue.failed = false;
  } catch {
    queue.failed = true;
  } finally {
    queue.loading = false;
  }
}

export async function more(list: List) {
  const queue = queueOf(list);
  if (!queue.next || queue.loading) return;
  queue.loading = true;
  try {
    const page = await api.get('/api/v1/matters', { query: { ...list.asked, limit: kPage, cursor: queue.next } });
    const known = new Set(queue.rows.map(({ id }) => id));
    queue.rows.push(...page.matters.filter(({ id }) => !known.has(id)));
    queue.next = page.next;
  } finally {
    queue.loading = false;
  }
}

/** Takes a matter out of a list before the server has told so; refresh() puts it back if it was wrong. */
export function leave(list: List, id: string) {
  const queue = queueOf(list);
  queue.rows = queue.rows.filter((row) => row.id !== id);
}

export function forgetAll() {
  queues.clear();
}

/** Calls at once, and again after a while when asked in between. */
export function throttled(call: () => void, pause_ms = 2000) {
  let resting = false;
  let again = false;
  return function ask() {
    if (resting) {
      again = true;
      return;
    }
    call();
    resting = true;
    setTimeout(() => {
      resting = false;
      if (again) {
        again = false;
        ask();
      }
    }, pause_ms);
  };
}

export const reds = (queue: Queue) => queue.rows.filter(({ light }) => light === 'red').length;
export const countOf = (queue: Queue) => (queue.next ? `${queue.rows.length}+` : String(queue.rows.length));
