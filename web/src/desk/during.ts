import { sentenceOf } from '@/words/words';

/** Something is sent: `busy` meanwhile; what was refused stands in `wrong`, and what was written stays. */
export async function during(state: { busy: boolean; wrong: string }, job: () => Promise<unknown>) {
  state.busy = true;
  state.wrong = '';
  try {
    await job();
  } catch (error) {
    state.wrong = sentenceOf(error, true);
  } finally {
    state.busy = false;
  }
}
