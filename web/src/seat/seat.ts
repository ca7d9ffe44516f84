// The seat: its state, the call at hand, what has been done with it. The telephone reports to the server; this page asks the
// server every two seconds, and at once after what the seat itself did.
import { onBeforeUnmount, reactive } from 'vue';
import { api, type MatterRow, type Outcome, type Schemas } from '@/api/client';
import { toast } from '@/desk/toasts';
import { sentenceOf } from '@/words/words';

export type Call = Schemas['call'];
export type SeatNow = Schemas['seat_now'];

export interface Done {
  id: string;
  number: string;
  code?: string;
  lastDay?: string;
  how: 'filed' | 'on_the_spot' | 'transferred';
}

export function useSeat() {
  const state = reactive({
    now: undefined as SeatNow | undefined,
    call: undefined as Call | undefined,
    toClose: [] as string[],
    rest: undefined as Schemas['seat_break'] | undefined,  // the last short break that was asked for
    caller: undefined as { number: string | null; calls: Call[]; matters: MatterRow[] } | undefined,
    closings: [] as { code: string; zh: string; en: string; matter: string }[],
    languages: [] as { code: string; zh: string; en: string }[],
    lines: [] as { code: string; zh: string; en: string }[],
    done: undefined as Done | undefined,
    busy: false,
  });
  let callerOf = '';

  async function look() {
    const told = await api.get('/api/v1/seats/me', {});
    state.now = told.now;
    state.toClose = told.to_close;
    state.rest = told.break;
    // One that is closed is behind the seat, though its after-call work may go on.
    const atHand = told.call?.closed ? undefined : told.call;
    const at = atHand?.id ?? told.to_close[0];
    if (atHand) state.call = atHand;
    else if (at) state.call = (await api.get('/api/v1/calls/{id}', { path: { id: at } })).call;
    else state.call = undefined;
    if (state.call && callerOf !== state.call.id) {
      callerOf = state.call.id;
      state.done = undefined;
      state.caller = await api.get('/api/v1/calls/{id}/caller', { path: { id: state.call.id } });
    }
    if (!state.call) {
      callerOf = '';
      state.caller = undefined;
    }
  }

  /** What the server refuses is said; what it did is looked at. */
  async function act(job: () => Promise<unknown>): Promise<boolean> {
    if (state.busy) return false;
    state.busy = true;
    try {
      await job();
      state.busy = false;  // what is looked at next may be acted on as soon as it is seen
      await look();
      return true;
    } catch (error) {
      toast(sentenceOf(error), { sort: 'wrong' });
      return false;
    } finally {
      state.busy = false;
    }
  }

  void api.get('/api/v1/calls/lists', {}).then((lists) => Object.assign(state, lists));
  void look().catch(() => {});
  const timer = setInterval(() => void look().catch(() => {}), 2000);
  onBeforeUnmount(() => clearInterval(timer));

  const callPath = () => ({ id: state.call!.id });
  return {
    state,
    act,
    look,
    set: (to: 'ready' | 'busy' | 'off') => act(() => api.post('/api/v1/seats/{login}/state', { path: { login: 'me' }, body: { state: to } })),
    ring: () => act(() => api.post('/api/v1/practice_calls', { body: {} })),
    answer: () => act(() => api.post('/api/v1/practice_calls/{id}/answer', { path: callPath(), body: {} })),
    hangUp: () => act(() => api.post('/api/v1/practice_calls/{id}/hang_up', { path: callPath(), body: {} })),
    /** What became of the call; the seat is ready for the next one when nothing is left to close. */
    close: (closing: string) =>
      act(async () => {
        await api.post('/api/v1/calls/{id}/close', { path: callPath(), body: { closing } });
        if (state.toClose.length <= 1 && state.now?.state === 'after_call') await api.post('/api/v1/seats/{login}/state', { path: { login: 'me' }, body: { state: 'ready' } });
      }),
    mark: (language: string) => act(() => api.post('/api/v1/calls/{id}/mark', { path: callPath(), body: { language } })),
    attach: (matter: string) => act(() => api.post('/api/v1/calls/{id}/attach', { path: callPath(), body: { matter } })),
    number: async () => (await api.post('/api/v1/calls/{id}/unmask', { path: callPath(), body: {} })).number,
  };
}

/** Files an appeal of this call and takes the step that follows at once. */
export async function register(form: Record<string, unknown>, step: string, stepForm: Record<string, unknown>, hints: { token: string }[], key: string) {
  const opened = await api.post('/api/v1/matters', { body: { procedure: 'appeal', form, hints }, key });
  let outcome: Outcome | undefined;
  if (step) outcome = await api.post('/api/v1/matters/{id}/steps/{step}', { path: { id: opened.id, step }, body: { form: stepForm, hints }, key: `${key}.${step}` });
  return { opened, outcome };
}
