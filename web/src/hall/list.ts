// A list that is read on page by page. What was read is kept while these pages are open, so that going back finds it as it was.
import { shallowReactive } from 'vue';
import { sentenceOf } from '@/words/words';
import { askFacets, askItems, type Facets, type Filters, type Row } from './ask';
import { learn } from './places';

export interface Found {
  rows: Row[];
  count?: number;
  next?: string;
  facets?: Facets;
  busy: boolean;
  wrong: string;
}
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
    .then((told) => {
      learn(told);
      made.facets = told;
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
