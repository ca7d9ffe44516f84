// Asked again every so often, while the page is looked at, and at once when somebody comes back to it.
import { onBeforeUnmount } from 'vue';

export function whileHere(call: () => void, every_ms: number) {
  const look = () => document.visibilityState === 'visible' && call();
  const timer = setInterval(look, every_ms);
  document.addEventListener('visibilitychange', look);
  onBeforeUnmount(() => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', look);
  });
}

/** Told by the server when something in the hall is another; asked again every so often besides, should it not be. */
export function onHall(events: string, call: (live: boolean) => void) {
  const source = new EventSource(events);
  source.addEventListener('ready', () => call(true));
  source.addEventListener('changed', () => call(true));
  source.addEventListener('error', () => call(false));
  onBeforeUnmount(() => source.close());
}
