// A year as twelve months of weeks, each day with what it is by the list and by what is about to be said of it.
import { calendar } from '@/words/catalogues';

export interface Cell {
  day: string;
  n: number;
  worked: boolean;
  listed: boolean;
  note: string;
  weekend: boolean;
  changed: boolean;
}
export interface Said {
  kind: 'off' | 'work';
  name: string;
}

const iso = (year: number, month: number, day: number) => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
export const weekdayOf = (day: string) => (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7;  // 0: Monday

export function cellOf(day: string, said: Record<string, Said>): Cell {
  const listed = calendar()?.get(day);
  const weekend = weekdayOf(day) > 4;
  const now = said[day] ?? listed;
  return { day, n: Number(day.slice(8)), worked: now ? now.kind === 'work' : !weekend, listed: !!now, note: now?.name ?? '', weekend, changed: !!said[day] && (said[day].kind !== listed?.kind || said[day].name !== listed?.name) };
}

/** Weeks from Monday; `undefined` where the month has no day. */
export function weeksOf(year: number, month: number, said: Record<string, Said>): (Cell | undefined)[][] {
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const cells: (Cell | undefined)[] = Array.from({ length: weekdayOf(iso(year, month, 1)) }, () => undefined);
  for (let n = 1; n <= days; n++) cells.push(cellOf(iso(year, month, n), said));
  while (cells.length % 7) cells.push(undefined);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}
