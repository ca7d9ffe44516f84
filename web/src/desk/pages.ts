// A list as long as it may be, held in pages: each is known by the cursor it begins at, and asked for when it is seen. What is above
// stays where it was; a page that was never shown again after a reload is an empty place of the right size. One page more costs the same
// however many there are: nothing goes through all rows, or all pages, for it.
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
  from: number;  // which of all rows it begins with
  size: number;  // as many as it has, had, or is thought to have
  stale: boolean;
}

/** The rows as they are shown: another one after each change, though the rows themselves are never copied. */
export interface Rows {
  readonly length: number;
  readonly order: unknown;  // the same as long as each row stands where it stood; there may be more at the end
  at(n: number): MatterRow | undefined;  // undefined: not here yet
  indexOf(id: string | undefined): number;
  held(): Iterable<[at: number, row: MatterRow]>;  // those that are here
}

/** A list that came as a whole. */
export const rowsOf = (all: MatterRow[]): Rows => ({ length: all.length, order: all, at: (n) => all[n], indexOf: (id) => all.findIndex((row) => row.id === id), held: () => all.entries() });

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
  private all: (MatterRow | undefined)[] = [];
  private order = {};
  private shown: Rows | undefined;  // until something changes
  private far = new Set<number>();  // the pages behind the first ones whose rows are here

  constructor(private fetch: Fetch) {}

  /** All rows in their order, as they are from now on; one that is not here yet is undefined. */
  rows(): readonly (MatterRow | undefined)[] {
    return this.all;
  }
  view(): Rows {
    const { all, order } = this;
    return (this.shown ??= { length: all.length, order, at: (n) => all[n], indexOf: (id) => this.indexOf(id), held: () => this.held() });
  }
  private here(): Page[] {
    return [...this.pages.slice(0, kFirst), ...[...this.far].sort((a, b) => a - b).map((n) => this.pages[n]!)].filter(({ rows }) => rows);
  }
  private indexOf(id: string | undefined): number {
    for (const { from, rows } of this.here()) {
      const at = rows!.findIndex((row) => row.id === id);
      if (at >= 0) return from + at;
    }
    return -1;
  }
  private *held(): Generator<[number, MatterRow]> {
    for (const { from, rows } of this.here()) for (const [n, row] of rows!.entries()) yield [from + n, row];
  }
  get loaded() {
    return this.begun;
  }
  get more() {
    return this.next !== undefined;
  }

  private pageOf(row: number): number {
    let low = 0;
    let high = this.pages.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.pages[middle]!.from <= row) low = middle;
      else high = middle - 1;
    }
    return high;
  }

  /** What stands in a page now; where it is more or less than before, the pages behind it move. */
  private put(at: number, told: MatterRow[]) {
    const page = this.pages[at]!;
    // What is as it was stays the same row, so that nobody draws it again.
    const before = new Map(page.rows?.map((row) => [row.id, row]));
    const rows = told.map((row) => (JSON.stringify(before.get(row.id)) === JSON.stringify(row) ? before.get(row.id)! : row));
    const more = rows.length - page.size;
    if (!more && page.rows && rows.every((row, n) => row === page.rows![n])) return;
    this.shown = undefined;
    if (more || page.rows?.some(({ id }, n) => id !== rows[n]!.id)) this.order = {};
    this.all.splice(page.from, page.size, ...rows);
    if (more) for (let n = at + 1; n < this.pages.length; n++) this.pages[n]!.from += more;
    page.rows = rows;
    page.size = rows.length;
    if (at >= kFirst) this.far.add(at);
  }

  /** The page behind the last one. */
  async append(): Promise<void> {
    if (this.begun && this.next === undefined) return;
    const at = this.pages.length;
    await this.once(at, async () => {
      const told = await this.fetch(kPage, this.next);
      if (this.pages.length !== at) return;
      const rows = this.fresh(told.matters, at);
      this.pages.push({ cursor: this.next, rows, from: this.all.length, size: rows.length, stale: false });
      this.all.push(...rows);
      this.shown = undefined;
      if (at >= kFirst) this.far.add(at);
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
    for (const n of this.far) {
      if (Math.abs(n - near) <= kKept) continue;
      const page = this.pages[n]!;
      page.rows = undefined;
      this.all.fill(undefined, page.from, page.from + page.size);
      this.shown = undefined;
      this.far.delete(n);
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
      this.put(at, this.fresh(rows, at));
      page.stale = false;
    });
  }

  /** No row stands in the list twice: one that moved is where it was seen last. */
  private fresh(rows: MatterRow[], at: number): MatterRow[] {
    const here = new Set(rows.map(({ id }) => id));
    for (const n of [at - 1, at + 1]) {
      const other = this.pages[n]?.rows;
      if (other?.some(({ id }) => here.has(id))) this.put(n, other.filter(({ id }) => !here.has(id)));
    }
    return rows;
  }

  remove(id: string) {
    const at = this.indexOf(id);
    if (at < 0) return;
    const n = this.pageOf(at);
    this.put(n, this.pages[n]!.rows!.filter((row) => row.id !== id));
  }

  place(row: number, offset: number): Place {
    return { cursors: this.pages.slice(1).map(({ cursor }) => cursor!), sizes: this.pages.map(({ size }) => size), next: this.next, row, offset };
  }

  /** As it was before the page was loaded anew: empty places, filled when they are seen. */
  restore(place: Place) {
    let from = 0;
    this.pages = place.sizes.map((size, n) => ({ cursor: n ? place.cursors[n - 1] : undefined, rows: undefined, from: (from += size) - size, size, stale: true }));
    this.all = new Array<MatterRow | undefined>(from).fill(undefined);
    this.order = {};
    this.shown = undefined;
    this.begun = this.pages.length > 0;
    this.next = place.next;
  }
}
