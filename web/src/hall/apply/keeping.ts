// Where an application is kept while it is filled in: by the server, for its account, a moment after each change; on this device
// only while the server has not got it, or while no answer came to what was sent.
import { reactive, watch } from 'vue';
import { Refused } from '@/api/client';
import { drop, put, take } from '@/me/shelf';
import { sentenceOf } from '@/words/words';
import type { Application, Typed } from './application';
import { dropDraft, saveDraft, type Form } from './server';

interface Kept {
  typed: Typed;
  version: number;
  on: string;  // tag of the server's draft that this one goes on from
  sealed: string;
  key: string;
}
const kAfter_ms = 700;
const same = (a: unknown, b: unknown) => sorted(a) === sorted(b);
/** Members in the order of their names: a draft comes back in the server's. */
const sorted = (value: unknown): string => JSON.stringify(value, (_, each: unknown) => (each && typeof each === 'object' && !Array.isArray(each) ? Object.fromEntries(Object.entries(each).sort()) : each));

export function useKeeping(login: string, application: Application) {
  const { state, code } = application;
  const place = `apply.${login}.${code}`;
  const kept = reactive({ state: '' as '' | 'saved' | 'here' | 'refused', at: '', why: '', other: undefined as Typed | undefined, stale: '', older: false });
  let on = '';
  let written = '';
  let later: ReturnType<typeof setTimeout> | undefined;
  let stop = () => {};

  const here = (typed: Typed) => put(place, { typed, version: state.form?.version ?? 1, on, sealed: state.sealed, key: state.key } satisfies Kept).catch(() => {});
  async function save(leaving = false) {
    clearTimeout(later);
    const typed = application.typed();
    const text = JSON.stringify(typed);
    if (text === written || !state.form) return;
    await here(typed);
    if (kept.stale) return;  // until it is chosen, neither goes over the other
    try {
      const told = await saveDraft(code, state.form.version, typed, on || '0', leaving);
      written = text;
      on = told.tag;
      kept.at = told.saved_at;
      kept.state = 'saved';
      if (!state.sealed) await drop(place).catch(() => {});
    } catch (error) {
      if (error instanceof Refused && error.key === 'draft.stale') return void meet(error.problem.params!);
      kept.state = error instanceof Refused ? 'refused' : 'here';
      kept.why = error instanceof Refused ? sentenceOf(error) : '';
    }
  }
  /** Somebody was faster, on another device or for the same company: what was written here stays in the form, theirs is offered. */
  function meet({ tag, typed, saved_at }: Record<string, string>) {
    on = tag!;
    kept.state = 'here';
    kept.other = JSON.parse(typed!) as Typed;
    kept.stale = saved_at!;
  }
  const again = () => void save();
  const leaving = () => void save(true);

  /** What the server and this device have of it. */
  async function resume(form: Form): Promise<Form> {
    let mine = await take<Kept>(place).catch(() => undefined);
    const draft = form.draft?.typed as Typed | undefined;
    if (mine && draft && !mine.sealed && same(mine.typed, draft)) mine = void (await drop(place).catch(() => {}));  // it arrived, and the page was gone
    on = form.draft?.tag ?? '';
    const newest = mine && mine.on === on ? mine.typed : (draft ?? mine?.typed);
    if (mine && newest !== mine.typed) kept.other = mine.typed;
    const known = newest && newest.applicant !== form.applicant && form.audience.includes(newest.applicant) ? await application.load(newest.applicant) : form;
    application.take(known, newest);
    if (!mine?.sealed) await application.resumeFiles();
    if (mine?.sealed) Object.assign(state, { sealed: mine.sealed, key: mine.key, lost: true });
    kept.older = Boolean(form.draft && form.draft.version !== form.version);
    if (form.draft && newest === draft) Object.assign(kept, { state: 'saved', at: form.draft.saved_at });
    written = newest === draft ? JSON.stringify(application.typed()) : '';
    if (!newest) written = JSON.stringify(application.typed());  // what is known already is nothing that was typed
    begin();
    if (newest && newest !== draft) void save();
    return known;
  }
  function begin() {
    stop();
    const unwatch = watch(() => JSON.stringify(application.typed()), (text) => {
      if (text === written || state.sealed) return;
      clearTimeout(later);
      later = setTimeout(again, kAfter_ms);
    });
    addEventListener('online', again);
    addEventListener('pagehide', leaving);
    stop = () => {
      unwatch();
      clearTimeout(later);
      removeEventListener('online', again);
      removeEventListener('pagehide', leaving);
    };
  }
  const end = () => {
    leaving();
    stop();
  };

  /** Fixed before it leaves, so that a lost answer is asked for again by the same bytes. */
  const seal = async () => {
    clearTimeout(later);
    await here(application.typed());
  };
  /** Sent: nothing of it is left here. The server has thrown its draft away itself. */
  async function forget() {
    stop();
    await drop(place).catch(() => {});
  }
  async function throwAway() {
    stop();
    await drop(place).catch(() => {});
    await dropDraft(code);
    Object.assign(kept, { state: '', at: '', why: '', other: undefined, stale: '', older: false });
  }
  /** The other takes the place of this one; `keepOwn`: this one is saved over it, knowing of it. */
  function useOther(keepOwn = false) {
    if (kept.other && state.form && !keepOwn) application.take(state.form, kept.other);
    kept.other = undefined;
    kept.stale = '';
    void drop(place).catch(() => {});
    void save();
  }
  /** Refused: it is a draft again. */
  const unseal = () => void (written = '', save());
  return { kept, resume, end, seal, forget, throwAway, useOther, unseal };
}
