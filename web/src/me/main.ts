// The citizens' pages: one page below /me/. They are light: no router, no components of others, a style sheet of their own.
import { createApp } from 'vue';
import '@/look/tokens.css';
import './me.css';
import { api } from '@/api/client';
import { setClock } from '@/words/time';
import App from './App.vue';
import { city } from './city';
import { resumeDraft } from './draft';
import { loadKeptWords } from './kept_words';
import { resume } from './visitor';
import '@/desk/theme';
import './reading';

async function begin() {
  await Promise.all([loadKeptWords(), resumeDraft()]);
  createApp(App).mount('#app');
  await Promise.allSettled([
    resume(),
    api.get('/api/v1/figures', {}).then((told) => {
      setClock(told.at);
      city.demo = told.demo;
    }),
  ]);
}

const start = () => begin().catch(() => setTimeout(start, 2000));
void start();
if (navigator.serviceWorker) void navigator.serviceWorker.register('/me/sw.js', { scope: '/me/' }).catch(() => {});
