// Places that have items, in the order of their codes, found by their names. A place is known by name once it was listed.
import { reactive } from 'vue';
import { t } from '@/words/words';
import type { Facets } from './ask';
import { nameOf } from './say';

type Place = Facets['regions'][number];
const known = reactive(new Map<string, { zh: string; en?: string }>());

export function learn(facets: Facets) {
  for (const { code, zh, en } of facets.regions) known.set(`region.${code}`, { zh, en });
  for (const { unit } of facets.units) known.set(`unit.${unit.code}`, unit);
  for (const each of facets.classes) known.set(`class.${each.code}`, each);
  for (const each of facets.scenes) known.set(`scene.${each.code}`, each);
}
export const knownName = (kind: 'region' | 'unit' | 'class' | 'scene', code: string) => known.get(`${kind}.${code}`);

export const kPlaces = 24;
/** Those whose names have the words, the larger before what lies in them. */
export function placesLike(all: Place[], words: string): Place[] {
  const wanted = words.trim().toLowerCase();
  return all
    .filter((each) => !wanted || `${each.zh} ${each.en ?? ''}`.toLowerCase().includes(wanted))
    .sort((a, b) => a.code.replace(/(00)+$/, '').length - b.code.replace(/(00)+$/, '').length || a.code.localeCompare(b.code));
}
export const placeName = (code: string) => (code ? nameOf(knownName('region', code)) || code : t('hallweb.place_all'));
