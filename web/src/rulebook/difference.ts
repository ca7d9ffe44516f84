// Two texts, line by line: what is gone, what was added (Myers, "An O(ND) Difference Algorithm", 1986).
export interface Line {
  sort: 'same' | 'gone' | 'added';
  text: string;
  old?: number;
  new?: number;
}

const kMost = 600;  // differing lines; beyond, all of one is gone and all of the other added

function middle(a: string[], b: string[]): ('same' | 'gone' | 'added')[] {
  const [n, m] = [a.length, b.length];
  const most = Math.min(n + m, kMost);
  const reach = new Map<number, number>([[1, 0]]);
  const traces: Map<number, number>[] = [];
  for (let d = 0; d <= most; d++) {
    traces.push(new Map(reach));
    for (let k = -d; k <= d; k += 2) {
      let x = k === -d || (k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1)) ? (reach.get(k + 1) ?? 0) : (reach.get(k - 1) ?? 0) + 1;
      while (x < n && x - k < m && a[x] === b[x - k]) x++;
      reach.set(k, x);
      if (x >= n && x - k >= m) return back(traces, n, m);
    }
  }
  return [...a.map(() => 'gone' as const), ...b.map(() => 'added' as const)];
}

function back(traces: Map<number, number>[], n: number, m: number) {
  const moves: ('same' | 'gone' | 'added')[] = [];
  let [x, y] = [n, m];
  for (let d = traces.length - 1; d >= 0; d--) {
    const reach = traces[d]!;
    const k = x - y;
    const down = k === -d || (k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1));
    const before = down ? k + 1 : k - 1;
    const fromX = reach.get(before) ?? 0;
    const fromY = fromX - before;
    while (x > fromX && y > fromY) {
      moves.push('same');
      x--;
      y--;
    }
    if (d > 0) moves.push(down ? 'added' : 'gone');
    [x, y] = [fromX, fromY];
  }
  return moves.reverse();
}

export function differenceOf(before: string, after: string): Line[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const moves = [...Array<'same'>(head).fill('same'), ...middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)), ...Array<'same'>(tail).fill('same')];
  const lines: Line[] = [];
  let [old, now] = [0, 0];
  for (const sort of moves) {
    const text = (sort === 'added' ? b[now] : a[old]) ?? '';
    lines.push({ sort, text, old: sort === 'added' ? undefined : old + 1, new: sort === 'gone' ? undefined : now + 1 });
    if (sort !== 'added') old++;
    if (sort !== 'gone') now++;
  }
  return lines;
}

const kAround = 2;
export interface Hunk {
  skipped: number;  // lines that are the same, before it
  lines: Line[];
}

/** What differs, with a few lines around it. */
export function hunksOf(lines: Line[]): Hunk[] {
  const near = lines.map((_, n) => lines.slice(Math.max(0, n - kAround), n + kAround + 1).some(({ sort }) => sort !== 'same'));
  const hunks: Hunk[] = [];
  let skipped = 0;
  lines.forEach((line, n) => {
    if (!near[n]) {
      skipped++;
      return;
    }
    if (n === 0 || !near[n - 1]) hunks.push({ skipped, lines: [] });
    skipped = 0;
    hunks[hunks.length - 1]!.lines.push(line);
  });
  return hunks;
}
