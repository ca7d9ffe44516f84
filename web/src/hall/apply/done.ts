// What is told when an application has arrived.
import type { Application } from './application';
import type { Opened } from './server';
import { nameOf } from '@/hall/say';

export interface Sent {
  number: string;
  code?: string;
  at: string;
  item: string;
  title: string;
  papers: string[];
  follow: string[];
  promised_days: number;
  together: string[];
  charged: boolean;
  answered_by?: string;
  promised_by?: string;
}

export function sentOf({ state, asked, given }: Application, told: Opened): Sent {
  const form = state.form!;
  const named = (how: string) => asked.value.filter(({ code }) => given(code).how === how).map(({ name }) => name);
  return {
    number: told.number,
    code: told.code,
    at: told.at,
    item: form.item,
    title: [form.name, form.situation_name].filter(Boolean).join(' · '),
    papers: named('paper'),
    follow: named('follow'),
    promised_days: form.promised_days,
    together: form.together.map(nameOf),
    charged: form.charged,
    answered_by: told.answered_by,
    promised_by: told.promised_by,
  };
}
