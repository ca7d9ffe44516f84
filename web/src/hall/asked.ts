// Something asked of the server for a page: on its way, there, or why not.
import { shallowReactive } from 'vue';
import { Refused } from '@/api/client';
import { sentenceOf } from '@/words/words';

export interface Asked<T> {
  told?: T;
  wrong: string;
  unknown: boolean;  // the server knows no such thing
  again: () => Promise<void>;
}

export function asked<T>(ask: () => Promise<T>): Asked<T> {
  let turn = 0;
  const state: Asked<T> = shallowReactive({
    told: undefined,
    wrong: '',
    unknown: false,
    async again() {
      const mine = ++turn;
      state.wrong = '';
      state.unknown = false;
      try {
        const told = await ask();
        if (mine === turn) state.told = told;
      } catch (error) {
        if (mine !== turn) return;
        state.unknown = error instanceof Refused && error.problem.status === 404;
        state.wrong = sentenceOf(error);
      }
    },
  });
  void state.again();
  return state;
}
