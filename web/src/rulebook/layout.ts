// Where the picture of a rulebook has its boxes and arrows. Stages stand one below the other in the order of the file, which is
// the order people read them; final ones on the right. Ways on to the next stage go straight down, ways back lie on the left,
// ways that skip some on the right of the column.
import { ways } from '@/matter/prominence';
import type { Book, Stage } from './books';

export type Kind = 'people' | 'clock' | 'self';
export interface Box {
  stage: Stage;
  x: number;
  y: number;
  width: number;
  height: number;
  main: boolean;
}
export interface Arrow {
  from?: string;  // none: a matter begins
  to: string;
  kind: Kind;
  steps: string[];
  main: boolean;
  path: string;
  label: { x: number; y: number; anchor: 'start' | 'middle' | 'end' };
}
export interface Picture {
  boxes: Box[];
  arrows: Arrow[];
  width: number;
  height: number;
}

const kBox = { width: 250, height: 74, gap: 50, final: 42, finalWidth: 176 };
const kLane = 18;
const kMargin = 20;
const kTop = 64;
const kLabelRoom = 96;  // beside the outermost lanes, for the words of a chosen arrow

type Way = Pick<Arrow, 'from' | 'to' | 'kind' | 'steps'>;

/** All that leads from one stage to another in one manner, as one arrow. */
function waysOf(book: Book): Way[] {
  const found = new Map<string, Way>();
  const add = (from: string | undefined, to: string, kind: Kind, step?: string) => {
    const key = `${from ?? ''} ${to} ${kind}`;
    const way = found.get(key) ?? { from, to, kind, steps: [] };
    if (step) way.steps.push(step);
    found.set(key, way);
  };
  for (const step of book.steps) {
    const kind = step.clock ? 'clock' : 'people';
    if (step.opens && step.to) add(undefined, step.to, kind, step.name);
    for (const from of step.from) if (step.to && step.to !== from) add(from, step.to, kind, step.name);
  }
  for (const stage of book.stages) for (const pass of stage.passes) add(stage.name, pass.to, 'self');
  return [...found.values()];
}

function shortest(all: Way[], from: string, to: string): string[] {
  const before = new Map<string, string | undefined>([[from, undefined]]);
  const queue = [from];
  for (let here = queue.shift(); here !== undefined; here = queue.shift()) {
    if (here === to) break;
    for (const way of all) if (way.from === here && !before.has(way.to)) {
      before.set(way.to, here);
      queue.push(way.to);
    }
  }
  if (!before.has(to)) return [];
  const path = [];
  for (let at: string | undefined = to; at !== undefined; at = before.get(at)) path.unshift(at);
  return path;
}

/** The stages of the main way, in order: as people count its steps, else the shortest way to the first final stage. */
function mainWay(book: Book, all: Way[]): string[] {
  const opening = all.find(({ from, kind }) => from === undefined && kind === 'people')?.to ?? book.stages[0]?.name ?? '';
  const finals = book.stages.filter(({ final }) => final).map(({ name }) => name);
  const counted = (ways[book.name] ?? []).flatMap(({ stages }) => stages.slice(0, 1));
  if (!counted.length) return shortest(all, opening, finals[0] ?? '');
  const last = counted[counted.length - 1]!;
  return [...counted, ...shortest(all, last, finals[finals.length - 1] ?? '').slice(1)];
}

interface Lane {
  top: number;
  low: number;
}
/** The first lane in which nothing else lies between those rows. */
function laneFor(lanes: Lane[][], top: number, low: number): number {
  let at = 0;
  while (lanes[at]?.some((other) => top < other.low && other.top < low)) at++;
  (lanes[at] ??= []).push({ top, low });
  return at;
}

export function layOut(book: Book): Picture {
  const all = waysOf(book);
  const main = mainWay(book, all);
  const isMain = (way: Way) => way.from !== undefined && main.indexOf(way.to) === main.indexOf(way.from) + 1 && main.includes(way.from);
  const open = book.stages.filter(({ final }) => !final);
  const finals = book.stages.filter(({ final }) => final);
  const row = new Map(open.map(({ name }, n) => [name, n]));
  const top = (n: number) => kTop + n * (kBox.height + kBox.gap);
  const between = (way: Way) => Math.abs(row.get(way.to)! - row.get(way.from!)!);

  const inside = all.filter(({ from, to }) => from !== undefined && row.has(from) && row.has(to)).sort((a, b) => between(a) - between(b));
  const left: Lane[][] = [];
  const right: Lane[][] = [];
  const side = new Map<Way, { left: boolean; lane: number }>();
  for (const way of inside) {
    const [from, to] = [row.get(way.from!)!, row.get(way.to)!];
    if (to === from + 1) continue;
    const back = to < from;
    side.set(way, { left: back, lane: laneFor(back ? left : right, Math.min(from, to), Math.max(from, to)) });
  }
  const x = kMargin + kLabelRoom + kLane * (left.length + 1);
  const finalX = x + kBox.width + kLane * (right.length + 1) + kLabelRoom;
  const height = Math.max(top(open.length) - kBox.gap, kTop + finals.length * (kBox.final + 16)) + kMargin;
  const boxes: Box[] = open.map((stage, n) => ({ stage, x, y: top(n), width: kBox.width, height: kBox.height, main: main.includes(stage.name) }));
  const step = (height - kTop - kMargin) / Math.max(1, finals.length);
  finals.forEach((stage, n) => boxes.push({ stage, x: finalX, y: kTop + step * (n + 0.5) - kBox.final / 2, width: kBox.finalWidth, height: kBox.final, main: main.includes(stage.name) }));
  const box = new Map(boxes.map((each) => [each.stage.name, each]));

  /** Arrows leave and enter a box's side at places of their own. */
  const ports = new Map<string, Way[]>();
  const port = (name: string, where: string, way: Way) => {
    const taken = ports.get(`${name} ${where}`)!;
    const { y, height: tall } = box.get(name)!;
    return y + (tall * (taken.indexOf(way) + 1)) / (taken.length + 1);
  };
  const want = (name: string, where: string, way: Way) => ports.set(`${name} ${where}`, [...(ports.get(`${name} ${where}`) ?? []), way]);
  for (const way of all) {
    if (way.from === undefined || !box.has(way.from) || !box.has(way.to)) continue;
    const lies = side.get(way);
    if (lies) {
      want(way.from, lies.left ? 'left' : 'right', way);
      want(way.to, lies.left ? 'left' : 'right', way);
    } else if (!row.has(way.to)) {
      want(way.from, 'right', way);
      want(way.to, 'left', way);
    } else if (row.has(way.from)) {
      want(way.from, 'down', way);
    }
  }
  for (const [key, taken] of ports) {
    const own = key.slice(0, key.indexOf(' '));
    const other = (way: Way) => box.get(way.from === own ? way.to : way.from!)!;
    taken.sort((a, b) => other(a).y + other(a).height / 2 - (other(b).y + other(b).height / 2));
  }

  const arrows: Arrow[] = [];
  for (const way of all) {
    const to = box.get(way.to);
    if (!to) continue;
    const made = (path: string, label: Arrow['label']) => arrows.push({ ...way, main: isMain(way) || (way.from === undefined && way.to === main[0] && way.kind === 'people'), path, label });
    if (way.from === undefined) {
      const at = to.x + to.width * (way.kind === 'people' ? 0.5 : 0.82);
      made(`M${at} ${to.y - 34}V${to.y}`, { x: at + 10, y: to.y - 16, anchor: 'start' });
      continue;
    }
    const from = box.get(way.from);
    if (!from || from.stage.final) continue;
    const lies = side.get(way);
    if (lies) {
      const edge = lies.left ? x : x + kBox.width;
      const lane = lies.left ? x - kLane * (lies.lane + 1) : x + kBox.width + kLane * (lies.lane + 1);
      const [a, b] = [port(way.from, lies.left ? 'left' : 'right', way), port(way.to, lies.left ? 'left' : 'right', way)];
      const bend = Math.sign(b - a) * Math.min(10, Math.abs(b - a) / 2);
      const turn = lies.left ? 10 : -10;
      made(`M${edge} ${a}H${lane + turn}Q${lane} ${a} ${lane} ${a + bend}V${b - bend}Q${lane} ${b} ${lane + turn} ${b}H${edge}`, { x: lane + (lies.left ? -6 : 6), y: (a + b) / 2, anchor: lies.left ? 'end' : 'start' });
    } else if (to.stage.final) {
      const [a, b] = [port(way.from, 'right', way), port(way.to, 'left', way)];
      const reach = (to.x - from.x - from.width) / 2;
      made(`M${from.x + from.width} ${a}C${from.x + from.width + reach} ${a} ${to.x - reach} ${b} ${to.x} ${b}`, { x: to.x - 12, y: b - 6, anchor: 'end' });
    } else {
      const downs = ports.get(`${way.from} down`)!;
      const at = from.x + (from.width * (downs.indexOf(way) + 1)) / (downs.length + 1);
      made(`M${at} ${from.y + from.height}V${to.y}`, { x: at + 8, y: (from.y + from.height + to.y) / 2 + 2, anchor: 'start' });
    }
  }
  return { boxes, arrows, width: finalX + kBox.finalWidth + kMargin, height };
}
