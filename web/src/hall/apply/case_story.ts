// A case of the hall as who applied reads it: its five steps, what is waited for and until when, what was decided.
import type { Entry, Matter } from '@/api/client';
import { ways } from '@/matter/prominence';
import { showDay, showInstant } from '@/words/time';
import { has, named, t, word } from '@/words/words';
import type { Line, Told } from '@/me/story';

type Form = Record<string, unknown>;
const stands = (matter: Matter) => (matter.timeline ?? []).filter(({ undone_by, undoes }) => undone_by === undefined && undoes === undefined);
const text = (form: Form | undefined, name: string) => (typeof form?.[name] === 'string' ? (form[name] as string) : '');
/** The newest of a field, of a step. */
const lastOf = (matter: Matter, step: string): Entry | undefined => stands(matter).filter((entry) => entry.step === step).at(-1);
const formOf = (matter: Matter, step: string) => lastOf(matter, step)?.form as Form | undefined;

export function five(matter: Matter): Line[] {
  const told = stands(matter);
  const way = ways.application!;
  const now = matter.open ? way.findIndex(({ stages }) => stages.includes(matter.stage)) : -1;
  return way.map((part, n) => {
    const entry = told.filter(({ step }) => part.steps.includes(step)).at(-1);
    if (n === now) return { text: t(part.text), state: 'now', note: word('stage', matter.stage) };
    const over = entry && (!matter.open || n < now);
    return { text: t(part.text), state: over ? 'done' : 'ahead', note: over ? showInstant(entry.at) : '' };
  });
}

const lead = (matter: Matter) => (matter.assignments ?? []).find(({ share }) => share === 'lead');
export const leadName = (matter: Matter) => named(lead(matter)?.unit);
/** Who has a part in a life event, beside the one that leads. */
export const others = (matter: Matter) => (matter.assignments ?? []).filter(({ share, progress }) => share === 'assist' && progress !== 'waived').map(({ unit, progress }) => ({ name: named(unit), done: ['replied', 'approved'].includes(progress) }));
/** The promised last day is the lead's; the law's, where nothing was promised. */
export const promised = (matter: Matter) => lead(matter)?.due?.last_day ?? matter.due?.last_day;

/** What is waited for, in one sentence; and until when, in another. */
export function waitsFor(matter: Matter): { what: string; until: string } {
  const fields = (matter.fields ?? {}) as Form;
  const last = promised(matter);
  if (matter.held_since) return { what: t('apply.waits.held', { what: text(fields, 'special_step'), day: showDay(text(fields, 'special_until')) }), until: '' };
  const delivery = text(fields, 'delivery');
  const key = matter.stage === 'case_granted' && delivery ? `apply.waits.case_granted_${delivery}` : `apply.waits.${matter.stage}`;
  const examines = ['case_examining', 'case_deciding'].includes(matter.stage);
  return { what: has(key) ? t(key, { unit: leadName(matter) }) : word('stage', matter.stage), until: examines && last ? t('apply.until', { day: showDay(last) }) : '' };
}

export interface Said {
  title: string;
  text: string;
  more?: string;
  at: string;
}
/** What the office said that counts: what is missing, what to bring, why not. */
export function saidTo(matter: Matter): Said[] {
  const all: Said[] = [];
  const add = (step: string, title: string, name: string, more = '') => {
    const entry = lastOf(matter, step);
    const form = entry?.form as Form | undefined;
    if (entry && text(form, name)) all.unshift({ title: t(title), text: text(form, name), more: more ? text(form, more) : undefined, at: showInstant(entry.at) });
  };
  if (matter.stage === 'case_pre_passed') add('pass_pre_review', 'apply.said.bring', 'bring');
  if (matter.stage === 'case_incomplete') add('ask_for_papers', 'apply.said.missing', 'missing');
  add('prolong', 'apply.said.prolonged', 'reason');
  add('turn_away', 'apply.said.turned_away', 'reason', 'route');
  add('refuse_case', 'apply.said.refused', 'grounds', 'remedy');
  add('grant_case', 'apply.said.granted', 'remark');
  return all;
}

/** Papers that may follow, and until when; nothing: none, or they are here. */
export function following(matter: Matter): { what: string; day: string } | undefined {
  const form = formOf(matter, 'accept_case');
  return matter.open && text(form, 'follow') && !lastOf(matter, 'follow_up') ? { what: text(form, 'follow'), day: text(form, 'follow_by') } : undefined;
}

/** All that happened, the latest first, without reminders among colleagues. */
export function caseHistory(matter: Matter): Told[] {
  return stands(matter)
    .filter(({ step }) => !/^(remind_|redate|note|unmask|begin_examination)/.test(step))
    .map((entry) => {
      const form = entry.form as Form | undefined;
      const said = ['missing', 'given_more', 'bring', 'reason', 'follow', 'followed', 'corrected', 'grounds', 'standard', 'waybill'].map((name) => text(form, name)).filter(Boolean);
      if (text(form, 'special_step')) said.push(t('apply.special_until', { what: text(form, 'special_step'), day: showDay(text(form, 'special_until')) }));
      return { no: entry.no, what: word('step', entry.step), who: named(entry.unit), at: showInstant(entry.at), text: said.join(' ') };
    })
    .reverse();
}
