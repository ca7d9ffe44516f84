// When a wall asks again: at once when something changed, then at most every five seconds, and once more when it is quiet. What was
// counted is told a moment later (the tally is written once a second, its answer kept for two), and the last event has none behind it.
import { onScopeDispose } from 'vue';
import { throttled } from '@/desk/queues';

export function lookingAgain(look: () => void) {
  let later = 0;
  onScopeDispose(() => clearTimeout(later));
  return throttled(() => {
    look();
    clearTimeout(later);
    later = window.setTimeout(look, 3500);
  }, 5000);
}
