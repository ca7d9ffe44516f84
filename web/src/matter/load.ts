// One matter, as the viewer may see it, asked for again when it changed.
import { ref, shallowReactive } from 'vue';
import { api, Refused, type Matter } from '@/api/client';
import { onChanged } from '@/api/events';
import { learnFields } from './fields';
import { rulebook } from './rulebook';
import { throttled } from '@/desk/queues';
import { painted } from '@/look/painted';

export function useMatter(id: string) {
  const state = shallowReactive({ matter: undefined as Matter | undefined, gone: false, failed: false });
  /** The number of the last entry one has seen; a later one is news. */
  const seen = ref(-1);

  async function load() {
    try {
      const matter = await api.get('/api/v1/matters/{id}', { path: { id } });
      learnFields(await rulebook(matter.procedure));
      if (seen.value < 0) {
        seen.value = matter.timeline?.at(-1)?.no ?? 0;
        await painted();  // the row it was chosen by first: a matter is long
      }
      state.matter = matter;
      state.failed = false;
    } catch (error) {
      if (error instanceof Refused && error.key === 'matter.unknown') state.gone = true;
      else state.failed = true;
    }
  }
  const renew = throttled(() => void load(), 1000);
  onChanged((changed) => {
    if (changed === 'again' || (changed.id === state.matter?.id && changed.version !== state.matter.version)) renew();
  });
  void load();
  return { state, seen, load };
}
