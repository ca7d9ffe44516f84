// The rulebooks as the server tells them (docs/procedures.md), and the checks it makes of them.
import { onBeforeUnmount, ref, type Ref } from 'vue';
import { api, type Schemas } from '@/api/client';
import type { paths } from '@/api/types';
import { words } from '@/words/words';

type Told<P extends keyof paths, M extends keyof paths[P]> = paths[P][M] extends { responses: { 200: { content: { 'application/json': infer B } } } } ? B : never;

export type Book = Told<'/api/v1/rulebooks/{name}', 'get'>;
export type Version = Told<'/api/v1/rulebooks', 'get'>['rulebooks'][number];
export type Reading = Told<'/api/v1/rulebooks/{name}/reading', 'post'>;
export type Changes = NonNullable<Reading['changes']>;
export type Check = Schemas['rulebook_check'];
export type Fault = Schemas['rulebook_fault'];
export type Stage = Book['stages'][number];
export type Step = Book['steps'][number];
export type Timer = Book['timers'][number];

/** Sentences come in the language of the page. */
const spoken = <Q extends object>(query: Q) => ({ ...query, lang: words.language }) as Q;

export const versions = async () => (await api.get('/api/v1/rulebooks', {})).rulebooks;
export const bookOf = (name: string, hash?: string) => api.get('/api/v1/rulebooks/{name}', { path: { name }, query: spoken({ hash }) });
export const readText = (name: string, text: string, signal: AbortSignal) =>
  api.post('/api/v1/rulebooks/{name}/reading', { path: { name }, body: { text }, query: spoken({}) as never, signal });
export const take = (name: string, body: { hash: string; instead_of: string; note: string }) => api.post('/api/v1/rulebooks/{name}/versions', { path: { name }, body });

const kAskedAgain = 700;  // ms

/** One check, followed until it is done. */
export function useCheck(name: () => string, found: Ref<Check | undefined> = ref()) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const under = (check: Check | undefined) => check?.state === 'waiting' || check?.state === 'walking';
  function follow() {
    clearTimeout(timer);
    if (!under(found.value)) return;
    timer = setTimeout(async () => {
      const hash = found.value?.hash;
      if (!hash) return;
      const now = await api.get('/api/v1/rulebooks/{name}/checks/{hash}', { path: { name: name(), hash } }).catch(() => undefined);
      if (found.value?.hash === hash && now) found.value = now;
      follow();
    }, kAskedAgain);
  }
  onBeforeUnmount(() => clearTimeout(timer));
  return {
    check: found,
    under,
    see(check: Check | undefined) {
      found.value = check;
      follow();
    },
    async ask(text: string) {
      found.value = (await api.post('/api/v1/rulebooks/{name}/checks', { path: { name: name() }, body: { text } })) as unknown as Check;
      follow();
    },
    async stop() {
      const hash = found.value?.hash;
      if (hash) found.value = (await api.delete('/api/v1/rulebooks/{name}/checks/{hash}', { path: { name: name(), hash } })) as Check;
    },
  };
}
