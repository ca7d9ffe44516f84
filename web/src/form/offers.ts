// What a combobox offers for a unit, a class, a region.
import { api } from '@/api/client';
import { className, classes, divisions, need, regionName, unitName, units } from '@/words/catalogues';
import { named, t, words } from '@/words/words';
import type { Option } from './ComboBox.vue';

const kMost = 40;
const within = (text: string, query: string) => text.toLowerCase().includes(query.toLowerCase());

export async function findUnits(query: string): Promise<Option[]> {
  await need('units');
  const all = [...(units()?.values() ?? [])].filter(({ heir }) => !heir);
  const option = (code: string): Option => {
    const unit = units()?.get(code);
    const parent = unit?.parent ? unitName(unit.parent) : '';
    return { value: code, label: named(unit), detail: unit && unit.level > 2 ? parent : '' };
  };
  const names = query ? all.filter(({ zh, en, code }) => within(zh, query) || within(en, query) || code === query) : all.filter(({ level }) => level === 2);
  const codes = names.map(({ code }) => code);
  // The server knows pinyin and slips of the hand.
  if (query && codes.length < 10) {
    const told = await api.get('/api/v1/search/names', { query: { q: query } }).catch(() => ({ names: [] }));
    for (const { unit } of told.names) if (unit && !codes.includes(unit.code)) codes.push(unit.code);
  }
  return codes.slice(0, kMost).map(option);
}

export async function findClasses(query: string): Promise<Option[]> {
  await need('classes');
  const all = [...(classes()?.values() ?? [])];
  const leaves = all.filter(({ code }) => !all.some(({ parent }) => parent === code));
  return leaves
    .filter((row) => !query || within(row.zh, query) || within(row.en, query) || within(className(row.parent), query) || row.code.startsWith(query))
    .slice(0, query ? kMost : leaves.length)
    .map((row) => ({ value: row.code, label: row[words.language], detail: row.parent ? className(row.parent) : '', mark: row.convenience ? t('web.convenience') : '' }));
}

export async function findRegions(query: string): Promise<Option[]> {
  await need('divisions');
  const all = [...(divisions()?.values() ?? [])].filter(({ level }) => level >= 3);
  const fit = query ? all.filter(({ name, code }) => name.includes(query) || code.startsWith(query)) : all.filter(({ level }) => level === 3);
  return fit.slice(0, kMost).map(({ code, parent, name, level }) => ({ value: code, label: level === 3 ? name : regionName(code), detail: level > 3 ? '' : divisions()?.get(parent)?.name }));
}
