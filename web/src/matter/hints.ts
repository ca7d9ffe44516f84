// What the machine proposes for a form; a person decides. The tokens of what was on the screen go with the step, and the
// journal says what was taken (docs/systems/hints.md).
import { reactive } from 'vue';
import { api, type Schemas } from '@/api/client';
import { className } from '@/words/catalogues';
import { named, t, word } from '@/words/words';

export interface Proposal {
  value: unknown;
  label: string;
  why: string;
  token?: string;
  also?: Record<string, unknown>;  // other fields that go with it
}
type Intake = Schemas['intake_hints'];
type Judged = Schemas['judged'];

const proposed = ['class', 'kind', 'region', 'urgent', 'lead'];
export const wantsIntake = (fields: string[]) => fields.some((name) => proposed.includes(name));

const quoted = (all: string[]) => all.slice(0, 3).map((words) => t('web.quoted', { words })).join(' ');

function judged(told: Judged | undefined, label: (value: string) => string): Proposal | undefined {
  const one = told?.proposed;
  if (!one) return undefined;
  return { value: one.value, label: label(one.value), token: one.token, why: t('web.hint_why', { percent: one.percent, words: quoted(one.why.map(({ passage }) => passage)) }) };
}

/** Field of a form → what is proposed for it. */
export function proposals(told: Intake): Record<string, Proposal> {
  const all: Record<string, Proposal | undefined> = {
    class: judged(told.class, className),
    kind: judged(told.kind, (value) => word('kind', value)),
  };
  const urgent = told.urgent.proposed;
  if (urgent?.value === '1') all.urgent = { value: true, label: word('field', 'urgent'), token: urgent.token, why: t('web.hint_why', { percent: urgent.percent, words: quoted(urgent.why.map(({ passage }) => passage)) }) };
  const region = told.region.proposed;
  if (region) all.region = { value: region.value, label: region.zh, token: region.token, why: t('web.hint_place', { words: quoted(region.mentions), percent: region.percent }) };
  const unit = told.unit.proposed;
  if (unit) {
    const past = told.unit.past?.find((each) => each.unit.code === unit.lead.code);
    const experience = past ? t('web.hint_past', { led: past.led, returned: past.returned }) : '';
    const row = told.unit.why === 'row' ? t('hints.unit.row', { note: told.unit.note ?? '' }) : '';
    all.lead = {
      value: unit.lead.code,
      label: [named(unit.lead), ...unit.assist.map((each) => `${word('share', 'assist')} ${named(each)}`)].join(' · '),
      why: row && experience ? t('web.then', { a: row, b: experience }) : row || experience,
      token: unit.token,
      also: unit.assist.length ? { assist: unit.assist.map(({ code }) => code) } : undefined,
    };
  }
  return Object.fromEntries(Object.entries(all).filter((each): each is [string, Proposal] => each[1] !== undefined));
}

/** Why nobody is proposed, where that is worth saying. */
export const unitDoubt = (told: Intake) => (told.unit.proposed ? '' : told.unit.why === 'row' ? '' : t(`hints.unit.${told.unit.why}`, { note: told.unit.note ?? '' }));

export function useIntake() {
  const state = reactive({ told: undefined as Intake | undefined, asked: 0 });
  async function ask(body: { matter?: string; title?: string; body?: string; place?: string; region?: string; class?: string }) {
    const mine = ++state.asked;
    const told = await api.post('/api/v1/hints/intake', { body }).catch(() => undefined);
    if (mine === state.asked) state.told = told;
  }
  return { state, ask };
}
