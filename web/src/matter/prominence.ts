// Which of the offered steps stand first. An order of words, no rules: what may be done is the server's to say. A step that is
// not named here is shown after those that are, and the first that moves the matter on is the main one.
import type { Matter, Offer } from '@/api/client';
import { stepOf } from './rulebook';

const first = [
  'rate', 'accept_case', 'pass_pre_review', 'begin_examination', 'examine_case', 'grant_case', 'refuse_case', 'deliver_case', 'ask_for_papers', 'turn_away', 'accept', 'dispatch', 'sign', 'contact', 'grant_return', 'refuse_return', 'grant_extension', 'refuse_extension', 'reply', 'draft_reply', 'approve', 'send_back',
  'designate', 'call_back', 'redo', 'try_call', 'prove', 'answer', 'confirm_end', 'order_redo', 'order', 'explain', 'close', 'publish', 'endorse', 'sign_off',
];
const last = ['claim', 'release_claim', 'end_claim', 'supplement', 'urge', 'unmask', 'terminate', 'retract', 'declare_incident', 'inform', 'hold', 'instruct', 'report_up', 'void', 'withdraw', 'correct_at_window', 'withdraw_case'];
/** Not among the buttons: read with its own prompt, or taken back beside what was done. */
const apart = new Set(['unmask', 'undo', 'claim', 'release_claim']);

export const rank = (step: string) => {
  const at = first.indexOf(step);
  if (at >= 0) return at;
  const late = last.indexOf(step);
  return late >= 0 ? 200 + late : 100;
};

/** Offers on the same share one after another; a step offered on several shares is named with its unit. */
export function actions(matter: Matter): Offer[] {
  // A first contact is asked for once; afterwards the reply comes first.
  const contacted = new Set((matter.assignments ?? []).filter((share) => share.contacted_at).map(({ id }) => id));
  const order = (offer: Offer) => (offer.step === 'contact' && offer.assignment && contacted.has(offer.assignment) ? 90 : rank(offer.step));
  return [...(matter.steps ?? [])].filter(({ step }) => !apart.has(step)).sort((a, b) => order(a) - order(b));
}

/** Whether the first of them deserves the one filled button. */
export function mainOne(matter: Matter, offers: Offer[]): boolean {
  const step = offers[0] && stepOf(matter.procedure, offers[0].step);
  if (!step) return false;
  return matter.procedure in ways ? rank(step.name) < 100 : Boolean(step.to && step.to !== matter.stage) || step.on_assignment;
}

/** The main way of a procedure in steps people count; a procedure without one shows the stages it went through. */
export const ways: Record<string, { text: string; steps: string[]; stages: string[] }[]> = {
  appeal: [
    { text: 'ui.loop_1', steps: ['file'], stages: [] },
    { text: 'ui.loop_2', steps: ['accept', 'answer', 'refuse', 'hand_over', 'void'], stages: ['filed'] },
    { text: 'ui.loop_3', steps: ['dispatch', 'designate'], stages: ['accepted', 'consultation'] },
    { text: 'ui.loop_4', steps: ['sign', 'contact', 'note'], stages: ['handling'] },
    { text: 'ui.loop_5', steps: ['reply', 'approve', 'receive_answer'], stages: ['review', 'merged'] },
    { text: 'ui.loop_6', steps: ['rate', 'lapse_rating'], stages: ['rating'] },
    { text: 'ui.loop_7', steps: ['call_back', 'give_up_call'], stages: ['call_back', 'confirming'] },
  ],
  application: [
    { text: 'apply.way_1', steps: ['apply_case'], stages: [] },
    { text: 'apply.way_2', steps: ['accept_case', 'deem', 'turn_away'], stages: ['case_received', 'case_incomplete', 'case_pre_passed'] },
    { text: 'apply.way_3', steps: ['examine_case'], stages: ['case_examining'] },
    { text: 'apply.way_4', steps: ['grant_case', 'refuse_case'], stages: ['case_deciding'] },
    // What is electronic is delivered with the decision.
    { text: 'apply.way_5', steps: ['grant_case', 'deliver_case'], stages: ['case_granted'] },
  ],
};
