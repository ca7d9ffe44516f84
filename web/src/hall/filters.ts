// What is looked for stands in the address: it can be sent to somebody, and going back goes back in it.
import { computed } from 'vue';
import { go, path, search } from '@/me/route';
import type { Filters } from './ask';

export const kFilters = ['q', 'audience', 'region', 'within', 'trips', 'class', 'scene', 'unit', 'level', 'type', 'star'] as const;
export type Filter = (typeof kFilters)[number];
/** Whom and where it is for: they stay while somebody looks around. */
const kStay: Filter[] = ['audience', 'region', 'within'];

export const filters = computed<Filters>(() => {
  const given = new URLSearchParams(search.value);
  return Object.fromEntries(kFilters.flatMap((name) => (given.get(name)?.trim() ? [[name, given.get(name)!.trim()]] : [])));
});

function addressed(page: string, wanted: Filters) {
  const text = new URLSearchParams(kFilters.flatMap((name) => (wanted[name] ? [[name, wanted[name]]] : []))).toString();
  return text ? `${page}?${text}` : page;
}
export const kHome = '/hall';
export const kFind = '/hall/find';
export const guideAt = (code: string) => `/hall/items/${encodeURIComponent(code)}`;

export const staying = computed<Filters>(() => Object.fromEntries(kStay.flatMap((name) => (filters.value[name] ? [[name, filters.value[name]!]] : []))));
export const homeWith = () => addressed(kHome, staying.value);
/** The list of what these say, for whom and where it is being looked. */
export const findWith = (wanted: Filters) => addressed(kFind, { ...staying.value, ...wanted });
/** Here, with some of the filters set or taken away (''). */
export const hereWith = (changed: Filters) => {
  const wanted = { ...filters.value, ...changed };
  if (!wanted.region) delete wanted.within;
  return addressed(path.value, wanted);
};
export const change = (changed: Filters) => go(hereWith(changed), true);
