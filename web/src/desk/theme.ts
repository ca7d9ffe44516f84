// Light, dark, or as the machine says.
import { ref, watchEffect } from 'vue';

export type Theme = 'light' | 'dark' | 'auto';
const stored = localStorage.getItem('banyan.theme');
export const theme = ref<Theme>(stored === 'light' || stored === 'dark' ? stored : 'auto');

watchEffect(() => {
  const root = document.documentElement;
  const machine = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  root.dataset.theme = theme.value === 'auto' ? machine : theme.value;
  if (theme.value === 'auto') localStorage.removeItem('banyan.theme');
  else localStorage.setItem('banyan.theme', theme.value);
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', ({ matches }) => {
  if (theme.value === 'auto') document.documentElement.dataset.theme = matches ? 'dark' : 'light';
});
