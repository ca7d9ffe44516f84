// Which lists stand on whose desk: a name, what is asked of GET /api/v1/matters. Texts: web.list.NAME, web.empty.NAME.
// Beyond these a desk shows the stages that the rulebooks in force give to its role (rulebook.ts), so that a new rulebook
// has its lists without a line here.
import { administers, firstPart } from '@/admin/admin';
import { askedNamed, type Asked, type List } from './asked';

const due = 'due' as const;
const lists = {
  to_accept: { stage: 'filed', claimed: 'pool' },
  claimed: { claimed: 'me' },
  to_dispatch: { stage: 'accepted', order: due },
  consultation: { stage: 'consultation', order: due },
  merged: { stage: 'merged', order: due },
  returns: { asked: 'return', order: due },
  extensions: { asked: 'extension', order: due },
  to_review: { stage: 'review', order: due },
  objections: { stage: 'refusal_objected' },
  to_sign: { mine: true, progress: 'offered', order: due },
  working: { mine: true, stage: 'handling', order: due },
  promised: { stage: 'promised' },
  rating: { stage: 'rating' },
  to_call_back: { stage: 'call_back' },
  confirming: { stage: 'confirming' },
  overdue: { overdue: true, order: due },
  own_overdue: { overdue: true, mine: true, order: due },
  red: { overdue: true, stage: 'handling', order: due },
  incidents: { incident: true, order: due },
  open: { open: true, order: due },
  latest: { order: 'filed' },
} satisfies Record<string, Asked>;
type Name = keyof typeof lists;

/** Names of lists, or `stage.NAME` for a stage of another rulebook. */
const byRole: Record<string, (Name | `stage.${string}`)[]> = {
  seat: ['to_accept', 'claimed', 'incidents', 'latest'],
  shift_leader: ['to_accept', 'claimed', 'confirming', 'to_dispatch', 'merged', 'incidents', 'overdue', 'open', 'latest'],
  dispatcher: ['to_dispatch', 'claimed', 'consultation', 'returns', 'merged', 'incidents', 'overdue', 'open'],
  reviewer: ['returns', 'extensions', 'to_review', 'claimed', 'consultation', 'objections', 'incidents', 'overdue', 'open'],
  unit_clerk: ['to_sign', 'working', 'stage.case_examining', 'own_overdue', 'promised', 'latest'],
  unit_head: ['to_sign', 'working', 'stage.case_deciding', 'own_overdue', 'promised', 'latest'],
  district_centre: ['returns', 'extensions', 'to_sign', 'working', 'overdue', 'open'],
  caller_back: ['to_call_back', 'claimed', 'rating', 'promised', 'latest'],
  supervision_officer: ['confirming', 'overdue', 'returns', 'consultation', 'promised', 'open'],
  appraiser: ['overdue', 'open', 'latest'],
  window: ['stage.case_received', 'stage.case_granted', 'open', 'latest'],
  hall_manager: ['stage.rated', 'stage.rater_contacted', 'stage.rating_doubted', 'open', 'latest'],
  leader: ['red', 'open', 'consultation', 'promised', 'latest'],
};

export const listsOf = (role: string): List[] => (byRole[role] ?? []).flatMap((name) => listNamed(name) ?? []);

/** Stages of the appeal that a list above already shows. */
export const shownStages = new Set([
  ...Object.values(lists).flatMap((asked: Asked) => (asked.stage ? [asked.stage] : [])),
  ...Object.values(byRole).flatMap((names) => names.filter((name) => name.startsWith('stage.')).map((name) => name.slice('stage.'.length))),
]);

/** A list by its name in an address: one of the above, or `stage.NAME`. */
export function listNamed(name: string): List | undefined {
  if (name in lists) return { name, asked: lists[name as Name] };
  const asked = askedNamed(name);
  if (asked) return asked;
  if (name.startsWith('stage.')) return { name, asked: { stage: name.slice('stage.'.length) } };
  return undefined;
}

/** Roles with a screen for calls. */
export const takesCalls = (role: string) => role === 'seat';

/** Roles that see the whole city today (docs/systems/calls.md: who sees figures). */
export const seesWall = (role: string) => ['leader', 'supervision_officer', 'appraiser', 'shift_leader', 'dispatcher', 'reviewer'].includes(role);

/** Roles that see the hall today (GET /api/v1/hall/today). */
export const seesHallWall = (role: string) => ['leader', 'supervision_officer', 'hall_manager'].includes(role);

/** Pages of figures, by who reads them: data/figures/readers.toml, docs/systems/brief.md. */
const kCity = ['dispatcher', 'reviewer', 'supervision_officer', 'appraiser', 'leader'];
const pages: { to: string; text: string; roles: string[] }[] = [
  { to: '/brief', text: 'report.brief', roles: ['leader', 'shift_leader', 'reviewer', 'supervision_officer'] },
  { to: '/months', text: 'report.months', roles: [...kCity, 'district_centre', 'unit_clerk', 'unit_head'] },
  { to: '/supervision', text: 'report.supervision', roles: ['supervision_officer', 'appraiser', 'leader'] },
  { to: '/handovers', text: 'report.handovers', roles: ['shift_leader', 'reviewer', 'supervision_officer', 'leader'] },
];
export const figurePagesOf = (role: string) => pages.filter(({ roles }) => roles.includes(role));
export const readsMonths = (role: string) => kCity.includes(role);

export const homeOf = (role: string) => {
  if (takesCalls(role)) return '/seat';
  if (role === 'leader') return '/wall';
  if (administers(role)) return firstPart(role);
  const first = listsOf(role)[0];
  return first ? `/q/${first.name}` : '/none';
};
