// What parts of a rulebook are called that have no words of their own in texts/.
import { dayOf, showFullDay, showTime } from '@/words/time';
import { has, t, word } from '@/words/words';
import type { Timer } from './books';

export const limitName = (name: string) => (has(`rulebook.limit_name.${name}`) ? t(`rulebook.limit_name.${name}`) : name);

/** While what a timer runs. */
export function timerPlace(timer: Timer): string {
  const state = timer.state && t('rulebook.in_state', { state: timer.state === 'with_unit' ? t('rulebook.with_unit') : word('progress', timer.state) });
  const stage = timer.stage && t('rulebook.in_stage', { stage: word('stage', timer.stage) });
  return [stage, state].filter(Boolean).join(' · ') || t('rulebook.while_open');
}

/** A step as the model checker names it: "sign@assist", "wait". */
export function walked(label: string): string {
  if (label === 'wait') return t('rulebook.time_passes');
  const [step, share] = label.split('@');
  return share ? `${word('step', step)} (${word('share', share)})` : word('step', step);
}

export const whenOf = (at: string) => `${showFullDay(dayOf(at))} ${showTime(at)}`;
