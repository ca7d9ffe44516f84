// What changed, as the server tells it: a list's name, an id, a version; who shows it asks again. One stream for all tabs
// of a browser where it has locks (a browser opens six connections to a host, no more), else one for each.
import { onScopeDispose, ref } from 'vue';
import type { Schemas } from './client';

export type Changed = Schemas['changed'];
type Told = { kind: 'changed'; changed: Changed } | { kind: 'live'; live: boolean };

const listeners = new Set<(changed: Changed | 'again') => void>();
/** Whether what is shown is kept up to date right now. */
export const live = ref(false);

function hear(told: Told) {
  if (told.kind === 'changed') for (const each of listeners) each(told.changed);
  else {
    // What happened in the gap was not told: whoever shows a list asks for it once.
    if (told.live && !live.value) for (const each of listeners) each('again');
    live.value = told.live;
  }
}

let stop = () => {};

function follow(tell: (told: Told) => void) {
  const source = new EventSource('/api/v1/events');
  source.addEventListener('ready', () => tell({ kind: 'live', live: true }));
  source.addEventListener('changed', (event) => tell({ kind: 'changed', changed: JSON.parse((event as MessageEvent<string>).data) as Changed }));
  source.addEventListener('error', () => tell({ kind: 'live', live: false }));
  return () => source.close();
}

/** From signing in on. */
export function begin(login: string) {
  end();
  if (!('locks' in navigator) || !('BroadcastChannel' in window)) {
    stop = follow(hear);
    return;
  }
  const channel = new BroadcastChannel(`banyan.events.${login}`);
  let leave = () => {};
  channel.onmessage = ({ data }: MessageEvent<Told | 'who'>) => {
    if (data !== 'who') hear(data);
    else if (leading) channel.postMessage({ kind: 'live', live: live.value });
  };
  let leading = false;
  const given = new AbortController();
  navigator.locks
    .request(`banyan.events.${login}`, { signal: given.signal }, () => {
      leading = true;
      const close = follow((told) => {
        channel.postMessage(told);
        hear(told);
      });
      return new Promise<void>((done) => {
        leave = () => {
          close();
          done();
        };
      });
    })
    .catch(() => {});
  channel.postMessage('who');
  stop = () => {
    given.abort();
    leave();
    channel.close();
  };
}

export function end() {
  stop();
  stop = () => {};
  live.value = false;
}

/** Hears of every change until the component is gone; 'again': some may have been missed. */
export function onChanged(call: (changed: Changed | 'again') => void) {
  listeners.add(call);
  onScopeDispose(() => listeners.delete(call));
}
