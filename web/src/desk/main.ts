// The desks of the staff: one page below /desk/. Reading this file is reading what it is made of.
import { createApp } from 'vue';
import '@/look/tokens.css';
import '@/look/base.css';
import { session } from '@/api/client';
import { loadWords } from '@/words/words';
import App from './App.vue';
import { loadCity, me, resume } from './me';
import { router } from './router';
import './theme';

async function begin() {
  await Promise.all([loadWords(), loadCity(), resume()]);
  session.onEnd(() => {
    me.session = undefined;
    void router.push({ name: 'sign-in', query: { to: router.currentRoute.value.fullPath } });
  });
  createApp(App).use(router).mount('#app');
}

// Not even the words could be loaded: try again until the server is there.
const start = () => begin().catch(() => setTimeout(start, 2000));
void start();
