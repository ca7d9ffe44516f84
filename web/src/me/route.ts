// Which page is shown: three addresses, and no more machinery than that.
import { nextTick, ref } from 'vue';

const kBase = '/me';
const read = () => location.pathname.slice(kBase.length).replace(/\/+$/, '') || '/';
export const path = ref(read());
export const query = () => new URLSearchParams(location.search);

async function shown() {
  path.value = read();
  await nextTick();
  scrollTo(0, 0);
  document.querySelector<HTMLElement>('main h1')?.focus();
}

export function go(to: string) {
  if (kBase + to !== location.pathname + location.search) history.pushState(null, '', kBase + to);
  return shown();
}
addEventListener('popstate', () => void shown());
export const href = (to: string) => kBase + to;
