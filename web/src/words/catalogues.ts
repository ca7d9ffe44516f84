// Names behind codes: classes, regions, units, channels. Each list is asked for once, when the first name is wanted.
import { shallowReactive } from 'vue';
import { api, type UnitInTree } from '@/api/client';
import { words } from './words';

export interface ClassRow {
  code: string;
  parent: string;
  zh: string;
  en: string;
  convenience: boolean;
}
export interface Division {
  code: string;
  parent: string;
  name: string;
  level: number;
}

const state = shallowReactive({
  classes: undefined as Map<string, ClassRow> | undefined,
  divisions: undefined as Map<string, Division> | undefined,
  units: undefined as Map<string, UnitInTree> | undefined,
  calendar: undefined as Map<string, { name: string; kind: 'off' | 'work' }> | undefined,
});
type List = keyof typeof state;

const readers: { [L in List]: () => Promise<void> } = {
  async classes() {
    const rows = await api.catalogue('classes');
    state.classes = new Map(rows.map((row) => [row.code!, { code: row.code!, parent: row.parent!, zh: row.zh!, en: row.en!, convenience: row.convenience === '1' }]));
  },
  async divisions() {
    const rows = await api.catalogue('divisions');
    state.divisions = new Map(rows.map((row) => [row.code!, { code: row.code!, parent: row.parent!, name: row.name!, level: Number(row.level) }]));
  },
  async units() {
    const { units } = await api.get('/api/v1/units', {});
    state.units = new Map(units.map((unit) => [unit.code, unit]));
  },
  async calendar() {
    const rows = await api.catalogue('calendar');
    state.calendar = new Map(rows.map((row) => [row.date!, { name: row.name!, kind: row.kind as 'off' | 'work' }]));
  },
};
const coming: Partial<Record<List, Promise<void>>> = {};

/** Asks for the list, once. */
export function need(list: List): Promise<void> {
  const asked = (coming[list] ??= readers[list]());
  asked.catch(() => delete coming[list]);
  return asked;
}

/** Asks for it again, when it was changed here. */
export function renew(list: List): Promise<void> {
  delete coming[list];
  return need(list);
}

function rows<L extends List>(list: L): (typeof state)[L] {
  if (!state[list]) void need(list).catch(() => {});
  return state[list];
}

export const classes = () => rows('classes');
export const divisions = () => rows('divisions');
export const units = () => rows('units');
export const calendar = () => rows('calendar');

export const className = (code: string) => classes()?.get(code)?.[words.language] ?? code;
export const unitName = (code: string) => units()?.get(code)?.[words.language] ?? code;

/** 晋安区 岳峰镇: without the city, which is everywhere. */
export function regionName(code: string): string {
  const all = divisions();
  const names: string[] = [];
  for (let at = all?.get(code); at && at.level > 2; at = all?.get(at.parent)) names.unshift(at.name);
  return names.join(' ') || all?.get(code)?.name || code;
}

/** Whether a day is worked, by the State Council's list; a day it does not name: Monday to Friday. */
export function dayKind(day: string): { worked: boolean; note: string; listed: boolean } {
  const listed = calendar()?.get(day);
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  if (listed) return { worked: listed.kind === 'work', note: listed.name, listed: true };
  return { worked: weekday !== 0 && weekday !== 6, note: '', listed: false };
}
