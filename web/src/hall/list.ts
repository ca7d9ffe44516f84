// A list that is read on page by page. What was read is kept while these pages are open, so that going back finds it as it was.
import { shallowReactive } from 'vue';
import { sentenceOf } from '@/words/words';
import { askFacets, askItems, type Facets, type Filters, type Row } from './ask';
import { knownName, learn } from './places';

export interface Found {
  rows: Row[];
  count?: number;
  next?: string;
  facets?: Facets;
  busy: boolean;
  wrong: string;
}
const kNamed = ['region', 'unit', 'class', 'scene'] as const;
const kKept = 8;
const kept = new Map<string, Found>();

export function found(filters: Filters): Found {
  const name = JSON.stringify(filters);
  const before = kept.get(name);
  if (before && !before.wrong) return before;
  const made: Found = shallowReactive({ rows: [], busy: false, wrong: '' });
  kept.set(name, made);
  if (kept.size > kKept) kept.delete([...kept.keys()][0]!);
  void readOn(made, filters);
  void askFacets(filters)
    .then(async (told) => {
      learn(told);
      made.facets = told;
      // What nothing fits is not counted, and so not named: everything there is has its name.
      if (kNamed.some((kind) => filters[kind] && !knownName(kind, filters[kind]!))) learn(await askFacets({}));
    })
    .catch(() => {});
  return made;
}

export async function readOn(list: Found, filters: Filters) {
  if (list.busy) return;
  list.busy = true;
  list.wrong = '';
  try {
    const told = await askItems(filters, list.next);
    list.rows = [...list.rows, ...told.items];
    list.count = told.count;
    list.next = told.next;
  } catch (error) {
    list.wrong = sentenceOf(error);
  } finally {
    list.busy = false;
  }
}
