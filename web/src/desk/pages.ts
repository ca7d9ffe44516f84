// A list as long as it may be, held in pages: each is known by the cursor it begins at, and asked for when it is seen. What is above
// stays where it was; a page that was never shown again after a reload is an empty place of the right size.
import type { MatterRow } from '@/api/client';

export const kPage = 50;  // rows of a page
const kFirst = 20;  // pages from the beginning that stay: red ones are counted among their rows
const kKept = 60;  // further ones in memory; who scrolls back asks for the others again
const kSlack = 100;  // asked for when a page is renewed: what came in between is seen too

export interface Fetched {
  matters: MatterRow[];
  next?: string;
}
export type Fetch = (limit: number, cursor: string | undefined) => Promise<Fetched>;

interface Page {
  cursor: string | undefined;  // the first page has none
  rows: MatterRow[] | undefined;  // not asked for yet
  size: number;  // as many as it had, or is thought to have
  stale: boolean;
}

/** Where somebody was in a list: what a reload and the way back need. */
export interface Place {
  cursors: string[];
  sizes: number[];
  next: string | undefined;
  row: number;  // the first that was seen
  offset: number;  // pixels of it above the edge
}

export class Pages {
  private pages: Page[] = [];
  private next: string | undefined;
  private begun = false;
  private asking = new Map<number, Promise<void>>();
  private flat: (MatterRow | undefined)[] | undefined = [];

  constructor(private fetch: Fetch) {}

  /** All rows in their order; one that is not here yet is undefined. */
  rows(): (MatterRow | undefined)[] {
    if (this.flat) return this.flat;
    const all: (MatterRow | undefined)[] = [];
    for (const page of this.pages)
      if (page.rows) for (const row of page.rows) all.push(row);
      else for (let n = 0; n < page.size; n++) all.push(undefined);
    this.flat = all;
    return all;
  }
  get loaded() {
    return this.begun;
  }
  get more() {
    return this.next !== undefined;
  }

  private pageOf(row: number): number {
    let from = 0;
    for (let n = 0; n < this.pages.length; n++) {
      from += this.pages[n]!.rows?.length ?? this.pages[n]!.size;
      if (row < from) return n;
    }
    return this.pages.length - 1;
  }

  /** The page behind the last one. */
  async append(): Promise<void> {
    if (this.begun && this.next === undefined) return;
    const at = this.pages.length;
    await this.once(at, async () => {
      const told = await this.fetch(kPage, this.next);
      if (this.pages.length !== at) return;
      const rows = this.fresh(told.matters, at);
      this.pages.push({ cursor: this.next, rows, size: rows.length, stale: false });
      // A copy, so that who shows it sees that it grew; made anew only where a page in the middle changed.
      this.flat = this.flat?.concat(rows);
      this.letGo(at);
      this.next = told.next;
      this.begun = true;
    });
  }

  /** The pages of these rows are there and as they are now. True: something was asked for. */
  async see(first: number, last: number): Promise<boolean> {
    if (!this.begun) {
      await this.append();
      return true;
    }
    const wanted: number[] = [];
    for (let n = this.pageOf(first); n >= 0 && n <= this.pageOf(last); n++) if (!this.pages[n]!.rows || this.pages[n]!.stale) wanted.push(n);
    await Promise.all(wanted.map((n) => this.renew(n)));
    for (const n of wanted) this.letGo(n);
    return wanted.length > 0;
  }

  /** Of a long list only its beginning and what is near the page that came last is kept. */
  private letGo(near: number) {
    if (this.pages.length <= kFirst + 2 * kKept) return;
    let from = 0;
    for (const [n, page] of this.pages.entries()) {
      const size = page.rows?.length ?? page.size;
      if (page.rows && n >= kFirst && Math.abs(n - near) > kKept) {
        page.size = size;
        page.rows = undefined;
        this.flat?.fill(undefined, from, from + size);
      }
      from += size;
    }
  }

  /** Something changed: what is seen is asked for at once, the rest when it is seen. */
  spoil() {
    for (const page of this.pages) page.stale = true;
  }

  private once(at: number, job: () => Promise<void>): Promise<void> {
    let running = this.asking.get(at);
    if (!running) {
      running = job().finally(() => this.asking.delete(at));
      this.asking.set(at, running);
    }
    return running;
  }

  private renew(at: number): Promise<void> {
    return this.once(at, async () => {
      const page = this.pages[at]!;
      const last = at === this.pages.length - 1;
      const wanted = last || !page.rows ? Math.max(kPage, page.size) : kSlack;
      const told = await this.fetch(Math.min(kSlack, wanted), page.cursor);
      if (this.pages[at] !== page) return;
      let rows = told.matters;
      if (!last) {
        // It ends where the next one begins: at the first row that one has. One that was never here begins at its cursor.
        const behind = this.pages[at + 1]!;
        if (behind.rows) {
          const theirs = new Set(behind.rows.map(({ id }) => id));
          const cut = rows.findIndex(({ id }) => theirs.has(id));
          if (cut >= 0) rows = rows.slice(0, cut);
        } else rows = rows.slice(0, page.size);
      } else {
        this.next = told.next;
      }
      page.rows = rows.length ? this.fresh(rows, at) : [];
      this.flat = undefined;
      page.size = page.rows.length;
      page.stale = false;
    });
  }

  /** No row stands in the list twice: one that moved is where it was seen last. */
  private fresh(rows: MatterRow[], at: number): MatterRow[] {
    const here = new Set(rows.map(({ id }) => id));
    for (const n of [at - 1, at + 1]) {
      const other = this.pages[n];
      if (other?.rows?.some(({ id }) => here.has(id))) {
        other.rows = other.rows.filter(({ id }) => !here.has(id));
        this.flat = undefined;
      }
    }
    return rows;
  }

  remove(id: string) {
    for (const page of this.pages) if (page.rows?.some((row) => row.id === id)) page.rows = page.rows.filter((row) => row.id !== id);
    this.flat = undefined;
  }

  place(row: number, offset: number): Place {
    return { cursors: this.pages.slice(1).map(({ cursor }) => cursor!), sizes: this.pages.map((page) => page.rows?.length ?? page.size), next: this.next, row, offset };
  }

  /** As it was before the page was loaded anew: empty places, filled when they are seen. */
  restore(place: Place) {
    this.pages = place.sizes.map((size, n) => ({ cursor: n ? place.cursors[n - 1] : undefined, rows: undefined, size, stale: true }));
    this.begun = this.pages.length > 0;
    this.flat = undefined;
    this.next = place.next;
  }
}
