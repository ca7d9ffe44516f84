// Keyboard shortcuts: each screen names its own, the help overlay (?) lists what holds now. A single letter does nothing
// while somebody types (WCAG 2.1.4: they can be switched off in the overlay).
import { computed, onScopeDispose, ref, shallowReactive } from 'vue';

export interface Shortcut {
  keys: string;  // "j", "Ctrl+Enter", "Escape", "F2"
  text: string;  // key of its words
  run: () => void | boolean;  // true: not for us
  whileTyping?: boolean;
  whileTurning?: boolean;
}

/** While another matter is being turned to, a key would still mean the one before: only those that walk on are heard. */
let turning = 0;
export async function whileTurning(job: () => Promise<unknown>) {
  turning++;
  await job().finally(() => turning--);
}

/** Of each screen its own, in the order in which they came. */
const groups = shallowReactive(new Set<Shortcut[]>());
export const shortcuts = computed(() => [...groups].flat());
export const help = ref(false);
export const letters = ref(localStorage.getItem('banyan.letters') !== 'off');

export function useShortcuts(given: Shortcut[]) {
  groups.add(given);
  onScopeDispose(() => groups.delete(given));
}

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName) || (target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit)$/.test(target.type)));

function name(event: KeyboardEvent) {
  const key = event.key === ' ' ? 'Space' : event.key;
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${key}`;
}

window.addEventListener('keydown', (event) => {
  if (event.isComposing) return;  // an input method is at work
  const pressed = name(event);
  for (const each of [...shortcuts.value].reverse()) {
    if (each.keys !== pressed) continue;
    if (turning && !each.whileTurning) continue;
    if (typing(event.target) && !each.whileTyping) continue;
    if (pressed.length === 1 && /[a-z]/i.test(pressed) && !letters.value) continue;
    if (document.querySelector('dialog[open]') && !each.whileTyping) continue;
    if (each.run() === true) continue;
    event.preventDefault();
    return;
  }
});
