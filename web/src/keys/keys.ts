// Keyboard shortcuts: each screen names its own, the help overlay (?) lists what holds now. A single letter does nothing
// while somebody types (WCAG 2.1.4: they can be switched off in the overlay).
import { onScopeDispose, reactive, ref } from 'vue';

export interface Shortcut {
  keys: string;  // "j", "Ctrl+Enter", "Escape", "F2"
  text: string;  // key of its words
  run: () => void | boolean;  // true: not for us
  whileTyping?: boolean;
}

export const shortcuts = reactive<Shortcut[]>([]);
export const help = ref(false);
export const letters = ref(localStorage.getItem('banyan.letters') !== 'off');

export function useShortcuts(given: Shortcut[]) {
  const own = given.map((each) => reactive(each)) as Shortcut[];
  shortcuts.push(...own);
  onScopeDispose(() => {
    for (const each of own) {
      const at = shortcuts.indexOf(each);
      if (at >= 0) shortcuts.splice(at, 1);
    }
  });
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
  for (let n = shortcuts.length - 1; n >= 0; n--) {
    const each = shortcuts[n]!;
    if (each.keys !== pressed) continue;
    if (typing(event.target) && !each.whileTyping) continue;
    if (pressed.length === 1 && /[a-z]/i.test(pressed) && !letters.value) continue;
    if (document.querySelector('dialog[open]') && !each.whileTyping) continue;
    if (each.run() === true) continue;
    event.preventDefault();
    return;
  }
});
