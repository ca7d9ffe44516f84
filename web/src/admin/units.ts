// The tree of units, and a reorganisation as lines of a file: each is tried before all of them are put in force.
import type { UnitInTree } from '@/api/client';
import { cell } from './asking';

export type What = 'rename' | 'merge' | 'move' | 'add' | 'contact';
export type Line = { what: What } & Partial<Record<'unit' | 'into' | 'parent' | 'code' | 'zh' | 'en' | 'region' | 'group' | 'liaison' | 'phone' | 'office_hours', string>>;
const columns = ['what', 'unit', 'into', 'parent', 'code', 'zh', 'en', 'region', 'group', 'liaison', 'phone', 'office_hours'] as const;

/** The first line names the columns, so the n-th change stands in line n + 2. */
export const fileOf = (lines: Line[]) => [columns.join(','), ...lines.map((line) => columns.map((column) => cell(line[column] ?? '')).join(','))].join('\n') + '\n';

export interface Branch {
  unit: UnitInTree;
  depth: number;
  below: number;
}

/** What is seen of the tree: the open branches; with a search, what fits and whatever leads to it. */
export function branches(units: UnitInTree[], open: ReadonlySet<string>, search: string): Branch[] {
  const children = new Map<string, UnitInTree[]>();
  for (const unit of units) {
    const parent = unit.parent ?? '';
    children.set(parent, [...(children.get(parent) ?? []), unit]);
  }
  const text = search.trim().toLowerCase();
  const fits = new Set<string>();
  if (text) {
    const byCode = new Map(units.map((unit) => [unit.code, unit]));
    for (const unit of units)
      if (unit.code.toLowerCase().startsWith(text) || unit.zh.includes(text) || unit.en.toLowerCase().includes(text))
        for (let at: UnitInTree | undefined = unit; at && !fits.has(at.code); at = byCode.get(at.parent ?? '')) fits.add(at.code);
  }
  const seen: Branch[] = [];
  const walk = (parent: string, depth: number) => {
    const all = children.get(parent) ?? [];
    for (const unit of all) {
      if (text && !fits.has(unit.code)) continue;
      seen.push({ unit, depth, below: children.get(unit.code)?.length ?? 0 });
      if (text || open.has(unit.code)) walk(unit.code, depth + 1);
    }
  };
  walk('', 0);
  return seen;
}
