// What this phone keeps: numbers of appointments and keys of queue numbers, until they are removed or over. Whoever has them may
// look and cancel, so nothing else of a person is kept with them.
import { reactive, watch } from 'vue';

const kName = 'banyan.floor';
interface Kept {
  appointments: string[];
  tickets: string[];
}
function read(): Kept {
  try {
    const found = JSON.parse(localStorage.getItem(kName) ?? '{}') as Partial<Kept>;
    return { appointments: found.appointments ?? [], tickets: found.tickets ?? [] };
  } catch {
    return { appointments: [], tickets: [] };
  }
}

export const kept = reactive(read());
watch(kept, () => {
  try {
    localStorage.setItem(kName, JSON.stringify(kept));
  } catch {
    // a browser that keeps nothing: it is there as long as the page
  }
});

export function keep(list: keyof Kept, one: string) {
  if (!kept[list].includes(one)) kept[list].unshift(one);
}
export function forget(list: keyof Kept, one: string) {
  kept[list] = kept[list].filter((each) => each !== one);
}
