// Large text and one thing a page, for who reads with effort: one switch, remembered.
import { ref, watchEffect } from 'vue';

export const reading = ref(localStorage.getItem('banyan.reading') === '1');
watchEffect(() => {
  document.documentElement.toggleAttribute('data-reading', reading.value);
  if (reading.value) localStorage.setItem('banyan.reading', '1');
  else localStorage.removeItem('banyan.reading');
});
