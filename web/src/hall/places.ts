// Places and other things a filter names, by their codes: known once the server has listed them.
import { reactive } from 'vue';
import { t } from '@/words/words';
import { askFacets, type Facets } from './ask';
import { nameOf } from './say';

export type Place = Facets['regions'][number];
type Kind = 'region' | 'unit' | 'class' | 'scene';
const known = reactive(new Map<string, { zh: string; en?: string }>());

export function learn(facets: Facets) {
  for (const { code, zh } of facets.regions) known.set(`region.${code}`, { zh });
  for (const { unit } of facets.units) known.set(`unit.${unit.code}`, unit);
  for (const each of facets.classes) known.set(`class.${each.code}`, each);
  for (const each of facets.scenes) known.set(`scene.${each.code}`, each);
}
export const knownName = (kind: Kind, code: string) => known.get(`${kind}.${code}`);
export const placeName = (code: string) => (code ? nameOf(knownName('region', code)) || code : t('hallweb.place_all'));

/** The cities a place lies in, and itself: 350102001 → 3501, 350102, 350102001. The province is everywhere. */
export const wayTo = (code: string) => [4, 6, 9, 12].filter((length) => length <= code.length).map((length) => code.slice(0, length));

/** What lies right below a place and has items; of everywhere: the cities. */
export async function placesBelow(code: string): Promise<Place[]> {
  const told = await askFacets(code ? { region: code, within: 'true' } : {});
  learn(told);
  return told.regions.filter((each) => each.code !== code);
}
/** Names of the places on the way, for who comes by an address. */
export async function learnWay(code: string) {
  await Promise.all(wayTo(code).filter((each) => !knownName('region', each)).map(placesBelow));
}
