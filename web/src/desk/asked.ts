// What is asked of GET /api/v1/matters, and lists by it: the name of one in an address is `by.` and what is asked, so that a figure can
// open the list behind it and the list be sent to a colleague.
import type { paths } from '@/api/types';
import { className, regionName, unitName } from '@/words/catalogues';
import { t, word } from '@/words/words';

export type Asked = NonNullable<paths['/api/v1/matters']['get']['parameters']['query']>;

export interface List {
  name: string;
  asked: Asked;
}

const kBegins = 'by.';
/** Every parameter that says which matters, and in which order; cursors and sizes are the list's own. */
const parameters: Record<Exclude<keyof Asked, 'limit' | 'cursor' | 'lang'>, 'text' | 'flag'> = {
  stage: 'text', kind: 'text', class: 'text', region: 'text', within: 'text', channel: 'text', unit: 'text', asked: 'text', progress: 'text', card: 'text', claimed: 'text', main: 'text', order: 'text',
  mine: 'flag', open: 'flag', overdue: 'flag', incident: 'flag',
};

/** Of the query of a list; what it does not know is left out. */
export function askedList(query: string): List {
  const given = new URLSearchParams(query);
  const asked: Record<string, string | boolean> = {};
  for (const [name, sort] of Object.entries(parameters)) {
    const value = given.get(name);
    if (sort === 'flag' && value !== null) asked[name] = value === 'true';
    if (sort === 'text' && value) asked[name] = value;
  }
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
