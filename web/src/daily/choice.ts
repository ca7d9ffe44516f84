// Which rows of a list are chosen for one step on all of them, and what became of it for each.
import { computed, reactive, shallowReactive } from 'vue';
import type { MatterRow } from '@/api/client';
import type { Rows } from '@/desk/pages';

/** A batch takes as many commands (docs/api.md). */
export const kMost = 1000;

/** What became of one that is no longer chosen: it was done, or taken back again. */
export interface Done {
  row: MatterRow;
  step: string;
  stage: string;
  back?: boolean;
}

export type Choice = ReturnType<typeof useChoice>;

export function useChoice() {
  const rows = shallowReactive(new Map<string, MatterRow>());
  const refused = reactive(new Map<string, string>());
  const done = shallowReactive(new Map<string, Done>());
  const state = reactive({ anchor: '' });
  const put = (row: MatterRow) => rows.size < kMost && rows.set(row.id, row);

  return {
    rows,
    refused,
    done,
    any: computed(() => rows.size > 0 || done.size > 0),
    has: (id: string) => rows.has(id),
    toggle(row: MatterRow) {
      if (!rows.delete(row.id)) put(row);
      refused.delete(row.id);
      state.anchor = row.id;
    },
    /** From the last one that was chosen to this one. */
    reach(row: MatterRow, all: Rows) {
      const from = all.indexOf(state.anchor);
      const to = all.indexOf(row.id);
      if (from < 0 || to < 0) return void put(row);
      for (let at = Math.min(from, to); at <= Math.max(from, to) && rows.size < kMost; at++) if (all.at(at)) put(all.at(at)!);
    },
    all(list: Rows) {
      for (const [, row] of list.held()) put(row);
    },
    /** What the list knows of them by now. */
    renew(list: Rows) {
      if (!rows.size) return;
      for (const [, row] of list.held()) if (rows.has(row.id)) rows.set(row.id, row);
    },
    drop(id: string) {
      rows.delete(id);
      refused.delete(id);
    },
    finish(id: string, one: Omit<Done, 'row'>) {
      const row = rows.get(id) ?? done.get(id)?.row;
      if (row) done.set(id, { row, ...one });
      rows.delete(id);
      refused.delete(id);
    },
    clear() {
      rows.clear();
      refused.clear();
      done.clear();
    },
  };
}
