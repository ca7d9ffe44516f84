// What became of one's unit's items: asked for again when something changed; the rail counts what is unread.
import { shallowReactive } from 'vue';
import { api } from '@/api/client';

const ask = () => api.get('/api/v1/hall/editor/news', {});
export const itemNews = shallowReactive({ unread: 0, news: [] as Awaited<ReturnType<typeof ask>>['news'], loaded: false });
export const hearsOfItems = (role: string) => ['unit_clerk', 'unit_head'].includes(role);

export async function askItemNews() {
  await ask().then((told) => Object.assign(itemNews, told, { loaded: true }), () => {});
}
export async function seeItemNews() {
  const newest = itemNews.news[0];
  if (!newest) return;
  await api.post('/api/v1/hall/editor/news/seen', { body: { through: newest.event } });
  await askItemNews();
}
