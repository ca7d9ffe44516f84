// The days of an item as a line: before acceptance, from there to the decision, and the steps that stop the clock.
import type { Guide, Special } from './ask';

export interface Stretch {
  kind: 'pre_review' | 'receive' | 'decide' | 'special';
  days: number;
  special?: Special;
}
export interface Line {
  stretches: Stretch[];
  before: number;  // working days until acceptance
  counted: number;  // to the decision, special steps not counted
  stopped: number;
  legal: number;  // from acceptance; -1: none
  whole: number;  // what the picture shows
}

export function lineOf(guide: Guide): Line {
  const special = guide.special ?? [];
  const stretches: Stretch[] = [];
  if (guide.pre_review_days) stretches.push({ kind: 'pre_review', days: guide.pre_review_days });
  if (guide.receive_days) stretches.push({ kind: 'receive', days: guide.receive_days });
  const before = stretches.reduce((sum, { days }) => sum + days, 0);
  // Special steps lie within the examination, which goes on after them.
  const first = special.length && guide.promised_days > 1 ? Math.ceil(guide.promised_days / 2) : guide.promised_days;
  if (first) stretches.push({ kind: 'decide', days: first });
  for (const each of special) stretches.push({ kind: 'special', days: each.days, special: each });
  if (guide.promised_days > first) stretches.push({ kind: 'decide', days: guide.promised_days - first });
  const stopped = special.reduce((sum, { days }) => sum + days, 0);
  return { stretches, before, counted: before + guide.promised_days, stopped, legal: guide.legal_days, whole: Math.max(before + guide.promised_days + stopped, before + Math.max(0, guide.legal_days)) };
}
