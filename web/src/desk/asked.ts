// A list that somebody asked for by what its matters are: its name in an address is `by.` and what is asked of
// GET /api/v1/matters, so that a figure can open the list behind it and the list be sent to a colleague.
import { className, regionName, unitName } from '@/words/catalogues';
import { t, word } from '@/words/words';
import type { Asked, List } from './desks';

const kBegins = 'by.';
const texts = ['stage', 'kind', 'class', 'region', 'within', 'channel', 'unit', 'asked', 'progress', 'order'] as const;
const flags = ['mine', 'open', 'overdue'] as const;

/** Of the query of a list; what it does not know is left out. */
export function askedList(query: string): List {
  const given = new URLSearchParams(query);
  const asked: Record<string, string | boolean> = {};
  for (const name of texts) if (given.get(name)) asked[name] = given.get(name)!;
  for (const name of flags) if (given.has(name)) asked[name] = given.get(name) === 'true';
  return { name: kBegins + query, asked: asked as Asked };
}

export const askedNamed = (name: string) => (name.startsWith(kBegins) ? askedList(name.slice(kBegins.length)) : undefined);

/** Where the desk shows the list behind an address of the API; undefined: it has no page for it. */
export function deskOf(link: string | null | undefined): string | undefined {
  const [path, query = ''] = (link ?? '').split('?');
  if (path === '/api/v1/matters') return `/q/${encodeURIComponent(kBegins + query)}`;
  if (path === '/api/v1/brief/matters') return `/brief/matters?${query}`;
  return undefined;
}

const names: [keyof Asked, (code: string) => string][] = [
  ['within', regionName],
  ['region', regionName],
  ['unit', unitName],
  ['class', className],
  ['kind', (code) => word('kind', code)],
  ['channel', (code) => word('choice.channel', code)],
  ['stage', (code) => word('stage', code)],
  ['asked', (code) => word('asked', code)],
];

export function askedTitle(asked: Asked): string {
  const parts = names.flatMap(([name, show]) => (asked[name] ? [show(String(asked[name]))] : []));
  if (asked.overdue) parts.push(t('ui.overdue'));
  else if (asked.open === true) parts.push(t('ui.open'));
  return parts.join(' · ') || t('web.list.latest');
}
