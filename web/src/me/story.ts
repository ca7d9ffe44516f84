// A matter as its citizen reads it: who has it and until when, the seven steps, what was answered.
import type { Entry, Matter } from '@/api/client';
import { ways } from '@/matter/prominence';
import { showDay, showInstant } from '@/words/time';
import { has, named, t, word } from '@/words/words';

export interface Line {
  text: string;
  state: 'done' | 'now' | 'ahead';
  note: string;
}
const stands = (matter: Matter) => (matter.timeline ?? []).filter(({ undone_by, undoes }) => undone_by === undefined && undoes === undefined);
const holding = (matter: Matter) => (matter.assignments ?? []).filter(({ progress }) => !['returned', 'waived', 'ended'].includes(progress));

export function holder(matter: Matter): string {
  if (matter.stage === 'rating') return t('ui.story_approve');
  const shares = holding(matter);
  const lead = named((shares.find(({ share }) => share === 'lead') ?? shares[0])?.unit);
  return lead && ['handling', 'review', 'promised'].includes(matter.stage) ? t('ui.with_unit', { unit: lead }) : t('ui.with_centre');
}
export const untilWhen = (matter: Matter) => (matter.due && ['accepted', 'consultation', 'handling', 'review'].includes(matter.stage) ? t('web.me.until', { day: showDay(matter.due.last_day) }) : '');

export function seven(matter: Matter): Line[] {
  const told = stands(matter);
  const way = ways.appeal!;
  const now = matter.open ? way.findIndex(({ stages }) => stages.includes(matter.stage)) : -1;
  return way.map((part, n) => {
    const entry = told.filter(({ step }) => part.steps.includes(step)).at(-1);
    const text = t(`web.me.step_${n + 1}`);
    if (n === now) return { text, state: 'now', note: word('stage', matter.stage) };
    const over = entry && (!matter.open || now < 0 || n < now);
    return { text, state: over ? 'done' : 'ahead', note: over ? showInstant(entry.at) : '' };
  });
}

export interface Answer {
  text: string;
  who: string;
  at: string;
  files: { file: string; type: string }[];
  promise?: string;
}
type Form = Record<string, unknown>;
const said = (form: Form, name: string) => (typeof form[name] === 'string' ? (form[name] as string) : '');

/** What the matter was answered with: a reply that was approved, an answer on the spot, a refusal with its ground. */
export function answers(matter: Matter): Answer[] {
  const all: Answer[] = [];
  let reply: { form: Form; entry: Entry } | undefined;
  for (const entry of stands(matter)) {
    const form = (entry.form ?? {}) as Form;
    if (entry.step === 'reply') reply = { form, entry };
    const who = named((entry.step === 'approve' ? reply?.entry : entry)?.unit) || '12345';
    if (entry.step === 'approve' && reply && said(reply.form, 'public_reply'))
      all.unshift({ text: said(reply.form, 'public_reply'), who, at: entry.at, files: (reply.form.evidence ?? []) as Answer['files'], promise: said(reply.form, 'promise_day') || undefined });
    for (const name of ['answer', 'answer_to_all', 'explanation', 'progress']) if (said(form, name)) all.unshift({ text: said(form, name), who, at: entry.at, files: [] });
    if (entry.step === 'refuse') all.unshift({ text: t('web.me.refused', { ground: word('choice.ground', said(form, 'ground')), route: said(form, 'route') }), who, at: entry.at, files: [] });
  }
  return all;
}

export interface Told {
  no: number;
  what: string;
  who: string;
  at: string;
  text: string;
}
/** All that happened, the latest first, without the centre's reminders to itself. */
export function history(matter: Matter): Told[] {
  return stands(matter)
    .filter(({ step }) => !/^(remind_|redate|mark_|claim|release_claim|end_claim|supervise)/.test(step))
    .map((entry) => {
      const form = (entry.form ?? {}) as Form;
      const rating = said(form, 'final') || said(form, 'rating');
      const text = rating ? word('choice.rating', rating) : said(form, 'text') || said(form, 'words') || said(form, 'reason');
      const key = `ui.story_${entry.step}`;
      return { no: entry.no, what: has(key) ? t(key) : word('step', entry.step), who: named(entry.unit), at: showInstant(entry.at), text };
    })
    .reverse();
}
