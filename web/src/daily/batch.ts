// One step on many matters: which steps fit those that are chosen, and what the server answers for each (docs/api.md, "Many at once").
import { api, Refused, type MatterRow, type Problem, type Schemas } from '@/api/client';
import { me, role } from '@/desk/me';
import { rank } from '@/matter/prominence';
import type { Rulebook, Step } from '@/matter/rulebook';

export interface Way {
  procedure: string;
  step: Step;
  rows: MatterRow[];  // those it fits as far as the list knows; the server decides
}

/** Read with its own prompt, or about one matter alone. */
const apart = new Set(['unmask', 'undo', 'divide', 'attach', 'release', 'retract']);
const kWorking = ['offered', 'signed', 'working', 'replied'];

/** The share a step on shares is meant for, where the row leaves no doubt. */
export function shareOf(row: MatterRow, step: Step) {
  if (!step.on_assignment) return undefined;
  const asked = step.name.endsWith('_return') ? 'return' : step.name.endsWith('_extension') ? 'extension' : undefined;
  const own = me.session?.unit?.code;
  const fit = (row.assignments ?? []).filter((share) => {
    if (!kWorking.includes(share.progress)) return false;
    if (asked && /^(grant|refuse)_/.test(step.name)) return share.asked === asked;
    if (step.name === 'sign') return share.progress === 'offered' && share.unit?.code === own;
    return share.unit?.code === own;
  });
  return fit.length === 1 ? fit[0] : undefined;
}

function fits(row: MatterRow, step: Step): boolean {
  if (step.from.length ? !step.from.includes(row.stage) : !row.open) return false;
  if (step.name === 'claim') return !row.claim;
  if (step.name === 'release_claim') return Boolean(row.claim?.mine);
  if (step.name === 'end_claim') return Boolean(row.claim && !row.claim.mine);
  if (step.name === 'declare_incident') return !row.incident;
  if (['inform'].includes(step.name)) return Boolean(row.merged || row.incident);
  return !step.on_assignment || shareOf(row, step) !== undefined;
}

/** What may be done with them, what fits most of them first. */
export function waysOf(rows: MatterRow[], books: Rulebook[]): Way[] {
  const all: Way[] = [];
  for (const book of books) {
    const own = rows.filter(({ procedure }) => procedure === book.name);
    if (!own.length) continue;
    for (const step of book.steps) {
      if (step.opens || apart.has(step.name) || !step.by.some((each) => each.startsWith(`${role()}@`))) continue;
      const fit = own.filter((row) => fits(row, step));
      if (fit.length) all.push({ procedure: book.name, step, rows: fit });
    }
  }
  return all.sort((a, b) => rank(a.step.name) - rank(b.step.name) || b.rows.length - a.rows.length);
}

export type Command = Parameters<typeof api.post<'/api/v1/commands'>>[1]['body']['commands'][number];
export type Answer = { ok: true; answer: Schemas['opened'] } | { ok: false; problem: Problem };

const kPart = 100;  // so many at once: the page says how far it is

/** Sends them in parts. A part whose answer was lost is sent again by the caller, with the same keys: it is done once. */
export async function send(commands: Command[], heard: (command: Command, answer: Answer) => void) {
  for (let from = 0; from < commands.length; from += kPart) {
    const part = commands.slice(from, from + kPart);
    try {
      const { answers } = await api.post('/api/v1/commands', { body: { commands: part } });
      answers.forEach((answer, n) => heard(part[n]!, answer as Answer));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      for (const command of part) heard(command, { ok: false, problem: error.problem });
    }
  }
}
