// A draft as it is written: its members by path, what is wrong at each, and the saving that goes on by itself.
import { computed, reactive, ref } from 'vue';
import { api, Refused, Unreachable } from '@/api/client';
import { sentenceOf, words } from '@/words/words';

export const askRevision = (id: string) => api.get('/api/v1/hall/editor/revisions/{id}', { path: { id } });
export type Revision = Awaited<ReturnType<typeof askRevision>>;
export type Fault = Revision['faults'][number];
export type Body = Record<string, unknown>;

/** `materials[2].name` → its parts. */
const parts = (path: string) => path.split(/[.[\]]+/).filter(Boolean);
export function valueAt(body: unknown, path: string): unknown {
  return parts(path).reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], body);
}
/** Nothing said is no member: an emptied field is left out. */
export function putAt(body: Body, path: string, value: unknown) {
  const way = parts(path);
  const last = way.pop()!;
  let at = body;
  for (const part of way) at = (at[part] ??= {}) as Body;
  if (value === undefined || value === '') delete at[last];
  else at[last] = value;
}
export const idOf = (path: string) => `item-${path.replace(/\W+/g, '-').replace(/-$/, '')}`;

/** Kept in the browser until the server has it. */
const keptAs = (id: string) => `banyan.item.${id}`;

export type Saving = 'saved' | 'waits' | 'saving' | 'failed' | 'stale';

export function useDraft(id: string) {
  const revision = ref<Revision>();
  const body = reactive<{ now: Body }>({ now: {} });
  const state = reactive({ saving: 'saved' as Saving, why: '', kept: false });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let going: Promise<void> | undefined;
  let changed = 0;

  async function load() {
    const told = await askRevision(id);
    revision.value = told;
    body.now = structuredClone(told.body) as Body;
    changed = 0;
    Object.assign(state, { saving: 'saved', why: '', kept: false });
    const kept = localStorage.getItem(keptAs(id));
    if (!kept || !told.may.includes('save')) return;
    const { draft, body: written } = JSON.parse(kept) as { draft: number; body: Body };
    if (JSON.stringify(written) === JSON.stringify(told.body)) return localStorage.removeItem(keptAs(id));
    body.now = written;
    state.kept = true;
    if (draft === told.draft) touched();
    else Object.assign(state, { saving: 'stale' });
  }

  async function send() {
    if (!revision.value) return;
    const mine = changed;
    state.saving = 'saving';
    try {
      const told = await api.post('/api/v1/hall/editor/revisions/{id}/draft', { path: { id }, body: { draft: revision.value.draft, body: body.now as never } });
      Object.assign(revision.value, told);
      if (mine === changed) {
        localStorage.removeItem(keptAs(id));
        Object.assign(state, { saving: 'saved', why: '', kept: false });
      } else state.saving = 'waits';
    } catch (error) {
      state.why = sentenceOf(error, true);
      state.saving = error instanceof Refused && error.key === 'revision.stale' ? 'stale' : 'failed';
      if (error instanceof Unreachable) timer = setTimeout(() => void save(), 5000);
    }
  }
  /** What waits is sent, one after the other. */
  async function save(): Promise<void> {
    clearTimeout(timer);
    if (going) await going;
    if (state.saving !== 'waits' && state.saving !== 'failed') return;
    going = send().finally(() => (going = undefined));
    await going;
    if (state.saving === 'waits') await save();
  }
  function touched() {
    if (!revision.value) return;
    changed++;
    if (state.saving !== 'stale') state.saving = state.saving === 'saving' ? 'saving' : 'waits';
    localStorage.setItem(keptAs(id), JSON.stringify({ draft: revision.value.draft, body: body.now }));
    clearTimeout(timer);
    if (state.saving !== 'stale') timer = setTimeout(() => void save(), 900);
  }
  function put(path: string, value: unknown) {
    if (JSON.stringify(valueAt(body.now, path) ?? '') === JSON.stringify(value ?? '')) return;
    putAt(body.now, path, value);
    touched();
  }
  /** What is here is dropped for what the server has. */
  async function takeTheirs() {
    localStorage.removeItem(keptAs(id));
    await load();
  }
  /** What is here goes over what the server has, which stands in the history of drafts no more. */
  async function takeMine() {
    const told = await askRevision(id);
    if (!revision.value) return;
    revision.value.draft = told.draft;
    state.saving = 'waits';
    await save();
  }

  const faults = computed(() => revision.value?.faults ?? []);
  /** Of a field: what is said of it, or of one of its entries. */
  const faultsAt = (path: string) => faults.value.filter(({ field }) => field === path || field.startsWith(`${path}[`) || (path === 'window' && field === 'window.point'));
  const wrongAt = (path: string) => faultsAt(path).map((fault) => fault[words.language]).join(' ');
  const done = () => clearTimeout(timer);
  return { revision, body, state, faults, load, save, put, touched, takeTheirs, takeMine, wrongAt, done };
}
export type Draft = ReturnType<typeof useDraft>;
