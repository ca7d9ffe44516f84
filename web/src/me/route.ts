// Which page is shown: a few addresses, and no more machinery than that.
import { nextTick, ref } from 'vue';

const kBase = '/me';
const read = () => location.pathname.slice(kBase.length).replace(/\/+$/, '') || '/';
export const path = ref(read());
export const search = ref(location.search);
/** What a page is called, where that is not its tab's name. */
export const titled = ref('');
export const query = () => new URLSearchParams(location.search);
/** Somebody went from page to page here, so that a title that comes later may take the focus. */
export const moved = ref(false);

// The list a guide was opened from stands where it was; only a reload is the browser's.
history.scrollRestoration = 'manual';
addEventListener('pagehide', () => (history.scrollRestoration = 'auto'));
addEventListener('pageshow', () => (history.scrollRestoration = 'manual'));
export function focusTitle() {
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}
async function shown(y = 0, stay = false) {
  if (path.value !== read()) titled.value = '';
  path.value = read();
  search.value = location.search;
  moved.value = true;
  await nextTick();
  if (stay) return;
  scrollTo(0, y);
  focusTitle();
}

/** `stay`: the same page with another query; neither the place on it nor the focus is taken away. */
export function go(to: string, stay = false) {
  if (kBase + to !== location.pathname + location.search) {
    history.replaceState({ y: scrollY }, '');
    history.pushState(null, '', kBase + to);
  }
  return shown(0, stay);
}
addEventListener('popstate', ({ state }) => void shown((state as { y?: number } | null)?.y));
export const href = (to: string) => kBase + to;
