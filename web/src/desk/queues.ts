// The lists of a desk, kept up to date: the rail counts them, the middle shows one. A change that the server tells is asked
// for at once and then at most every two seconds, however much happens; of a long list only what is seen.
import { shallowReactive } from 'vue';
import { api } from '@/api/client';
import type { List } from './asked';
import { me } from './me';
import { boundTo } from './own_share';
import { Pages, type Place, type Rows } from './pages';

export interface Queue {
  list: List;
  pages: Pages;
  rows: Rows;
  more: boolean;
  loaded: boolean;
  loading: boolean;
  failed: boolean;
  seen: [number, number];  // first and last row on the screen
  place?: { row: number; offset: number };
}

const queues = shallowReactive(new Map<string, Queue>());
const kPlace = 'banyan.place.';

/** Where one was in a list of this window, until it is closed. */
function placeIn(list: List): Place | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(kPlace + list.name) ?? 'null') as Place | undefined ?? undefined;
  } catch {
    return undefined;
  }
}

export function queueOf(list: List): Queue {
  let found = queues.get(list.name);
  if (!found) {
    const pages = new Pages(async (limit, cursor) => {
      const page = await api.get('/api/v1/matters', { query: { ...list.asked, limit, cursor } });
      return { ...page, matters: page.matters.map((row) => boundTo(row, me.session?.unit?.code)) };
    });
    found = shallowReactive<Queue>({ list, pages, rows: pages.view(), more: false, loaded: false, loading: false, failed: false, seen: [0, 0] });
    const place = placeIn(list);
    if (place && place.row > 0) {
      pages.restore(place);
      found.place = place;
      found.rows = pages.view();
      found.seen = [place.row, place.row];
    }
    queues.set(list.name, found);
  }
  return found;
}

async function asked(queue: Queue, job: () => Promise<unknown>) {
  queue.loading = true;
  try {
    await job();
    queue.failed = false;
    queue.rows = queue.pages.view();
    queue.more = queue.pages.more;
    queue.loaded = true;
  } catch {
    queue.failed = true;
  } finally {
    queue.loading = false;
  }
}

/** What is seen of it, and its beginning, as it is now. */
export async function refresh(list: List) {
  const queue = queueOf(list);
  queue.pages.spoil();
  await asked(queue, () => Promise.all([queue.pages.see(0, 0), queue.pages.see(...queue.seen)]));
}

/** These rows are on the screen now. */
export async function see(list: List, first: number, last: number) {
  const queue = queueOf(list);
  queue.seen = [first, last];
  if (!queue.pages.loaded) return;
  const ahead = queue.more && last + 20 >= queue.rows.length;
  if (queue.loading && !ahead) return;
  let came = false;
  await queue.pages.see(first, last).then((told) => (came = told)).catch(() => (queue.failed = true));
  if (ahead) await asked(queue, () => queue.pages.append());
  else if (came) queue.rows = queue.pages.view();
}

/** Looks on for a matter that a link names, as far as people look: then it is opened without its place in the list. */
export async function lookFor(list: List, id: string) {
  const queue = queueOf(list);
  for (let most = 10; most > 0 && queue.more && queue.rows.indexOf(id) < 0; most--) await asked(queue, () => queue.pages.append());
}

/** Takes a matter out of a list before the server has told so; refresh() puts it back if it was wrong. */
export function leave(list: List, id: string) {
  const queue = queueOf(list);
  queue.pages.remove(id);
  queue.rows = queue.pages.view();
}

// A long list has many cursors: they are written when the scrolling has come to rest, or the page goes.
const moved = new Set<Queue>();
let writing = 0;
function writePlaces() {
  clearTimeout(writing);
  for (const { list, pages, place } of moved) {
    try {
      sessionStorage.setItem(kPlace + list.name, JSON.stringify(pages.place(place!.row, place!.offset)));
    } catch {
      sessionStorage.removeItem(kPlace + list.name);  // longer than a browser keeps: it begins at its beginning
    }
  }
  moved.clear();
}
window.addEventListener('pagehide', writePlaces);

export function keepPlace(list: List, row: number, offset: number) {
  const queue = queueOf(list);
  queue.place = { row, offset };
  moved.add(queue);
  clearTimeout(writing);
  writing = window.setTimeout(writePlaces, 500);
}

export function forgetAll() {
  queues.clear();
  moved.clear();
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(kPlace)) sessionStorage.removeItem(key);
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

const kCounted = 1000;  // red ones are counted among so many, which is more than anybody lets lie
export function reds({ rows }: Queue) {
  let n = 0;
  for (let at = Math.min(kCounted, rows.length); at--; ) if (rows.at(at)?.light === 'red') n++;
  return n;
}
export const countOf = (queue: Queue) => (queue.more ? `${queue.rows.length}+` : String(queue.rows.length));
