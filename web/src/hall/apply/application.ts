// One application that is being filled in: what was answered, what was given, what is wrong. It outlives a reload and a lost
// connection (keeping.ts), and it is sent once: the first attempt fixes its bytes and its Idempotency-Key.
import { computed, reactive } from 'vue';
import { newKey, Refused, Unreachable } from '@/api/client';
import { now, today } from '@/words/time';
import { sentenceOf, t, word, words } from '@/words/words';
import { answered, faultsOf, isAsked, type Values } from './check';
import { apply, askForm, type Form, type Opened, type Wanted, type Who } from './server';

export interface Upload {
  id: string;
  name: string;
  file?: string;
  until?: string;
  percent?: number;
  wrong?: string;
}
export interface Given {
  how: '' | Wanted['ways'][number];
  files: Upload[];
}
/** As it is kept: here, and by the server as a draft. */
export interface Typed {
  applicant: Who;
  values: Values;
  others: Values;  // of the other sort of applicant, while this one is shown
  materials: Record<string, Given>;
  delivery: string;
  committed: boolean;
}
export type Send = (blob: Blob, told: (percent: number) => void) => Promise<{ file: string; until?: string }>;
/** Where somebody is asked: who it is for, a group of fields (its name), … */
export type Part = string;

export const kMostFiles = 20;
/** The account's own details: they do not follow when it is applied for somebody else. */
const kWho = ['applicant', 'company', 'agent'];

export type Application = ReturnType<typeof useApplication>;

/** Files that are not sent yet, kept over a reload; a window keeps none of anybody. */
export interface Shelf {
  put(key: string, value: unknown): Promise<unknown>;
  take<T>(key: string): Promise<T | undefined>;
  drop(key: string): Promise<unknown>;
}
const shelved = (id: string) => `apply-file.${id}`;

export function useApplication(code: string, sendFile: Send, shelf?: Shelf) {
  const state = reactive({
    form: undefined as Form | undefined,
    applicant: 'person' as Who,
    values: {} as Values,
    others: {} as Values,
    materials: {} as Record<string, Given>,
    delivery: '',
    committed: false,
    faults: {} as Record<string, string>,
    sending: false,
    sealed: '',
    key: '',
    lost: false,  // sent, and no answer came
    changed: '',  // what the server said of a newer version of the item
  });
  const blobs = new Map<string, Blob>();
  const groups = computed(() => state.form?.schema['x-layout'] ?? []);
  const fields = (group: string) => (groups.value.find((each) => each.group === group)?.fields ?? []).filter((name) => isAsked(state.form!.schema, name, state.values));

  /** Of what is asked: how it is given. */
  const given = (material: string) => (state.materials[material] ??= { how: '', files: [] });
  const asked = computed(() => state.form?.materials.filter(({ ways }) => ways.length) ?? []);
  const parts = computed<Part[]>(() => {
    const { form } = state;
    if (!form) return [];
    const all = [...(form.audience.length > 1 ? ['whom'] : []), ...groups.value.map(({ group }) => group)];
    if (form.materials.length) all.push('materials');
    if (form.delivery.length > 1) all.push('delivery');
    if (form.may_commit) all.push('commit');
    return [...all, 'review'];
  });
  function partOf(field: string): Part {
    if (field.startsWith('form.')) return groups.value.find((group) => group.fields.includes(field.slice(5)))?.group ?? 'review';
    if (field.startsWith('materials.')) return 'materials';
    return field === 'delivery' ? 'delivery' : field === 'committed' ? 'commit' : 'review';
  }

  function take(form: Form, typed?: Partial<Typed>) {
    state.form = form;
    state.applicant = form.applicant;
    state.values = { ...(typed?.values ?? form.known) };
    state.others = { ...typed?.others };
    state.delivery = form.delivery.includes(typed?.delivery as never) ? typed!.delivery! : (form.delivery[0] ?? '');
    state.committed = form.may_commit && Boolean(typed?.committed);
    state.materials = Object.fromEntries(form.materials.filter(({ ways }) => ways.length).map(({ code: each, ways }) => [each, fit(typed?.materials?.[each], ways)]));
    // What a newer version of the item no longer asks is let go.
    for (const name of Object.keys(state.values)) if (!(name in form.schema.properties)) delete state.values[name];
  }
  function fit(kept: Given | undefined, ways: Wanted['ways']): Given {
    const files = (kept?.files ?? []).filter(({ until }) => !until || Date.parse(until) > now().getTime()).map((each) => ({ ...each, percent: undefined }));
    return { how: kept?.how && ways.includes(kept.how) ? kept.how : ways.length === 1 && files.length ? ways[0]! : '', files };
  }
  /** Files that waited when the page was closed: sent now, or gone. */
  async function resumeFiles() {
    for (const [material, { files }] of Object.entries(state.materials))
      for (const { id, file } of [...files]) {
        if (file) continue;
        const blob = await shelf?.take<Blob>(shelved(id)).catch(() => undefined);
        const upload = given(material).files.find((each) => each.id === id);
        if (blob && upload) blobs.set(id, blob), void sendBlob(upload);
        else removeFile(material, id);
      }
  }
  const load = async (who?: Who) => askForm(code, who);

  /** Another sort of applicant: what the item asks stays, who it is for is asked anew. */
  async function turnTo(who: Who) {
    if (!state.form || who === state.applicant) return;
    const before = typed();
    const form = await load(who);
    const own = new Set((form.schema['x-layout'] ?? []).filter(({ group }) => !kWho.includes(group)).flatMap((group) => group.fields));
    const carried = Object.fromEntries(Object.entries(before.values).filter(([name]) => own.has(name)));
    take(form, { ...before, applicant: who, values: { ...form.known, ...before.others, ...carried }, others: before.values });
  }

  const typed = (): Typed => JSON.parse(JSON.stringify({ applicant: state.applicant, values: state.values, others: state.others, materials: state.materials, delivery: state.delivery, committed: state.committed })) as Typed;

  // ── what is wrong ──
  function wrongNow(): Record<string, string> {
    const { form } = state;
    if (!form) return {};
    const all: Record<string, string> = {};
    for (const { field, key, params } of faultsOf(form.schema, answered(form.schema, state.values))) all[field] ??= t(`refusal.${key}`, params);
    const until = state.values.agent_until;
    if (isAsked(form.schema, 'agent_until', state.values) && typeof until === 'string' && until && until < today() && 'agent_until' in form.schema.properties) all['form.agent_until'] ??= t('refusal.agent.ended');
    for (const material of asked.value) {
      const { how, files } = given(material.code);
      const field = `materials.${material.code}`;
      if (how === 'upload' && files.some(({ percent, file, wrong }) => percent !== undefined || (!file && !wrong))) all[field] = t('apply.upload_under_way', { material: material.name });
      else if (how === 'upload' && !files.some(({ file }) => file)) all[field] = t('refusal.material.not_uploaded', { material: material.name });
      else if (!how && material.wanted) all[field] = t('refusal.material.missing', { material: material.name });
    }
    return all;
  }
  /** Of one part, or of all of it. */
  function check(part?: Part): boolean {
    const all = wrongNow();
    state.faults = Object.fromEntries(Object.entries(all).filter(([field]) => !part || partOf(field) === part));
    return !Object.keys(state.faults).length;
  }
  /** The name of what is asked, for a list of faults. */
  function labelOf(field: string): string {
    const [group, name] = field.split('.', 2) as [string, string | undefined];
    return group === 'form' && name ? word('field', name) : '';
  }

  // ── files ──
  async function sendBlob(upload: Upload) {
    const blob = blobs.get(upload.id);
    if (!blob || upload.percent !== undefined) return;
    upload.percent = 0;
    upload.wrong = undefined;
    try {
      const told = await sendFile(blob, (percent) => (upload.percent = percent));
      upload.file = told.file;
      upload.until = told.until;
      await shelf?.drop(shelved(upload.id)).catch(() => {});
    } catch (error) {
      if (error instanceof Unreachable) setTimeout(() => void sendBlob(upload), 5000);  // tried again by itself
      else upload.wrong = sentenceOf(error);
    } finally {
      upload.percent = undefined;
    }
  }
  function addFile(material: string, blob: Blob, name: string): Promise<void> {
    const one = given(material);
    if (one.files.length >= kMostFiles) return Promise.resolve();
    const id = newKey();
    blobs.set(id, blob);
    void shelf?.put(shelved(id), blob).catch(() => {});
    one.how = 'upload';
    one.files.push({ id, name });
    return sendBlob(one.files.at(-1)!);
  }
  function removeFile(material: string, id: string) {
    const one = given(material);
    one.files = one.files.filter((each) => each.id !== id);
    blobs.delete(id);
    void shelf?.drop(shelved(id)).catch(() => {});
    if (!one.files.length && one.how === 'upload') one.how = '';
  }
  /** Given in a case of theirs before: fetched, and sent as a file of this one. */
  async function takeAgain(material: Wanted) {
    const before = material.before!;
    for (const file of before.files) {
      const answer = await fetch(`/api/v1/matters/${before.matter}/files/${file}`);
      if (!answer.ok) throw new Unreachable(String(answer.status));
      await addFile(material.code, await answer.blob(), t('apply.from_before', { number: before.number }));
    }
  }

  // ── sending ──
  function body() {
    const form = state.form!;
    const materials = asked.value.flatMap(({ code: each }) => {
      const { how, files } = given(each);
      return how ? [{ code: each, how, ...(how === 'upload' ? { files: files.flatMap(({ file }) => (file ? [file] : [])) } : {}) }] : [];
    });
    return { item: form.item, version: form.version, applicant: state.applicant, form: answered(form.schema, state.values), materials, ...(state.delivery ? { delivery: state.delivery } : {}), ...(state.committed ? { committed: true } : {}) };
  }
  /** Its number; nothing: it was refused or nobody answered, and what is known of that stands in `state`. `before` is told when its
      bytes are fixed, before they leave. */
  async function submit(before: () => Promise<void> = async () => {}): Promise<Opened | undefined> {
    if (state.sending || (!state.sealed && !check())) return undefined;
    state.sending = true;
    state.changed = '';
    state.sealed ||= JSON.stringify(body());
    state.key ||= newKey();
    try {
      await before();
      const told = await apply(state.sealed, state.key);
      state.lost = false;
      return told;
    } catch (error) {
      if (error instanceof Refused && error.problem.status < 500) refuse(error);
      else state.lost = true;
      return undefined;
    } finally {
      state.sending = false;
    }
  }
  function refuse(error: Refused) {
    Object.assign(state, { sealed: '', key: '', lost: false });  // nothing was done: what is sent next is another thing
    const all: Record<string, string> = {};
    for (const fault of [error.problem, ...(error.problem.others ?? [])]) {
      if (fault.key === 'item.version_changed') state.changed = fault.text[words.language];
      else all[fault.field && partOf(fault.field) !== 'review' ? fault.field : 'other'] ??= fault.text[words.language];
    }
    // Uploads that nobody named in a day are gone: they are sent once more, or asked for.
    if (error.problem.key === 'file.unknown')
      for (const { files } of Object.values(state.materials))
        for (const upload of files) {
          upload.file = undefined;
          if (blobs.has(upload.id)) void sendBlob(upload);
          else upload.wrong = t('apply.file_gone');
        }
    state.faults = all;
  }
  /** The item's newer version, with all that was written. */
  async function renew() {
    const before = typed();
    take(await load(state.applicant), before);
    state.changed = '';
    state.faults = {};
  }

  return { code, state, groups, fields, parts, asked, given, take, load, turnTo, typed, check, partOf, labelOf, addFile, removeFile, resumeFiles, takeAgain, submit, renew };
}
