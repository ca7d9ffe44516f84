// What was done, said once at the foot of the screen, with the way back where the rulebook gives one.
import { reactive } from 'vue';

export interface Toast {
  id: number;
  text: string;
  sort: 'done' | 'wrong';
  act?: { text: string; run: () => void };
}

export const toasts = reactive<Toast[]>([]);
let last = 0;

export function toast(text: string, options: { sort?: Toast['sort']; act?: Toast['act']; seconds?: number } = {}) {
  const id = ++last;
  toasts.push({ id, text, sort: options.sort ?? 'done', act: options.act });
  if (toasts.length > 3) toasts.shift();
  setTimeout(() => dismiss(id), (options.seconds ?? 12) * 1000);
}

export function dismiss(id: number) {
  const at = toasts.findIndex((each) => each.id === id);
  if (at >= 0) toasts.splice(at, 1);
}
